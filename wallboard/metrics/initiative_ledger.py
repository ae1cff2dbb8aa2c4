"""The ledger of improvements: what was begun and finished in each month, and what complaints were before and after."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from wallboard.lifecycle.initiatives import FINISHED, STARTED
from wallboard.metrics.scope import Scope, full_months, span
from wallboard.metrics.states import MEASURED, NOT_MEASURED
from wallboard.store.schema import function, initiative, initiative_step, touchpoint
from wallboard.store.zones import EVERYTHING

READS = ("initiative", "initiative_step", "touchpoint", "function")
_I, _S = initiative.c, initiative_step.c


@dataclass(frozen=True, slots=True)
class LedgerMonth:
    """How many initiatives began and were finished in a calendar month, and how many of these worked."""

    month: date
    period_name: str
    begun: int
    finished: int
    worked: int


@dataclass(frozen=True, slots=True)
class FinishedInitiative:
    """One initiative that was finished: complaints at its touchpoint in four complete weeks, each number frozen on its day.

    before: as it started; after: as it was finished; None where that was not measured. `worked` is what its people said.
    state: measured, not measured (one of the two is not known).
    """

    initiative: int
    title: str
    touchpoint: str
    touchpoint_name: str
    function: str
    begun_on: date
    finished_on: date
    words: str
    worked: bool
    before: int | None
    after: int | None
    state: str


def ledger_months(connection: Connection, scope: Scope, months: int = 12) -> tuple[LedgerMonth, ...]:
    """How many initiatives began and were finished in each of the last complete months.

    Grain: one row per complete calendar month, oldest first.
    """
    periods = full_months(scope, months)
    whole = span(periods)
    query = select(_S.kind, _S.day, _S.worked).join(initiative, _I.id == _S.initiative).where(_here(scope))
    rows = connection.execute(query.where(_S.day.between(whole.start, whole.end), _S.at <= scope.as_of)).all()
    begun = [row.day for row in rows if row.kind == STARTED.kind]
    finished = [(row.day, row.worked) for row in rows if row.kind == FINISHED.kind]
    return tuple(
        LedgerMonth(
            month=period.start,
            period_name=period.name,
            begun=sum(day in period for day in begun),
            finished=sum(day in period for day, _ in finished),
            worked=sum(day in period and bool(worked) for day, worked in finished),
        )
        for period in periods
    )


def finished_initiatives(connection: Connection, scope: Scope, limit: int = 40) -> tuple[FinishedInitiative, ...]:
    """What was finished by the instant, with the frozen complaints before and after.

    Grain: one row per finished initiative, the newest first.
    """
    own = (_I.id, _I.title, _I.touchpoint, _I.function, _I.day.label("begun_on"), _I.complaints_then)
    ending = (_S.day.label("finished_on"), _S.words, _S.worked, _S.complaints_now)
    named = (touchpoint.c.name.label("touchpoint_name"), function.c.name.label("function_name"))
    query = select(*own, *ending, *named).join(initiative_step, _S.initiative == _I.id)
    query = query.outerjoin(touchpoint, touchpoint.c.touchpoint == _I.touchpoint)
    query = query.outerjoin(function, function.c.function == _I.function)
    chosen = query.where(_here(scope), _S.kind == FINISHED.kind, _S.at <= scope.as_of)
    rows = connection.execute(chosen.order_by(_S.at.desc(), _I.id.desc()).limit(limit))
    return tuple(
        FinishedInitiative(
            initiative=row.id,
            title=row.title,
            touchpoint=row.touchpoint,
            touchpoint_name=row.touchpoint_name or row.touchpoint,
            function=row.function_name or row.function,
            begun_on=row.begun_on,
            finished_on=row.finished_on,
            words=row.words,
            worked=row.worked,
            before=row.complaints_then,
            after=row.complaints_now,
            state=NOT_MEASURED if row.complaints_then is None or row.complaints_now is None else MEASURED,
        )
        for row in rows
    )


def _here(scope: Scope) -> ColumnElement[bool]:
    return _I.perimeter.in_({EVERYTHING, *scope.perimeters, *scope.places})
