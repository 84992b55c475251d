"""Brings the database to this program's version, once, however many processes start together."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from heard.errors import StoreError
from heard.store.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 4_809_121_837
"""Any number that nothing else in the same PostgreSQL uses."""


def migrate(database: Database) -> None:
    """Makes or upgrades the tables.

    The whole upgrade is one transaction that holds the database's own lock (BEGIN IMMEDIATE in SQLite, an
    advisory lock in PostgreSQL): a second process waits and finds nothing left to do, and a crash in the middle
    leaves the old version. Raises StoreError where the database is out of reach or newer than this program.
    """
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    try:
        if not database.read(lambda connection: _is_current(connection, config)):
            database.write(lambda connection: _upgrade(connection, config))
    except DBAPIError as error:
        raise StoreError(database.complaint(error)) from error


def _is_current(connection: Connection, config: Config) -> bool:
    scripts = ScriptDirectory.from_config(config)
    here = set(MigrationContext.configure(connection).get_current_heads())
    unknown = here - {script.revision for script in scripts.walk_revisions()}
    if unknown:
        raise StoreError(
            f"The database is of a newer version ({', '.join(sorted(unknown))}) than this program "
            f"({scripts.get_current_head()}). Update the program, or restore a backup made by this version."
        )
    return here == set(scripts.get_heads())


def _upgrade(connection: Connection, config: Config) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
    if not _is_current(connection, config):  # another process may have been first
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
