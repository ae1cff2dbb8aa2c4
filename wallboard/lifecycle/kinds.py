"""What kinds of step there are: each is declared once, and everything else follows.

The store's checks and role table, the verbs, the console's forms and sentences, the walls' words and docs/rules.md read it here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wallboard.lifecycle.forms import Form
from wallboard.lifecycle.life import Life, Step
from wallboard.lifecycle.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A step that every issue must pass: how it is asked for, what it takes, how an issue stands before it, and why not yet."""

    name: str
    takes: str
    waiting: str
    todo: str
    locked: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Where a step can be taken besides the next gate: the heading of its form, and for which steps it is offered.

    The heading may say {words}: those of the step that it is about.
    """

    heading: str
    about: Callable[[Life], list[Step | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepKind:
    """One kind of step.

    kind: its name in the store. verb: its address at the console. follows: the kind of step that makes it possible. says: the
    columns that must say something. may: the roles that take it. once: it is taken once about one earlier step. awaited: what
    others are told of a step that only somebody of the {function} takes that the earlier step names. title: its line in the
    history. reached: how an issue stands that came so far, on the walls. missing: what a later step is told where this one is
    missing. form, button, hint, done: what is asked for, a remark beneath it, and the sentence afterwards. A kind without a form
    is taken along with another one. version_after: how many versions after the newest one of its measure the step's `version` is.
    """

    kind: str
    follows: str | None
    may: tuple[Role, ...]
    title: str
    says: tuple[str, ...] = ()
    verb: str = ""
    form: type[Form] | None = None
    button: str = ""
    hint: str = ""
    once: bool = False
    done: str = "Written down."
    reached: str = ""
    missing: str = "something has to happen before."
    gate: Gate | None = None
    awaited: str = ""
    offers: tuple[Offer, ...] = ()
    version_after: int | None = None


class Kinds:
    """All kinds of step, in the order in which they were declared."""

    def __init__(self, *kinds: StepKind) -> None:
        self._by_kind = {kind.kind: kind for kind in kinds}
        self._by_verb = {kind.verb: kind for kind in kinds if kind.verb}

    def __iter__(self) -> Iterator[StepKind]:
        return iter(self._by_kind.values())

    def __contains__(self, kind: object) -> bool:
        return kind in self._by_kind

    def __getitem__(self, kind: str) -> StepKind:
        return self._by_kind[kind]

    def verb(self, verb: str) -> StepKind:
        """The kind that a verb takes; raises KeyError."""
        return self._by_verb[verb]
