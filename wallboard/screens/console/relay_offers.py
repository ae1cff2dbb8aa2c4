"""What is offered with a complaint that somebody may relay: its place, a title, and the functions that likely must work on it."""

from collections.abc import Iterable
from dataclasses import asdict, replace

from sqlalchemy import Connection

from wallboard.records.choices import Choices
from wallboard.records.likely import AlikeComplaints, Place, likely_functions
from wallboard.records.searching import SearchHit
from wallboard.screens.console.answers import hit_as_json
from wallboard.settings import Settings

Offered = dict[str, object]


def offers_as_json(connection: Connection, names: Choices, hits: Iterable[SearchHit], settings: Settings) -> list[Offered]:
    """Each complaint as the form takes it over at a touch; where no source has placed it, as those in like words were."""
    alike = AlikeComplaints(connection)
    return [_offered(connection, names, _placed(hit, alike), settings) for hit in hits]


def _placed(hit: SearchHit, alike: AlikeComplaints) -> SearchHit:
    return hit if hit.stage or hit.touchpoint else replace(hit, **asdict(alike.place(hit.words)))


def _offered(connection: Connection, names: Choices, hit: SearchHit, settings: Settings) -> Offered:
    functions = likely_functions(connection, Place(hit.stage, hit.touchpoint, hit.issue_type))
    offered = {"title": _title(hit, names), "functions": [key for key in functions if key in names.functions]}
    return hit_as_json(hit, settings) | offered


def _title(hit: SearchHit, names: Choices) -> str:
    """What we may call it among ourselves: its kind, and where it happens."""
    kind = names.issue_types.get(hit.issue_type or "")
    place = names.touchpoints.get(hit.touchpoint or "") or names.stages.get(hit.stage or "")
    return ": ".join(part for part in (kind, place) if part)
