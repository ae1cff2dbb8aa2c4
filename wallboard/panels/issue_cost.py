"""What complaints cost us by kind, most expensive first: the Pareto of issue_pareto, weighted by what each contact costs.

Each complaint counts at the unit cost of its day; it says how many have none and never counts them as free. Touch a bar to read
three real voices behind it. For leaders, from four metres.
"""

from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.drilldown import bar_voices, is_named
from wallboard.drawing.glyphs import metric_link, nothing
from wallboard.drawing.pareto import Kind, pareto
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import VOICES
from wallboard.metrics.failures import NOT_COSTED
from wallboard.metrics.pareto import ComplaintCost, issue_costs
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.states import NO_CASES, NOT_MEASURED
from wallboard.panel import Connection, JudgedFeed, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many kinds."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    top: int = Field(5, ge=1, le=10, description="kinds of issue to name")


def measure(connection: Connection, scope: Scope, options: Options) -> tuple[ComplaintCost, ...]:
    """Complaints and their cost by kind."""
    return issue_costs(connection, scope, months=options.months, top=options.top)


def draw(rows: tuple[ComplaintCost, ...], options: Options, theme: Theme) -> Picture:
    """One bar a kind, by its share of the cost."""
    first = rows[0]
    span = theme.months(first.period_start, first.period_end)
    if first.state == NOT_MEASURED:
        return Picture("What complaints cost is not known", nothing(f"The data loaded begins after {span}."))
    if first.state == NO_CASES:
        return Picture(f"No complaint in {span}", nothing("So there is nothing to cost."))
    if first.state == NOT_COSTED:
        count = theme.plural(first.total or 0, "complaint", "complaints")
        return Picture(f"What {count} cost is not known", nothing("No unit cost of them is known (unit_costs)."), note=span)
    named = [row.issue_type for row in rows if is_named(row)]
    return Picture(
        _headline(first, theme), pareto([_kind(row, named, theme) for row in rows], theme), note=_note(first, span, theme)
    )


def _headline(first: ComplaintCost, theme: Theme) -> Words:
    whole_cost = metric_link(theme.money(first.total_cost or 0.0), "complaint_cost", "loss")
    if not first.issue_type or not first.cost:
        return ["Complaints cost us ", whole_cost]
    part = theme.money(first.cost)
    return ["Complaints cost us ", whole_cost, f"; “{first.wording}” is {part} of it"]


def _note(first: ComplaintCost, span: str, theme: Theme) -> str:
    if first.total_uncosted:
        return f"{span}; {theme.whole(first.total_uncosted)} of {theme.whole(first.total or 0)} complaints not costed"
    return f"{theme.plural(first.total or 0, 'complaint', 'complaints')} in {span}, all costed"


def _kind(row: ComplaintCost, named: list[str], theme: Theme) -> Kind:
    return Kind(
        wording=row.wording,
        number="not costed" if row.cost is None else theme.money(row.cost),
        part=row.share or 0.0,
        together=row.cumulative or 0.0,
        aside=f"for {theme.whole(row.complaints or 0)}",
        tone="loss" if row.place == 1 and row.issue_type else "calm",
        opens=bar_voices(row, named, row.wording),
    )


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("contact_month", "voice_day", "issue_type"),
    metrics=("complaint_cost",),
    subject="What complaints cost",
    needs=((VOICES,),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(JudgedFeed("voice", "complaint:", monthly=True),),
    smallest=(
        Smallest(25, 16),
        Smallest(76, 6),
    ),
)
