"""Where something belongs: a stage of the journey, a touchpoint of it."""

from sqlalchemy import Connection, select

from wallboard.errors import NotFound, nearest
from wallboard.store.lookups import touchpoint_stages
from wallboard.store.schema import stage


def known_place(connection: Connection, place: str | None, point: str | None = None) -> None:
    """Raises NotFound for a stage or a touchpoint that there is none of, or for a touchpoint of another stage."""
    stages = connection.scalars(select(stage.c.stage)).all()
    if place is not None and place not in stages:
        raise NotFound("stage", f"'{place[:60]}' is not known.", nearest(place, stages))
    if point is None:
        return
    points = touchpoint_stages(connection)
    if point not in points:
        raise NotFound("touchpoint", f"'{point[:60]}' is not known.", nearest(point, points))
    if place is not None and points[point] != place:
        raise NotFound("touchpoint", f"'{point[:60]}' belongs to another stage.", nearest(point, _at(points, place)))


def _at(points: dict[str, str], place: str) -> list[str]:
    return [point for point, where in points.items() if where == place]
