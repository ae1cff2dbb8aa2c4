"""The cast, and rows in words: what the loaders would have written."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from wallboard.loaders.facts.customer_flow import count_events
from wallboard.store import schema

_numbers = count(1)

Event = tuple[str, date, str, float | None]
"""customer, day, kind, value."""


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def loaded(connection: Connection, table: Table, *rows: Mapping[str, Any]) -> None:
    """Rows of a loaded table with an origin of their own."""
    run = connection.execute(select(schema.load_run.c.id)).scalar()
    if run is None:
        fields = {"source": "tests", "feed": "tests", "file": "given.py", "started_at": at(date(2026, 1, 1)), "status": "ok"}
        connection.execute(insert(schema.load_run).values(**fields))
        run = connection.execute(select(schema.load_run.c.id)).scalar()
    origin = {"source": "tests", "row_hash": 0, "load_run_id": run}
    if rows:
        connection.execute(insert(table), [{**origin, "source_key": str(next(_numbers)), **row} for row in rows])


def refused(connection: Connection) -> None:
    """A row that was refused."""
    loaded(connection, schema.post)
    run = connection.execute(select(schema.load_run.c.id)).scalar_one()
    fields = {"row_no": 3, "column_name": "day", "reason": "is not a date.", "remedy": "Write 2026-06-30.", "raw": "soon"}
    connection.execute(insert(schema.refusal).values(load_run_id=run, **fields))


def journey(connection: Connection) -> None:
    """Three stages; the middle one has two touchpoints, the first one, the last none."""
    loaded(
        connection, schema.function, {"function": "logistics", "name": "Logistics", "customer_facing": True, "outsourced": False}
    )
    loaded(connection, schema.employee, {"employee": "ana", "name": "Ana Silva", "function": "logistics"})
    stages = (("choose", "I choose"), ("receive", "I get my order"), ("leave", "I leave"))
    loaded(connection, schema.stage, *({"stage": k, "seq": n, "name": name} for n, (k, name) in enumerate(stages, 1)))
    plain = {"priority": False, "moment_of_truth": False, "function": None, "owner": None}
    owned = {"priority": True, "moment_of_truth": True, "function": "logistics", "owner": "ana"}
    loaded(
        connection,
        schema.touchpoint,
        {"touchpoint": "site", "stage": "choose", "seq": 1, "name": "Web shop", **plain},
        {"touchpoint": "parcel", "stage": "receive", "seq": 1, "name": "The parcel arrives", **owned},
        {"touchpoint": "hotline", "stage": "receive", "seq": 2, "name": "I call", **plain},
    )
    loaded(connection, schema.issue_type, *({"issue_type": k, "wording": w, "demand": "failure"} for k, w in WORDINGS.items()))


WORDINGS = {"late": "My order is late", "broken": "It came broken", "bill": "My bill is wrong"}


def customers(
    connection: Connection,
    *events: Event,
    perimeter: str = "north",
    group: str = "",
    fields: Mapping[str, str] | None = None,
    why: bool = False,
) -> None:
    """Events in the ledger with the facts that follow; `said` is a leaver's reason, reason_source and reason_words (of everybody
    with `why`)."""
    reasons = dict.fromkeys(("reason", "reason_source"), "") | dict(fields or {})
    rows = [
        {"customer": who, "perimeter": perimeter, "day": day, "kind": kind, "value": value, "rule": "contracts"}
        | {"month": day.replace(day=1), "customer_group": group, "from_group": ""}
        | (reasons if why or kind == "lost" else {"reason": "", "reason_source": ""})
        for who, day, kind, value in events
    ]
    for row in rows:
        row.setdefault("reason_words", None)
    if rows:
        connection.execute(insert(schema.customer_event), rows)
        _customer_facts(connection)


def moved(connection: Connection, *who: tuple[str, date, float], into: str, out_of: str, perimeter: str = "north") -> None:
    """Customers who change group on a day, with what they are worth."""
    plain = {"perimeter": perimeter, "kind": "moved", "rule": "contracts", "reason": "", "reason_source": ""}
    groups = {"customer_group": into, "from_group": out_of}
    rows = [{"customer": c, "day": day, "month": day.replace(day=1), "value": worth, **plain, **groups} for c, day, worth in who]
    connection.execute(insert(schema.customer_event), rows)
    _customer_facts(connection)


def _customer_facts(connection: Connection) -> None:
    """The facts that the load makes of events, and customers at each month's end counted here, from their lives."""
    connection.execute(schema.customer_month.delete())
    count_events(connection, connection.scalars(select(schema.customer_event.c.day).distinct()).all())
    connection.execute(insert(schema.customer_month), list(_active(connection)))


def _active(connection: Connection) -> Iterator[Mapping[str, Any]]:
    """Who is there at the end of each month: those whose last word up to then is not that they left."""
    event = schema.customer_event
    every = connection.execute(select(event).order_by(event.c.day, event.c.id)).all()
    cells = sorted({(row.perimeter, group) for row in every for group in (row.customer_group, row.from_group)})
    turns = [row.day for row in every]
    month = turns[0].replace(day=1)
    while month <= turns[-1]:
        after = (month + timedelta(days=31)).replace(day=1)
        there: dict[tuple[str, str], tuple[str, float | None]] = {}
        for row in (change for change in every if change.day < after):
            _lived(there, row)
        for perimeter, group in cells:
            worths = [worth for (where, _), (its, worth) in there.items() if where == perimeter and its == group]
            by_key = {"active": len(worths), "value": sum(w or 0.0 for w in worths), "value_unknown": worths.count(None)}
            yield {"month": month, "perimeter": perimeter, "customer_group": group, **by_key}
        month = after


def _lived(there: dict[tuple[str, str], tuple[str, float | None]], row: Any) -> None:
    who = row.perimeter, row.customer
    if row.kind == "lost":
        there.pop(who, None)
    elif row.kind == "changed" and who in there:
        group, worth = there[who]
        there[who] = group, (worth or 0.0) + (row.value or 0.0)
    elif row.kind == "moved" and who in there:
        there[who] = row.customer_group, there[who][1]
    elif row.kind in ("new", "won back"):
        there[who] = row.customer_group, row.value


def reasons(connection: Connection, **wordings: str) -> None:
    loaded(connection, schema.reason, *({"reason": key, "wording": wording} for key, wording in wordings.items()))


def complaints(connection: Connection, *rows: Mapping[str, Any]) -> None:
    """Complaints (at least a day; solved a day) with the daily facts of all voices so far."""
    plain = {
        "kind": "complaint", "channel": "helpdesk", "perimeter": "north", "stage": None,
        "touchpoint": None, "issue_type": None, "words": None, "language": "en", "score": None, "complaint": True,
        "solved_day": None, "owner": None, "doing": None, "next_step": None, "relayed_by": None, "customer": None,
    }  # fmt: skip
    full = [plain | dict(row) for row in rows]
    for row in full:
        row["occurred_at"], row["solved_at"] = at(row["day"], 8), at(row["solved_day"], 20) if row["solved_day"] else None
    loaded(connection, schema.voice, *full)
    _voice_facts(connection)


def _voice_facts(connection: Connection) -> None:
    connection.execute(schema.voice_day.delete())
    connection.execute(schema.complaint_day.delete())
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    arrived: Counter[tuple[date, str]] = Counter()
    solved: Counter[tuple[date, str]] = Counter()
    for row in connection.execute(select(schema.voice)):
        cell = sums[row.day, row.perimeter, row.stage or "", row.touchpoint or "", row.issue_type or "", row.channel]
        cell[:] = [cell[0] + 1, cell[1] + row.complaint, cell[2] + bool(row.words)]
        if row.complaint:
            arrived[row.day, row.perimeter] += 1
            if row.solved_day:
                solved[row.solved_day, row.perimeter] += 1
    names = ("day", "perimeter", "stage", "touchpoint", "issue_type", "channel", "voices", "complaints", "with_words")
    if sums:
        connection.execute(insert(schema.voice_day), [dict(zip(names, (*k, *v), strict=True)) for k, v in sums.items()])
    weeks_of_voices(connection)
    days = [{"day": d, "perimeter": p, "arrived": arrived[d, p], "solved": solved[d, p]} for d, p in {*arrived, *solved}]
    if days:
        connection.execute(insert(schema.complaint_day), days)
    months_of_issues(connection)


def months_of_issues(connection: Connection) -> None:
    """The monthly facts of the complaints whose days are there."""
    months: dict[tuple[date, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in connection.execute(select(schema.complaint_day)):
        cell = months[row.day.replace(day=1), row.perimeter]
        cell[:] = [cell[0] + row.arrived, cell[1] + row.solved]
    connection.execute(schema.complaint_month.delete())
    rows = [{"month": m, "perimeter": p, "arrived": a, "solved": s} for (m, p), (a, s) in months.items()]
    if rows:
        connection.execute(insert(schema.complaint_month), rows)


def weeks_of_voices(connection: Connection) -> None:
    """The weekly facts of the voices whose days are there."""
    types: Counter[tuple[Any, ...]] = Counter()
    sources: dict[tuple[Any, ...], list[Any]] = defaultdict(lambda: [0, 0, date.min])
    for row in connection.execute(select(schema.voice_day)):
        monday = row.day - timedelta(days=row.day.weekday())
        types[monday, row.perimeter, row.stage, row.touchpoint, row.issue_type] += row.complaints
        cell = sources[monday, row.perimeter, row.channel, row.stage, row.touchpoint]
        cell[:] = [cell[0] + row.voices, cell[1] + row.complaints, max(cell[2], row.day)]
    kinds: Counter[tuple[Any, ...]] = Counter()
    for (monday, perimeter, _stage, _touchpoint, about), n in types.items():
        kinds[monday, perimeter, about] += n
    facts = (
        (schema.kind_week, [(*k, v) for k, v in kinds.items() if v]),
        (schema.complaint_week, [(*k, v) for k, v in types.items() if v]),
        (schema.source_week, [(*k, *v) for k, v in sources.items()]),
    )
    for table, rows in facts:
        connection.execute(table.delete())
        if rows:
            connection.execute(insert(table), [dict(zip(table.columns.keys(), row, strict=True)) for row in rows])


def kpis(connection: Connection, *rows: Mapping[str, Any]) -> None:
    plain = {
        "perimeter": "north",
        "kpi": "on_time",
        "name": "On the promised day",
        "better": "up",
        "unit": "share",
        "target": 0.95,
    }
    connection.execute(insert(schema.kpi_day), [plain | {"touchpoint": "parcel"} | dict(row) for row in rows])


def exposures(connection: Connection, days: Iterable[date], quantity: float, **other: Any) -> None:
    plain = {"touchpoint": "parcel", "perimeter": "north", "kind": "orders", "quantity": quantity}
    loaded(connection, schema.exposure, *({**plain, "day": day, **other} for day in days))


USUAL = {"NPS": "promoters less detractors", "CSAT": "top-2 share", "trust": "top-2 share"}


def scores(connection: Connection, day: date, *given: int, **other: Any) -> None:
    """Answers of one day; on an NPS scale, and by the usual formula of the measure, unless told otherwise."""
    fields: dict[str, Any] = {
        "perimeter": "north",
        "formula": USUAL.get(other.get("measure", "NPS"), "mean"),
        "survey": "relationship",
        "measure": "NPS",
        "stage": "receive",
        "touchpoint": "parcel",
    }
    fields |= {"scale_min": 0, "scale_max": 10, "day": day} | other
    boxes = {"top-3 share": 2, "high less low": (fields["scale_max"] - fields["scale_min"]) // 2 - 1}.get(fields["formula"], 1)
    top, bottom = (9, 6) if fields["measure"] == "NPS" else (fields["scale_max"] - boxes, fields["scale_min"] + boxes)
    sums = {"n": len(given), "total": sum(given), "squares": sum(g * g for g in given)}
    edges = {"high": sum(g >= top for g in given), "low": sum(g <= bottom for g in given)}
    connection.execute(insert(schema.score_day).values(**fields, **sums, **edges))


def answers(connection: Connection, *rows: Mapping[str, Any]) -> None:
    """Survey answers with words."""
    plain = {
        "survey": "after delivery", "measure": "rating", "wording": "How was it?", "scale_min": 1, "scale_max": 5, "score": 3,
        "customer": None, "perimeter": "north", "stage": "receive", "touchpoint": "parcel", "complete": True, "test": False,
    }  # fmt: skip
    loaded(connection, schema.survey_response, *({**plain, "responded_at": at(row["day"]), **row} for row in rows))


def buyers(connection: Connection, *rows: tuple[date, str, int, int], last: date | None = None) -> None:
    """Month, perimeter, customers, first seen; they bought on the first day of the month, and on `last`."""
    for month, perimeter, bought, first in rows:
        fields = {"month": month, "perimeter": perimeter, "customers": bought, "orders": bought * 2, "value": bought * 10.0}
        connection.execute(insert(schema.buyer_month).values(**fields, first_seen=first, first_day=month, last_day=last or month))


def media(connection: Connection, *rows: Mapping[str, Any]) -> None:
    plain = {
        "kind": "screenshot", "stage": "receive", "touchpoint": "parcel", "lane": "experience", "caption": None,
        "captured_on": None, "consent": "not needed", "transcript": None, "words": None, "mime": "image/png",
        "size": 1,
        **dict.fromkeys(("width", "height", "seconds", "pages", "fields", "retention_until", "redacted", "pair", "moment")),
    }  # fmt: skip
    own = ({"sha256": sha256(str(row["path"]).encode()).hexdigest()} for row in rows)
    loaded(connection, schema.media, *({**plain, **content, **row} for content, row in zip(own, rows, strict=True)))


def posts(connection: Connection, *rows: Mapping[str, Any]) -> None:
    plain = {"brand": "us", "ours": True, "network": "web", "author": None, "words": "Hm.", "url": None}
    loaded(connection, schema.post, *({**plain, **row} for row in rows))
