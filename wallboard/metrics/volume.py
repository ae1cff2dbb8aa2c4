"""How many complaints: by stage and perimeter, as counts and per 1,000 exposed."""

from collections import Counter
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import complained, heard_to, sums
from wallboard.metrics.frames import tidy
from wallboard.metrics.scope import Scope, full_weeks, span
from wallboard.metrics.states import NOT_MEASURED
from wallboard.metrics.weekly import measured_against, rate_of
from wallboard.store.schema import exposure, stage, touchpoint


def issue_volume(connection: Connection, scope: Scope, weeks: int = 4, against: str | None = None) -> pd.DataFrame:
    """Complaints at each stage and in each perimeter in the last complete weeks: counts, and per 1,000 exposed.

    Every stage and perimeter has a row, also with 0; complaints that nobody has put to a stage stand under ''. The rows add up
    to all complaints of these weeks. All are measured against one exposure (weekly.measured_against) of their perimeter; the
    rate is absent where that is missing for any of the weeks, the counts stay. `previous` counts as many weeks before. Counts
    are None where the load has stopped: nothing was heard of any customer in the last quarter of the weeks or later; `heard_to`
    is the newest day with a voice. state: measured, no cases (nobody was exposed), too few (exposure below the small-n limit),
    not measured.

    Grain: one row per stage (in the order of the journey, '' last) and perimeter.
    Columns: stage, stage_name, seq, perimeter, complaints, previous, exposure, exposure_kind, per_1000, heard_to, period_start,
    period_end, state
    """
    both = full_weeks(scope, 2 * weeks)
    halves = [span(both[:weeks]), span(both[weeks:])]
    counts = _counted(connection, scope, halves)
    base = measured_against(against, connection, scope)
    exposed = _exposed(connection, scope, both[weeks:], base.touchpoint, base.kind) if base else {}
    newest = heard_to(connection, scope)
    days = coverage(connection, scope, VOICES)
    before_known, heard = days.whole(halves[0]), days.of(halves[1])
    stages = connection.execute(select(stage.c.stage, stage.c.name, stage.c.seq).order_by(stage.c.seq, stage.c.stage)).all()
    places = [(row.stage, row.name, row.seq) for row in stages]
    known = {key for key, _, _ in places}
    strange = sorted({at for at, _, _ in counts} - known - {""})
    rows: list[dict[str, Any]] = []
    for key, name, seq in [*places, *((at, at, None) for at in strange), ("", None, None)]:
        for perimeter in scope.perimeters:
            now, before = (counts[key, perimeter, half.start] for half in reversed(halves))
            state, rate = rate_of(now, exposed.get(perimeter), scope)
            said = {"stage": key, "stage_name": name, "seq": seq, "perimeter": perimeter}
            counted = {"complaints": now if heard else None, "previous": before if before_known else None}
            measured = {"per_1000": rate if heard else None, "state": state if heard else NOT_MEASURED}
            against_what = {"exposure": exposed.get(perimeter), "exposure_kind": base.kind if base else None}
            dated = {"heard_to": newest, "period_start": halves[1].start, "period_end": halves[1].end}
            rows.append(said | counted | against_what | measured | dated)
    return tidy(rows, issue_volume)


def _counted(connection: Connection, scope: Scope, halves: list[Any]) -> Counter[tuple[str, str, Any]]:
    home = {row.touchpoint: row.stage for row in connection.execute(select(touchpoint.c.touchpoint, touchpoint.c.stage))}
    found: Counter[tuple[str, str, Any]] = Counter()
    for half, row in complained(connection, scope, halves, ["stage", "touchpoint", "perimeter"]):
        found[row.stage or home.get(row.touchpoint, ""), row.perimeter, half.start] += int(row.complaints)
    return found


def _exposed(connection: Connection, scope: Scope, weeks: list[Any], at: str, kind: str) -> dict[str, float]:
    """The exposure of each perimeter that has one in every week."""
    here = exposure.c.touchpoint == at, exposure.c.kind == kind
    found: dict[str, list[float]] = {}
    for _, row in sums(connection, exposure, scope, weeks, ["perimeter"], ["quantity"], *here):
        found.setdefault(row.perimeter, []).append(float(row.quantity))
    return {perimeter: sum(parts) for perimeter, parts in found.items() if len(parts) == len(weeks)}
