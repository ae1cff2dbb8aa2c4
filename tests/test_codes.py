"""Codes of closed lists: one spelling, and a hint for what is none."""

from pathlib import Path

import pytest

from wallboard import codes
from wallboard.errors import RoomError
from wallboard.settings import open_room


def test_a_currency_is_spelt_as_iso_4217_spells_it() -> None:
    assert [codes.currency(text) for text in ("eur", " Usd", "ЕUR", "EURO", "£", "")] == ["EUR", "USD", "EUR", None, None, None]
    hints = [codes.nearest_currency(text) for text in ("EURO", "£", "pounds", "US Dollar", "123")]
    assert hints[:2] == ["Did you mean 'EUR'?", "Did you mean 'GBP'?"]
    assert hints[3:] == ["Did you mean 'USD'?", "Write its code of ISO 4217."]


def test_languages_and_zones_are_spelt_as_their_lists_spell_them() -> None:
    assert [codes.language(text) for text in ("EN", "en_gb", "de-AT", "Deutsch")] == ["en", "en-GB", "de-AT", None]
    assert codes.nearest_language("German") == "Did you mean 'de'?"
    assert [codes.zone(text) for text in ("europe/berlin", "America/New York", "Berlin")] == [
        "Europe/Berlin",
        "America/New_York",
        None,
    ]


def test_room_toml_may_write_codes_in_any_letters_and_hears_the_nearest_one(tmp_path: Path) -> None:
    file = tmp_path / "room.toml"
    file.write_text('company = "Fern"\ntimezone = "europe/London"\nlocale = "en_gb"\ncurrency = "gbp"\n', encoding="utf-8")
    settings = open_room(tmp_path).settings
    assert (settings.timezone, settings.locale, settings.currency) == ("Europe/London", "en-GB", "GBP")
    file.write_text('company = "Fern"\ntimezone = "Europe/London"\ncurrency = "EURO"\n', encoding="utf-8")
    with pytest.raises(RoomError, match="is not a currency of ISO 4217"):
        open_room(tmp_path)
