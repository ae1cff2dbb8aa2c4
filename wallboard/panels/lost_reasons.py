"""Why customers left, in their words: what the customer said, what staff entered, what was inferred, and what nobody knows.

The four are never mixed, the unknown share is always shown, and one customer speaks. Touch a reason to open the stage of the
customer's life in which it lies, with its calls. For leaders, from four metres.
"""

from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.reasons import LEFT, WORDS, Why, reasons_drawn
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.reasons import lost_reasons, lost_words
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many reasons."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    top: int = Field(4, ge=1, le=8, description="reasons to name; the rest is 'other'")


def measure(connection: Connection, scope: Scope, options: Options) -> Why:
    """Both."""
    reasons = lost_reasons(connection, scope, months=options.months, top=options.top)
    return Why(reasons, lost_words(connection, scope, limit=WORDS))


def draw(why: Why, options: Options, theme: Theme) -> Picture:
    """One row a reason, its bar split by who says so; beside it one voice."""
    headline, body, note = reasons_drawn(why, options.months, LEFT, theme)
    return Picture(headline, body, note=note)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("reason_day", "customer_event", "customer_day", "reason"),
    metrics=("lost_customers", "unknown_reason"),
    subject="Why customers left",
    needs=((CUSTOMERS,),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(CUSTOMER_FEED,),
    smallest=(
        Smallest(25, 13),
        Smallest(38, 12),
        Smallest(76, 9),
        Smallest(77, 8),
    ),
)
