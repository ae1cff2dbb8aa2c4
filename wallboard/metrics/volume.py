"""How many complaints: by stage and perimeter, as counts and per 1,000 exposed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import complained, heard_to, sums
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.states import NOT_MEASURED
from wallboard.metrics.weekly import measured_against, rate_of
from wallboard.store.lookups import touchpoint_stages
from wallboard.store.schema import exposure, stage


@dataclass(frozen=True, slots=True)
class StageVolume:
    """The complaints of one stage ('': of none) in one perimeter, and `previous` of as many weeks before; None where not heard.

    The rate is per 1,000 of the perimeter's exposure. state: measured, no cases (nobody was exposed), too few (exposure below
    the small-n limit), not measured.
    """

    stage: str
    stage_name: str | None
    seq: int | None
    perimeter: str
    complaints: int | None
    previous: int | None
    exposure: float | None
    exposure_kind: str | None
    per_1000: float | None
    heard_to: date | None
    period_start: date
    period_end: date
    state: str


def issue_volume(connection: Connection, scope: Scope, weeks: int = 4, against: str | None = None) -> tuple[StageVolume, ...]:
    """Complaints at each stage and in each perimeter in the last complete weeks: counts, and per 1,000 exposed.

    Every stage and perimeter has a row, also with 0; complaints that nobody has put to a stage stand under ''. The rows add up
    to all complaints of these weeks. All are measured against one exposure (weekly.measured_against) of their perimeter; the
    rate is absent where that is missing for any of the weeks, the counts stay. `previous` counts as many weeks before. Counts
    are None where the load has stopped: nothing was heard of any customer in the last quarter of the weeks or later; `heard_to`
    is the newest day with a voice.

    Grain: one row per stage (in the order of the journey, '' last) and perimeter.
    """
    both = full_weeks(scope, 2 * weeks)
    halves = [span(both[:weeks]), span(both[weeks:])]
    counts = _counted(connection, scope, halves)
    base = measured_against(against, connection, scope)
    exposed = _exposed(connection, scope, both[weeks:], base.touchpoint, base.kind) if base else {}
    newest = heard_to(connection, scope)
    days = coverage(connection, scope, VOICES)
    before_known, is_heard = days.whole(halves[0]), days.of(halves[1])
    stages = connection.execute(select(stage.c.stage, stage.c.name, stage.c.seq).order_by(stage.c.seq, stage.c.stage)).all()
    places: list[tuple[str, str | None, int | None]] = [(row.stage, row.name, row.seq) for row in stages]
    known = {key for key, _, _ in places}
    strange = sorted({at for at, _, _ in counts} - known - {""})
    stages_shown = [*places, *((at, at, None) for at in strange), ("", None, None)]

    def volume(key: str, name: str | None, seq: int | None, perimeter: str) -> StageVolume:
        now, before = (counts[key, perimeter, half.start] for half in reversed(halves))
        state, rate = rate_of(now, exposed.get(perimeter), scope)
        return StageVolume(
            stage=key,
            stage_name=name,
            seq=seq,
            perimeter=perimeter,
            complaints=now if is_heard else None,
            previous=before if before_known else None,
            exposure=exposed.get(perimeter),
            exposure_kind=base.kind if base else None,
            per_1000=rate if is_heard else None,
            heard_to=newest,
            period_start=halves[1].start,
            period_end=halves[1].end,
            state=state if is_heard else NOT_MEASURED,
        )

    return tuple(volume(*at, perimeter) for at in stages_shown for perimeter in scope.perimeters)


def _counted(connection: Connection, scope: Scope, halves: list[Period]) -> Counter[tuple[str, str, date]]:
    home = touchpoint_stages(connection)
    counted: Counter[tuple[str, str, date]] = Counter()
    for half, row in complained(connection, scope, halves, ["stage", "touchpoint", "perimeter"]):
        counted[row.stage or home.get(row.touchpoint, ""), row.perimeter, half.start] += int(row.complaints)
    return counted


def _exposed(connection: Connection, scope: Scope, weeks: list[Period], at: str, kind: str) -> dict[str, float]:
    """The exposure of each perimeter that has one in every week."""
    here = exposure.c.touchpoint == at, exposure.c.kind == kind
    by_perimeter: dict[str, list[float]] = {}
    for _, row in sums(connection, exposure, scope, weeks, ["perimeter"], ["quantity"], *here):
        by_perimeter.setdefault(row.perimeter, []).append(float(row.quantity))
    return {perimeter: sum(parts) for perimeter, parts in by_perimeter.items() if len(parts) == len(weeks)}
