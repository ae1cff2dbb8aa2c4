"""Freezes sessions in a process of its own: measuring every panel at once would leave a server that runs for months larger."""

import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from wallboard.errors import RoomError

log = logging.getLogger(__name__)

PATIENCE = 900.0
"""Seconds after which a process that freezes is ended: it takes some ten of them on a slow machine."""


class NotFrozen(RoomError):
    """The numbers of a session could not be frozen, in the words of the process that tried."""

    @property
    def sentence(self) -> str:
        """As it was said."""
        return self.what


@dataclass(frozen=True)
class FreezingApart:
    """Calls `wallboard freeze` of the room in a folder; `at`: the instant at which its clock was stopped."""

    root: Path
    at: str | None = None

    def freeze(self, session: int) -> None:
        """Keep what walls and walk show; raises NotFrozen with what the process has said."""
        stopped = () if self.at is None else ("--at", self.at)
        command = [sys.executable, "-m", "wallboard", "--root", str(self.root), "freeze", *stopped, "--", str(session)]
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            raise NotFrozen("", f"This took longer than {PATIENCE / 60:.0f} minutes.", "") from None
        *before, last = done.stderr.strip().splitlines() or [""]
        for line in before if done.returncode else (*before, last):
            if line:
                log.warning("session %s: %s", session, line)
        if done.returncode:
            raise NotFrozen("", last or f"The process ended with {done.returncode}.", "")
