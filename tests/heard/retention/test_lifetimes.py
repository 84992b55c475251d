"""The table of lifetimes is whole, true to the program, and the same in the docs."""

from pathlib import Path

import yaml

from heard.retention.lifetimes import CHAT, LIFETIMES, as_markdown
from heard.store.expiry import ExpiryStore
from heard.store.tables import Base

ROOT = Path(__file__).parents[3]


def test_every_table_of_the_database_has_a_lifetime():
    named = [table for lifetime in LIFETIMES for table in lifetime.tables]
    assert sorted(named) == sorted(Base.metadata.tables)


def test_every_lifetime_says_what_where_until_when_and_why():
    assert len({lifetime.name for lifetime in LIFETIMES}) == len(LIFETIMES)
    assert all(text.strip() for each in LIFETIMES for text in (each.name, each.where, each.ends, each.why))


def test_the_docs_have_the_programs_table():
    page = (ROOT / "docs" / "privacy" / "retention.md").read_text(encoding="utf-8")
    table = "\n".join(line for line in page.splitlines() if line.startswith("|"))
    assert table == as_markdown(), "write it again: heard retention --markdown"


def test_what_is_purged_is_what_the_table_says():
    purged = {lifetime.name for lifetime in LIFETIMES if lifetime.purged}
    assert purged == {*ExpiryStore.names, "who is answering a consultation, and who has answered"}


def test_a_chat_is_as_long_in_rasa_as_at_the_door():
    minutes = CHAT.total_seconds() / 60
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    assert domain["session_config"]["session_expiration_time"] == minutes
    assert endpoints["tracker_store"]["idle_minutes"] == minutes
