"""What is missing before a session begins: lit walls, tested sound, consents, screens, sign-ins, owners. It prevents nothing."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component
from sqlalchemy import func, select

from wallboard.drawing.glyphs import shape
from wallboard.lifecycle import sessions as lives
from wallboard.lifecycle.kinds import StepKind
from wallboard.records.agenda import items
from wallboard.records.commitments import open_commitments
from wallboard.records.decisions import register
from wallboard.records.sessions import SessionView
from wallboard.screens.console.page_context import PageContext
from wallboard.screens.console.parts import button, form
from wallboard.store.schema import media, touchpoint, user_account
from wallboard.store.showing import RECORDINGS
from wallboard.store.withdrawn import CONSENT
from wallboard.store.zones import EVERYTHING

YEAR = timedelta(days=366)

LIT = timedelta(seconds=30)
"""A wall asks every two seconds: one that has been silent for longer is dark, or has no network."""


def start_list(view: SessionView, page: PageContext) -> Component:
    """The list, with what is missing first in words, and a tone for each wall that is lit."""
    lines = [*_walls(view, page), *_consents(page), *_agenda(view, page), *_people(view, page), *_ownerless(view, page)]
    missing = sum(not is_there for is_there, _ in lines)
    head = page.count(missing, "thing is missing", "things are missing") if missing else "Everything is there"
    rows = [html.Li([shape("good" if is_there else "attention"), " ", *parts]) for is_there, parts in lines]
    hint = "The session can begin all the same."
    return html.Section([html.H2("Before it begins"), html.P([html.B(head), f". {hint}"]), html.Ul(rows, className="start-list")])


_Line = tuple[bool, list[Component | str]]


def _walls(view: SessionView, page: PageContext) -> Iterator[_Line]:
    """Each screen of the room: whether it is lit, and whether somebody has heard it."""
    silent, tested = page.silent(), {step.wall for step in view.life.of("sound_tested")}
    screens = {name: screen.wall for name, screen in page.settings.screen.items()}
    if not screens:
        yield False, ["No screen is named in room.toml: nobody can say which walls have joined."]
    for name, wall in screens.items():
        seconds = silent.get(name)
        is_lit = seconds is not None and seconds <= LIT.total_seconds()
        yield is_lit, [html.B(name), f", wall {wall}: {_since(seconds, page) if not is_lit else 'lit'}"]
    for wall in dict.fromkeys(screens.values()):
        ways = [] if wall in tested or not page.allowed("toned") else _sound(view, wall)
        yield wall in tested, [f"Sound of wall {wall}: {'tested' if wall in tested else 'not tested'}", *ways]


def _since(seconds: float | None, page: PageContext) -> str:
    if seconds is None:
        return "not lit since yesterday"
    minutes = int(seconds // 60)
    return f"dark for {page.count(minutes, 'minute', 'minutes')}" if minutes else "dark since a moment ago"


def _sound(view: SessionView, wall: str) -> list[Component | str]:
    toned = any(step.wall == wall for step in view.life.of("toned"))
    kinds = (lives.TONED, lives.SOUND_TESTED) if toned else (lives.TONED,)
    return [html.Div([_about(view, kind, wall) for kind in kinds], className="zooms")]


def _about(view: SessionView, kind: StepKind, wall: str) -> Component:
    hidden = dbc.Input(type="hidden", name="wall", value=wall)
    verb, ask = kind.verb, button(kind.button, calm=True)
    return form(f"/room/do/{verb}/{view.number}", [hidden], ask, seen=view.life.seq, name=verb)


def _consents(page: PageContext) -> Iterator[_Line]:
    """Calls and videos that cannot be played."""
    unknown = select(CONSENT.label("consent")).where(media.c.kind.in_(RECORDINGS)).subquery()
    without = page.connection.scalar(select(func.count()).where(unknown.c.consent == "unknown")) or 0
    what = page.count(without, "call or video has", "calls or videos have")
    lacking = f"{what} no consent on file and will not be played"
    yield not without, [lacking if without else "Every call and video has a consent on file"]


def _agenda(view: SessionView, page: PageContext) -> Iterator[_Line]:
    listed = items(page.connection, view.number)
    if not listed:
        yield False, ["Nothing is on the agenda."]
    without = [item.title for item in listed if not item.scene and item.template != "other"]
    if without:
        yield False, [f"On the agenda without a screen: {_named(without)}"]


def _people(view: SessionView, page: PageContext) -> Iterator[_Line]:
    """Who is expected and cannot join with an own phone."""
    u = user_account.c
    able = select(u.id).where(u.password.is_not(None), u.left_at.is_(None))
    can = set(page.connection.scalars(able))
    without = [page.names.name(user) for user in view.life.expected if user not in can]
    if not view.life.expected:
        yield False, ["Nobody is expected yet."]
    elif without:
        yield False, [f"Expected, and cannot sign in: {_named(without)}"]
    else:
        yield True, ["Everybody who is expected can sign in"]


def _ownerless(view: SessionView, page: PageContext) -> Iterator[_Line]:
    """Touchpoints that nobody answers for, decisions about them, and agenda items and commitments of people who have left."""
    t, places = touchpoint.c, {view.perimeter, EVERYTHING}
    without = dict(page.connection.execute(select(t.touchpoint, t.name).where(t.owner.is_(None)).order_by(t.seq, t.name)).all())
    if without:
        yield False, [f"Touchpoints without an owner: {_named(without.values())}"]
    else:
        yield True, ["Every touchpoint has an owner"]
    holding = [each for each in register(page.connection, page.theme.today - YEAR) if each.life.status == "decided"]
    if touched := [each.words for each in holding if each.perimeter in places and each.touchpoint in without]:
        yield False, [f"Decided for a touchpoint without an owner: {_named(touched)}"]
    here = {user.id for user in page.names.users}
    if orphaned := [item.title for item in items(page.connection, view.number) if item.template is None and item.by not in here]:
        yield False, [f"On the agenda, and whoever put it there has left: {_named(orphaned)}"]
    promises = open_commitments(page.connection, places, page.theme.now, besides=view.number)
    if left := [f"{each.words} ({page.names.name(each.owner)})" for each in promises if each.owner not in here]:
        yield False, [f"Promised by somebody who has left: {_named(left)}"]


def _named(names: Iterable[str]) -> str:
    return ", ".join(names)
