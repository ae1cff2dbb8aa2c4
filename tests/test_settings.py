"""room.toml: read once into one frozen object; every slip is named with the nearest known key."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pydantic import ValidationError

from tests.conftest import REPOSITORY
from wallboard.errors import RoomError
from wallboard.settings import Perimeter, Room, Settings, open_room

PLAIN = 'company = "Test & Co"\ntimezone = "Europe/London"\n'


def room(tmp_path: Path, text: str = PLAIN) -> Room:
    (tmp_path / "room.toml").write_text(text, encoding="utf-8")
    return open_room(tmp_path)


def refused(tmp_path: Path, text: str) -> str:
    with pytest.raises(RoomError) as refusal:
        room(tmp_path, text)
    return str(refusal.value)


def test_the_room_of_the_repository_is_good_and_frozen() -> None:
    known = open_room(REPOSITORY)
    assert known.settings.demo and set(known.settings.screen) >= {"outcomes", "issues", "touchpoints"}
    with pytest.raises(ValidationError):
        known.settings.company = "Another"  # type: ignore[misc]


def test_two_keys_are_a_room(tmp_path: Path) -> None:
    known = room(tmp_path)
    assert known.settings.leaves(None) == ("all",) and known.settings.currency == "EUR" and not known.settings.demo
    assert known.layouts == tmp_path / "layouts" and known.media == tmp_path / "data" / "media"
    assert known.store_url == f"sqlite:///{tmp_path / 'data' / 'room.sqlite'}"


@pytest.mark.parametrize("url", ["postgresql+psycopg://user@host/room", "sqlite:////var/room.sqlite", "sqlite:///:memory:x"])
def test_another_store_is_taken_as_written(tmp_path: Path, url: str) -> None:
    stored = room(tmp_path, f'{PLAIN}store = "{url}"').store_url
    assert stored == url or ":memory:" in url


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ('compani = "x"', ("unknown key 'compani'", "Did you mean 'company'?")),
        ("[cadense]\ntickets = '1h'", ("unknown key 'cadense'", "Did you mean 'cadence'?")),
        ("[screen.left]\nwall = 'issues'\ndiagonal = 55", ("unknown key 'screen.left.diagonal'", "Did you mean 'diagonal_in'?")),
        ("[perimeter.gb]\nname = 'GB'\ntimezon = 'x'", ("unknown key 'perimeter.gb.timezon'", "Did you mean 'timezone'?")),
        ("[customers]\nrules = 'orders'", ("unknown key 'customers.rules'", "Did you mean 'rule'?")),
        ("theme = 'blue'", ("theme = 'blue'", "dark", "light")),
        ("currency = 'euro'", ("currency = 'euro'",)),
        ("locale = 'qq-QQ'", ("is not a locale", "en-GB")),
        ("small_n = 0", ("small_n = 0",)),
        ("fiscal_year_starts = 13", ("fiscal_year_starts = 13",)),
        ("[cadence]\ntickets = 'hourly'", ("cadence.tickets = 'hourly'",)),
        ("[perimeter.gb]\nname = 'GB'\nparent = 'al'\n[perimeter.all]\nname = 'All'", ("'al' is not a perimeter", "mean 'all'?")),
        ("[perimeter.a]\nname = 'A'\nparent = 'b'\n[perimeter.b]\nname = 'B'\nparent = 'a'", ("is its own parent",)),
        ("[screen.x]\nwall = 'issues'\nperimeter = 'gp'\n[perimeter.gb]\nname = 'GB'", ("'gp' is not a perimeter", "mean 'gb'?")),
        ("[[real_fall]]\nsource = 'tickets'\nday = 2026-01-05\nnote = 'ok'", ("real_fall.0.note = 'ok'", "at least 10")),
        ("[[real_fall]]\nsource = 'tickets'\nday = 'soon'\nnote = 'Anna has asked.'", ("real_fall.0.day = 'soon'", "date")),
        ("[[real_fall]]\nsource = 't'\nday = 2026-01-05\nnote = 'Anna has asked.'\nperimeter = 'x'", ("'x' is not a perimeter",)),
        ("[decisions.bugdet]", ("line 3", "unknown key 'decisions.bugdet'", "mean 'budget'?")),
        ("[decisions.budget]\nshare = '1/3'", ("line 4", "decisions.budget.share = '1/3'", "not from one half to all")),
        ("[decisions.budget]\nshare = 'most'", ("line 4", "is not a share", "2/3")),
        ("[decisions.'selection of an initiative']\nquorum = 1", ("line 4", "quorum = 1", "greater than or equal to 2")),
        ("[decisions.other]\nvote = ['guest']", ("line 4", "'guest'", "'leader' or 'president'")),
        ("x = ", ("is not readable TOML",)),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_file_key_and_the_nearest(tmp_path: Path, line: str, parts: tuple[str, ...]) -> None:
    sentence = refused(tmp_path, f"{PLAIN}{line}\n")
    assert "room.toml" in sentence and all(part in sentence for part in parts), sentence


def test_a_time_zone_that_does_not_exist_has_a_nearest(tmp_path: Path) -> None:
    assert "is not a time zone. Did you mean 'Europe/London'?" in refused(tmp_path, PLAIN.replace("London", "Londn"))


def test_missing_keys_and_all_slips_are_named_at_once(tmp_path: Path) -> None:
    sentence = refused(tmp_path, "theme = 'blue'\nsmall_n = 0\ncolour = 1\n")
    for part in ("'company' is missing", "'timezone' is missing", "theme", "small_n", "colour"):
        assert part in sentence
    assert len(sentence.splitlines()) == 5


def test_a_folder_without_a_room_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(RoomError, match=r"there is no room here\. Make one with: wallboard init"):
        open_room(tmp_path / "nowhere")


def test_a_perimeter_may_live_in_another_time_zone() -> None:
    known = open_room(REPOSITORY).settings
    assert (str(known.zone("ie")), str(known.zone("gb")), str(known.zone())) == (
        "Europe/Dublin",
        "Europe/London",
        "Europe/London",
    )
    assert known.leaves("all") == known.leaves(None) == ("gb", "ie") and known.leaves("ie") == ("ie",)
    with pytest.raises(KeyError):
        known.leaves("mars")


@some.composite
def trees(draw: some.DrawFn) -> dict[str, Perimeter]:
    """Perimeters whose parents always stand before them."""
    perimeters: dict[str, Perimeter] = {}
    for number in range(draw(some.integers(1, 12))):
        parent = draw(some.sampled_from([None, *perimeters])) if perimeters else None
        perimeters[f"p{number}"] = Perimeter(name=f"P{number}", parent=parent)
    order = draw(some.permutations(list(perimeters)))
    return {key: perimeters[key] for key in order}


@given(trees())
@pytest.mark.slow
def test_leaves_are_the_parts_without_parts_and_every_parent_is_the_sum_of_its_own(tree: dict[str, Perimeter]) -> None:
    known = Settings(company="x", timezone="UTC", perimeter=tree)
    parents = {perimeter.parent for perimeter in tree.values()}
    assert set(known.leaves(None)) == set(tree) - parents
    for key in tree:
        below = known.leaves(key)
        children = [child for child, perimeter in tree.items() if perimeter.parent == key]
        assert below and set(below) <= set(known.leaves(None))
        assert (
            sorted(below) == sorted(leaf for child in children for leaf in known.leaves(child)) if children else below == (key,)
        )
