"""Codes of closed lists (ISO 4217, BCP 47, the time zone database): one spelling, and the nearest known one for any other."""

from collections.abc import Iterable, Mapping
from functools import cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.languages import get_official_languages
from babel.localedata import locale_identifiers
from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

from wallboard.errors import nearest
from wallboard.unicode import skeleton


@cache
def currencies() -> frozenset[str]:
    """Every code of ISO 4217, also of money that is no more."""
    return frozenset(list_currencies())


@cache
def signs() -> Mapping[str, str]:
    """Currency signs, and English names of currencies in small letters, each with the code that it usually means."""
    usual = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "₣": "CHF", "FR.": "CHF", "KČ": "CZK", "ZŁ": "PLN", "KR": "SEK"}
    names = {get_currency_name(code, locale="en").casefold(): code for code in sorted(currencies())}
    symbols = {get_currency_symbol(code, locale="en"): code for code in sorted(currencies())}
    return names | {sign.upper(): code for sign, code in symbols.items()} | usual


def currency(text: str) -> str | None:
    """The ISO 4217 code that a text is; None where it is none."""
    code = skeleton(text).upper()
    return code if code in currencies() else None


@cache
def signs_of(code: str) -> frozenset[str]:
    """The signs, in capitals, by which a currency goes where it is used; its own code among them."""
    homes = [
        land
        for land, used in get_global("territory_currencies").items()
        if any(usage[0] == code and not usage[2] for usage in used)
    ]
    tags = {f"{language}_{land}" for land in homes for language in (*get_official_languages(land), "en")}
    known = [tag for tag in tags if tag in _tags()]
    symbols = {get_currency_symbol(code, locale=tag).upper() for tag in ("en", *known)}
    return frozenset(symbols | {code} | {sign for sign, usual in signs().items() if usual == code})


@cache
def _tags() -> frozenset[str]:
    return frozenset(locale_identifiers())


def language(text: str) -> str | None:
    """The BCP 47 tag that a text is, such as en or de-AT; None where it is none."""
    try:
        parsed = Locale.parse(skeleton(text).replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
    return str(parsed).replace("_", "-")


def zone(text: str) -> str | None:
    """The time zone that a text names, whatever its capitals; None where it names none."""
    return _zones().get(skeleton(text).casefold().replace(" ", "_"))


@cache
def _zones() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones()}


def nearest_currency(text: str) -> str:
    """The hint after a text that is no currency."""
    meant = signs().get(skeleton(text).casefold()) or signs().get(skeleton(text).upper())
    return f"Did you mean '{meant}'?" if meant else _nearest(text.upper(), currencies(), "Write its code of ISO 4217.")


def nearest_language(text: str) -> str:
    """The hint after a text that is no language."""
    names = {name.casefold(): code for code, name in Locale("en").languages.items() if "_" not in code}
    meant = names.get(skeleton(text).casefold())
    tags = (identifier.replace("_", "-") for identifier in locale_identifiers())
    return f"Did you mean '{meant}'?" if meant else _nearest(text, tags, "Write a tag such as en or de-AT.")


def _nearest(text: str, known: Iterable[str], otherwise: str) -> str:
    hint = nearest(text, known)
    return hint if hint.startswith("Did") else otherwise
