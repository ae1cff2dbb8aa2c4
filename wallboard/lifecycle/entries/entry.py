"""An entry of a session, whatever its kind: raised in a session about a subject, and what becomes of it step by step."""

from dataclasses import dataclass
from typing import Literal

from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.history import History, RecordStep
from wallboard.lifecycle.kinds import StepKind
from wallboard.lifecycle.roles import WORKS

RAISED = StepKind(kind="raised", follows=None, may=WORKS, title="Raised", missing="there is no such entry.")

Subject = Literal["", "function", "metric"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryKind:
    """One kind of entry.

    name: in the store. title, none: the heading of all of them, and what stands there while there is none. subject: what it is
    about, by its key: a function, a metric, or nothing. verb, form, button, done: how it is raised; a form without a `title`
    leaves it to what the subject is called. first: the step that is taken at once with what else the form says. steps: what
    becomes of it. fills: what the item of an agenda is called that shows them. ahead: may be raised before the session begins.
    """

    name: str
    title: str
    none: str
    subject: Subject
    verb: str
    form: type[Form] | None
    button: str = ""
    done: str = "Written down."
    first: StepKind | None = None
    steps: tuple[StepKind, ...]
    fills: str
    ahead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStep(RecordStep):
    """One step in the life of an entry; `room_session` is the session in which it was taken, if it was in one."""

    session_entry: int
    room_session: int | None = None
    function: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class EntryLife(History[EntryStep]):
    """All steps of one entry, oldest first."""

    def last(self, kind: StepKind) -> EntryStep | None:
        """The newest step of a kind; None where it has not been taken."""
        return self.newest(kind.kind)
