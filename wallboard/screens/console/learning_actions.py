"""What people write about customers that is no issue: that a study was reviewed, and what the room has learned."""

from types import MappingProxyType

from wallboard.records.acting import Acting
from wallboard.records.learnings import learn
from wallboard.records.studies import review
from wallboard.screens.console.actions import Action, Done
from wallboard.screens.console.sent import Sent


def _review(act: Acting, _none: int, sent: Sent) -> Done:
    review(act, sent.text("study") or "", sent.text("words") or "")
    return Done("Written down: the room has reviewed it.")


def _learn(act: Acting, _none: int, sent: Sent) -> Done:
    learn(act, sent.text("words") or "", sent.short("stage", "the stage", 60))
    return Done("Written down: whoever comes next time finds it.")


LEARNING_ACTIONS: MappingProxyType[str, Action] = MappingProxyType({"review": _review, "learn": _learn})
"""Both are about no row that is there already."""
