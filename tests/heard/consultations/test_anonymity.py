"""A reader with the database file learns what was said, and not who said it."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

from heard.consultations.progress import Given
from heard.consultations.service import Consultations
from heard.redaction import Redacted
from heard.store import Store
from heard.store.database import Database
from tests.heard.consultations.small import TODAY, a_consultation

HUB = "hertfordshire"
PEOPLE = [f"pseudonym-{number:03}" for number in range(30)]


@pytest.fixture
def answered(database_url: str) -> str:
    """A database where people have answered."""
    return answer_all(database_url)


@pytest.fixture
def answered_file(tmp_path: Path) -> Path:
    """The same, as an SQLite file."""
    answer_all(f"sqlite:///{tmp_path / 'heard.db'}")
    return tmp_path / "heard.db"


def answer_all(url: str) -> str:
    """Thirty people finish, each with their own words; one is left in the middle."""
    store = Store.open(url)
    consultations = Consultations(store, HUB, lambda: TODAY)
    consultations.put([a_consultation()])
    for person in [*PEOPLE, "pseudonym-half-way"]:
        consultations.start(person, "more-music", f"message-a-{person}")
        consultations.answer(person, Given("near"), f"message-b-{person}", question="how-far")
        if person in PEOPLE:
            consultations.answer(person, Given(text=Redacted(f"words {person[-3:]}")), f"message-c-{person}")
            consultations.answer(person, Given("free"), f"message-d-{person}", question="how-dear")
    store.close()
    return url


def rows(url: str, query: str) -> list[tuple]:
    database = Database(url)
    found = database.read(lambda connection: [tuple(row) for row in connection.execute(text(query))])
    database.close()
    return found


def test_no_table_holds_a_pseudonym_or_a_message_id(answered):
    for table in ("responses", "answers", "participations", "consultations"):
        everything = repr(rows(answered, f"SELECT * FROM {table}"))
        assert "pseudonym" not in everything and "message-" not in everything


def test_a_finished_participation_leads_to_no_response(answered):
    finished = rows(answered, "SELECT response, at, touched FROM participations WHERE state = 'finished'")
    assert finished == [(None, None, None)] * len(PEOPLE)
    assert rows(answered, "SELECT count(*) FROM participations WHERE response IS NOT NULL") == [(1,)]


def test_answers_carry_the_day_at_most(answered):
    everything = repr(rows(answered, "SELECT * FROM answers")) + repr(rows(answered, "SELECT * FROM responses"))
    assert not re.search(r"\d\d:\d\d", everything)


def test_the_order_of_rows_in_the_file_is_not_the_order_of_people(answered_file):
    said = rows(f"sqlite:///{answered_file}", "SELECT value FROM answers WHERE question = 'own-words'")
    assert len(said) == len(PEOPLE)
    assert said != sorted(said)


def test_the_summary_query_gives_no_order_of_people_either(answered):
    store = Store.open(answered)
    texts = [tally.value for tally in store.answers.of(HUB, "more-music").tallies if tally.question == "own-words"]
    assert [t["text"] for t in texts] == sorted(t["text"] for t in texts)
    store.close()


def test_after_closing_and_forgetting_nothing_of_it_is_left_in_the_files(answered_file):
    url = f"sqlite:///{answered_file}"
    hashes = [person for (person,) in rows(url, "SELECT person FROM participations")]
    ((key,),) = rows(url, "SELECT key FROM consultations")
    store = Store.open(url)
    Consultations(store, HUB, lambda: TODAY).forget("pseudonym-half-way")
    store.consultations.close(HUB, "more-music")
    left = b"".join(file.read_bytes() for file in answered_file.parent.glob(f"{answered_file.name}*"))
    assert not [secret for secret in (*hashes, key) if secret.encode() in left]
    assert b"words 007" in left
    store.close()
