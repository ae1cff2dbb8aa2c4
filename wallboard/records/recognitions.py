"""Recognition of a person, or of a figure on a signal; a team's is the step that rewarded it."""

from datetime import date

from sqlalchemy import insert

from wallboard.records.acting import Acting, needed
from wallboard.store.schema import recognition


def recognise(
    act: Acting,
    words: str | None,
    shown_until: date,
    user: int | None = None,
    metric: str | None = None,
    signal: str | None = None,
) -> int:
    """Recognise a person, or a figure with the signal that it gives, until a day; returns the number of the recognition."""
    values = {"user_id": user, "metric": metric, "signal": signal, "words": needed("what for", words), "shown_until": shown_until}
    chosen = insert(recognition).values(at=act.at, day=act.day(""), actor=act.actor, **values).returning(recognition.c.id)
    made = int(act.connection.execute(chosen).scalar_one())
    act.audited("recognition", made, "recognised", None, values)
    return made
