"""A connection to SQLite or PostgreSQL, and transactions on it."""

import random
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, literal_column, make_url
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from heard.errors import StoreError
from heard.store.tables import Base

_BUSY_MS = 15_000
_TRIES = 6
_CONNECT_SECONDS = 5

_REASONS = (
    ("password authentication failed", "it refuses the user name or the password"),
    ("no password supplied", "it wants a password"),
    ("refused", "nothing answers at this address"),
    ("no such file or directory", "nothing answers at this address"),
    ("could not translate host name", "there is no such host"),
    ("failed to resolve host", "there is no such host"),
    ("does not exist", "there is no such database or user"),
    ("timeout", "it does not answer in time"),
    ("file is not a database", "this file is something else than a database"),
    ("readonly", "it may not be written to"),
    ("read-only", "it may not be written to"),
    ("unable to open", "the file cannot be opened"),
    ("disk is full", "the disk is full"),
    ("locked", "another program holds it"),
)

_TRANSIENT = ("database is locked", "database table is locked", "deadlock detected", "could not serialize")


class Database:
    """Transactions: `read` and `write` take a function of the connection and give back what it returns.

    A write is all or nothing, is on disk when it returns, and is tried again where another process was in
    the way; so the function must have no effect but through the connection.
    """

    def __init__(self, url: str) -> None:
        self._url = _parsed(url)
        self.engine = _engine(self._url)

    @property
    def address(self) -> str:
        """Where the database is, without its password."""
        return self._url.render_as_string(hide_password=True)

    def read[T](self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in a transaction that only looks. Raises StoreError when the database is not there."""
        return self._run(work, write=False)

    def write[T](self, work: Callable[[Connection], T]) -> T:
        """Runs `work` in a transaction that changes things. Raises StoreError when that is not possible."""
        return self._run(work, write=True)

    def _run[T](self, work: Callable[[Connection], T], *, write: bool) -> T:
        for left in reversed(range(_TRIES)):
            try:
                with self.engine.connect().execution_options(heard_write=write) as connection, connection.begin():
                    return work(connection)
            except DBAPIError as error:
                transient = any(words in str(error.orig).lower() for words in _TRANSIENT)
                if transient and left:
                    time.sleep(random.uniform(0.005, 0.05))  # noqa: S311  (only spreads the next tries)
                elif transient or isinstance(error, OperationalError) or error.connection_invalidated:
                    raise StoreError(self.complaint(error)) from error
                else:
                    raise
        raise AssertionError("the last try returns or raises")

    def forget_deleted(self) -> None:
        """Empties SQLite's write-ahead log, which still has the pages as they were before a deletion.

        Where others are reading it waits for the next time; PostgreSQL's vacuum does the same by itself.
        """
        if self._url.drivername == "sqlite":
            connection = self.engine.raw_connection()  # a checkpoint cannot run inside a transaction
            try:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.close()

    def complaint(self, error: DBAPIError) -> str:
        """One sentence on why the database does not work; never the driver's own words, which may quote it."""
        said = str(error.orig).lower()
        reason = next((words for sign, words in _REASONS if sign in said), "it reports an error")
        return f"The database {self.address} cannot be used: {reason}. Check DATABASE_URL and that it is running."

    def close(self) -> None:
        """Lets go of every connection."""
        self.engine.dispose()


def insert_into(connection: Connection, table: type[Base]) -> Any:
    """An INSERT that knows "on conflict"; both databases have it, SQLAlchemy has one for each."""
    make: Any = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    return make(table)


def insert_new(connection: Connection, table: type[Base], **values: Any) -> bool:
    """Inserts a row; false where there is one with the same key already."""
    put = insert_into(connection, table).values(values).on_conflict_do_nothing()
    # Asked with RETURNING: psycopg tells no row count for such an insert.
    return connection.execute(put.returning(literal_column("1"))).first() is not None


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Without the cause: it quotes the address, password and all.
        raise StoreError(
            "DATABASE_URL is no database address; give sqlite:///path/to/file.db or postgresql://user:password@host/name"
        ) from None
    kind = parsed.drivername.partition("+")[0]
    if kind in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed.set(drivername="sqlite")
    raise StoreError("DATABASE_URL names no database that we know; give an SQLite file or a PostgreSQL address")


def _engine(url: URL) -> Engine:
    """Its errors name no values: those would be what people said, on their way to a log."""
    if url.drivername == "sqlite":
        _make_file(url)
        engine = create_engine(url, connect_args={"timeout": _BUSY_MS / 1000}, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    connect = {"connect_timeout": _CONNECT_SECONDS}
    return create_engine(url, pool_pre_ping=True, connect_args=connect, hide_parameters=True)


def _make_file(url: URL) -> None:
    """The file is its owner's alone: it holds what children said."""
    path = Path(url.database or "")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise StoreError(
            f"The database file {path} cannot be made ({error.strerror}); name another in DATABASE_URL."
        ) from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    _write_ahead(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")  # an answer that was acknowledged survives a power cut
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten, not only forgotten


def _write_ahead(connection: sqlite3.Connection) -> None:
    """The change to write-ahead logging needs the file alone and does not wait for it by itself."""
    deadline = time.monotonic() + _BUSY_MS / 1000
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that will write takes its place in the queue at once.

    Otherwise two that have both read would each wait for the other, and one would fail.
    """
    write = connection.get_execution_options().get("heard_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
