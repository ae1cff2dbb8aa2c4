"""Turns components into bytes once."""

from typing import Any

import orjson
from dash.development.base_component import Component


def as_bytes(value: Any) -> bytes:
    """JSON as Dash's own renderer reads it."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS)


def _plain(value: Any) -> Any:
    if isinstance(value, Component):
        return value.to_plotly_json()
    raise TypeError(f"{type(value).__name__} has no place in a picture.")
