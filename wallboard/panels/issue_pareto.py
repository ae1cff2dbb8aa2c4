"""What customers complain about, in their own wording, most frequent first, with a line for the cumulative share.

Unclassified complaints are always shown, the rest comes last, and the bars add up to all complaints. A tick on each bar marks
the same number of weeks before, with the change in figures beside it. Touch a bar to read three real voices behind it.
"""

from collections.abc import Sequence

from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.drilldown import bar_voices, is_named
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.pareto import Kind, pareto
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import VOICES
from wallboard.metrics.complaint_types import ComplaintType, issue_pareto
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import COMPLAINT_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base

MOST = 0.5


class Options(Base):
    """How far back, and how many kinds."""

    weeks: int = Field(4, ge=1, le=52, description="complete weeks to sum")
    top: int = Field(5, ge=1, le=10, description="kinds of issue to name")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[ComplaintType, ...]:
    """Complaints by kind."""
    return issue_pareto(connection, scope, weeks=options.weeks, top=options.top)


def draw(rows: tuple[ComplaintType, ...], options: Options, theme: Theme) -> Picture:
    """One bar a kind."""
    total = rows[0].total or 0
    span = theme.plural(options.weeks, "week", "weeks")
    if not total:
        return Picture(f"No complaint in {span}", nothing("Customers were in touch in these weeks, and none complained."))
    named = [row.issue_type for row in rows if is_named(row)]
    kinds = [_kind(row, named, theme) for row in rows]
    compared = f"; tick and ±: the {span} before" if rows[0].previous is not None else ""
    note = f"{theme.plural(total, 'complaint', 'complaints')} in {span}{compared}"
    return Picture(
        _headline(rows, total, theme), pareto(kinds, theme), note=note, number=theme.plural(total, "complaint", "complaints")
    )


def _headline(rows: Sequence[ComplaintType], total: int, theme: Theme) -> str:
    """How few kinds make half of all; where most are unclassified, that."""
    unclassified = sum(row.complaints or 0 for row in rows if not row.issue_type)
    first = rows[0]
    if not first.issue_type or unclassified * 2 > total:
        return "Most complaints are not classified yet"
    few = [row for row in rows if is_named(row)]
    half = next((n for n, row in enumerate(few, 1) if (row.cumulative or 0.0) >= MOST), None)
    if half == 1:
        of = theme.plural(total, "complaint", "complaints")
        return f"“{first.wording}” is {theme.whole(first.complaints or 0)} of {of}"
    if half is None or half > len(few) - 1:
        return f"“{first.wording}” leads"
    together = sum(row.complaints or 0 for row in few[:half])
    return f"“{first.wording}” leads; {half} kinds make up {theme.whole(together)} of {theme.whole(total)}"


def _kind(row: ComplaintType, named: list[str], theme: Theme) -> Kind:
    count, before, total = row.complaints or 0, row.previous, row.total or 1
    change = "" if before is None else "as before" if count == before else theme.signed(count - before)
    return Kind(
        wording=row.wording,
        number=theme.whole(count),
        part=row.share or 0.0,
        together=row.cumulative or 0.0,
        aside=change,
        before=None if before is None else before / total,
        tone="loss" if row.place == 1 and row.issue_type else "calm",
        opens=bar_voices(row, named, row.wording),
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("voice_day", "kind_week", "issue_type"),
    subject="What customers complain about",
    needs=((VOICES,),),
    judges=lambda scope, options: span(full_weeks(scope, options.weeks)),
    feeds=(COMPLAINT_FEED,),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 6),
    ),
)
