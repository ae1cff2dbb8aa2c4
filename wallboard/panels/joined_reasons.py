"""Why customers came, in their words: what the customer said, what staff entered, what was inferred, and what nobody knows.

It is read in the same way as why they left. For leaders, from four metres.
"""

from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.reasons import CAME, WORDS, Why, reasons_drawn
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.reasons import joined_reasons, joined_words
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.panel import CUSTOMER_FEED, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How far back, and how many reasons."""

    months: int = Field(3, ge=1, le=24, description="complete months to sum")
    top: int = Field(4, ge=1, le=8, description="reasons to name; the rest is 'other'")


def measure(connection: Connection, scope: Scope, options: Options) -> Why:
    """Both."""
    reasons = joined_reasons(connection, scope, months=options.months, top=options.top)
    return Why(reasons, joined_words(connection, scope, limit=WORDS))


def draw(why: Why, options: Options, theme: Theme) -> Picture:
    """One row a reason, its bar split by who says so; beside it one voice."""
    headline, body, note = reasons_drawn(why, options.months, CAME, theme)
    return Picture(headline, body, note=note)


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("reason_day", "customer_event", "customer_day", "reason"),
    metrics=("new_customers", "unknown_reason"),
    subject="Why customers came",
    needs=((CUSTOMERS,),),
    judges=lambda scope, options: span(full_months(scope, options.months)),
    feeds=(CUSTOMER_FEED,),
    smallest=(
        Smallest(25, 12),
        Smallest(38, 10),
        Smallest(76, 8),
    ),
)
