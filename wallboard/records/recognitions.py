"""Recognition of a person, or of a metric on a signal; a team's is the step that rewarded it."""

from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import insert

from wallboard.records.acting import Acting, needed
from wallboard.store.schema import recognition


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """The signal of a metric in a month: high or low (outside the range), run high or run low (`run` months in a row)."""

    metric: str
    kind: str
    month: date
    value: float
    low: float
    high: float
    run: int


def recognise(act: Acting, words: str | None, shown_until: date, user: int | None = None, signal: Signal | None = None) -> int:
    """Recognise a person, or a metric on the signal that it gives, until a day; returns the number of the recognition."""
    values: dict[str, object] = {"user_id": user, "words": needed("what for", words), "shown_until": shown_until}
    if signal is not None:
        rests_on = asdict(signal)
        values |= {"metric": rests_on.pop("metric"), "signal": f"{signal.kind} in {signal.month:%Y-%m}"}
        values |= {f"signal_{name}": value for name, value in rests_on.items()}
    chosen = insert(recognition).values(at=act.at, day=act.day(""), actor=act.actor, **values).returning(recognition.c.id)
    made = int(act.connection.execute(chosen).scalar_one())
    act.audited("recognition", made, "recognised", None, values)
    return made
