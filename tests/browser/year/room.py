"""The year's room: its exports and its people, a clock that moves, and one page at its console."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import update

from tests.browser.chromium import Chromium
from tests.browser.serving import Lit
from tests.browser.watching import Watch, open_board, until
from tests.browser.year.exports import HISTORY, SOURCES, months, write_month
from tests.browser.year.hand import Hand
from tests.fixtures import Light
from tests.metrics.given import journey, media
from tests.records.living import Living
from tests.screens.console.given import PASSWORD, ROOM_TOML, hashed, small_room
from wallboard.clock import stopped
from wallboard.loaders.load import load
from wallboard.records.sessions import sessions
from wallboard.records.snapshots import is_frozen
from wallboard.records.users import enter
from wallboard.settings import Room, open_room
from wallboard.store.connections import writing
from wallboard.store.open import make_engine
from wallboard.store.schema import user_account

OPENS = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""The first Monday of the year."""

PLANNING = date(2026, 10, 5)
"""When the annual planning begins."""

MISSION = "Nobody waits for a box."
LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)


@dataclass
class Year:
    """The room while its year goes by; the clock goes on by a minute with everything that somebody does."""

    living: Living
    served: Lit
    hand: Hand

    @property
    def room(self) -> Room:
        return self.served.room

    def on(self, day: date, hour: int = 9, minute: int = 30) -> None:
        """Go on to a time of a day, in London."""
        at = datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC)
        assert at >= self.living.at, f"the clock is set back to {at}"
        self.living.at = at

    def loaded(self, *restated: date) -> None:
        """Load everything up to yesterday, the restated months with four late orders more in each of theirs."""
        today, folder = self.living.at.astimezone(LONDON).date(), self.room.data / "exports"
        for month in months(HISTORY, today):
            write_month(folder, month, today, more=4 if month in restated else 0)
        for became in load(self.room, self.living.engine, stopped(self.living.at)):
            assert became.status == "ok" and not became.refused, became

    @contextmanager
    def signed_in(self, login: str, path: str) -> Iterator[None]:
        """Somebody else takes the page for what follows; then Fay has it again, on the same page."""
        for name in (login, "fay"):
            self.hand.sign_in(name)
            self.hand.open(path)
            if name == login:
                yield

    def number(self, kind: str, day: date) -> int:
        """The session of a kind that is planned for a day."""
        with self.living.engine.connect() as connection:
            noon = datetime.combine(day, time(12), LONDON)
            known = sessions(connection, ["all"], noon - timedelta(days=1), noon + timedelta(days=1))
        return next(view.number for view in known if view.kind == kind and view.planned_at.astimezone(LONDON).date() == day)

    def on_the_wall(self, wall: str, scene: str, session: int | None = None) -> str:
        """What a reader finds on a scene of a wall; of a session, as that has seen it."""
        page, replayed = self.hand.page, f"/session/{session}" if session else ""
        open_board(page, f"{self.served.url}{replayed}/wall/{wall}?scene={scene}")
        return " ".join(page.locator(".scene.shown").inner_text().split())

    def frozen(self, session: int) -> None:
        """Wait until the walls of a session are kept."""

        def kept() -> bool:
            with self.living.engine.connect() as connection:
                return is_frozen(connection, session)

        until(kept, every=0.05)


@contextmanager
def year_of(root: Path, blank: Path, lit: Light, chromium: Chromium, watch: Watch) -> Iterator[Year]:
    """The room before its first session, lit, with one page for all of its people."""
    small_room(root)
    (root / "room.toml").write_text(
        f'planning_date = {PLANNING}\n{ROOM_TOML}\n[journey]\nmission = "{MISSION}"\n', encoding="utf-8"
    )
    (root / "data" / "sources.toml").write_text(SOURCES, encoding="utf-8")
    room = open_room(root)
    shutil.copy(blank, room.root / "data" / "room.sqlite")
    living = Living(make_engine(room.store_url), at=OPENS)
    with writing(living.engine) as connection:
        connection.execute(update(user_account).values(password=hashed()))
        journey(connection)
        media(
            connection,
            {"path": "box.png", "kind": "screenshot", "stage": "receive", "caption": "The box as it arrives"},
            {"path": "bill.png", "kind": "screenshot", "stage": "choose", "touchpoint": "site", "caption": "The bill"},
        )
    served = lit(room, lambda: living.at)
    with chromium.context(viewport={"width": 1280, "height": 800}, locale="en-GB") as context:
        context.on("page", watch.attach)
        watch.forgive(r"404 .*/media/\d+/thumb")  # the store names pictures whose files are not there
        hand = Hand(context.new_page(), served.url, lambda login: enter(living.engine, living.at, login, PASSWORD))
        yield Year(living, served, hand)
        context.remove_listener("page", watch.attach)
    living.engine.dispose()
