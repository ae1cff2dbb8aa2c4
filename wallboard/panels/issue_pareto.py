"""What customers complain about, in their own wording, most frequent first, with a line through what they come to together.

The unclassified are always shown, the rest is last, and the bars sum to all complaints. A tick on each bar stands where it was
in as many weeks before, and the change beside it in figures. A touch on a bar leads to three real voices behind it.
"""

from typing import Any

from pydantic import Field

from wallboard.drawing.drilldown import bar_voices
from wallboard.drawing.marks import nothing
from wallboard.drawing.pareto import Kind, pareto
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import VOICES
from wallboard.metrics.complaint_types import issue_pareto
from wallboard.metrics.frames import rows_of
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.panel import COMPLAINT_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

MOST = 0.5


class Options(Base):
    """How far back, and how many kinds."""

    weeks: int = Field(4, ge=1, le=52, description="complete weeks to sum")
    top: int = Field(5, ge=1, le=10, description="kinds of issue to name")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """Complaints by kind."""
    return {"pareto": issue_pareto(connection, scope, weeks=options.weeks, top=options.top)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """One bar a kind."""
    rows = rows_of(frames["pareto"])
    total = int(rows[0]["total"])
    span = theme.plural(options.weeks, "week", "weeks")
    if not total:
        return Picture(f"No complaint in {span}", nothing("Customers were heard in these weeks, and none of them complained."))
    named = [row["issue_type"] for row in rows if row["issue_type"] and row["wording"] != "other"]
    kinds = [_kind(row, named, theme) for row in rows]
    compared = f"; tick and ±: the {span} before" if rows[0]["previous"] is not None else ""
    note = f"{theme.plural(total, 'complaint', 'complaints')} in {span}{compared}"
    return Picture(_headline(rows, total, theme), pareto(kinds, theme), note=note)


def _headline(rows: list[dict[str, Any]], total: int, theme: Theme) -> str:
    """How few kinds make half of all; where most are unclassified, that."""
    unclassified = next(row for row in rows if row["issue_type"] == "")
    first = rows[0]
    if not first["issue_type"] or unclassified["complaints"] * 2 > total:
        return "Most complaints are not classified yet"
    few = [row for row in rows if row["issue_type"] and row["wording"] != "other"]
    half = next((n for n, row in enumerate(few, 1) if row["cumulative"] >= MOST), None)
    if half == 1:
        of = theme.plural(total, "complaint", "complaints")
        return f"“{first['wording']}” is {theme.whole(first['complaints'])} of {of}"
    if half is None or half > len(few) - 1:
        return f"“{first['wording']}” leads"
    together = sum(int(row["complaints"]) for row in few[:half])
    return f"“{first['wording']}” leads; {half} kinds make {theme.whole(together)} of {theme.whole(total)}"


def _kind(row: dict[str, Any], named: list[str], theme: Theme) -> Kind:
    count, before = int(row["complaints"]), row["previous"]
    change = "" if before is None else "as before" if count == before else theme.signed(count - int(before))
    return Kind(
        wording=str(row["wording"]),
        number=theme.whole(count),
        part=row["share"],
        together=row["cumulative"],
        aside=change,
        before=None if before is None else before / row["total"],
        tone="loss" if row["place"] == 1 and row["issue_type"] else "calm",
        opens=bar_voices(row, named, str(row["wording"])),
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
)
