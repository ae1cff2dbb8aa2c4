"""What a picture is drawn from, as text and back: the rows of a panel by the type that its `measure` declares."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, get_type_hints

import orjson
from pydantic import TypeAdapter, ValidationError

from wallboard.errors import RoomError
from wallboard.layout import Placed
from wallboard.metrics.availability import Absence
from wallboard.metrics.quotations import WordsNow
from wallboard.panel import News
from wallboard.screens.agreed import Agreed
from wallboard.screens.happened import Happened
from wallboard.screens.judging import Doubt
from wallboard.screens.seen import Seen


@dataclass(frozen=True)
class _Beside:
    """All but the rows."""

    agreement: Agreed
    in_doubt: Doubt
    happened: Happened
    news: tuple[News, ...] = ()


@dataclass(frozen=True)
class _FrozenPicture:
    """What a panel was drawn from: of what its rows are depends on the panel."""

    beside: _Beside
    absence: Absence | None = None
    rows: Any = None


class Unreadable(RoomError):
    """What an earlier version of the program has kept, and this one does not read."""


def written(placed: Placed, seen: Seen) -> str:
    """What a panel has seen, as JSON."""
    absence = seen.measured if isinstance(seen.measured, Absence) else None
    rows = None if absence else _rows(placed, seen)
    besides = _Beside(seen.agreement, seen.in_doubt, seen.happened, seen.news)
    return _adapter().dump_json(_FrozenPicture(besides, absence, rows)).decode()


def read(placed: Placed, text: str, words: WordsNow) -> Seen:
    """The same from JSON, with what customers wrote as `words` knows it today.

    Raises Unreadable where a later version of the panel knows no such rows.
    """
    try:
        frozen = _adapter().validate_json(text)
        measured = frozen.absence
        if measured is None and not frozen.beside.agreement.off:
            measured = _rows_of(placed.panel.measure).validate_json(orjson.dumps(frozen.rows), context={"words": words})
    except ValidationError:
        what = f"‘{placed.show.replace('_', ' ')}’ was kept by an earlier version in another form."
        raise Unreadable("This picture", what, "Its rows stand in the table snapshot_row.") from None
    return Seen(measured, frozen.beside.agreement, frozen.beside.in_doubt, frozen.beside.happened, frozen.beside.news)


def beside(frozen: Seen, now: Seen | None, placed: Placed) -> Seen:
    """What was kept; with what is measured now of the same instant, where that is another thing.

    A panel that is gone measures nothing now, and restates nothing.
    """
    if now is None or (now.measured is None and not now.agreement.off):
        return frozen
    same = _rows(placed, frozen) == _rows(placed, now) and frozen.agreement.off == now.agreement.off
    return frozen if same else replace(frozen, restated=now)


def _rows(placed: Placed, seen: Seen) -> object:
    """The rows of a panel as JSON has them: a kept row is of the declared class, a measured one may be of a narrower one."""
    if isinstance(seen.measured, Absence):
        return seen.measured
    return None if seen.agreement.off else _rows_of(placed.panel.measure).dump_python(seen.measured, mode="json")


@cache
def _adapter() -> TypeAdapter[_FrozenPicture]:
    return TypeAdapter(_FrozenPicture)


@cache
def _rows_of(measure: Callable[..., object]) -> TypeAdapter[Any]:
    return TypeAdapter(get_type_hints(measure)["return"])
