"""What a session keeps besides commitments and decisions: every kind of entry, each declared once in a file of its own."""

from wallboard.lifecycle.entries import ideas, measures, practices, questions, reports
from wallboard.lifecycle.entries.entry import RAISED, EntryKind
from wallboard.lifecycle.kinds import Kinds

ENTRIES: dict[str, EntryKind] = {
    kind.name: kind for kind in (reports.REPORT, practices.PRACTICE, questions.QUESTION, measures.MEASURE, ideas.IDEA)
}
"""Every kind of entry by its name."""

STEPS = Kinds(RAISED, *(step for kind in ENTRIES.values() for step in kind.steps))
"""Every kind of step in the life of any of them."""
