"""The people behind a bar, one touch away: three real voices as they were written, and a call from the same place that plays."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, request

from wallboard.drawing.theme import Theme
from wallboard.drawing.words import quote
from wallboard.errors import NotFound
from wallboard.metrics.drilldown import DrilldownCall, DrilldownVoice, drilldown_calls, drilldown_voices
from wallboard.screens.serialise import json_answer
from wallboard.screens.touched import Touched
from wallboard.store.connections import reading

NOBODY = "Nobody whose words we have: they were counted, but not written down."


class Voices(Touched):
    """Answers a touch on a bar."""

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("voices", __name__)
        routes.add_url_rule("/voices", view_func=self.voices)
        return routes

    def voices(self) -> Response:
        """Three voices about `issue_type`, at `stage`, traced to `cause`, from `since` to `until`; else a sentence."""
        return json_answer(self._find())

    def _find(self) -> dict[str, Any]:
        query = request.args
        theme, scope = self.screen_view()
        days: dict[str, Any] = {name: _day(name, query.get(name, "")) for name in ("since", "until")}
        about: dict[str, Any] = {"about": query.get("issue_type"), "at": query.get("stage"), "cause": query.get("cause")}
        with reading(self.engine) as connection:
            voices = drilldown_voices(connection, scope, **about, **days, besides=query.get("besides", ""))
            places = ",".join(row.touchpoint for row in voices if row.touchpoint)
            calls = drilldown_calls(connection, scope, touchpoints=places) if places else ()
        answer = {"voices": [_voice(row, theme) for row in voices], "calls": [_call(row, theme) for row in calls]}
        return answer | ({} if voices else {"nothing": NOBODY})


def _day(name: str, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise NotFound(f"?{name}={text}", "is not a date.", "Write it as 2026-06-30.") from None


def _voice(row: DrilldownVoice, theme: Theme) -> dict[str, object]:
    """What a screen writes, as text: the words as written; when, by whom and how they were heard, and where in a life."""
    by = f"heard by {row.heard_by} ({row.channel})" if row.heard_by else f"heard through {row.channel}"
    place = row.touchpoint_name or row.stage_name
    stage = row.stage_name if row.touchpoint_name else None
    parts = [theme.full_day(row.day), by, stage, place or "at no stage yet", row.wording or "unclassified"]
    return {"words": quote(row.words), "language": row.language or "", "provenance": " · ".join(part for part in parts if part)}


def _call(row: DrilldownCall, theme: Theme) -> dict[str, object]:
    when = f", {theme.full_day(row.captured_on)}" if row.captured_on else ""
    return {
        "source": f"/media/{row.media}",
        "mime": row.mime,
        "captions": f"/captions/{row.media}.vtt" if row.transcribed else "",
        "caption": row.caption or "a call",
        "where": f"a call at “{row.touchpoint_name}”{when}",
    }
