"""Plays the script: begins each session, fills it, ends it, and keeps what its walls have shown."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import quote
from urllib.request import urlopen

import orjson

from tests.browser.year.room import MINUTE, Year
from tests.browser.year.script import Session
from wallboard.records.sessions import one_session

WALLS = {
    "touchpoints": ("accountable", "roster", "celebration"),
    "issues": ("overview", "rate"),
}
"""Scenes whose pictures are kept of every session."""


@dataclass
class Played:
    """What a session has shown on its frozen walls, by panel, and the minutes when it was over."""

    number: int
    session: Session
    pictures: dict[str, bytes] = field(default_factory=dict)
    minutes: str = ""


def play(year: Year, session: Session) -> Played:
    """One session from its first page to its last."""
    year.on(session.day - timedelta(days=1), 8)
    number = year.number(session.kind, session.day)
    page = f"/room/session/{number}"
    year.hand.sign_in("fay")
    for happening in session.before:
        happening.play(year, number)
    played = Played(number, session)
    if session.is_held:
        _hold(year, played, page)
    return played


def _hold(year: Year, played: Played, page: str) -> None:
    session, hand = played.session, year.hand
    year.on(session.held or session.day)
    year.loaded()
    hand.sign_in("fay")
    hand.clicks = session.clicks
    if session.clicks:
        hand.open(page)
        hand.press("Begin the session", "The session has begun.")
    else:
        hand.post("begin-session", played.number, seen=_seen(year, played.number))
    year.frozen(played.number)
    played.pictures = pictures(year, "/wall")
    year.living.at += MINUTE
    _filled(year, played, page)
    for happening in session.after:
        happening.play(year, played.number)
    played.minutes = hand.page.request.get(f"{year.served.url}{page}/minutes.md").text()


def _filled(year: Year, played: Played, page: str) -> None:
    """Everybody comes, everything happens, and it ends."""
    session, hand = played.session, year.hand
    for name in session.here:
        if session.clicks:
            hand.press("Is here", "Marked as present.", {"Who else is here?": name})
        else:
            hand.post("attend", played.number, user_id=year.living.people[name.lower()])
    for happening in session.does:
        year.living.at += MINUTE
        happening.play(year, played.number)
    if session.clicks:
        hand.at(page)
        hand.press("End the session", "The session has ended.", {"What did we agree on": session.note})
    else:
        hand.post("end-session", played.number, seen=_seen(year, played.number), note=session.note)


def _seen(year: Year, number: int) -> int:
    with year.living.engine.connect() as connection:
        return one_session(connection, number).life.seq


def pictures(year: Year, walls: str) -> dict[str, bytes]:
    """By panel: what its picture is drawn as, on the walls at an address; without the version that it carries."""
    shown: dict[str, bytes] = {}
    for wall, scenes in WALLS.items():
        path = quote(f"{walls}/{wall}")
        for panel in _asked(year, f"/pulse?path={path}")["tokens"]:
            if panel.startswith(tuple(f"{wall}--{scene}--" for scene in scenes)):
                with urlopen(f"{year.served.url}/picture/{panel}?path={path}", timeout=60) as answer:
                    shown[panel] = answer.read().partition(b'"children"')[2]
    return shown


def _asked(year: Year, address: str) -> dict[str, dict[str, str]]:
    with urlopen(year.served.url + address, timeout=60) as answer:
        answered: dict[str, dict[str, str]] = orjson.loads(answer.read())
    return answered
