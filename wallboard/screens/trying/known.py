"""One task as its page knows it: what the store says of it, and what its form asks."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from wallboard.errors import NotFound, nearest
from wallboard.media import pieces
from wallboard.media.forms import NoForm, PaperForm
from wallboard.media.info import MediaRefused
from wallboard.metrics.scope import Scope
from wallboard.metrics.tasks import Task, tasks


@dataclass(frozen=True)
class Known:
    """A task; `form` is None for tasks of another kind, and where `why_not` says why it cannot be shown."""

    row: Task
    steps: tuple[str, ...]
    form: PaperForm | None
    why_not: str

    @property
    def fields(self) -> int:
        """How many fields it has, or steps; none for what happens on a page of somebody else."""
        return len(self.form.fields) if self.form else len(self.steps)


def known(connection: Connection, scope: Scope, folder: Path, key: str) -> Known:
    """A task by its key; raises NotFound with the nearest known one."""
    rows = {row.task: row for row in tasks(connection, scope)}
    if key not in rows:
        raise NotFound(f"/try/{key}", "there is no such task to try.", nearest(key, rows))
    row = rows[key]
    steps = tuple(step.strip() for step in (row.steps or "").splitlines() if step.strip()) if row.kind == "steps" else ()
    if row.kind != "form":
        return Known(row, steps, None, "")
    form, why_not = _form(folder, row.path or "")
    return Known(row, steps, form, why_not)


def _form(folder: Path, path: str) -> tuple[PaperForm | None, str]:
    try:
        file = (folder / path).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            return None, "Its form is missing from the media folder."
        return pieces.form(folder, file), ""
    except NoForm as why:
        return None, f"Its form {why}"
    except (MediaRefused, OSError, ValueError):
        return None, "Its form cannot be opened."
