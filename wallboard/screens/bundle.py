"""The house's own styles and scripts, each sent as one file whose name changes with the build: browsers keep it for good."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort

KINDS = {"css": "text/css", "js": "text/javascript"}
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_NOW = "no-cache"


@dataclass(frozen=True)
class Bundle:
    """The files of a folder, joined by kind in the order of their names; read once, at the start."""

    build: str
    parts: dict[str, bytes]

    @classmethod
    def of(cls, folder: Path, build: str) -> "Bundle":
        """Join the styles and the scripts of a folder."""
        return cls(build, {kind: b"\n".join(file.read_bytes() for file in sorted(folder.glob(f"*.{kind}"))) for kind in KINDS})

    @property
    def style(self) -> str:
        """The element that asks for the styles."""
        return f'<link rel="stylesheet" href="/bundle/{self.build}.css">'

    @property
    def script(self) -> str:
        """The element that asks for the scripts."""
        return f'<script src="/bundle/{self.build}.js"></script>'

    def blueprint(self) -> Blueprint:
        """The route of both."""
        routes = Blueprint("bundle", __name__)
        routes.add_url_rule("/bundle/<name>.<kind>", view_func=self.answer, endpoint="answer")
        return routes

    def answer(self, name: str, kind: str) -> Response:
        """One of them; a page of an older build gets the newest, and asks again the next time."""
        if kind not in self.parts:
            abort(404)
        answer = Response(self.parts[kind], mimetype=KINDS[kind])
        answer.headers["Cache-Control"] = FOR_GOOD if name == self.build else FOR_NOW
        return answer
