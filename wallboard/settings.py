"""room.toml, read once into one frozen object; the engine is told the folder."""

import tomllib
from datetime import date, time, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic.fields import FieldInfo

from wallboard import codes
from wallboard.agendas import Agenda, agenda_files
from wallboard.carried import carried
from wallboard.errors import Faults, RoomError, SettingsRefused, nearest
from wallboard.single_sign_on import SignIn, WholePath
from wallboard.toml_lines import line_of
from wallboard.unicode import nfc
from wallboard.voting import Decisions


def _known_zone(name: str) -> str:
    zone = codes.zone(name)
    if zone is None:
        raise ValueError(f"is not a time zone. {nearest(name, available_timezones())}")
    return zone


def _known_locale(name: str) -> str:
    language = codes.language(name)
    if language is None:
        raise ValueError(
            f"is not a locale. {codes.nearest_language(name)} Write a language and a country, such as en-GB or de-AT."
        )
    return language


def _known_currency(name: str) -> str:
    currency = codes.currency(name)
    if currency is None:
        raise ValueError(f"is not a currency of ISO 4217. {codes.nearest_currency(name)}")
    return currency


Zone = Annotated[str, AfterValidator(_known_zone)]
Currency = Annotated[str, AfterValidator(_known_currency)]
LocaleName = Annotated[str, AfterValidator(_known_locale)]
Percent = Annotated[int, Field(ge=0, le=100)]
SessionKind = Literal["monthly", "quarterly", "annual", "council", "working session", "awareness workshop"]
QUORUM: dict[SessionKind, Percent] = {"monthly": 50, "quarterly": 50, "annual": 50, "council": 50}
"""Per cent of those expected who must be present where room.toml says nothing else."""

Duration = Annotated[str, Field(pattern=r"^[1-9][0-9]*[hdw]$")]


UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


@cache
def as_duration(text: str) -> timedelta:
    """`12h`, `1d` or `2w` as a length of time."""
    return int(text[:-1]) * UNITS[text[-1]]


class Strict(BaseModel):
    """A frozen model that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Perimeter(Strict):
    """A part of the business that has its own room: a country, a plant, a business unit."""

    name: str = Field(min_length=1, description="how the perimeter is called on a wall")
    parent: str | None = Field(None, description="the perimeter that it is part of")
    timezone: Zone | None = Field(None, description="its own time zone, where it differs from the room's")


class Screen(Strict):
    """One physical screen and where its readers stand."""

    wall: str = Field(description="the layout it shows: outcomes, issues, touchpoints")
    diagonal_in: float = Field(55, gt=5, le=300, description="the panel's diagonal in inches")
    distance_m: float = Field(4, gt=0.3, le=40, description="how far the furthest reader stands, in metres")
    width: int = Field(1920, ge=640, description="pixels across")
    height: int = Field(1080, ge=480, description="pixels down")
    perimeter: str | None = Field(None, description="the only perimeter this screen may show")


class RealFall(Strict):
    """A fall of a source's volume that somebody has looked into: it is real, and may be judged."""

    source: str = Field(min_length=1, description="the source whose volume fell, as it is called in data/sources.toml")
    day: date = Field(description="the day on which it fell")
    note: str = Field(min_length=10, description="why it is real, and who looked into it")
    perimeter: str | None = Field(None, description="the only perimeter in which it fell")


class Customers(Strict):
    """The declared rule by which customers come and go."""

    rule: Literal["contracts", "orders"] = Field(
        "contracts", description="contracts: in while a contract runs; orders: in until nothing was bought for lapse_days"
    )
    lapse_days: int = Field(90, ge=1, le=3650, description="days without an order after which a customer has left")


class Journey(Strict):
    """The customer's whole life with the company."""

    name: str = Field("The life of our customer", description="what the journey is called")
    owner: str | None = Field(None, description="who answers for the whole of it (a person's key)")
    mission: str | None = Field(None, description="what the company is there for: the first words of a guided walk")


class Level(Strict):
    """One level of the ladder of escalation."""

    name: str = Field(min_length=1, description="what the level is called")
    entry: str = Field(min_length=1, description="when an issue comes here")
    max_days: int = Field(ge=1, description="so many days an issue may stay here; then escalation is due")
    decides: str = Field(description="the role that decides here")


class Mail(Strict):
    """The mail server by which the room sends the minutes of its sessions."""

    host: str = Field(min_length=1, description="the mail server")
    port: int | None = Field(None, ge=1, le=65_535, description="its port; else 587, 465 for tls and 25 for none")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="how the connection is kept secret")
    sender: str = Field(pattern=r"^[^@\s<>]+@[^@\s<>]+$", description="the address from which letters come")
    sender_name: str = Field("The Customer Room", description="the name beside it")
    user: str | None = Field(None, description="who signs in there, where one must")
    password_env: str = Field(
        "CUSTOMER_ROOM_MAIL_PASSWORD",
        pattern=r"^[A-Za-z_][A-Za-z0-9_]*$",
        description="the environment variable that has the password",
    )
    ca_file: WholePath | None = Field(None, description="certificates (PEM) to trust there, where the company has its own")

    @property
    def own_port(self) -> int:
        """The port, or the usual one."""
        return self.port or {"starttls": 587, "tls": 465, "none": 25}[self.security]


LADDER = (
    Level(name="Team", entry="every admitted issue", max_days=14, decides="team member"),
    Level(name="Room", entry="the team has not alleviated it, or cannot", max_days=30, decides="leader"),
    Level(name="President", entry="the room cannot decide it, or it is stuck", max_days=30, decides="president"),
)
"""The ladder of a room that declares none."""


LEADER_QUESTIONS = (
    "Whom outside your own function did you help since we last met, and with what?",
    "Which customer did you speak to yourself, and what did you hear?",
    "Where did working together cost you time, and was it worth it to the customer?",
    "Who in your team does not take part yet, and what would bring them in?",
    "What did you stop doing because customers do not need it?",
)
"""What leaders are asked where room.toml says nothing else: whether they and their people take part in it together."""


class Settings(Strict):
    """room.toml as one typed, frozen object."""

    company: str = Field(min_length=1, description="the company's name")
    timezone: Zone = Field(description="where the room stands; days begin at its midnight")
    locale: LocaleName = Field("en-GB", description="how numbers, dates and money are written")
    currency: Currency = Field("EUR", description="ISO 4217 code of the room's money")
    fiscal_year_starts: int = Field(1, ge=1, le=12, description="month in which the fiscal year begins")
    planning_date: date | None = Field(None, description="when the annual planning begins")
    theme: Literal["dark", "light"] = Field("dark", description="dark for most rooms, light for bright ones")
    roster_limit: int = Field(5, ge=1, le=20, description="most company-wide commitments at one time")
    leader_questions: tuple[str, ...] = Field(
        LEADER_QUESTIONS,
        description="what leaders are asked in the sessions: each session asks the next one of them",
    )
    session_quorum: dict[SessionKind, Percent] = Field(
        default_factory=lambda: {**QUORUM},
        description="per cent of the people expected in a session of a kind who must be present before it decides anything",
    )
    decisions: Decisions = Field(
        default_factory=Decisions,
        description="by kind of decision: the share of yes, how many vote, from how many functions, and which roles",
    )
    small_n: int = Field(10, ge=1, description="below this many cases a score or rate is not shown")
    fcr_days: int = Field(7, ge=1, le=90, description="days within which a contact about the same issue is a repeat")
    refused_days: int = Field(90, ge=1, le=3650, description="refused rows are kept for so long, to be looked at")
    visible_days: int = Field(365, ge=30, description="evidence older than this says from when it is")
    store: str = Field("sqlite:///data/room.sqlite", description="URL of the store: SQLite or PostgreSQL")
    media: str = Field("data/media", description="folder of screenshots, paperwork, calls and video")
    https: bool = Field(False, description="true where the room is reached by https only: sign-ins are never sent otherwise")
    proxy: str | None = Field(
        None, description="address of the proxy in front of the room, such as 127.0.0.1: it is believed when it says who asks"
    )
    sign_in: SignIn = Field(default_factory=SignIn, description="how people sign in besides their account of the room")
    address: str | None = Field(None, description="where phones reach the room, for QR codes; else as the asking screen does")
    walk_release_seconds: int = Field(120, ge=2, le=3600, description="the walls leave a walk whose tablet is silent for so long")
    quiet_hours: tuple[time, time] | None = Field(
        None, description="from when until when no wall shows a moment over its whole glass, such as [20:00:00, 07:00:00]"
    )
    walk_idle_minutes: int = Field(45, ge=1, le=1440, description="the walls leave a walk that nobody moves for so long")
    demo: bool = Field(False, description="true stamps every screen 'Demo data'")
    perimeter: dict[str, Perimeter] = Field(default_factory=dict, description="the parts of the business")
    screen: dict[str, Screen] = Field(default_factory=dict, description="the physical screens")
    customers: Customers = Field(default_factory=Customers, description="how customers come and go")
    journey: Journey = Field(default_factory=Journey, description="the whole journey and who answers for it")
    escalation: tuple[Level, ...] = Field(LADDER, min_length=1, description="the ladder of escalation, lowest level first")
    cadence: dict[str, Duration] = Field(default_factory=dict, description="how often each source is expected: 12h, 1d, 1w")
    real_fall: tuple[RealFall, ...] = Field((), description="falls of a source's volume that somebody has found to be real")
    mail: Mail | None = Field(None, description="the mail server; without one nothing is sent")
    agenda: dict[str, Agenda] = Field(default_factory=dict, description="templates of agendas: those of agendas/*.toml")

    @model_validator(mode="after")
    def _one_proxy_says_who_asks(self) -> "Settings":
        if self.proxy is not None and self.sign_in.trusted_proxy is not None:
            raise ValueError(
                "proxy: a request would no longer come from the address of the proxy, by which sign_in.trusted_proxy is known. "
                "Take out proxy; https = true says that the room is only reached by https."
            )
        return self

    @model_validator(mode="after")
    def _perimeters_form_a_tree(self) -> "Settings":
        for key, perimeter in self.perimeter.items():
            seen = {key}
            above = perimeter.parent
            while above is not None:
                if above not in self.perimeter:
                    raise ValueError(f"perimeter.{key}.parent: '{above}' is not a perimeter. {nearest(above, self.perimeter)}")
                if above in seen:
                    raise ValueError(
                        f"perimeter.{key}.parent: '{above}' is its own parent. Give the topmost perimeter no parent."
                    )
                seen.add(above)
                above = self.perimeter[above].parent
        for name, screen in self.screen.items():
            if screen.perimeter is not None and screen.perimeter not in self.perimeter:
                hint = nearest(screen.perimeter, self.perimeter)
                raise ValueError(f"screen.{name}.perimeter: '{screen.perimeter}' is not a perimeter. {hint}")
        for n, fall in enumerate(self.real_fall):
            if fall.perimeter is not None and fall.perimeter not in self.perimeter:
                hint = nearest(fall.perimeter, self.perimeter)
                raise ValueError(f"real_fall.{n}.perimeter: '{fall.perimeter}' is not a perimeter. {hint}")
        return self

    def leaves(self, perimeter: str | None) -> tuple[str, ...]:
        """The perimeters without parts of their own below `perimeter` (all of them for None); KeyError if unknown."""
        if not self.perimeter and perimeter in (None, "all"):
            return ("all",)
        if perimeter is not None and perimeter not in self.perimeter:
            raise KeyError(perimeter)
        parents = {p.parent for p in self.perimeter.values()}
        return tuple(key for key in self.perimeter if key not in parents and (perimeter is None or self._within(key, perimeter)))

    def above(self, perimeter: str | None) -> tuple[str, ...]:
        """A perimeter and all that it is part of, from itself upwards; the one on top for None, where there is only one."""
        if perimeter is None:
            tops = tuple(key for key, part in self.perimeter.items() if part.parent is None)
            return tops if len(tops) == 1 else ()
        chain: list[str] = []
        key: str | None = perimeter if self.perimeter else None
        while key is not None:
            chain.append(key)
            key = self.perimeter[key].parent
        return tuple(chain)

    def _within(self, key: str | None, perimeter: str) -> bool:
        while key is not None:
            if key == perimeter:
                return True
            key = self.perimeter[key].parent
        return False

    def zone(self, perimeter: str | None = None) -> ZoneInfo:
        """The time zone of a perimeter, or of the room."""
        own = self.perimeter[perimeter].timezone if perimeter in self.perimeter else None
        return ZoneInfo(own or self.timezone)


class Room(Strict):
    """A folder with room.toml, layouts/ and data/: everything a company would change."""

    root: Path
    settings: Settings

    @property
    def layouts(self) -> Path:
        """Where the walls are drawn."""
        return self.root / "layouts"

    @property
    def data(self) -> Path:
        """Where the exports arrive."""
        return self.root / "data"

    @property
    def media(self) -> Path:
        """Where screenshots, paperwork and calls lie."""
        return (self.root / self.settings.media).resolve()

    @property
    def store_url(self) -> str:
        """The store's URL, a relative SQLite file taken from the room's folder."""
        url = self.settings.store
        prefix = "sqlite:///"
        if url.startswith(prefix) and not url.startswith(prefix + "/"):
            return f"{prefix}{(self.root / url.removeprefix(prefix)).resolve()}"
        return url


def open_room(root: Path) -> Room:
    """Read the room in `root`; raises Faults naming every key that cannot be used, with the remedy."""
    file = root / "room.toml"
    if not file.is_file():
        raise SettingsRefused(str(file), "there is no room here.", f"Make one with: wallboard init {root}")
    try:
        settings = Settings.model_validate(_toml(file))
    except ValidationError as error:
        raise Faults(_with_lines(file, model_faults(error, str(file), Settings, SettingsRefused))) from None
    agendas = {name: _agenda(path) for name, path in (agenda_files(root) or agenda_files(carried("agendas").parent)).items()}
    return Room(root=root.resolve(), settings=settings.model_copy(update={"agenda": agendas | settings.agenda}))


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(nfc(file.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsRefused(str(file), f"is not readable TOML ({error}).", "Correct that line.") from None


def _agenda(file: Path) -> Agenda:
    try:
        return Agenda.model_validate(_toml(file))
    except ValidationError as error:
        raise Faults(_with_lines(file, model_faults(error, str(file), Agenda, SettingsRefused))) from None


def _with_lines(file: Path, faults: list[RoomError]) -> list[RoomError]:
    """The same faults, each with the line on which its key stands."""
    text = file.read_text(encoding="utf-8-sig")
    return [
        SettingsRefused(f"{fault.where}, line {line_of(text, fault.place)}", fault.what, fault.remedy, fault.place)
        for fault in faults
    ]


def model_faults(
    error: ValidationError, where: str, model: type[BaseModel], kind: type[RoomError], within: tuple[str | int, ...] = ()
) -> list[RoomError]:
    """One refusal per fault of a model, each with file, key and the nearest known key; `within`: the table of that model."""
    faults = []
    for detail in error.errors():
        fault = _fault(dict(detail), where, model, kind)
        fault.place = (*within, *detail["loc"])
        faults.append(fault)
    return faults


def _fault(detail: dict[str, Any], where: str, model: type[BaseModel], kind: type[RoomError]) -> RoomError:
    place = tuple(detail["loc"])
    key = ".".join(str(part) for part in place)
    if detail["type"] == "extra_forbidden":
        return kind(where, f"unknown key '{key}'.", nearest(str(place[-1]), known_keys(model, place[:-1])))
    message = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] == "missing":
        return kind(where, f"'{key}' is missing.", "Write it down.")
    shown = f"{key} = {detail['input']!r}: " if key else ""
    return kind(where, f"{shown}{message}".rstrip(".") + ".", "")


def known_keys(model: type[BaseModel], place: tuple[object, ...]) -> list[str]:
    """The keys that are known at a place within a model, through dictionaries of models."""
    here: type[BaseModel] | None = model
    parts = [part for part in place if not isinstance(part, int)]
    while parts and here is not None:
        field = _named(here).get(str(parts.pop(0)))
        inner = next((a for a in _models_in(field.annotation) if field), None) if field else None
        if inner and parts and (field is not None and "dict" in str(field.annotation)):
            parts.pop(0)
        here = inner
    return list(_named(here)) if here else []


def _named(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """The fields of a model as a file calls them."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _models_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]
