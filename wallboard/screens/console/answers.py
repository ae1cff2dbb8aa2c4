"""What the console's script is told besides yes and no: what was found, how an answer reads, what others did meanwhile."""

from wallboard.drawing.reader import Reader
from wallboard.records.choices import Choices
from wallboard.records.jargon import Reading
from wallboard.records.searching import SearchHit
from wallboard.records.steps import MovedOn
from wallboard.screens.console.wording import KINDS
from wallboard.settings import Settings

EASY, READABLE = 70, 50
"""Reading ease from which a text is easy, or readable, for everybody (Flesch)."""


def reading_as_json(read: Reading) -> dict[str, object]:
    """What a customer may not understand, with the customer's wording, and how easily the whole reads."""
    hits = [{"term": hit.term, "kind": hit.kind, "instead": hit.instead, "spelled": hit.spelled} for hit in read.hits]
    return {"hits": hits, "ease": ease_words(read.ease)}


def ease_words(ease: float | None) -> str:
    """Reading ease in words."""
    if ease is None:
        return ""
    if ease >= EASY:
        return "Easy to read."
    return "Readable." if ease >= READABLE else "Hard to read: shorter sentences, shorter words."


def hit_as_json(hit: SearchHit, settings: Settings) -> dict[str, object]:
    """One voice or post, with who heard it and when."""
    there = Reader.of(settings, hit.at, hit.perimeter)
    by = [KINDS.get(hit.kind, hit.kind), hit.channel, hit.by, there.full_day(there.today)]
    place = {name: getattr(hit, name) for name in ("perimeter", "stage", "touchpoint", "issue_type")}
    answer = {"source": hit.source, "key": hit.key, "words": hit.words, "issue": hit.issue}
    return {**answer, **place, "by": " · ".join(part for part in by if part)}


def meanwhile(refusal: MovedOn, names: Choices, settings: Settings) -> dict[str, object]:
    """The steps that somebody else has taken since, and the newest of them."""
    steps = []
    for step in refusal.since:
        at = Reader.of(settings, step.at).clock(step.at)
        more = step.words or (names.name(step.user_id) if step.user_id else None) or step.how or ""
        steps.append(f"{step.by}, {at}: {refusal.kinds[step.kind].title}" + (f": {more[:200]}" if more else ""))
    return {"seen": refusal.seq, "steps": steps}
