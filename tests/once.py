"""What is dear to make is made by whichever worker needs it first; the others wait for it and use the same."""

import fcntl
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], T]) -> tuple[Path, T]:
    """The folder `name` of this run of the tests, filled by `make` once for all workers, and what `make` returned."""
    shared = folders.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    root, ready = shared / name, shared / f"{name}.ready"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(root, ignore_errors=True)
            made = make(root)
            unfinished = ready.with_suffix(".part")
            unfinished.write_bytes(pickle.dumps(made))
            unfinished.rename(ready)
        content: T = pickle.loads(ready.read_bytes())
    return root, content
