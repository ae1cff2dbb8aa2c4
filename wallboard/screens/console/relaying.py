"""An issue as somebody relays it with the console's form: the customer's own words, and where they belong."""

from wallboard.errors import RuleRefused
from wallboard.records.acting import Acting
from wallboard.records.choices import recording
from wallboard.records.relay import Evidence, Relayed, relay
from wallboard.screens.console.sent import Sent
from wallboard.store.schema.issues import EFFECTS


def relayed(act: Acting, sent: Sent) -> tuple[int, str | None]:
    """Relay it; returns the number of the intake, and the verdict where it is certain at once."""
    effect = sent.text("effect")
    if effect not in EFFECTS:
        raise RuleRefused("the effect on the customer", "has not been chosen.", "Choose one of the three.")
    perimeter = sent.text("perimeter") or ""
    given = Relayed(
        title=sent.text("title") or "",
        perimeter=perimeter,
        effect=effect,
        functions=tuple(sent.chosen("function")),
        origin=_origin(sent),
        evidence=_evidence(act, sent, perimeter),
        stage=sent.short("stage", "the stage", 60),
        touchpoint=sent.short("touchpoint", "the touchpoint", 60),
        issue_type=sent.short("issue_type", "the kind of issue", 60),
    )
    return relay(act, given)


def _origin(sent: Sent) -> tuple[str, str] | None:
    """The loaded voice or post that was chosen."""
    source, key = sent.text("origin.source"), sent.text("origin.key")
    return (source, key) if source and key else None


def _evidence(act: Acting, sent: Sent, perimeter: str) -> Evidence | None:
    """What no source has brought: words as they were heard, or a recording of the media folder."""
    words, path = sent.text("heard_words"), sent.text("recording")
    if _origin(sent) or not (words or path):
        return None
    if path and recording(act.connection, path, act.day(perimeter)) is None:
        raise RuleRefused("the recording", "is no longer there, or may not be played.", "Choose another one.")
    through = sent.short("channel", "through what it was heard")
    if through is None:
        raise RuleRefused("through what it was heard", "says nothing.", "Write it down: a visit, the help line, a fair.")
    at = sent.instant("heard_on", "when the customer said it", act.settings.zone(perimeter), act.at)
    said_by = sent.short("said_by", "who said it", 200)
    return Evidence(sent.text("heard_kind") or "interview", through, at, words, said_by, None, path)
