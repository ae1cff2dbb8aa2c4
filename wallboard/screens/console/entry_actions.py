"""What the forms about a session's entries do: raised with what is measured at that moment, and each step after."""

from dataclasses import asdict
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection

from wallboard.catalogue import catalogue
from wallboard.lifecycle.entries import ENTRIES, STEPS
from wallboard.lifecycle.entries.entry import EntryKind
from wallboard.lifecycle.forms import Form
from wallboard.metrics.definitions import definitions
from wallboard.metrics.departments import department_measures
from wallboard.metrics.scope import Scope
from wallboard.records import entries
from wallboard.records.acting import Acting
from wallboard.records.sessions import one_session
from wallboard.screens.console.actions import Action, Done, step_actions
from wallboard.screens.console.sent import Sent
from wallboard.settings import Settings


def measured_now(
    connection: Connection, settings: Settings, at: datetime, perimeter: str, kind: EntryKind, subject: str
) -> list[dict[str, object]] | None:
    """What is measured of an entry's subject: a department's customer measures, a metric's definition; None for other kinds."""
    scope = Scope.of(settings, at, perimeter if perimeter in settings.perimeter else None)
    match kind.name:
        case "report":
            return [asdict(row) for row in department_measures(connection, scope) if row.function == subject and row.measure]
        case "measure":
            return [asdict(row) for row in definitions(connection, scope) if row.metric == subject]
    return None


def raise_now(act: Acting, session: int, kind: EntryKind, form: Form) -> int:
    """Write an entry down, with what is measured of its subject now; returns its number. Raises RuleRefused or NotFound."""
    view, subject = one_session(act.connection, session), getattr(form, "subject", "")
    measured = measured_now(act.connection, act.settings, act.at, view.perimeter, kind, subject)
    names = {key: metric.name for key, metric in catalogue().items()}
    return entries.raise_form(act, session, kind, form, measured, names)


def _raising(kind: EntryKind, form: type[Form]) -> Action:
    def act_on(act: Acting, session: int, sent: Sent) -> Done:
        raise_now(act, session, kind, form.read(sent.fields))
        return Done(kind.done)

    return act_on


ENTRY_ACTIONS: MappingProxyType[str, Action] = MappingProxyType(
    {
        **step_actions(STEPS, entries.take_form),
        **{kind.verb: _raising(kind, kind.form) for kind in ENTRIES.values() if kind.form},
    }
)
"""Verbs that raise an entry are about a session, all others about an entry."""
