"""Whether a panel may judge what it shows: its feeds are asked by one rule, and where they forbid it no verdict is drawn."""

from dataclasses import dataclass, replace
from datetime import date

from dash import html
from sqlalchemy import Connection

from wallboard.drawing.feeds import THEME, aside, neutral, question
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import Absence
from wallboard.metrics.collapse import EXPECTED
from wallboard.metrics.feed_health import COLLAPSED, LATE, STOPPED, Trouble, feed_health
from wallboard.metrics.scope import Scope, month_before
from wallboard.panel import CUSTOMER_FEED, AnyPanel, Frames, JudgedFeed, Options, Picture, Words


@dataclass(frozen=True)
class Doubt:
    """What forbids a panel to judge (None: nothing), and what else is not as it was."""

    cause: Trouble | None = None
    beside: tuple[Trouble, ...] = ()


def doubt(connection: Connection, scope: Scope, panel: AnyPanel) -> Doubt:
    """What is wrong with the series that a panel judges; measured once for all panels of one store and scope."""
    found = [trouble for series in panel.feeds for trouble in _troubles(connection, scope, series)]
    worst = next((one for one in found if one.blocks), None)
    if worst and worst.state != COLLAPSED:
        silent = [one for one in found if one.blocks and one.state != COLLAPSED]
        worst = min(silent, key=lambda one: one.newest or one.since or date.max)
    return Doubt(worst, tuple(dict.fromkeys(one for one in found if not one.blocks)))


def _troubles(connection: Connection, scope: Scope, series: JudgedFeed) -> list[Trouble]:
    feed = scope.rule if series.feed == CUSTOMER_FEED.feed else series.feed
    found = [one for one in feed_health(connection, scope, feed, series.part).troubles if one.source]
    if not series.monthly:
        return found
    return [one for one in found if one.state != LATE or _untold(one, scope)]


def _untold(late: Trouble, scope: Scope) -> bool:
    """Whether a late source may not have told the last complete month to its end: more than chance lies in its silence."""
    if late.newest is None or late.before is None:
        return True
    expected = late.before * (scope.today - late.newest).days / 7
    return late.newest <= month_before(scope).end and expected >= EXPECTED


def drawn(panel: AnyPanel, measured: Frames | Absence, options: Options, theme: Theme, found: Doubt) -> Picture:
    """A panel's picture; without a verdict, and without the colours of one, where its feeds forbid it."""
    absent = isinstance(measured, Absence)
    if found.cause is None or (absent and found.cause.state != COLLAPSED):
        picture: Picture = panel.picture(measured, options, theme)
        beside = "".join(f" · {aside(one, theme)}" for one in found.beside)
        return replace(picture, note=_added(picture.note, beside)) if beside else picture
    if found.cause.state != COLLAPSED and panel.verdict:
        day = found.cause.newest or found.cause.since
        return replace(panel.picture(Absence(STOPPED, known_to=day, silent=(found.cause,)), options, theme), judged=False)
    if panel.verdict or absent:
        asked, body = question(found.cause, theme), html.Div(html.P(THEME, className="lead"), className="absence")
        bare = html.Div([html.H2(asked), body], className="absent")
        return Picture("", bare, judged=False) if panel.bare else Picture(asked, body, judged=False)
    picture = panel.picture(measured, options, neutral(theme))
    if panel.bare:
        alarm = picture.alarm or ("" if found.cause.state == LATE else question(found.cause, theme))
        return replace(picture, alarm=alarm, judged=False)
    return replace(picture, headline=question(found.cause, theme), judged=False)


def _added(note: Words, more: str) -> Words:
    if not note:
        return more.removeprefix(" · ")
    return [*note, more] if isinstance(note, list) else [note, more]
