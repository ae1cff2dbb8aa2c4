"""What stands on every scene of a wall: its question, today's answer, where one stands, why this scene now, how old it is.

It is one small picture for a whole wall, made anew where anything that it says has changed, and the same for all screens.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from threading import Lock

from dash import html
from dash.development.base_component import Component

from wallboard.drawing.cell import GRID_WIDTH, ROOM_LINE
from wallboard.drawing.text_width import fitted, text_width
from wallboard.drawing.theme import Theme
from wallboard.drawing.words import noun, upper_first
from wallboard.layout import Layout, Scene
from wallboard.metrics.states import MEASURED
from wallboard.panel import Answer, News, NewsKind
from wallboard.screens.findings import Fact, Finding, of_all
from wallboard.screens.pictures import Pictures
from wallboard.screens.programme import BEGINNING, Candidate, Programme, newest, programme
from wallboard.screens.serialise import as_bytes

SPINE = "spine"
"""The id of its place on a board, and its name among the pictures."""

NEW: dict[NewsKind, str] = {
    "signal": "new signal",
    "turned": "changed",
    "due": "overdue",
    "stale": "stale",
    "record": "new record",
}
"""How a scene says what is new; since when stands behind it."""

BECAUSE: dict[NewsKind, str] = {**NEW, "signal": "of a new signal", "record": "of a new record"}
"""The same as a reason why a scene comes earlier than in its layout."""

LASTING: tuple[NewsKind, ...] = ("due", "stale")
"""What lasts, where the others happen once."""

LINE, BESIDE = GRID_WIDTH - 40, 24
"""The width of a line in canvas pixels, and what lies between its parts: no sentence is cut by the edge."""

TITLE, NORMAL = 640, 500
"""The weights of a scene's question, and of the words beside it."""

LEAST_TITLE = 1.05
"""How small a question is set where its line is short, in sizes of quiet type (assets/js/fit.js)."""

Findings = Mapping[str, Finding]


@dataclass(frozen=True)
class Spine:
    """One wall at one moment: its programme, what its panels say by their ids, and a name for all of it.

    `settled`: all scenes that turn had their newest pictures when the programme was made.
    """

    programme: Programme
    findings: Findings
    made_of: tuple[tuple[str, ...], date]
    """The scenes of the wall, and the day."""
    settled: bool
    stamp: str

    @property
    def today(self) -> date:
        """The day of which it speaks."""
        return self.made_of[1]

    def token(self, answer_token: str) -> str:
        """What a screen knows it by; `answer_token` is that of the picture whose answer is meant."""
        return blake2b(f"{self.stamp}{answer_token}".encode(), digest_size=8).hexdigest()


class Spines:
    """The spines of all walls, each for one part of the business."""

    def __init__(self, pictures: Pictures, theme: Callable[[str | None, str | None], Theme]) -> None:
        self._pictures, self._theme = pictures, theme
        self._known: dict[tuple[str, str | None], Spine] = {}
        self._lock = Lock()

    def of(self, wall: Layout, perimeter: str | None, tokens: Mapping[str, str]) -> Spine:
        """The spine as the pictures say it that have been made; `tokens` are those of the newest.

        The programme changes only where all scenes that turn have their newest pictures: one new load, one change.
        """
        rendered = self._pictures.measured(wall.placed(), perimeter)
        findings = {name: picture.finding for name, picture in rendered.items()}
        turning = [panel.id for scene in wall.turning for panel in scene.panels]
        settled = all(id_ in rendered and (rendered[id_].failed or rendered[id_].token == tokens[id_]) for id_ in turning)
        made_of = self._made_of(wall, perimeter)
        with self._lock:
            last = self._known.get((wall.name, perimeter))
            same = last is not None and last.made_of == made_of
            if last and same and last.findings == findings and last.settled >= settled:
                return last
            keeps = last and same and not settled
            turn = last.programme if last and keeps else self._programme(wall, findings if settled else {}, made_of[1])
            stamp = blake2b(repr((turn, sorted(findings.items()), made_of)).encode(), digest_size=8).hexdigest()
            spine = self._known[wall.name, perimeter] = Spine(turn, findings, made_of, settled, stamp)
            return spine

    def reasons(self, wall: Layout, perimeter: str | None) -> dict[str, str]:
        """Why each scene that is early comes early, by its name, with the news itself; as the pictures say it that are made."""
        spine, theme = self._known.get((wall.name, perimeter)), self._theme(None, perimeter)
        if spine is None or spine.made_of != self._made_of(wall, perimeter):
            return {}
        news = {scene: scene_news(scene, spine.findings, spine.today) for scene in wall.turning}
        why = {scene: why_now(wall, scene, new, spine.programme, theme) for scene, new in news.items()}
        return {scene.name: f"{upper_first(why[scene])}: {new.sentence}" for scene, new in news.items() if new}

    def picture(self, wall: Layout, perimeter: str | None, screen: str | None) -> bytes:
        """The spine drawn, with the answer of today as soon as that is made."""
        made = self._pictures.get(wall.answer, perimeter, screen) if wall.answer else None
        tokens = self._pictures.tokens(wall.placed(), perimeter, screen)
        spine = self.of(wall, perimeter, tokens)
        parts = drawn(wall, spine, self._theme(screen, perimeter))
        return as_bytes({"token": spine.token(made.token if made else ""), "state": "current", "parts": parts})

    def _made_of(self, wall: Layout, perimeter: str | None) -> tuple[tuple[str, ...], date]:
        return tuple(scene.name for scene in wall.scenes), self._theme(None, perimeter).today

    def _programme(self, wall: Layout, findings: Findings, today: date) -> Programme:
        scenes = [
            Candidate(scene.name, scene.seconds, not needs(scene, findings), scene_news(scene, findings, today))
            for scene in wall.turning
        ]
        return programme(scenes, verdict_scene(wall))


def verdict_scene(wall: Layout) -> str | None:
    """The scene whose panel answers the wall's question."""
    return next((scene.name for scene in wall.turning if wall.answer in scene.panels), None)


def needs(scene: Scene, findings: Findings) -> str:
    """What it takes to measure anything on a scene; empty where something is, or where nobody knows yet."""
    return of_all([findings[panel.id].lacking if panel.id in findings else "" for panel in scene.panels])


def scene_news(scene: Scene, findings: Findings, today: date) -> News | None:
    """The most urgent of what is new on a scene these days."""
    return newest([news for panel in scene.panels if panel.id in findings for news in findings[panel.id].news], today)


def drawn(wall: Layout, spine: Spine, theme: Theme) -> dict[str, list[Component]]:
    """What stands at each place of a board, by its id: the spine itself, and the head of each scene."""
    answer = spine.findings[wall.answer.id].answer if wall.answer and wall.answer.id in spine.findings else None
    parts: dict[str, list[Component]] = {SPINE: spine_children(wall, answer, spine.programme)}
    for scene in wall.scenes:
        news = scene_news(scene, spine.findings, spine.today)
        known = [spine.findings[panel.id] for panel in scene.panels if panel.id in spine.findings]
        where = place(wall, scene, spine.programme)
        facts = facts_words(where, scene.title, known, theme) if known else ""
        line = why_line(why_now(wall, scene, news, spine.programme, theme), news, theme) if news else []
        parts[head_id(wall, scene)] = head(wall, scene, where, facts, line)
    return parts


def spine_children(wall: Layout, answer: Answer | None, turn: Programme) -> list[Component]:
    """Question, answer, and one mark for each scene of the turn, with what it takes to go on turning without the room."""
    dots = [html.Li(**{"data-of": name}) for name in turn.order]
    slots = " ".join(f"{slot.scene}:{slot.seconds:g}" for slot in turn.slots)
    known = "" if answer and answer.state == MEASURED else "unknown"
    return [
        html.P(wall.title, className="asked"),
        html.P(answer_words(answer) if answer else "", className=f"answer {known}".strip()),
        html.Ol(dots, className="turn", **{"aria-hidden": "true", "data-slots": slots, "data-begins": BEGINNING.isoformat()}),
    ]


def answer_words(answer: Answer) -> list[str | Component]:
    """Not yet. 19 fewer customers."""
    number: list[str | Component] = [" ", html.B(answer.number, className="headline-number")] if answer.number else []
    return [answer.verdict, *number, *([" ", html.Span(answer.unit)] if answer.unit else [])]


def head_id(wall: Layout, scene: Scene) -> str:
    """The id of a scene's head."""
    return f"{wall.name}--{scene.name}"


def why_line(why: str, news: News, theme: Theme) -> list[Component]:
    """Why a scene comes now, and what is new, in one line of the glass."""
    size = theme.size("quiet")
    room = ROOM_LINE - text_width(why, size, TITLE) - 2 * BESIDE
    new = html.B(why, className=f"news {news.kind}")
    return [html.P([new, " ", fitted(news.sentence, room, size, NORMAL)], className="why-now")]


def head(wall: Layout, scene: Scene, where: str = "", facts: str = "", line: Sequence[Component] = ()) -> list[Component]:
    """Where one stands, the scene's own question where it has one, where the facts come from and how old; beneath it the news."""
    title = [html.H1(scene.title)] if scene.title != wall.title else []
    return [html.Span(where, className="stands"), *title, html.Span(facts, className="facts"), *line]


def since_words(news: News, theme: Theme) -> str:
    """Since Tuesday, since yesterday; of today: today, what lasts as of today."""
    if news.since == theme.today:
        return "as of today" if news.kind in LASTING else "today"
    return f"since {theme.since(news.since)}"


def why_now(wall: Layout, scene: Scene, news: News | None, turn: Programme, theme: Theme) -> str:
    """First because overdue since Tuesday; what is new where a scene would come now anyway; '' where nothing is."""
    if news is None:
        return ""
    if not any(slot.scene == scene.name and slot.why == "news" for slot in turn.slots):
        return f"{NEW[news.kind]} {since_words(news, theme)}"
    place = turn.order.index(scene.name) - (verdict_scene(wall) in turn.order)
    return f"{'Early' if place else 'First'} because {BECAUSE[news.kind]} {since_words(news, theme)}"


def place(wall: Layout, scene: Scene, turn: Programme) -> str:
    """Where one stands: 5 of 8 in the turn; the deck's name where it does not turn."""
    if scene.name in turn.order:
        return f"{turn.order.index(scene.name) + 1} of {len(turn.order)}"
    if scene.deck == "wall":
        return "left out"
    deck = wall.deck(scene.deck)
    return f"{scene.deck.capitalize()}, {deck.index(scene) + 1} of {len(deck)}"


def facts_words(where: str, title: str, known: Sequence[Finding], theme: Theme) -> str:
    """Where the numbers of a scene come from, and how old they are.

    The sources by name where the words before them leave the line for it; else how many there are; else nothing of them, and last
    the day alone.
    """
    dated = [finding.fact for finding in known if finding.fact]
    age, size = age_words(dated, theme), theme.size("quiet")
    names = sorted({name.replace("_", " ") for finding in known for name in finding.sources})
    named, called = ", ".join(names), noun(len(names), "source", "sources")
    every = [f"{words} · {age}" for words in (f"{called}: {named}", named, f"{len(names)} {called}") if names]
    every += [age, *(theme.as_of(min(fact.at for fact in dated)) for _ in dated[:1])]
    left = LINE - text_width(where, size, NORMAL) - text_width(title, size * LEAST_TITLE, TITLE) - 2 * BESIDE
    return next((words for words in every if text_width(words, size, NORMAL) <= left), every[-1])


def age_words(facts: Iterable[Fact], theme: Theme) -> str:
    """How old the facts of a scene are: those of its oldest panel, by name where another panel is newer."""
    by_age = {theme.as_of(fact.at): fact for fact in sorted(facts, key=lambda fact: fact.at, reverse=True)}
    if not by_age:
        return "not dated"
    words, oldest = [*by_age.items()][-1]
    return words if len(by_age) == 1 else f"{oldest.source.replace('_', ' ')} {words}"
