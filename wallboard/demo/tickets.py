"""zendesk_tickets.csv: the tickets in the shape of Zendesk's export, in the account's time zone; the words are the subject."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from wallboard.demo.arrivals import tickets_by_arrival
from wallboard.demo.causes import columns as causes
from wallboard.demo.causes import tags, with_repeats
from wallboard.demo.ground import Ground, customer_ids
from wallboard.demo.story import DAY

STAMP = "%Y-%m-%d %H:%M"


def write(ground: Ground, folder: Path) -> list[Path]:
    """Write one row per ticket; one of them is torn, as such files are."""
    tickets = with_repeats(ground, tickets_by_arrival(ground))
    rng = ground.story.rng("zendesk")
    boxes = ground.boxes.iloc[tickets["box"].to_numpy()]
    columns = _who(tickets, boxes, rng) | _what(ground, tickets, rng) | _when(ground, tickets, boxes) | _how(tickets, rng)
    columns |= {"Current action [txt]": tickets["doing"], "Next step [txt]": tickets["next"]} | causes(ground, tickets)
    text = pd.DataFrame(columns).to_csv(index=False, lineterminator="\n")
    file = folder / "zendesk_tickets.csv"
    file.write_text(_torn(text), encoding="utf-8", newline="")
    return [file]


def _who(tickets: pd.DataFrame, boxes: pd.DataFrame, rng: np.random.Generator) -> dict[str, object]:
    number = boxes["customer"].to_numpy()
    known = rng.random(len(tickets)) > 0.03
    ids = [customer if ok else "" for customer, ok in zip(customer_ids(number), known, strict=True)]
    return {
        "Summation column": 1,
        "Id": 210000 + np.arange(len(tickets)),
        "Requester": [f"Customer {c}" if c else "Unknown caller" for c in ids],
        "Requester id": 9000000 + number,
        "Requester external id": ids,
        "Requester email": [f"{c.lower()}@example.org" if c else "" for c in ids],
        "Requester domain": "example.org",
        "Submitter": "System",
        "Assignee": tickets["owner"],
    }


def _what(ground: Ground, tickets: pd.DataFrame, rng: np.random.Generator) -> dict[str, Any]:
    complaint = tickets["section"] == "complaints"
    waiting = np.where(tickets["owner"] == "", "New", np.where(rng.random(len(tickets)) < 0.3, "Pending", "Open"))
    done = np.where(tickets["created"] < pd.Timestamp(ground.story.today - 28 * DAY), "Closed", "Solved")
    return {
        "Group": np.where(complaint, "Care", "Advice"),
        "Subject": tickets["words"],
        "Tags": tags(ground, tickets),
        "Status": np.where(tickets["solved"].notna(), done, waiting),
        "Priority": np.where(complaint, "High", "Normal"),
        "Via": tickets["via"],
        "Ticket type": tickets["kind"],
    }


def _when(ground: Ground, tickets: pd.DataFrame, boxes: pd.DataFrame) -> dict[str, Any]:
    created, solved = tickets["created"].dt.strftime(STAMP), tickets["solved"].dt.strftime(STAMP).fillna("")
    touched = tickets["created"] + pd.Timedelta(minutes=40)
    touched = touched.where(touched < ground.story.now, pd.Timestamp(ground.story.now))
    assigned = np.where(tickets["owner"] == "", "", created)
    return {
        "Created at": created,
        "Updated at": tickets["solved"].fillna(touched).dt.strftime(STAMP),
        "Assigned at": assigned,
        "Organization": np.where(boxes["ireland"], "Fern & Kettle Ireland", "Fern & Kettle Great Britain"),
        "Due date": "",
        "Initially assigned at": assigned,
        "Solved at": solved,
    }


def _how(tickets: pd.DataFrame, rng: np.random.Generator) -> dict[str, object]:
    count = len(tickets)
    minutes = (tickets["solved"] - tickets["created"]).dt.total_seconds() // 60
    resolution = minutes.map(lambda m: "" if pd.isna(m) else f"{m:.0f}")
    first_reply = np.minimum(minutes.fillna(1e9), np.exp(rng.normal(4.2, 1.1, count)))
    return {
        "Resolution time": minutes.map(lambda m: "" if pd.isna(m) else f"{m / 60:.0f}"),
        "Satisfaction Score": rng.choice(["Offered", "Unoffered", "Good", "Bad"], count, p=[0.42, 0.38, 0.15, 0.05]),
        "Group stations": 1,
        "Assignee stations": rng.integers(1, 4, count),
        "Reopens": (rng.random(count) < 0.06).astype(int),
        "Replies": rng.integers(1, 6, count),
        "First reply time in minutes": first_reply.round().astype(int),
        "First resolution time in minutes": resolution,
        "Full resolution time in minutes": resolution,
        "Requester wait time in minutes": resolution,
        "Issue [list]": np.where(rng.random(count) < 0.045, "", tickets["code"]),
        "Touchpoint [list]": tickets["place"],
    }


def _torn(text: str) -> str:
    """Tear one line in the middle: the row is refused, and the walls do not mind."""
    lines = text.split("\n")
    middle = len(lines) // 3
    lines[middle] = ",".join(lines[middle].split(",")[:9])
    return "\n".join(lines)
