"""Serves the media folder: only what the store lists, lies inside the folder and may be shown; with ranges and captions."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from flask import Blueprint, Response, abort, make_response, request, send_file
from sqlalchemy import Engine

from wallboard.drawing.placeholder import placeholder
from wallboard.media import pieces, transcripts
from wallboard.media.info import MediaRefused
from wallboard.metrics.media import media_file
from wallboard.store.connections import reading
from wallboard.store.showing import NO_CONSENT, WITHDRAWN

WIDTHS = (960, 1920, 3840)
"""How wide a page is drawn: the next of these that is wide enough, so that few are kept."""

_CLIPS = tuple(f"{sort}/{kind}" for sort in ("audio", "video") for kind in ("webm", "ogg", "mp4", "wav", "mpeg", "flac"))
_SHOWN = ("image/png", "image/webp", "image/gif", "image/bmp", "application/pdf", *_CLIPS)
"""What is given to a browser: nothing that it could run."""

_REASONS = {
    NO_CONSENT: "The customer's consent to show this is not on file.",
    WITHDRAWN: "The customer has withdrawn the consent to show this.",
}
_MINUTES = 300
"""How long a browser may keep a file: consent that is withdrawn counts within five minutes."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class MediaFiles:
    """The media of one room."""

    folder: Path
    engine: Engine
    today: Callable[[], date]

    def blueprint(self) -> Blueprint:
        """The routes of this module."""
        routes = Blueprint("media", __name__)
        routes.add_url_rule("/media/<int:number>", view_func=self.file)
        routes.add_url_rule("/media/<int:number>/thumb", view_func=self.thumb)
        routes.add_url_rule("/media/<int:number>/page/<int:page>", view_func=self.page)
        routes.add_url_rule("/media/<int:number>/peaks", view_func=self.peaks)
        routes.add_url_rule("/captions/<int:number>.vtt", view_func=self.captions)
        return routes

    def file(self, number: int) -> Response:
        """One file as a browser plays it; answers 206 to a range, 403 where it may not be shown, 404 where it is missing."""
        row = self._row(number)
        original = self._inside(str(row["path"]))
        content, mime = self._try(lambda: pieces.played(self.folder, original, str(row["sha256"]), str(row["mime"])))
        if mime not in _SHOWN:
            _refuse(415, f"A browser cannot show this file ({mime}). `wallboard media` makes it playable.")
        what = content if isinstance(content, Path) else io.BytesIO(content)
        answer = make_response(send_file(what, mimetype=mime, conditional=True, max_age=_MINUTES))
        answer.cache_control.public, answer.cache_control.private = False, True
        return answer

    def thumb(self, number: int) -> Response:
        """A small picture of a file."""
        row = self._row(number)
        return self._picture(lambda: pieces.thumb(self.folder, self._inside(str(row["path"])), str(row["sha256"])))

    def page(self, number: int, page: int) -> Response:
        """One page of a paper (or the picture itself, as page 1) in one of WIDTHS, ?width= at least."""
        row = self._row(number)
        wanted = request.args.get("width", default=WIDTHS[1], type=int)
        width = next((size for size in WIDTHS if size >= wanted), WIDTHS[-1])
        make = lambda: pieces.page(self.folder, self._inside(str(row["path"])), str(row["sha256"]), page, width)  # noqa: E731
        return self._picture(make)

    def peaks(self, number: int) -> Response:
        """The shape of a sound: JSON with its seconds and some 200 peaks from 0 to 1."""
        row = self._row(number)
        content = self._try(lambda: pieces.peaks(self.folder, self._inside(str(row["path"])), str(row["sha256"])))
        return Response(content, mimetype="application/json", headers={"Cache-Control": f"private, max-age={_MINUTES}"})

    def captions(self, number: int) -> Response:
        """The words of a clip as WebVTT: its transcript where it matches, or one cue with all its words."""
        row = self._row(number)
        text = self._transcript(row) if row["transcript"] else None
        if text is None and row["words"]:
            text = transcripts.one_cue(str(row["words"]))
        if text is None:
            _refuse(404, "This clip has no words yet.")
        return Response(text, mimetype="text/vtt")

    def _transcript(self, row: dict[str, Any]) -> str | None:
        file = self._there(str(row["transcript"]))
        if file is None:
            return None
        try:
            transcript = transcripts.read(file)
            transcript.check(row["seconds"])
            return transcript.vtt
        except (transcripts.Unreadable, OSError):
            return None

    def _picture(self, make: Callable[[], bytes]) -> Response:
        content = self._try(make)
        return Response(content, mimetype="image/webp", headers={"Cache-Control": f"private, max-age={_MINUTES}"})

    def _try(self, make: Callable[[], Made]) -> Made:
        try:
            return make()
        except LookupError as absent:
            _refuse(404, str(absent.args[0]) if absent.args else "There is no such thing.")
        except MediaRefused as refusal:
            _refuse(404, f"This file {refusal.what}")
        except OSError:
            _refuse(404, "The file is missing from the media folder.")

    def _row(self, number: int) -> dict[str, Any]:
        with reading(self.engine) as connection:
            row = media_file(connection, number, self.today())
        if row is None:
            _refuse(404, "The room knows no such file.")
        if reason := row["why_not"]:
            _refuse(403, _REASONS.get(reason, f"This file is no longer shown: {reason}."))
        return row

    def _inside(self, path: str) -> Path:
        file = self._there(path)
        if file is None:
            _refuse(404, "The file is missing from the media folder.")
        return file

    def _there(self, path: str) -> Path | None:
        """A file of the media folder; None where it is missing, lies outside, or where its path is no path at all."""
        try:
            file = (self.folder / path).resolve()
            return file if file.is_relative_to(self.folder) and file.is_file() else None
        except (OSError, ValueError):
            return None


def _refuse(status: int, sentence: str) -> NoReturn:
    """Answer with a sentence; where a picture was asked for, with a picture of it, so that a wall shows why there is none."""
    if request.headers.get("Accept", "").startswith("image/"):
        abort(Response(placeholder(sentence), status, mimetype="image/svg+xml", headers={"Cache-Control": "no-store"}))
    abort(status, sentence)
