"""What each leader promised, what was done and how: the ledger of commitments, person by person.

One row a person: how many commitments were on_time of those that have fallen due, what is overdue and for how long, else what was
done last and how. Whoever has something overdue stands first, everybody else by name: nobody is ranked.
"""

from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component
from pydantic import Field

from wallboard.drawing.cell import Smallest
from wallboard.drawing.glyphs import metric_link, nothing, shape
from wallboard.drawing.issues import beyond
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import crop
from wallboard.metrics.ledger import LeaderLedger, LedgerEntry, commitment_ledger, leader_ledger
from wallboard.metrics.scope import Scope
from wallboard.panel import OF_THE_ROOM, Connection, Panel, Picture, Words
from wallboard.panel import Options as Base


class Options(Base):
    """How many."""

    rows: int = Field(4, ge=1, le=12, description="people to show at the default screen and distance, those overdue first")
    letters: int = Field(52, ge=20, le=160, description="longest commitment, and what was done, before it is cut at a word")


@dataclass(frozen=True, slots=True)
class Measured:
    """The commitments, and their count by person."""

    entries: tuple[LedgerEntry, ...]
    leaders: tuple[LeaderLedger, ...]


def measure(connection: Connection, scope: Scope, options: Options) -> Measured:
    """The commitments, and their count by person."""
    return Measured(commitment_ledger(connection, scope), leader_ledger(connection, scope))


def draw(measured: Measured, options: Options, theme: Theme) -> Picture:
    """One row a person."""
    if not measured.leaders:
        return Picture("Nobody has promised anything yet", nothing("Write down in a session who does what by when."))
    leaders = sorted(measured.leaders, key=lambda leader: not leader.overdue)
    shown = leaders[: theme.rows(options.rows)]
    rows = [_row(leader, _tells(leader, measured.entries), options, theme) for leader in shown]
    body = html.Ul(rows, className="ledger trim noted", **beyond(len(leaders) - len(rows)))
    return Picture(_headline(measured.leaders, theme), body, note=_note(measured.leaders, theme))


def _headline(leaders: tuple[LeaderLedger, ...], theme: Theme) -> Words:
    overdue, due, on_time = (sum(getattr(leader, name) for leader in leaders) for name in ("overdue", "due", "on_time"))
    if overdue:
        count = metric_link(theme.plural(overdue, "commitment", "commitments"), "commitment_reliability", "alert")
        return [count, f" {'is' if overdue == 1 else 'are'} overdue"]
    if not due:
        return "No commitment has fallen due yet"
    every = metric_link(theme.whole(on_time), "commitment_reliability")
    return [every, f" of {theme.plural(due, 'commitment', 'commitments')} {'was' if on_time == 1 else 'were'} done on time"]


def _note(leaders: tuple[LeaderLedger, ...], theme: Theme) -> str:
    due, on_time, early, late = (sum(getattr(leader, name) for leader in leaders) for name in ("due", "on_time", "early", "late"))
    return f"last 12 months: {on_time} of {due} on time, {early} early, {late} late" if due else "last 12 months"


def _tells(leader: LeaderLedger, entries: tuple[LedgerEntry, ...]) -> LedgerEntry | None:
    """What is overdue longest; else what was done last; else what is due first."""
    own = [entry for entry in entries if (entry.owner, entry.owner_function) == (leader.owner, leader.owner_function)]
    late = next((entry for entry in own if entry.state == "overdue"), None)
    done = [entry for entry in own if entry.how and entry.done_on]
    last = max(done, key=lambda entry: (entry.done_on or entry.due_on, entry.commitment), default=None)
    return late or last or next(iter(own), None)


def _row(leader: LeaderLedger, entry: LedgerEntry | None, options: Options, theme: Theme) -> Component:
    who = html.P([html.B(leader.owner), html.Span(f" {leader.owner_function or ''}", className="quiet")])
    words = html.P(_words(entry, options) if entry else "", className="quiet", dir="auto")
    return html.Li([html.Div([who, words]), _stands(leader, entry, theme)])


def _words(entry: LedgerEntry, options: Options) -> str:
    if entry.how:
        return crop(f"{entry.what} How: {entry.how}", options.letters)
    return crop(entry.words, options.letters)


def _stands(leader: LeaderLedger, entry: LedgerEntry | None, theme: Theme) -> Component:
    on_time = html.Span(f"{leader.on_time} of {leader.due} on time" if leader.due else "none due yet", className="quiet")
    if leader.overdue and entry:
        state = html.Span([shape("attention"), html.B(f"{theme.plural(entry.days, 'day', 'days')} late")], className="alert")
    elif leader.open:
        state = html.Span(f"{theme.whole(leader.open)} open")
    else:
        state = html.Span([shape("good"), "nothing open"])
    return html.Div([state, on_time])


PANEL = Panel(
    Options,
    measure,
    draw,
    reads=("commitment", "commitment_step", "user_account", "function", "touchpoint"),
    metrics=("commitment_reliability",),
    subject="What leaders promised and did",
    timeless=OF_THE_ROOM,
    smallest=(
        Smallest(25, 11),
        Smallest(38, 7),
        Smallest(51, 6),
        Smallest(76, 5),
    ),
)
