"""What leaders have to explain: roster items to which nothing happens, or whose measure stands still, and eased targets.

One row an alarm; a target was eased where it, or the definition of its metric, changed shortly before it was met. Beside
them, how many decisions were taken back. For leaders, from four metres.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.movement import NOTHING_MOVED, ROSE
from wallboard.metrics.roster import READS, RosterTarget, roster_targets
from wallboard.metrics.roster_alarms import SILENT, EasedTarget, Reversals, eased_targets, reversals
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(4, ge=1, le=8, description="alarms to show at the default screen and distance")
    letters: int = Field(44, ge=20, le=120, description="longest name before it is cut at a word")


FEW = 2
"""So many alarms have the glass to themselves, and are set larger."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to explain: what it is about, what is wrong with it, and its number with what that counts."""

    title: str
    words: str
    number: str
    unit: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What stands on the roster, the targets that were eased, and the decisions that were taken back."""

    targets: tuple[RosterTarget, ...]
    eased: tuple[EasedTarget, ...]
    decisions: Reversals


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """Everything that asks for an explanation."""
    return Measured(roster_targets(connection, scope), eased_targets(connection, scope), reversals(connection, scope)[0])


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row an alarm."""
    rows = [_row(alarm, options) for alarm in (*_eased(measured, theme), *_still(measured, theme))]
    note = _taken_back(measured.decisions, theme)
    if not rows:
        return Picture("Nothing to explain", nothing("Something happens to each item, and no target was eased."), note=note)
    shown = rows[: theme.rows(options.rows)]
    headline = f"{theme.number_words(len(rows)).capitalize()} {'thing' if len(rows) == 1 else 'things'} for leaders to explain"
    size = "alarms few trim" if len(shown) <= FEW else "alarms trim"
    return Picture(headline, html.Ul(shown, className=size, **beyond(len(rows) - len(shown))), note=note)


def _eased(measured: Measured, theme: Theme) -> Iterator[Alarm]:
    for row in measured.eased:
        words = f"met its target since its {row.what} changed"
        yield Alarm(row.name, words, theme.short_day(row.changed_on), f"{row.what} changed")


def _still(measured: Measured, theme: Theme) -> Iterator[Alarm]:
    for row in measured.targets:
        if row.silent_days is not None and row.silent_days >= SILENT:
            days = theme.plural(row.silent_days, "day", "days")
            yield Alarm(row.title, f"nothing happened; sponsor {row.sponsor}", days, "without a step")
        elif row.moved in (ROSE, NOTHING_MOVED) and not row.reached and row.before is not None and row.now is not None:
            moved = "rose" if row.moved == ROSE else "have not moved beyond chance"
            unit = "complaints per 1,000" if row.adjusted else "complaints a week"
            numbers = _from_to(row.before, row.now, theme)
            yield Alarm(row.title, f"complaints {moved}; sponsor {row.sponsor}", numbers, unit)


def _from_to(before: float, now: float, theme: Theme) -> str:
    """Both numbers, with as many decimals as tell them apart."""
    first, last = next(
        (pair for digits in (1, 2, 3) if len(set(pair := (theme.decimal(before, digits), theme.decimal(now, digits)))) > 1),
        (theme.decimal(before), theme.decimal(now)),
    )
    return f"{first} → {last}"


def _taken_back(row: Reversals, theme: Theme) -> str:
    if not row.decided:
        return "no decision in two years"
    return f"{theme.whole(row.taken_back)} of {theme.plural(row.decided, 'decision', 'decisions')} taken back in two years"


def _row(alarm: Alarm, options: Options) -> Component:
    lines = [html.B(crop(alarm.title, options.letters), dir="auto"), html.Span(alarm.words, className="alert", dir="auto")]
    number = html.P([html.B(alarm.number), " ", html.Span(alarm.unit, className="quiet")])
    return html.Li([shape("attention"), html.Div(lines), number])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=(
        *(*READS, "decision", "decision_step", "room_session"),
        *("customer_day", "customer_month", "customer_movement", "undated_loss", "reason_day", "reason", "renewal_month"),
        *("retention_month", "tier_month", "referral_month", "metric_definition", "target", "action", "employee"),
    ),
    subject="What leaders have to explain",
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 13),
        Smallest(38, 9),
        Smallest(76, 6),
    ),
)
