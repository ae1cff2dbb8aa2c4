"""What a session keeps, in its minutes: each kind of entry under its heading, with every step and who took it."""

from collections.abc import Iterator

from sqlalchemy import Connection

from wallboard.lifecycle.entries import ENTRIES
from wallboard.lifecycle.entries.entry import EntryKind, EntryStep
from wallboard.lifecycle.entries.reports import REPORT, complete
from wallboard.records.choices import Choices
from wallboard.records.entries import EntryView, entries_of
from wallboard.records.minutes_parts import Line
from wallboard.records.sessions import SessionView


def entry_sections(connection: Connection, view: SessionView, names: Choices) -> tuple[tuple[str, Iterator[Line]], ...]:
    """By kind of entry: its heading, and a line for each entry and each of its steps."""
    return tuple((kind.title, _of(connection, view, names, kind)) for kind in ENTRIES.values())


def _of(connection: Connection, view: SessionView, names: Choices, kind: EntryKind) -> Iterator[Line]:
    titles = {step.kind: step.title for step in kind.steps}
    for entry in entries_of(connection, view.number, kind):
        yield Line(_about(entry, names), entry.title)
        for row in entry.measured if kind is REPORT else ():
            yield Line(_measured(row), level=1)
        for step in entry.life.steps[1:]:
            yield _step(step, titles[step.kind], names)


def _about(entry: EntryView, names: Choices) -> str:
    whose = names.function(entry.subject) if entry.kind.subject == "function" else ""
    parts = [whose] if whose and whose != entry.title else []
    if entry.kind is REPORT and not complete(entry.life):
        parts.append("incomplete: it does not say what they are doing")
    return f"({'; '.join(parts)})" if parts else ""


def _measured(row: dict[str, object]) -> str:
    aim = f", target {_number(row['target'], row['unit'])}" if row["target"] is not None else ""
    return f"{row['measure']} ({row['touchpoint_name']}): {_number(row['value'], row['unit'])}{aim}"


def _number(value: object, unit: object) -> str:
    if not isinstance(value, int | float):
        return "not measured"
    return f"{100 * value:.1f} %" if unit == "share" else f"{value:.1f}"


def _step(step: EntryStep, title: str, names: Choices) -> Line:
    version = f" version {step.version}" if step.version else ""
    to = f" {names.function(step.function)}" if step.function else ""
    text = " · ".join(words for words in (step.words, step.how, step.note) if words)
    if step.user_id is not None:
        return Line(text, names.name(step.user_id), 1)
    return Line(f"{text} ({step.by})" if text else f"({step.by})", f"{title}{version}{to}", 1)
