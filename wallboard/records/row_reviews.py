"""Rows that break a rule of the room: somebody who leads looks at one, and says why it may stand."""

from sqlalchemy import insert

from wallboard.errors import NotFound, RuleRefused
from wallboard.records.acting import Acting, needed
from wallboard.store.schema import row_review
from wallboard.store.violations import BrokenRow, broken_rows


def acknowledge(act: Acting, rule: str, row_key: str, words: str | None) -> BrokenRow:
    """Say why a row may stand though it breaks a rule: `rule` and `row_key` as broken_rows names them.

    Raises NotFound where no such row breaks that rule, RuleRefused where it is reviewed already, where nothing is said, or for a
    role that does not acknowledge.
    """
    row = next((row for row in broken_rows(act.connection) if (row.rule, row.key) == (rule, row_key)), None)
    if row is None:
        raise NotFound("the row", "does not break that rule.", "Open the page anew.")
    if row.review is not None:
        raise RuleRefused("the row", f"has been reviewed by {row.review.by}.", "Open the page anew.")
    values = {"at": act.at, "actor": act.actor, "rule": rule, "row_key": row_key, "words": needed("the reason", words)}
    number = int(act.connection.execute(insert(row_review).values(**values).returning(row_review.c.id)).scalar_one())
    act.audited("row_review", number, "acknowledged", None, values)
    return row
