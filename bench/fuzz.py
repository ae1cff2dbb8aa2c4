"""Loads exports that something has happened to: no crash, no traceback, no row lost, bounded memory. A seed gives it again."""

import argparse
import re
import resource
import sys
from collections import Counter
from pathlib import Path
from random import Random
from time import perf_counter

from sqlalchemy import Engine, func, select

from bench.mutants import Cells, mutant
from bench.rooms import workshop
from bench.table import Figure, judged, show
from wallboard.clock import parse_instant, stopped
from wallboard.loaders.load import Loaded, load
from wallboard.settings import Room, Settings
from wallboard.store.open import open_store
from wallboard.store.schema import load_run, refusal

MOST_MB = 1_500
AT = "2026-06-30T09:00"
SQL = re.compile(r"constraint failed|violates|syntax error|sqlite3|psycopg|Traceback")

STAGES: Cells = [["stage", "n", "words"], *([f"s{n}", n, f"I do {n}"] for n in range(1, 9))]
POINTS: Cells = [
    ["k", "stage", "n", "words", "when"],
    *([f"t{n}", f"s{n % 8 + 1}", n, "Point", "30/06/2026"] for n in range(1, 9)),
]
CUSTOMERS: Cells = [["Id", "Name", "Part", "Test"], *([n, f"Anna {n}", "north", "no"] for n in range(1, 31))]
CONTRACTS: Cells = [
    ["No", "Who", "From", "To", "Worth", "Cur", "Why"],
    *([f"c{n}", n, "2026-01-01", "2026-05-01" if n % 3 == 0 else "", 100.5 + n, "EUR", "price"] for n in range(1, 31)),
]
TICKETS: Cells = [
    ["Id", "Created", "Solved", "Words", "Score", "Type", "Point"],
    *(
        [n, f"{n % 28 + 1:02}/06/2026 10:{n:02}", "", f"Late, again {n}", n % 5, "Problem" if n % 2 else "Spam", "t1"]
        for n in range(1, 31)
    ),
]
ANSWERS: Cells = [["R", "At", "Q", "Score", "Done"], *([n, 1_780_000_000 + n, "How?", n % 11, "yes"] for n in range(1, 31))]
VOLUMES: Cells = [["Day", "Boxes"], *([f"2026-06-{n:02}", n * 100] for n in range(1, 29))]
ORDERS: Cells = [["O", "W", "At", "Sum"], *([n, n % 9, f"2026-06-{n % 28 + 1:02}T10:00Z", f"{n},50"] for n in range(1, 31))]
TABLES = {
    "stages": STAGES, "points": POINTS, "customers": CUSTOMERS, "contracts": CONTRACTS,
    "tickets": TICKETS, "answers": ANSWERS, "volumes": VOLUMES, "orders": ORDERS,
}  # fmt: skip
SOURCES = """
[stages]
feed = "stages"
mode = "snapshot"
columns = {stage = "stage", seq = "n", name = "words"}
[points]
feed = "touchpoints"
mode = "snapshot"
columns = {touchpoint = "k", stage = "stage", seq = "n", name = "words", promised_by = "when"}
dates = {promised_by = "%d/%m/%Y"}
[customers]
feed = "customers"
mode = "snapshot"
columns = {customer = "Id", name = "Name", perimeter = "Part", test_account = "Test"}
[contracts]
feed = "contracts"
key = ["No"]
columns = {customer = "Who", started_on = "From", ended_on = "To", annual_value = "Worth", currency = "Cur", reason_words = "Why"}
constants = {perimeter = "north"}
[tickets]
feed = "voice"
key = ["Id"]
null = ["-", "n/a"]
columns = {occurred_at = "Created", solved_at = "Solved", words = "Words", score = "Score", complaint = "Type", owner = "Point"}
constants = {kind = "ticket", perimeter = "north"}
dates = {occurred_at = "%d/%m/%Y %H:%M"}
where = {Type = ["Problem", "Question"]}
[tickets.values.complaint]
"Problem" = true
"*" = false
[answers]
feed = "survey_responses"
key = "row"
columns = {responded_at = "At", wording = "Q", score = "Score", complete = "Done"}
constants = {survey = "s", measure = "satisfaction", scale_min = 0, scale_max = 10, perimeter = "south"}
dates = {responded_at = "unix"}
[volumes]
feed = "exposure"
key = ["Day"]
columns = {day = "Day", quantity = "Boxes"}
constants = {touchpoint = "t1", perimeter = "north", kind = "boxes"}
[orders]
feed = "orders"
key = ["O"]
decimal = ","
columns = {order_key = "O", customer = "W", ordered_at = "At", amount = "Sum"}
constants = {perimeter = "south"}
"""


def main() -> None:
    """Load as many mutated exports as asked for; exit 1 where one is not told in a sentence, or a row is lost."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--count", type=int, default=2_000, help="mutated exports")
    ask.add_argument("--seed", type=int, default=1, help="of the first; each further one is one more")
    ask.add_argument("--store", help="URL of an empty store; by default one on SQLite that is gone afterwards")
    options = ask.parse_args()
    with workshop() as folder:
        faults, counted = fuzzed(folder, range(options.seed, options.seed + options.count), options.store)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    figures = [Figure(what, f"{number:,}") for what, number in sorted(counted.items())]
    figures += [
        judged("not told in a sentence, or a row lost", len(faults), 0, "exports"),
        judged("peak memory", peak, MOST_MB, "MB"),
    ]
    show(f"{options.count:,} mutated exports from seed {options.seed}", figures)
    sys.exit(1 if faults or peak > MOST_MB else 0)


def fuzzed(folder: Path, seeds: range, url: str | None = None) -> tuple[list[tuple[int, str]], Counter[str]]:
    """Every seed whose export was not told as it should be, with what happened; and what became of all rows."""
    room = _room(folder)
    engine = open_store(url or f"sqlite:///{folder}/room.sqlite")
    counted: Counter[str] = Counter()
    faults: list[tuple[int, str]] = []
    began = perf_counter()
    try:
        for name in TABLES:
            text = "\n".join(",".join(map(str, row)) for row in TABLES[name]) + "\n"
            _load(room, engine, name, "csv", text.encode(), accept_shrink=False)
        for seed in seeds:
            try:
                loaded = _loaded(room, engine, Random(seed))
                fault_texts = _faults(engine, loaded)
            except Exception as error:  # what a person would see as a traceback
                loaded, fault_texts = None, [f"{type(error).__name__}: {error}"]
            faults += [(seed, fault) for fault in fault_texts]
            sys.stderr.writelines(f"seed {seed}: {fault}\n" for fault in fault_texts)
            if loaded is None:
                continue
            counted["files " + loaded.status] += 1
            for what in ("read", "new", "changed", "same", "refused", "left_out", "gone"):
                counted[f"rows {what.replace('_', ' ')}"] += getattr(loaded, what)
    finally:
        engine.dispose()
    counted["seconds"] = round(perf_counter() - began)
    return faults, counted


def _room(folder: Path) -> Room:
    perimeters = {name: {"name": name} for name in ("north", "south")}
    fields = {"company": "Fuzz", "timezone": "Europe/London", "perimeter": perimeters}
    (folder / "data" / "media").mkdir(parents=True, exist_ok=True)
    return Room(root=folder.resolve(), settings=Settings.model_validate(fields))


def _loaded(room: Room, engine: Engine, rng: Random) -> Loaded:
    """Load one mutated export of one source; every tenth time twice, which must change nothing."""
    name = rng.choice(tuple(TABLES))
    ending, content = mutant(rng, TABLES[name])
    loaded = _load(room, engine, name, ending, content, accept_shrink=rng.random() < 0.3)
    if rng.random() < 0.1 and loaded.status == "ok":
        again = _load(room, engine, name, ending, content, accept_shrink=True)
        assert (again.status, again.new, again.changed, again.gone) == ("ok", 0, 0, 0), f"twice is not once: {again}"
    return loaded


def _load(room: Room, engine: Engine, name: str, ending: str, content: bytes, *, accept_shrink: bool) -> Loaded:
    for old in room.data.glob("export.*"):
        old.unlink()
    (room.data / f"export.{ending}").write_bytes(content)
    records = 'records = "result.items"' if content.startswith(b'{"result"') else ""
    text = SOURCES
    for table in TABLES:
        place = f'file = "export.*"\n{records}' if table == name else 'file = "none.*"'
        text = text.replace(f"\n[{table}]\n", f"\n[{table}]\n{place}\n", 1)
    (room.data / "sources.toml").write_text(text, encoding="utf-8")
    clock = stopped(parse_instant(AT, room.settings.timezone))
    [loaded] = load(room, engine, clock, only=[name], accept_shrink=accept_shrink)
    return loaded


def _faults(engine: Engine, loaded: Loaded) -> list[str]:
    faults = []
    if "this program failed" in loaded.message or SQL.search(loaded.message):
        faults.append(loaded.message[:500])
    if loaded.read != loaded.new + loaded.changed + loaded.same + loaded.refused + loaded.left_out:
        faults.append(f"a row is lost: {loaded}")
    if loaded.status == "refused" and not loaded.message.rstrip().endswith((".", "?", ")", "shrink")):
        faults.append(f"no sentence: {loaded.message[-200:]}")
    with engine.connect() as connection:
        newest = select(func.max(load_run.c.id)).scalar_subquery()
        kept = connection.scalar(select(func.count()).select_from(refusal).where(refusal.c.load_run_id == newest)) or 0
    if loaded.status == "ok" and kept != loaded.refused:
        faults.append(f"{loaded.refused} rows refused, {kept} kept")
    return faults


if __name__ == "__main__":
    main()
