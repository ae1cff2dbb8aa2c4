"""Serves the media folder: only what the store lists, lies inside the folder and may be played; with ranges and captions."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, make_response, send_file
from sqlalchemy import Engine

from wallboard.drawing.captions import one_cue
from wallboard.metrics.media import media_file
from wallboard.store.connections import reading


@dataclass(frozen=True)
class MediaFiles:
    """The media of one room."""

    folder: Path
    engine: Engine

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("media", __name__)
        routes.add_url_rule("/media/<int:number>", view_func=self.file)
        routes.add_url_rule("/captions/<int:number>.vtt", view_func=self.captions)
        return routes

    def file(self, number: int) -> Response:
        """One file; answers 206 to a range, 403 without consent, 404 where it is missing."""
        row = self._row(number)
        return make_response(send_file(self._inside(str(row["path"])), mimetype=str(row["mime"]), conditional=True, max_age=3600))

    def captions(self, number: int) -> Response:
        """The words of a clip as WebVTT: its transcript, or one cue with all its words."""
        row = self._row(number)
        if row["transcript"]:
            text = self._inside(str(row["transcript"])).read_text(encoding="utf-8")
        elif row["words"]:
            text = one_cue(str(row["words"]))
        else:
            abort(404, "This clip has no words yet.")
        return Response(text, mimetype="text/vtt")

    def _row(self, number: int) -> dict[str, Any]:
        with reading(self.engine) as connection:
            row = media_file(connection, number)
        if row is None:
            abort(404, "The room knows no such file.")
        if not row["playable"]:
            abort(403, "The customer's consent to show this is not on file.")
        return row

    def _inside(self, path: str) -> Path:
        file = (self.folder / path).resolve()
        if not file.is_relative_to(self.folder) or not file.is_file():
            abort(404, "The file is missing from the media folder.")
        return file
