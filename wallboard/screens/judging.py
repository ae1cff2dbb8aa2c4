"""Whether a panel may judge what it shows: its feeds are asked by one rule, and where they forbid it no verdict is drawn."""

from dataclasses import dataclass, replace
from datetime import date

from dash import html
from sqlalchemy import Connection

from wallboard.drawing.absences import lacking, not_since
from wallboard.drawing.feeds import THEME, aside, neutral, question
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import upper_first
from wallboard.metrics.availability import Absence
from wallboard.metrics.collapse import EXPECTED
from wallboard.metrics.feed_health import COLLAPSED, LATE, STOPPED, Trouble, feed_health
from wallboard.metrics.scope import Scope, month_before
from wallboard.metrics.states import NOT_JUDGED, NOT_MEASURED
from wallboard.panel import CUSTOMER_FEED, Answer, AnyPanel, JudgedFeed, Options, Picture, Words
from wallboard.screens.freshness import SourceAge


@dataclass(frozen=True)
class Doubt:
    """What forbids a panel to judge (None: nothing), and what else is not as it was."""

    cause: Trouble | None = None
    beside: tuple[Trouble, ...] = ()

    @property
    def stopped(self) -> frozenset[str]:
        """The sources from which nothing comes any more."""
        troubles = (self.cause, *self.beside)
        return frozenset(trouble.source for trouble in troubles if trouble and trouble.state == STOPPED and not trouble.perimeter)


def doubt(connection: Connection, scope: Scope, panel: AnyPanel) -> Doubt:
    """What is wrong with the series that a panel judges; measured once for all panels of one store and scope."""
    troubles = [trouble for series in panel.feeds for trouble in _troubles(connection, scope, series)]
    worst = next((trouble for trouble in troubles if trouble.blocks), None)
    if worst and worst.state != COLLAPSED:
        silent = [trouble for trouble in troubles if trouble.blocks and trouble.state != COLLAPSED]
        worst = min(silent, key=lambda trouble: trouble.newest or trouble.since or date.max)
    return Doubt(worst, tuple(dict.fromkeys(trouble for trouble in troubles if not trouble.blocks)))


def _troubles(connection: Connection, scope: Scope, series: JudgedFeed) -> list[Trouble]:
    feed = scope.rule if series.feed == CUSTOMER_FEED.feed else series.feed
    troubles = [trouble for trouble in feed_health(connection, scope, feed, series.part).troubles if trouble.source]
    if not series.monthly:
        return troubles
    return [trouble for trouble in troubles if trouble.state != LATE or _untold(trouble, scope)]


def _untold(late: Trouble, scope: Scope) -> bool:
    """Whether a late source may not have told the last complete month to its end: more than chance lies in its silence."""
    if late.newest is None or late.before is None:
        return True
    expected = late.before * (scope.today - late.newest).days / 7
    return late.newest <= month_before(scope).end and expected >= EXPECTED


def drawn(
    panel: AnyPanel, measured: object, options: Options, theme: Theme, in_doubt: Doubt, late: SourceAge | None = None
) -> Picture:
    """A panel's picture; without a verdict, and without the colours of one, where its feeds forbid it.

    `late` is the source that the panel's age names: one aside says once, and in one word, what is wrong with it.
    """
    absent = isinstance(measured, Absence)
    if in_doubt.cause is None or (absent and in_doubt.cause.state != COLLAPSED):
        picture: Picture = panel.picture(measured, options, theme)
        others = [trouble for trouble in in_doubt.beside if late is None or not _is_told(trouble, late)]
        beside = "".join(f"\u00a0· {aside(trouble, theme)}" for trouble in others)
        return replace(picture, note=_added(picture.note, beside)) if beside else picture
    if in_doubt.cause.state != COLLAPSED and panel.verdict:
        day = in_doubt.cause.newest or in_doubt.cause.since
        return replace(panel.picture(Absence(STOPPED, known_to=day, silent=(in_doubt.cause,)), options, theme), judged=False)
    if panel.verdict or absent:
        headline, body = question(in_doubt.cause, theme), html.Div(html.P(THEME, className="lead"), className="absence")
        bare = html.Div([html.H2(headline), body], className="absent")
        return Picture("", bare, judged=False) if panel.bare else Picture(headline, body, judged=False)
    picture = panel.picture(measured, options, neutral(theme))
    if panel.bare:
        alarm = picture.alarm or ("" if in_doubt.cause.state == LATE else question(in_doubt.cause, theme))
        return replace(picture, alarm=alarm, judged=False)
    return replace(picture, headline=question(in_doubt.cause, theme), judged=False)


def _is_told(trouble: Trouble, late: SourceAge) -> bool:
    return trouble.state != COLLAPSED and trouble.source == late.source and trouble.perimeter is None


UNKNOWN = "We cannot say now."
"""What stands in the place of an answer that is not measured, or that may not be given."""


def answered(panel: AnyPanel, measured: object, options: Options, theme: Theme, in_doubt: Doubt) -> Answer | None:
    """A panel's answer to the wall's question, or why it cannot give one; None for a panel that answers none.

    Since when nothing is measured is enough on every scene: from which source nothing came, the panel says.
    """
    if panel.answer is None:
        return None
    if in_doubt.cause is not None and (panel.verdict or isinstance(measured, Absence)):
        silent, since = in_doubt.cause.state != COLLAPSED, in_doubt.cause.newest or in_doubt.cause.since
        why = question(in_doubt.cause, theme) if silent else upper_first(aside(in_doubt.cause, theme))
        return Answer(UNKNOWN, "", upper_first(not_since(since, theme)) if silent and since else why, NOT_JUDGED)
    if isinstance(measured, Absence):
        known = measured.known_to if measured.state == STOPPED else None
        why = upper_first(not_since(known, theme)) if known else lacking(measured, theme)
        return Answer(UNKNOWN, "", why, NOT_MEASURED)
    answer: Answer = panel.answer(measured, options, theme)
    return answer


def _added(note: Words, more: str) -> Words:
    if not note:
        return more.removeprefix("\u00a0· ")
    return [*note, more] if isinstance(note, list) else [note, more]
