"""The rules of what a session keeps, as far as they follow from how its kinds of entry are declared."""

from collections.abc import Iterable, Iterator

from wallboard.lifecycle.entries import ENTRIES
from wallboard.lifecycle.entries.entry import RAISED
from wallboard.store.guarded import Rule

_BEGUN = """EXISTS (SELECT 1 FROM room_session_step s WHERE s.room_session = NEW.room_session
AND s.kind = 'begun' AND s.at <= NEW.at)"""
_OVER = """EXISTS (SELECT 1 FROM room_session_step s WHERE s.room_session = NEW.room_session
AND s.kind IN ('ended', 'cancelled') AND s.at < NEW.at)"""
_ABSENT = """(UNSEEN(NEW.subject) OR (EXISTS (SELECT 1 FROM function)
AND NOT EXISTS (SELECT 1 FROM function f WHERE f.function = NEW.subject)
AND NOT EXISTS (SELECT 1 FROM user_account u WHERE u.function = NEW.subject)))"""
"""Of a function, as [known] of rules.toml has it."""


def entry_rules() -> Iterator[Rule]:
    """What an entry is about, when it is raised, and which steps belong to its kind."""
    kinds = ENTRIES.values()
    late = "This is written down while a session runs: it is over, or has not begun."
    while_runs = f"NEW.kind IN {_sql(kind.name for kind in kinds if not kind.ahead)} AND NOT {_BEGUN}"
    in_time = f"{_OVER} OR ({while_runs})"
    yield Rule("entry_in_time", "session_entry", late, in_time, in_time)
    about = " OR ".join(f"(NEW.kind = '{kind.name}' AND {_unfit(kind.subject)})" for kind in kinds)
    yield Rule("entry_about", "session_entry", "Say what it is about: choose it from the list.", about)
    steps = " OR ".join(f"(e.kind = '{kind.name}' AND NEW.kind IN {_sql(step.kind for step in kind.steps)})" for kind in kinds)
    strange = f"""coalesce(NEW.kind, '') <> '{RAISED.kind}'
AND NOT EXISTS (SELECT 1 FROM session_entry e WHERE e.id = NEW.session_entry AND ({steps}))"""  # noqa: S608
    yield Rule("entry_step_of_its_kind", "session_entry_step", "This step belongs to another kind of entry.", strange, strange)


def _unfit(subject: str) -> str:
    if subject == "function":
        return _ABSENT
    return "UNSEEN(NEW.subject)" if subject else "NEW.subject IS NOT NULL"


def _sql(words: Iterable[str]) -> str:
    listed = ", ".join(f"'{word}'" for word in words)
    return f"({listed})"
