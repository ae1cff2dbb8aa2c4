"""The nature of issues, in the customer's wording, and where we listen."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from wallboard.metrics.availability import VOICES, coverage
from wallboard.metrics.facts import at_stage, complained, everywhere, heard_to, within
from wallboard.metrics.memo import memoised
from wallboard.metrics.scope import Period, Scope, full_weeks, span
from wallboard.metrics.scope import weeks as last_weeks
from wallboard.metrics.states import MEASURED, NO_CASES, NOT_MEASURED
from wallboard.store.lookups import touchpoint_stages, wordings
from wallboard.store.schema import score_day, source_week, stage, voice_day

UNCLASSIFIED, OTHER = "", "other"
PLAIN = {UNCLASSIFIED: "unclassified", OTHER: "other"}
"""What is no type, in words."""


@dataclass(frozen=True, slots=True)
class ComplaintType:
    """Complaints about one kind of issue in some weeks, and in as many before them (`previous`); issue_type '' is unclassified.

    `share` and `cumulative` are of `total`. state: measured, no cases (no complaint in these weeks), not measured (the load has
    stopped: nothing was heard of any customer in the last quarter of these weeks or later; no numbers). `heard_to` is the newest
    day with a voice.
    """

    place: int
    issue_type: str
    wording: str
    complaints: int | None
    share: float | None
    cumulative: float | None
    previous: int | None
    total: int | None
    heard_to: date | None
    period_start: date
    period_end: date
    state: str


@dataclass(frozen=True, slots=True)
class Listening:
    """What one source (kind: voice, survey) has heard at one stage: `voices` or answers, `complaints`, and the newest day.

    `stage_sources` says through how many sources the stage is heard in these weeks: 1 is a stage heard with one ear.
    """

    channel: str
    kind: str
    stage: str
    stage_name: str | None
    seq: int
    voices: int
    complaints: int
    latest: date | None
    stage_sources: int
    period_start: date
    period_end: date


@memoised
def issue_pareto(
    connection: Connection, scope: Scope, weeks: int = 4, top: int = 6, stage: str | None = None
) -> tuple[ComplaintType, ...]:
    """What customers complain about in the last complete weeks, in their wording, most frequent first.

    After the `top` types come 'unclassified', always, even when it is 0, and 'other' last where there are more types. The
    rows sum to `total`; `cumulative` ends at 1.

    Grain: one row per issue type, then unclassified (issue_type ''), then other.
    """
    both = full_weeks(scope, 2 * weeks)
    now, before = span(both[weeks:]), span(both[:weeks])
    counts, previous = _by_type(connection, scope, now, stage), _by_type(connection, scope, before, stage)
    worded = wordings(connection)
    newest = heard_to(connection, scope)
    known = coverage(connection, scope, VOICES)
    measured, compared = known.of(now), known.whole(before)
    total, seen = sum(counts.values()), 0
    rows = []
    for place, (key, kinds) in enumerate(_bars(counts, previous, worded, top), 1):
        complaints = sum(counts.get(kind, 0) for kind in kinds)
        seen += complaints
        rows.append(
            ComplaintType(
                place=place,
                issue_type=key,
                wording=PLAIN.get(key) or worded.get(key, key),
                complaints=complaints if measured else None,
                share=complaints / total if total and measured else None,
                cumulative=seen / total if total and measured else None,
                previous=sum(previous.get(kind, 0) for kind in kinds) if compared else None,
                total=total if measured else None,
                heard_to=newest,
                period_start=now.start,
                period_end=now.end,
                state=NOT_MEASURED if not measured else MEASURED if total else NO_CASES,
            )
        )
    return tuple(rows)


def _by_type(connection: Connection, scope: Scope, period: Period, at: str | None) -> dict[str, int]:
    rows = complained(connection, scope, [period], ["issue_type"], (lambda table: at_stage(table, at)) if at else everywhere)
    return {row.issue_type: int(row.complaints) for _, row in rows}


def _bars(counts: dict[str, int], previous: dict[str, int], worded: dict[str, str], top: int) -> list[tuple[str, list[str]]]:
    known = {key for key in counts | previous if key != UNCLASSIFIED and (counts.get(key) or previous.get(key))}
    ordered = sorted(known, key=lambda k: (-counts.get(k, 0), -previous.get(k, 0), worded.get(k, k)))
    return in_bars(ordered, top)


def in_bars(ordered: list[str], top: int) -> list[tuple[str, list[str]]]:
    """The first `top` types, what is unclassified, always, and the rest together as other: each with the types that are in it."""
    bars = [(key, [key]) for key in ordered[:top]] + [(UNCLASSIFIED, [UNCLASSIFIED])]
    return bars + ([(OTHER, ordered[top:])] if ordered[top:] else [])


def listening(connection: Connection, scope: Scope, weeks: int = 13) -> tuple[Listening, ...]:
    """Where we hear customers: every listening source against every stage, with blanks.

    Surveys count their answers. Voices that nobody has put to a stage stand under the stage ''. No rows: nothing was ever heard.

    Grain: one row per listening source and stage.
    """
    periods = last_weeks(scope, weeks)
    period, counts = span(periods), _counts(connection, scope, periods)
    names: dict[str, tuple[str | None, int]] = {
        row.stage: (row.name, row.seq) for row in connection.execute(select(stage.c.stage, stage.c.name, stage.c.seq))
    }
    nowhere = {"": (None, max((seq for _, seq in names.values()), default=0) + 1)}
    places = sorted((names | (nowhere if any(at == "" for _, _, at in counts) else {})).items(), key=lambda item: item[1][1])
    sources = Counter(at for _, _, at in counts)
    return tuple(
        Listening(
            source, kind, at, name, seq, *counts.get((source, kind, at), _SILENCE), sources[at], period.start, scope.last_day
        )
        for source, kind in sorted({(source, kind) for source, kind, _ in counts})
        for at, (name, seq) in places
    )


class _Count(NamedTuple):
    voices: int
    complaints: int
    latest: date | None


_SILENCE = _Count(0, 0, None)
_Counts = dict[tuple[str, str, str], _Count]


def _voices_in(periods: list[Period], scope: Scope) -> Iterator[Select[Any]]:
    """The voices of the weeks that have ended, and of the days since."""
    weekly, daily = source_week.c, voice_day.c
    ended, runs = [period for period in periods if period.complete], [period for period in periods if not period.complete]
    for rows, when, newest, some in ((weekly, weekly.week, weekly.latest, ended), (daily, daily.day, daily.day, runs)):
        if some:
            by = rows.channel, rows.stage, rows.touchpoint
            sums = func.sum(rows.voices).label("voices"), func.sum(rows.complaints).label("complaints")
            inside = when.between(some[0].start, min(some[-1].end, scope.last_day)), rows.perimeter.in_(scope.perimeters)
            chosen = select(rows.channel.label("source"), *by[1:], *sums, func.max(newest).label("latest"))
            yield chosen.where(*inside).group_by(*by)


def _counts(connection: Connection, scope: Scope, periods: list[Period]) -> _Counts:
    home = touchpoint_stages(connection)
    counts: _Counts = {}
    answered = score_day.c
    answers = select(
        answered.survey.label("source"), answered.stage, answered.touchpoint, func.sum(answered.n).label("voices"),
        func.sum(0).label("complaints"), func.max(answered.day).label("latest"),
    ).where(*within(score_day, scope, span(periods))).group_by(answered.survey, answered.stage, answered.touchpoint)  # fmt: skip
    sources = [*(("voice", voices) for voices in _voices_in(periods, scope)), ("survey", answers)]
    for kind, query in sources:
        for row in connection.execute(query):
            key = (row.source, kind, row.stage or home.get(row.touchpoint, ""))
            voices, complaints, latest = counts.get(key, _SILENCE)
            newest = max(latest or row.latest, row.latest)
            counts[key] = _Count(voices + int(row.voices), complaints + int(row.complaints), newest)
    return counts
