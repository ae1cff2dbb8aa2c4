"""A panel's border: its headline, the age of its facts, and what happened if it failed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html

from wallboard.drawing.charts import charted, plain_words
from wallboard.drawing.headline import with_number
from wallboard.drawing.theme import Theme
from wallboard.layout import Placed
from wallboard.panel import Picture
from wallboard.screens.freshness import UNDATED, Freshness, SourceAge
from wallboard.store.feeds import FEEDS

LATE = ("late", "stale")
WORST_FIRST = ("stale", "late", "current", UNDATED)

TOO_SMALL = "No room for the picture"
"""What stands under headline and number where a cell is smaller than its picture needs (assets/js/fit.js shows it then)."""


@dataclass(frozen=True)
class Made:
    """A framed picture, ready for a screen; state is current, late, stale, not loaded, kept off or failed."""

    state: str
    children: Sequence[object]


def frame(
    picture: Picture,
    placed: Placed,
    fresh: Freshness,
    theme: Theme,
    changed: str = "",
    beneath: Sequence[object] = (),
    stopped: Collection[str] = (),
) -> Made:
    """The picture within its border; `changed` says quietly that earlier numbers mean something else, `beneath` what happened.

    `stopped` are the sources from which nothing comes any more, which is another word than stale.
    """
    ages = fresh.of(placed.panel.reads)
    covered_to = fresh.oldest([FEEDS[name].table for name in placed.panel.feed_names])
    state = worst(ages)
    alarm = [html.P(picture.alarm, className="alarm", role="alert")] if picture.alarm else []
    age = html.Span(age_words(ages, theme, covered_to, stopped), className=f"age {state.replace(' ', '-')}")
    broken = [html.P(changed, className="changed")] if changed else []
    drawn = charted(picture.body, plain_words(picture.headline), theme)
    kind = ["body", *["unjudged"] * (not picture.judged), *["lacking"] * (getattr(drawn, "className", None) == "absence")]
    body = html.Div(drawn, className=" ".join(kind))
    brief = html.Div([html.P(picture.number, className="big"), html.P(TOO_SMALL, className="why")], className="brief")
    if placed.panel.bare:
        return Made(state, [*alarm, body, brief, *broken, *beneath, age])
    note = [html.Span(picture.note, className="note"), " "] if picture.note else []
    head = html.Header(
        [html.H2(with_number(picture.headline, picture.body, theme.locale)), html.P([*note, age], className="aside")]
    )
    return Made(state, [head, *alarm, body, brief, *broken, *beneath])


def not_a_priority(sentence: str) -> Made:
    """What stands in the place of a panel whose metrics are no priority."""
    return Made("kept off", [html.Div(html.P(sentence, className="empty"), className="body")])


def failed_picture(sentence: str, good: Sequence[object], theme: Theme) -> Made:
    """The children of the last good picture with a sentence that says what went wrong; only the sentence where there are none."""
    tried = theme.as_of(theme.now).removeprefix("as of ")
    words = html.P(f"{sentence} Tried {tried}.", className="failed", role="alert")
    return Made("failed", [*good, words])


def worst(ages: tuple[SourceAge, ...]) -> str:
    """The worst state among sources that have been loaded; `not loaded` where none has."""
    states = {age.state for age in ages}
    return next((state for state in WORST_FIRST if state in states), "not loaded")


def most_overdue(ages: Iterable[SourceAge]) -> SourceAge | None:
    """The source that is most overdue, which the age of a panel names; None where all are as new as they promise."""
    late = [age for age in ages if age.state in LATE and age.fact_at]
    return min(late, key=lambda age: (age.state != "stale", age.fact_at, age.source), default=None)


def age_words(
    ages: tuple[SourceAge, ...], theme: Theme, covered_to: datetime | None = None, stopped: Collection[str] = ()
) -> str:
    """How old the newest fact is, and which source is overdue; `covered_to`: that of the feed that says least of these days."""
    if (late := most_overdue(ages)) and late.fact_at:
        return (
            f"{late.source.replace('_', ' ')} {'stopped' if late.source in stopped else late.state}: {theme.as_of(late.fact_at)}"
        )
    newest = covered_to or max((age.fact_at for age in ages if age.fact_at), default=None)
    if newest is None:
        return "not dated" if any(age.state == UNDATED for age in ages) else "nothing loaded yet"
    return theme.as_of(min(newest, theme.now))
