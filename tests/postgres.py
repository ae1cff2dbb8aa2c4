"""Starts a PostgreSQL of the tests' own where its programs are present; says what is missing where they are not."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import socket

from sqlalchemy import create_engine, text

QUICK = (
    "-c listen_addresses=127.0.0.1 -c max_connections=60 "
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0"
)
"""Nothing of it has to survive a crash."""

UNPRIVILEGED = ("postgres", "nobody")


def missing() -> str | None:
    """Why no PostgreSQL can be started here; None where one can."""
    absent = [name for name in ("initdb", "postgres", "pg_ctl") if program(name) is None]
    return f"PostgreSQL's {' and '.join(absent)} are not installed: these tests ran on SQLite only" if absent else None


def program(name: str) -> str | None:
    """A PostgreSQL program on the path or where Debian keeps it."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return shutil.which(name) or next((str(path) for path in kept), None)


@contextmanager
def running() -> Iterator[str]:
    """The URL (without a database) of a PostgreSQL that lives as long as the block."""
    folder = Path(tempfile.mkdtemp(prefix="room-pg-"))
    user = next((name for name in UNPRIVILEGED if _exists(name)), None) if os.getuid() == 0 else None
    if user:
        shutil.chown(folder, user)
    port = _free_port()
    options = f"-p {port} -k {folder} {QUICK}"
    _run("initdb", "-D", "db", "-A", "trust", "-U", "room", "-E", "UTF8", folder=folder, user=user)
    _run("pg_ctl", "-D", "db", "-w", "-l", "log", "-o", options, "start", folder=folder, user=user)
    try:
        yield f"postgresql://room@127.0.0.1:{port}"
    finally:
        _run("pg_ctl", "-D", "db", "-m", "immediate", "stop", folder=folder, user=user)
        shutil.rmtree(folder, ignore_errors=True)


def _run(name: str, *arguments: str, folder: Path, user: str | None) -> None:
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    command = [program(name) or name, *arguments]
    subprocess.run(command, check=True, env=env, cwd=folder, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)


@contextmanager
def database(server: str, name: str) -> Iterator[str]:
    """The URL of one empty database."""
    admin = create_engine(f"{server}/postgres", isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield f"{server}/{name}"
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def _exists(user: str) -> bool:
    return subprocess.run(["id", user], capture_output=True, check=False).returncode == 0


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
