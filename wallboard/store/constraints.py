"""Which kind of constraint a database's refusal tells of, and what that means for rows of a file: nobody reads SQL's words."""

import logging
from typing import Any

log = logging.getLogger(__name__)

_SQLSTATES = {"23505": "UNIQUE", "23503": "FOREIGNKEY", "23502": "NOTNULL"}
"""PostgreSQL's numbers for the kinds; everything else is a CHECK."""

_ROWS = {
    "UNIQUE": "two of them would be one and the same",
    "FOREIGNKEY": "one names something that the store does not know, or knows no more",
    "NOTNULL": "one misses something that it needs",
    "CHECK": "one holds something that the store cannot keep",
}


def broken(error: Any) -> str:
    """The kind of constraint that refused: UNIQUE, FOREIGNKEY, NOTNULL or CHECK."""
    name = str(getattr(error, "sqlite_errorname", "")).removeprefix("SQLITE_CONSTRAINT_").replace("PRIMARYKEY", "UNIQUE")
    kind = name or _SQLSTATES.get(str(getattr(error, "sqlstate", "")), "")
    return kind if kind in _ROWS else "CHECK"


def rows_refused(error: object) -> str:
    """Why the store refuses rows, in a sentence; what the database itself says is kept in the log."""
    log.info("the store refuses rows: %s", error)
    return f"the store refuses these rows: {_ROWS[broken(error)]}."
