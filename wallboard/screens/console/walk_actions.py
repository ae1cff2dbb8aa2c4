"""What people write on a walk and about its opportunities: a mark, what is kept at the end, an idea, the first month's report."""

from types import MappingProxyType

from wallboard.records.acting import Acting
from wallboard.records.annotations import annotate
from wallboard.records.opportunities import Idea, propose, report
from wallboard.screens.console.actions import Action, Done
from wallboard.screens.console.sent import Sent
from wallboard.screens.console.walk_end import keep


def _annotate(act: Acting, walk: int, sent: Sent) -> Done:
    media = sent.number("media", "what it is about") if sent.text("media") else None
    stage, touchpoint = sent.short("stage", "the stage", 60), sent.short("touchpoint", "the touchpoint", 60)
    annotate(act, walk, sent.text("kind") or "", sent.text("words"), stage, touchpoint, media)
    return Done("Marked.")


def _keep(act: Acting, walk: int, sent: Sent) -> Done:
    made = keep(act, walk, sent.text("origin") or "", sent.text("stage") or "", sent.text("kind") or "")
    return Done(f"Kept as opportunity {made}.")


def _propose(act: Acting, _none: int, sent: Sent) -> Done:
    idea = Idea(
        sent.text("kind") or "",
        sent.short("origin", "where it comes from", 16) or "idea",
        sent.text("title"),
        sent.short("stage", "the stage", 60),
        sent.short("touchpoint", "the touchpoint", 60),
        sent.text("why"),
        finding=sent.short("finding", "what was found", 160),
    )
    made = propose(act, sent.short("perimeter", "the part of the business", 60) or "all", idea)
    return Done("Written down, ready for a vote.", f"/room/opportunity/{made}")


def _report(act: Acting, number: int, sent: Sent) -> Done:
    source, _, key = (sent.text("voice") or "").partition("|")
    artefact = sent.number("media", "the artefact") if sent.text("media") else None
    place = sent.short("stage", "the stage", 60)
    report(act, number, place, sent.text("words"), (source, key) if source and key else None, artefact)
    return Done("Reported: what customers experience today.")


WALK_ACTIONS: MappingProxyType[str, Action] = MappingProxyType(
    {"mark": _annotate, "keep": _keep, "propose": _propose, "report": _report}
)
"""`mark` and `keep` are about a walk, `report` about an opportunity, `propose` about nothing yet."""
