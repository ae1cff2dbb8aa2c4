"""The words of a panel that cannot be measured: what is not known, since when, what was known last, and what to do about it."""

from collections.abc import Iterable
from datetime import date

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import Absence
from wallboard.metrics.feed_health import STOPPED, Trouble

NOT_WHOLE = "The customer data loaded does not cover a whole month."
STATE_OF_DATA = "Nothing newer is loaded: the state of the data (/status) says why."
SOURCES = 3
"""How many silent sources are named."""


def absent(subject: str, absence: Absence, theme: Theme) -> tuple[str, Component]:
    """The headline and the picture beneath, in large type; `subject` is what is not known, such as "How long tickets take"."""
    if absence.state == STOPPED and absence.known_to is not None:
        return stopped_headline(absence.silent, absence.known_to, theme), _stopped(subject, absence, theme)
    return f"{subject} is not known", html.Div(html.P(_remedy(absence, theme), className="lead"), className="absence")


def never_loaded(subject: str, absence: Absence, theme: Theme) -> str:
    """What is not known and what to load, in one line."""
    return f"{subject} is not known. {_remedy(absence, theme)}"


def stopped_headline(silent: Iterable[Trouble], known_to: date | None, theme: Theme) -> str:
    """One wording for whatever is late or has stopped: Not measured since 3 May: nothing newer from tickets."""
    dated = [trouble for trouble in silent if trouble.newest]
    first = min(dated, key=lambda trouble: trouble.newest or date.max, default=None)
    day = known_to or (first.newest if first else None)
    since = not_since(day, theme) if day else "not measured now"
    named = f": nothing newer from {source_name(first, theme)}" if first and first.source else ""
    return f"{since[0].upper()}{since[1:]}{named}"


def not_since(day: date, theme: Theme) -> str:
    """That nothing was measured after a day; with the year, where it is another than today's."""
    return f"not measured since {theme.day(day)}"


def source_name(trouble: Trouble, theme: Theme) -> str:
    """A source in words, with the perimeter where it is one of several: tickets of Ireland."""
    source = trouble.source.replace("_", " ") or "all sources"
    return f"{source} of {theme.perimeters.get(trouble.perimeter, trouble.perimeter)}" if trouble.perimeter else source


def weekly(volume: float | None, theme: Theme) -> str:
    """How many a week, in words: 98, or 0.4 where it is less than one."""
    number = volume or 0.0
    return theme.whole(number) if number >= 1 or not number else theme.decimal(number)


def lacking(absence: Absence, theme: Theme) -> str:
    """What it takes to measure it, in one line: Load customers with a first day. Nothing newer from tickets since 3 May."""
    if absence.state == STOPPED and absence.known_to is not None:
        return stopped_headline(absence.silent, absence.known_to, theme)
    return _remedy(absence, theme).removesuffix(".")


def _stopped(subject: str, absence: Absence, theme: Theme) -> Component:
    unknown = [f"{subject} is no longer known. ", html.Span(STATE_OF_DATA, className="state-of-data")]
    last = _last_known(absence, theme)
    named = [trouble for trouble in dict.fromkeys(absence.silent) if trouble.source and trouble.newest]
    lines = [html.Li(_source_line(trouble, theme)) for trouble in named[:SOURCES]]
    lead = [html.P(last, className="lead")] if last else []
    sources = html.Ul(lines, className="trim", **beyond(len(named) - SOURCES))
    return html.Div([*lead, html.P(unknown), sources], className="absence")


def _last_known(absence: Absence, theme: Theme) -> str:
    """The stocks of the last known day: We had 4,214 customers, and 37 complaints were open on 3 May."""
    parts = []
    if absence.customers is not None:
        parts.append(f"we had {theme.plural(absence.customers, 'customer', 'customers')}")
    if absence.open_complaints is not None:
        were = theme.plural(absence.open_complaints, "complaint was", "complaints were")
        parts.append(f"{were if absence.open_complaints else 'no complaint was'} open")
    sentence = ", and ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]} on {theme.day(absence.known_to)}." if parts and absence.known_to else ""


def _source_line(trouble: Trouble, theme: Theme) -> str:
    newest = f"{source_name(trouble, theme)}: nothing newer than {theme.day(trouble.newest)}" if trouble.newest else ""
    return newest + (f", {weekly(trouble.before, theme)} a week before" if trouble.before else "")


def _remedy(absence: Absence, theme: Theme) -> str:
    if absence.begins is not None:
        return f"The data loaded begins on {theme.day(absence.begins)}."
    what = "; and ".join(absence.load)
    if absence.elsewhere:
        return f"It is loaded for other perimeters only. Load {what} for this one."
    return f"Load {what}."
