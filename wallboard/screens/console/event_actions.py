"""What happened, as it is recorded at the console, and taken back there."""

from types import MappingProxyType

from wallboard.records.acting import Acting
from wallboard.records.events import Concerns, record, take_back
from wallboard.screens.console.actions import Action, Done
from wallboard.screens.console.sent import Sent

_CONCERNS = {
    "perimeter": "the part of the business",
    "stage": "the stage",
    "touchpoint": "the touchpoint",
    "issue_type": "the kind of complaint",
    "metric": "the metric",
}


def _record(act: Acting, _none: int, sent: Sent) -> Done:
    concerns = Concerns(**{name: sent.short(name, where, 60) for name, where in _CONCERNS.items()})
    ends_on = sent.day("ends_on", "the last day") if sent.text("ends_on") else None
    explains = sent.day("explains", "the shift") if sent.text("explains") else None
    kind, starts_on = sent.text("kind") or "", sent.day("starts_on", "the first day")
    record(act, kind, sent.text("words"), starts_on, ends_on, concerns, explains)
    return Done("Recorded: it stands on every wall that it concerns.", "/room/events")


def _take_back(act: Acting, entry: int, sent: Sent) -> Done:
    take_back(act, entry, sent.text("words"))
    return Done("Taken back: no wall shows it any more.")


EVENT_ACTIONS: MappingProxyType[str, Action] = MappingProxyType({"record": _record, "withdraw": _take_back})
"""`record` is about nothing that is there already, `withdraw` about an entry."""
