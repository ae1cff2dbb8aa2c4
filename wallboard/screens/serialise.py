"""Turns components into bytes once."""

from collections.abc import Callable
from typing import Any

import orjson
from dash.development.base_component import Component
from flask import Response


def as_bytes(value: object) -> bytes:
    """JSON as Dash's own renderer reads it."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def written(value: Any) -> tuple[bytes, bool]:
    """JSON as above, and whether it holds a component that the room's own renderer does not draw (assets/js/renderer.js)."""
    strange: list[str] = []
    return orjson.dumps(value, default=_noting(strange), option=orjson.OPT_NON_STR_KEYS), bool(strange)


def json_answer(content: object, status: int = 200) -> Response:
    """An answer that no browser keeps."""
    return Response(as_bytes(content), status, mimetype="application/json", headers={"Cache-Control": "no-store"})


def _noting(strange: list[str]) -> Callable[[Any], Any]:
    def plain(value: Any) -> Any:
        content = _plain(value)
        if isinstance(value, Component) and content["namespace"] != "dash_html_components" and content["type"] != "Graph":
            strange.append(content["type"])
        return content

    return plain


def _plain(value: Any) -> Any:
    if isinstance(value, Component):
        return value.to_plotly_json()
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(f"{type(value).__name__} has no place in a picture.")
