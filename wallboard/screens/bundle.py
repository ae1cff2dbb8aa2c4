"""The house's own styles and scripts: one file of each for a kind of page, whose name changes with the build; browsers keep it for good."""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort

from wallboard.screens.modules import joined

MIMETYPES = {"css": "text/css", "js": "text/javascript"}
ENTRIES = ("board", "console", "page")
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_NOW = "no-cache"


def entry_of(path: str) -> str:
    """The kind of page at an address: what may be taken along on a walk is a board."""
    first = path.split("/")[1]
    return {"room": "console", "wall": "board", "journey": "board", "tour": "board", "follow": "board"}.get(first, "page")


@dataclass(frozen=True)
class Bundle:
    """The styles and the scripts of each kind of page, by file name; read once, at the start."""

    build: str
    files: dict[str, bytes]

    @classmethod
    def of(cls, folder: Path, build: str) -> "Bundle":
        """Join the styles of a folder, and the modules that each kind of page runs."""
        styles = b"\n".join(file.read_bytes() for file in sorted(folder.glob("*.css")))
        scripts = {f"{entry}.js": joined(folder / "js" / f"{entry}.js").encode() for entry in ENTRIES}
        return cls(build, {f"{entry}.css": styles for entry in ENTRIES} | scripts)

    def style(self, path: str) -> str:
        """The element that asks for the styles of the page at an address."""
        return f'<link rel="stylesheet" href="/bundle/{entry_of(path)}.{self.build}.css">'

    def script(self, path: str) -> str:
        """The element that asks for its scripts."""
        return f'<script type="module" src="/bundle/{entry_of(path)}.{self.build}.js"></script>'

    def blueprint(self) -> Blueprint:
        """The route of all of them."""
        routes = Blueprint("bundle", __name__)
        routes.add_url_rule("/bundle/<entry>.<build>.<kind>", view_func=self.answer, endpoint="answer")
        return routes

    def answer(self, entry: str, build: str, kind: str) -> Response:
        """One of them; a page of an older build gets the newest, and asks again the next time."""
        content = self.files.get(f"{entry}.{kind}")
        if content is None:
            abort(404)
        answer = Response(content, mimetype=MIMETYPES[kind])
        answer.headers["Cache-Control"] = FOR_GOOD if build == self.build else FOR_NOW
        return answer
