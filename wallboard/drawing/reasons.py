"""Why customers came or left, drawn: a row a reason, split by who says so, and one customer who speaks."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.glyphs import metric_link, nothing, quotation, stacked
from wallboard.drawing.scale import Scale
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.reasons import Reason, ReasonWords
from wallboard.metrics.states import NOT_MEASURED

SOURCES = (("customer said", "said"), ("staff entered", "entered"), ("inferred", "inferred"), ("unknown", "unknown"))
PLAIN = {"unknown": "we do not know", "other": "other reasons"}
KEY = {"said": "the customer said", "entered": "we entered", "inferred": "inferred", "unknown": "unknown"}


WORDS = 40
"""How many customers' words stand behind the picture."""


@dataclass(frozen=True, slots=True)
class Why:
    """Reasons by who says so, and the words of those who had them."""

    reasons: tuple[Reason, ...]
    words: tuple[ReasonWords, ...]


@dataclass(frozen=True)
class Bar:
    """One reason: the customers of it by who says so."""

    key: str
    wording: str
    stage: str | None
    by: dict[str, int]

    @property
    def customers(self) -> int:
        """All of them."""
        return sum(self.by.values())


def bars_of(reasons: Sequence[Reason]) -> list[Bar]:
    """The reasons in their order, each once, in the customer's wording."""
    bars: dict[str, Bar] = {}
    for row in reasons:
        bar = bars.setdefault(row.reason, Bar(row.reason, PLAIN.get(row.reason, row.wording), row.stage, {}))
        bar.by[row.reason_source] = bar.by.get(row.reason_source, 0) + (row.customers or 0)
    return [*bars.values()]


@dataclass(frozen=True)
class Side:
    """Whose reasons they are, in words: those who left, or those who came."""

    verb: str
    noun: tuple[str, str]
    speaker: str
    metric: str
    style: str


LEFT = Side("left", ("departure", "departures"), "a customer who left", "lost_customers", "left")
CAME = Side("came", ("customer", "customers"), "a customer who came", "new_customers", "joined")


def reasons_drawn(why: Why, months: int, side: Side, theme: Theme) -> tuple[str, Component, str]:
    """Headline, body and note: a row a reason, its bar split by who says so; beside it one voice; beneath it the key."""
    if all(row.state == NOT_MEASURED for row in why.reasons):
        return (
            f"Why customers {side.verb} is not known",
            nothing("The customer data loaded does not cover these months."),
            "",
        )
    bars = bars_of(why.reasons)
    total = sum(bar.customers for bar in bars)
    if not total:
        return f"Nobody {side.verb} in these months", nothing(f"No customer {side.verb}, so nobody had a reason."), ""
    note = f"{theme.plural(total, *side.noun)} in {theme.plural(months, 'month', 'months')}"
    return _headline(bars, total, side, theme), _body(bars, why.words, side, theme), note


def _body(bars: list[Bar], words: Sequence[ReasonWords], side: Side, theme: Theme) -> Component:
    scale = Scale.over("customers", [bar.customers for bar in bars])
    present = [kind for source, kind in SOURCES if any(bar.by.get(source) for bar in bars)]
    listed = html.Ul([_row(bar, scale, side.metric, theme) for bar in bars], className="reasons trim")
    return html.Div([listed, _voice(words, side.speaker, theme), _key(present)], className=f"why {side.style}")


def _headline(bars: list[Bar], total: int, side: Side, theme: Theme) -> str:
    """The leading reason; where more than half are unknown, that."""
    nobody = sum(bar.by.get("unknown", 0) for bar in bars)
    if nobody * 2 > total:
        return f"Why {theme.whole(nobody)} of them {side.verb} is not known"
    leading = max((bar for bar in bars if bar.key not in PLAIN), key=lambda bar: bar.customers, default=None)
    if leading is None or not leading.customers:
        return f"Why they {side.verb}"
    return f"“{leading.wording}” is the most common reason"


def _row(bar: Bar, scale: Scale, metric: str, theme: Theme) -> Component:
    parts = [(bar.by[source], kind) for source, kind in SOURCES if bar.by.get(source)]
    plain = bar.stage is None or bar.key in PLAIN
    named = html.Span(bar.wording) if plain else html.A(bar.wording, href=f"/journey/{bar.stage}")
    opens = "unknown_reason" if bar.key == "unknown" else metric
    return html.Li([named, metric_link(theme.whole(bar.customers), opens), stacked(scale, parts)])


def _voice(words: Sequence[ReasonWords], by: str, theme: Theme) -> Component:
    if not words:
        return html.Div("Nobody has told us in their own words.", className="voice quiet")
    return html.Div(quotation(crop(words[0].words, 120), f"{by}, {theme.day(words[0].day)}"), className="voice")


def _key(kinds: list[str]) -> Component:
    return html.P([html.Span([html.I(className=f"part {kind}"), KEY[kind]]) for kind in kinds], className="key")
