"""Contracts that say why their customer left, and not when."""

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, and_, or_

from wallboard.store.schema import contract

_C = contract.c


def undated() -> ColumnElement[bool]:
    """A reason is given, and neither the end nor the day on which it was asked for."""
    why = or_(_C.reason.is_not(None), _C.reason_words.is_not(None))
    return and_(why, _C.ended_on.is_(None), _C.cancel_requested_on.is_(None))


def are_undated(contracts: pd.DataFrame) -> "pd.Series[Any]":
    """The same of rows in memory."""
    why = contracts["reason"].notna() | contracts["reason_words"].notna()
    return why & contracts["ended_on"].isna() & contracts["cancel_requested_on"].isna()
