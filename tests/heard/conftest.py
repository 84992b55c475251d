"""Databases for tests: SQLite always, and PostgreSQL from a server of our own that ends with the tests."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import psycopg
import pytest

from heard.store import Store

NewDatabase = Callable[[], str]


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a private PostgreSQL server without a database name; only a socket in a folder, no port."""
    programs = _programs()
    with TemporaryDirectory(prefix="heard-pg-") as folder:
        data, sockets = Path(folder, "data"), Path(folder)
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        _run([programs / "initdb", "-D", data, "-U", "heard", "-A", "trust", "--no-sync", "-E", "UTF8"], folder)
        # Nothing here has to survive a power cut: tests kill our processes, not the server.
        options = f"-c listen_addresses='' -k {sockets} -c fsync=off -c synchronous_commit=off"
        _run([programs / "pg_ctl", "-D", data, "-l", sockets / "log", "-o", options, "-w", "start"], folder)
        try:
            yield f"postgresql://heard@/{{name}}?host={sockets}"
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], folder)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [
        Path(path) for path in (shutil.which("initdb"),) if path
    ]
    if not found:
        pytest.fail("these tests need PostgreSQL's own programs: install them (Debian: apt-get install postgresql)")
    return found[-1].parent


def _run(command: list[str | Path], folder: str) -> None:
    """PostgreSQL refuses to run as root, so root runs it as the user that its package makes."""
    as_root = os.geteuid() == 0
    prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if as_root else []
    done = subprocess.run([*prefix, *map(str, command)], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode:
        pytest.fail(f"{Path(command[0]).name} failed: {done.stderr.decode(errors='replace')}")


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Makes empty databases and gives their addresses; each test runs with both kinds."""
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / uuid4().hex}.db"
        return
    server = request.getfixturevalue("postgres_server")
    names: list[str] = []

    def make() -> str:
        names.append(f"heard_{uuid4().hex}")
        with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {names[-1]}")
        return server.format(name=names[-1])

    yield make
    with psycopg.connect(server.format(name="postgres"), autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """One empty database."""
    return new_database()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on an empty database."""
    opened = Store.open(database_url)
    yield opened
    opened.close()
