"""Which scene of a wall is shown when: what is new comes first and stays longer, and the verdict comes again within a minute.

The rule, in order (docs/walls.md says it to readers, the lobby in a sentence):

1. The scenes of the deck `wall` turn, in the order of the layout. One that measures nothing is left out, unless none does.
2. The verdict, the scene whose panel gives the wall's answer, comes first.
3. Scenes with news of the last seven days come next, by kind and then the newest first, and stay half as long again.
4. No more than a minute lies between two showings of the verdict: it comes again for ten seconds wherever the next scene would
   not fit into that minute.
5. A deck of four minutes turns in four minutes: what news and verdict take, all scenes give in equal parts.

Nothing else decides: the same scenes, news and day give the same turn on every screen, from one beginning of time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, get_args

from wallboard.layout import MOST_SECONDS
from wallboard.panel import News, NewsKind

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
"""When every wall began its first turn."""

FRESH_DAYS = 7
"""For so many days is news new, the day of its beginning among them."""

LONGER = 1.5

WITHIN = 60
"""Seconds within which the verdict comes again."""

WAIT = WITHIN - 4
"""Of them for other scenes: a screen asks every two seconds, and a scene fades in."""

REMINDER = 10
"""Seconds for which the verdict comes again between two scenes."""

FIRST: tuple[NewsKind, ...] = get_args(NewsKind)

RULE = (
    "The scene with the answer comes first and returns within a minute. Scenes with news from the last seven days follow, the "
    "most urgent first, and stay half as long again. A scene with nothing to show yet is left out."
)
"""The same in a sentence, for who stands before a wall."""

Why = Literal["verdict", "news", "in turn"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scene that could be shown: for how many seconds, and what is new on it."""

    scene: str
    seconds: float
    is_measured: bool = True
    news: News | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One scene on the glass: for how many seconds, and why it comes now."""

    scene: str
    seconds: float
    why: Why


@dataclass(frozen=True)
class Programme:
    """One turn of a wall, and the scenes that it leaves out because they measure nothing."""

    slots: tuple[Slot, ...]
    skipped: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The scenes in the order in which they first come: where one stands."""
        return tuple(dict.fromkeys(slot.scene for slot in self.slots))

    @property
    def seconds(self) -> float:
        """How long one turn takes."""
        return sum(slot.seconds for slot in self.slots)

    def at(self, now: datetime) -> Slot:
        """What is shown at an instant."""
        left = (now - BEGINNING).total_seconds() % self.seconds
        for slot in self.slots:
            if left < slot.seconds:
                return slot
            left -= slot.seconds
        return self.slots[-1]


def programme(scenes: Sequence[Candidate], verdict: str | None) -> Programme:
    """One turn through `scenes`, of which `verdict` is the one that answers the wall's question (None: none does)."""
    shown = [scene for scene in scenes if scene.is_measured] or [*scenes]
    answering = next((scene for scene in shown if scene.scene == verdict), None)
    others = sorted((scene for scene in shown if scene is not answering), key=_urgency)
    most = MOST_SECONDS if sum(scene.seconds for scene in shown) <= MOST_SECONDS else float("inf")
    turns = (_turn(answering, others, percent / 100) for percent in range(100, 0, -1))
    fitting = next(slots for slots in turns if sum(slot.seconds for slot in slots) <= most)
    return Programme(tuple(fitting), tuple(scene.scene for scene in scenes if scene not in shown))


def newest(news: Sequence[News], today: date) -> News | None:
    """What is new on a scene these days, of several the most urgent; None where nothing is."""
    fresh = [item for item in news if timedelta() <= today - item.since < timedelta(days=FRESH_DAYS)]
    return min(fresh, key=_order, default=None)


def _order(news: News) -> tuple[int, int]:
    return FIRST.index(news.kind), -news.since.toordinal()


def _urgency(scene: Candidate) -> tuple[int, int]:
    return _order(scene.news) if scene.news else (len(FIRST), 0)


def _turn(answering: Candidate | None, others: Sequence[Candidate], share: float) -> list[Slot]:
    """One turn in which each scene has that share of its seconds."""
    if answering is None:
        return [_slot(other, share) for other in others]
    slots = [Slot(answering.scene, answering.seconds * share, "verdict")]
    waited = 0.0
    for other in others:
        slot = _slot(other, share, WAIT)
        if waited + slot.seconds > WAIT:
            slots.append(Slot(answering.scene, min(REMINDER, answering.seconds), "verdict"))
            waited = 0.0
        slots.append(slot)
        waited += slot.seconds
    return slots


def _slot(scene: Candidate, share: float, most: float = float("inf")) -> Slot:
    seconds = scene.seconds * (LONGER if scene.news else 1) * share
    return Slot(scene.scene, min(seconds, most), "news" if scene.news else "in turn")
