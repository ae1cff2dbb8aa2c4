"""incident_event_log.csv: what became of each complaint at the helpdesk, change by change, as a service desk logs it.

The numbers and the instants are those of the tickets; a question mark stands where the desk knows nothing, and a row is written
whenever anything is touched, also where the state stays as it was.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wallboard.demo.arrivals import tickets_by_arrival
from wallboard.demo.causes import with_repeats
from wallboard.demo.ground import Ground
from wallboard.demo.story import DAY

WEEKS = 53
"""How far back the log goes."""

REOPENED, ASKED, SENT_ON, TOUCHED = 0.07, 0.34, 0.16, 0.4
SENT_TO = ("Awaiting Vendor", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence")
CLOSES_AFTER = pd.Timedelta(days=5)
GROUPS = {"Phone call (incoming)": "Care by phone", "Mail": "Care in writing", "Web form": "Care in writing", "Chat": "Care chat"}
COLUMNS = ("number", "incident_state", "active", "reopen_count", "sys_mod_count", "opened_at", "sys_updated_at", "contact_type",
           "category", "location", "assignment_group", "assigned_to", "resolved_at", "closed_at")  # fmt: skip

Step = tuple[pd.Timestamp, str]


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per touch of a complaint, in the order in which the desk wrote them."""
    tickets = with_repeats(ground, tickets_by_arrival(ground)).assign(number=lambda t: 210000 + np.arange(len(t)))
    tickets["ireland"] = ground.boxes["ireland"].to_numpy()[tickets["box"].to_numpy()]
    begins, now = pd.Timestamp(ground.story.today - WEEKS * 7 * DAY), pd.Timestamp(ground.story.now)
    known = tickets[(tickets["section"] == "complaints") & (tickets["solved"].isna() | (tickets["solved"] >= begins))]
    rng = ground.story.rng("incident log")
    rows = [row for ticket in known.itertuples() for row in _rows(ticket, rng, begins, now)]
    log = pd.DataFrame(rows, columns=["at", *COLUMNS]).sort_values("at", kind="stable")
    file = folder / "incident_event_log.csv"
    log[list(COLUMNS)].to_csv(file, index=False, lineterminator="\n")
    return [file]


def _rows(ticket: Any, rng: np.random.Generator, begins: pd.Timestamp, now: pd.Timestamp) -> Iterator[tuple[Any, ...]]:
    reopened, ever = 0, False
    for count, (at, state) in enumerate(_steps(ticket, rng, now)):
        reopened += state == "Active" and ever
        ever = state == "Resolved" or (ever and state != "Active")
        if at < begins:
            continue
        done = state in ("Resolved", "Closed")
        yield (
            at,
            f"INC{ticket.number:07}",
            state,
            "false" if state == "Closed" else "true",
            reopened,
            count,
            _written(ticket.created),
            _written(at),
            ticket.via,
            ticket.code,
            "Ireland" if ticket.ireland else "Great Britain",
            GROUPS[ticket.via],
            ticket.owner or "?",
            _written(ticket.solved) if done else "?",
            _written(at) if state == "Closed" else "?",
        )


def _steps(ticket: Any, rng: np.random.Generator, now: pd.Timestamp) -> Iterator[Step]:
    """The touches of one complaint; nothing after now."""
    luck = rng.random(6)
    yield ticket.created, "New"
    if not ticket.owner and pd.isna(ticket.solved):
        return
    until = now if pd.isna(ticket.solved) else ticket.solved
    for share, state in _between(luck, came_back=pd.notna(ticket.solved) and luck[0] < REOPENED):
        yield (ticket.created + (until - ticket.created) * share).floor("s"), state
    if pd.notna(ticket.solved):
        yield ticket.solved, "Resolved"
        if ticket.solved + CLOSES_AFTER < now:
            yield ticket.solved + CLOSES_AFTER, "Closed"


def _between(luck: Any, *, came_back: bool) -> Iterator[tuple[float, str]]:
    """What happens between arrival and the last solution, by the share of that time which has passed."""
    yield 0.02 + 0.16 * luck[1], "Active"
    if luck[2] < TOUCHED:
        yield 0.2, "Active"
    if came_back:
        yield 0.3, "Resolved"
        yield 0.5, "Active"
    if luck[3] < ASKED:
        yield 0.55, "Awaiting User Info"
    if luck[4] < SENT_ON:
        yield 0.72, SENT_TO[int(luck[4] / SENT_ON * len(SENT_TO))]
    elif luck[3] < ASKED and luck[5] < 0.6:
        yield 0.8, "Active"


def _written(at: pd.Timestamp) -> str:
    return "?" if pd.isna(at) else f"{at.day}/{at.month}/{at.year} {at:%H:%M}"
