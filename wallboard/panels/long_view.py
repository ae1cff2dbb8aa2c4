"""Are we where we were years ago? Customers at the end of each year, with a break where the way of counting changed.

The running year is drawn hatched, so far. Under each year stands how many of those who were there a year before had stayed.
Years on two sides of a break are not comparable. For leaders, from four metres.
"""

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.marks import nothing, told
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.worth import BROKEN, doubt
from wallboard.metrics.availability import CUSTOMERS
from wallboard.metrics.frames import rows_of
from wallboard.metrics.long_view import long_view
from wallboard.metrics.scope import Scope
from wallboard.panel import CUSTOMER_FEED, Connection, Frames, Panel, Picture
from wallboard.panel import Options as Base

SIX_DIGITS = 100_000


class Options(Base):
    """How far back."""

    years: int = Field(10, ge=2, le=10, description="fiscal years to show, the running one among them")


def measure(connection: Connection, scope: Scope, options: Options) -> Frames:
    """The asset by year."""
    return {"years": long_view(connection, scope, years=options.years)}


def draw(frames: Frames, options: Options, theme: Theme) -> Picture:
    """A column a year."""
    years = frames["years"]
    if years.empty:
        return Picture("No year can be told", nothing("What is loaded of customers begins after the last of them."))
    if not years["holds"].all():
        return Picture("Opening, in and out are not closing", nothing("See the state of the data: /status"), alarm=BROKEN)
    scale = Scale.over("customers", years["closing"], along="y")
    columns = [_column(row, scale, theme) for _, row in years.iterrows()]
    body = html.Div(columns, className="years")
    changed = years[years["changed"].notna()]
    note = _break(changed.iloc[-1], theme) if len(changed) else "beneath: who stayed of those there a year before"
    return Picture(_headline(years, theme), body, note=note, alarm=doubt(rows_of(years), theme))


def _headline(years: pd.DataFrame, theme: Theme) -> str:
    broken = years[years["changed"].notna()]
    since = years[years["period_start"] >= broken.iloc[-1]["period_start"]] if len(broken) else years
    if len(since) < 2:
        now = theme.plural(int(years.iloc[-1]["closing"]), "customer", "customers")
        return f"{now} {_day(years, theme)}; there is no year yet to compare with"
    first, last = since.iloc[0], since.iloc[-1]
    change = int(last["closing"]) - int(first["closing"])
    if change == 0:
        return f"As many customers as at the end of {first['period_name']}"
    number = theme.whole(abs(change))
    return f"{number} {'more' if change > 0 else 'fewer'} {_day(years, theme)} than at the end of {first['period_name']}"


def _day(years: pd.DataFrame, theme: Theme) -> str:
    return theme.at_the_end_of(years.iloc[-1]["closing_day"])


def _break(row: "pd.Series[Any]", theme: Theme) -> str:
    return f"counted in another way since {theme.full_day(row['changed_on'])}"


def _column(row: "pd.Series[Any]", scale: Scale, theme: Theme) -> Component:
    so_far = row["state"] == "incomplete"
    count = int(row["closing"])
    few = pd.isna(row["stayed"]) or row["cohort"] < theme.small_n
    stayed = "" if few else theme.share(row["stayed"] / row["cohort"])
    kind = f"year{' so-far' if so_far else ''}{' broken' if row['changed'] is not None else ''}"
    return html.Div(
        [
            scale.well([scale.mark(count), scale.words(count, told(_above(count, scale, theme), "active_customers"))], "tower"),
            html.Span("so far" if so_far else _short(row["period_name"]), className="name"),
            html.Span(stayed, className="quiet"),
        ],
        className=kind,
    )


def _above(count: int, scale: Scale, theme: Theme) -> str:
    """The number above a column; where ten of six digits would run into each other, in thousands."""
    return theme.whole(count) if scale.high < SIX_DIGITS else theme.thousands(count)


def _short(name: str) -> str:
    """A year of two halves without its century, so that ten stand side by side: 2017-18 is 17-18."""
    return name[2:] if "-" in name else name


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        "customer_day",
        "customer_month",
        "customer_movement",
        "undated_loss",
        "retention_month",
        "metric_definition",
        "person",
    ),
    figures=("active_customers", "retention_rate"),
    subject="How many customers we have had",
    needs=((CUSTOMERS,),),
    feeds=(CUSTOMER_FEED,),
    timeless="it names the months or the day that it tells",
)
