"""A database is opened, brought up to date, or refused in one clear sentence."""

import re
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from heard.errors import StoreError
from heard.store import Store
from heard.store.database import Database
from heard.store.tables import Base

ROOT = Path(__file__).parents[3]


def test_the_migrations_make_exactly_the_tables_of_the_program(database_url):
    Store.open(database_url).close()
    database = Database(database_url)
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    database.close()


def test_a_database_can_be_opened_again_and_again(database_url):
    for _ in range(3):
        store = Store.open(database_url)
        store.ping()
        store.close()


def test_processes_that_start_together_do_not_fight_over_the_migration(database_url):
    script = "import sys; from heard.store import Store; Store.open(sys.argv[1]).ping()"
    started = [
        subprocess.Popen([sys.executable, "-c", script, database_url], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in started:
        _, complaint = process.communicate(timeout=60)
        assert process.returncode == 0, complaint.decode()


def test_a_newer_database_is_refused_in_one_sentence(database_url):
    Store.open(database_url).close()
    database = Database(database_url)
    database.write(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    database.close()
    with pytest.raises(StoreError, match=r"newer version \(9999\) than this program \(\d{4}\)"):
        Store.open(database_url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://heard:s3cret-word@127.0.0.1:1/heard",
        "postgresql://heard:s3cret-word@no-such-host.invalid/heard",
        "mysql://heard:s3cret-word@localhost/heard",
        "postgresql://heard:s3cret-word@[::1/heard",
        "heard:s3cret-word",
        "sqlite://",
        "sqlite:////proc/none/heard.db",
    ],
)
def test_a_database_out_of_reach_is_one_clear_line_without_the_password(url):
    with pytest.raises(StoreError) as refused:
        Store.open(url)
    assert "s3cret-word" not in str(refused.value)
    assert "\n" not in str(refused.value)
    assert re.search(r"DATABASE_URL", str(refused.value))


def test_a_file_that_is_no_database_is_said_to_be_none(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("This is a shopping list, and a long one. " * 50)
    with pytest.raises(StoreError, match="this file is something else than a database"):
        Store.open(f"sqlite:///{path}")
    assert path.read_text().startswith("This is a shopping list")


def test_a_file_is_its_owners_alone_and_safe_against_a_power_cut(tmp_path):
    path = tmp_path / "new" / "heard.db"
    store = Store.open(f"sqlite:///{path}")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    database = Database(f"sqlite:///{path}")
    with database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "synchronous", "secure_delete")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "secure_delete": 1}
    database.close()
    store.close()


def test_a_write_is_all_or_nothing(database_url):
    Store.open(database_url).close()
    database = Database(database_url)

    def half(connection):
        connection.execute(text("INSERT INTO disclosures (kind, week, count) VALUES ('bullying', '2026-W47', 1)"))
        raise KeyError("half way")

    with pytest.raises(KeyError):
        database.write(half)
    assert database.read(lambda c: c.execute(text("SELECT count(*) FROM disclosures")).scalar()) == 0
    database.close()


def test_tables_with_what_people_said_have_no_hidden_row_numbers(tmp_path):
    Store.open(f"sqlite:///{tmp_path / 'heard.db'}").close()
    with sqlite3.connect(tmp_path / "heard.db") as connection:
        for table in ("responses", "answers", "participations", "turns"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                connection.execute(f"SELECT rowid FROM {table}")
