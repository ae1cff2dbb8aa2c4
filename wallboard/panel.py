"""What a panel is: options, what it measures, how it is drawn, which tables it reads, and what it cannot do without."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from dash import html
from dash.development.base_component import Component
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection as Connection

from wallboard.drawing.absences import absent, never_loaded
from wallboard.drawing.cell import FULL, Smallest
from wallboard.drawing.charts import PlotlyFigure
from wallboard.drawing.events import TimeAxis
from wallboard.drawing.glyphs import nothing
from wallboard.drawing.theme import Theme
from wallboard.metrics.availability import Absence, Needs, absence
from wallboard.metrics.definitions import VERSIONS
from wallboard.metrics.last_known import with_last_known
from wallboard.metrics.scope import Period, Scope
from wallboard.metrics.shifts import Shift
from wallboard.metrics.states import MEASURED

Words: TypeAlias = str | Component | list[str | Component]
"""A sentence, parts of which may be coloured."""


OF_THE_JOURNEY = "it describes the journey; each number in it has its own state"
OF_NAMED_DAYS = "it names the months or the day that it tells"
OF_THE_ROOM = "it shows what the room itself has written down, up to now"
OF_SINGLE_THINGS = "it lists single things, each with its day"
TO_ITS_LAST_FACT = "its line ends where the facts end, and its headline says since when"
"""Why panels are `timeless`; where none of these holds, a panel says its own reason."""

LIVED_THROUGH = "What our customers live through"
"""The subject of what describes the journey."""


class Options(BaseModel):
    """What a layout may say to a panel; a panel's own options extend it, each field described."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Chosen = TypeVar("Chosen", bound=Options)
Measured = TypeVar("Measured")
"""The rows that a panel draws: those of one metric, or a frozen dataclass of its own that names the rows of several."""


@dataclass(frozen=True)
class Picture:
    """What a panel draws: a headline that says what the picture means, quiet words of unit and period, and the picture."""

    headline: Words
    body: Component | PlotlyFigure
    """A Plotly figure, also one inside a component, becomes a static chart in the room's template, told by the headline."""
    note: Words = ""
    alarm: str = ""
    """A sentence for a red banner: the numbers of this picture contradict each other."""
    number: Words = ""
    """The one number of the picture and what it counts: with the headline all that is left where a cell is too small for more."""
    judged: bool = True
    """False where nothing may be judged: the colours of praise and warning are left out."""


def with_note(picture: Picture, words: str) -> Picture:
    """The picture with more words behind those of its note."""
    if not words or not picture.note:
        return replace(picture, note=words) if words else picture
    if isinstance(picture.note, str):
        return replace(picture, note=f"{picture.note} · {words}")
    before = picture.note if isinstance(picture.note, list) else [picture.note]
    return replace(picture, note=[*before, f" · {words}"])


@dataclass(frozen=True)
class JudgedFeed:
    """A feed whose course a panel judges: all of it, or those of its parts that begin with `part`.

    The feed `customers` is that of the room's rule. `monthly`: complete months are judged; a late source forbids that only where
    the last of them may not be told to its end.
    """

    feed: str
    part: str = ""
    monthly: bool = False


COMPLAINT_FEED = JudgedFeed("voice", "complaint:")
"""What a panel judges that speaks of complaints by week."""

CUSTOMER_FEED = JudgedFeed("customers", monthly=True)
"""What a panel judges that speaks of who came and who left."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A wall's answer to its question, in a few words with one number: "Not yet." "19" "fewer customers".

    state: as in metrics.states, what kind of answer it is; where it is not measured, `unit` says why.
    """

    verdict: str
    number: str = ""
    unit: str = ""
    state: str = MEASURED


NewsKind = Literal["signal", "turned", "due", "stale", "record"]
"""What may be new, the most urgent first: a signal, a state that turned, a promise that fell due, a source that went stale, a
record."""


@dataclass(frozen=True, slots=True)
class News:
    """What is new on a panel: of which kind, since which day, and one sentence that says it."""

    kind: NewsKind
    since: date
    sentence: str


@dataclass(frozen=True)
class Panel(Generic[Chosen, Measured]):
    """One panel; its file gives it its name, its docstring is its catalogue entry."""

    options: type[Chosen]
    measure: Callable[[Connection, Scope, Chosen], Measured]
    draw: Callable[[Measured, Chosen, Theme], Picture]
    reads: tuple[str, ...]
    metrics: tuple[str, ...] = ()
    """The metrics (of wallboard.catalogue) that it shows; where a room calls none of them a priority, it leaves the wall."""
    feeds: tuple[JudgedFeed, ...] = ()
    """The feeds whose course it judges: no verdict while one is late, has stopped or collapsed (metrics.feed_health)."""
    verdict: bool = False
    """Its picture is a verdict itself: nothing of it is drawn where nothing may be judged."""
    bare: bool = field(default=False)
    """True for a panel that needs no headline of the frame: it is its own (a verdict, the stage rail)."""
    subject: str = ""
    """What is not known where the panel's needs are not met, as a sentence begins: "How long tickets take"."""
    needs: Needs = ()
    """The facts without which there is nothing to measure: all of these, and of each any one."""
    judges: Callable[[Scope, Chosen], Period] | None = None
    """The days that it speaks of; where its facts stop before them, it says since when instead of counting nothing as none."""
    smallest: tuple[Smallest, ...] = (FULL,)
    """The smallest cells in which its picture can be read, any one of them; elsewhere its headline and its number stand alone."""
    timeless: str = ""
    """Why a panel that judges no days says nothing untrue when its facts stop; each panel has one or the other."""
    answer: Callable[[Measured, Chosen, Theme], Answer] | None = None
    """The answer of a wall whose layout names this panel, from what it measured."""
    axis: Callable[[Measured, Chosen], TimeAxis | None] | None = None
    """Its time axis, where it draws one: the room marks on it what happened (wallboard.drawing.events)."""
    shifts: Callable[[Connection, Scope, Chosen], tuple[Shift, ...]] | None = None
    """The shifts of what it shows, each with what explains it; the room says which of them nobody has explained."""
    last_year: Callable[[Measured, Chosen, Theme], str] | None = None
    """The newest of its series in the same weeks, or months, a year before: the room puts it into the note.

    A panel of several series shows it beside each.
    """
    unmarked: str = ""
    """Why what happened is not marked on the series that it draws."""
    no_last_year: str = ""
    """Why no year before stands beside the series that it draws."""

    def __post_init__(self) -> None:
        """Whoever reads what a file declares of metrics reads what sessions have changed of it."""
        if "metric_definition" in self.reads:
            object.__setattr__(self, "reads", (*self.reads, *(table for table in VERSIONS if table not in self.reads)))

    @property
    def feed_names(self) -> tuple[str, ...]:
        """The feeds that it judges; those of either rule for customers."""
        either = ("contracts", "orders")
        return tuple(name for feed in self.feeds for name in (either if feed.feed == CUSTOMER_FEED.feed else (feed.feed,)))

    def absence(self, connection: Connection, scope: Scope, options: Chosen) -> Absence | None:
        """Why there is nothing to measure; None where there is."""
        return absence(connection, scope, self.needs, self.judges(scope, options) if self.judges else None)

    def read(self, connection: Connection, scope: Scope, options: Chosen) -> "Measured | Absence":
        """What the panel measures, or why it cannot."""
        if lacking := self.absence(connection, scope, options):
            return with_last_known(connection, scope, lacking)
        return self.measure(connection, scope, options)

    def picture(self, measured: "Measured | Absence", options: Chosen, theme: Theme) -> Picture:
        """What was read, drawn; where it cannot be measured, the one sentence that all panels say then."""
        if not isinstance(measured, Absence):
            picture = self.draw(measured, options, theme)
            return with_note(picture, self.last_year(measured, options, theme)) if self.last_year else picture
        headline, body = absent(self.subject, measured, theme)
        if not self.bare:
            return Picture(headline, body)
        if measured.known_to is None:
            return Picture("", nothing(never_loaded(self.subject, measured, theme)))
        return Picture("", html.Div([html.H2(headline), body], className="absent"))


AnyPanel = Panel[Any, Any]
