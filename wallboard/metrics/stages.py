"""The stages of the customer's life as rows of a table by stage; what belongs to none of them comes last."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from wallboard.store.schema import stage

NOWHERE = ""
UNATTRIBUTED = "unattributed"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage by its key, in the customer's words; `seq` is its place."""

    key: str
    name: str
    seq: int


def stages_and_rest(connection: Connection) -> list[Stage]:
    """Every stage in the customer's order, then the one for what nobody can put to a stage."""
    rows = connection.execute(select(stage.c.stage, stage.c.name, stage.c.seq).order_by(stage.c.seq, stage.c.stage))
    known = [Stage(row.stage, row.name, row.seq) for row in rows]
    return [*known, Stage(NOWHERE, UNATTRIBUTED, max((place.seq for place in known), default=0) + 1)]
