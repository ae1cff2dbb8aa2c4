"""Studies about customers: the room says which of them it has reviewed, and in what words."""

from sqlalchemy import insert, select

from wallboard.errors import NotFound, nearest
from wallboard.records.acting import Acting, needed
from wallboard.store.schema import research, research_review


def review(act: Acting, study: str, words: str) -> int:
    """A user says that a study was reviewed in the room, and what came of it; the number of the review.

    Raises NotFound where there is no such study, RuleRefused where nothing is said or the role does not review.
    """
    known = act.connection.scalars(select(research.c.study)).all()
    if study not in known:
        raise NotFound("study", f"'{study[:80]}' is not on the shelf.", nearest(study, known) or "Choose one of the shelf.")
    values = {"study": study, "at": act.at, "actor": act.actor, "words": needed("what we take from it", words)}
    made = act.connection.execute(insert(research_review).values(**values).returning(research_review.c.id)).scalar_one()
    act.audited("research_review", made, "reviewed", None, values)
    return int(made)
