"""What runs sees what was changed elsewhere, without a restart."""

import threading
from pathlib import Path

import pytest

from heard.bootstrap import Heard, build
from heard.errors import StoreError
from heard.live import Live
from heard.settings import Settings
from heard.store import Store
from tests.builders import an_exchange, an_opportunity

ROOT = Path(__file__).parents[2]
SECRET = "a secret of the tests that is long enough, 0123456789"


@pytest.fixture
def heard(tmp_path) -> Heard:
    built = build(Settings.from_env({"HEARD_VAR": str(tmp_path), "HEARD_SECRET": SECRET, "HUB": "hertfordshire"}, ROOT))
    yield built
    built.store.close()


@pytest.fixture
def elsewhere(heard) -> Store:
    """The same database, as another process has it."""
    opened = Store.open(heard.settings.database_url)
    yield opened
    opened.close()


def test_an_entry_added_elsewhere_is_found_and_a_retired_one_no_longer(heard, elsewhere):
    tabla = an_opportunity(id="new-tabla", name="Tabla on Mondays", instruments=("tabla",), cost="free")
    elsewhere.entries.add("hertfordshire", tabla, who="Ann")
    assert "new-tabla" not in ids_found(heard)
    assert heard.live.refresh()
    assert ids_found(heard)[0] == "new-tabla"
    elsewhere.entries.retire("hertfordshire", "new-tabla", who="Ann")
    assert heard.live.refresh()
    assert "new-tabla" not in ids_found(heard)
    assert not heard.live.refresh()


def test_what_was_taken_for_one_piece_of_work_stays_what_it_was(heard, elsewhere):
    before = heard.live.now
    elsewhere.entries.retire("hertfordshire", before.content.bursaries[0].id, who="Ann")
    heard.live.refresh()
    assert len(heard.content.bursaries) == len(before.content.bursaries) - 1
    assert heard.live.now is not before


def test_a_thread_follows_the_database_and_outlives_its_faults():
    seen, again = threading.Event(), threading.Event()
    versions = iter([1, 2, StoreError("the database is away"), 3])

    def version():
        value = next(versions, 3)
        if isinstance(value, Exception):
            raise value
        return value

    made = []

    def make():
        made.append(len(made))
        (seen if len(made) == 2 else again if len(made) == 3 else threading.Event()).set()
        return made[-1]

    live = Live(make, version)
    with live.followed(every=0.01):
        assert seen.wait(30) and again.wait(30)
    assert live.refresh() is False and live.now == 2


def ids_found(heard: Heard) -> list[str]:
    replies = heard.directory.find(an_exchange(instrument="tabla", place="Hatfield")).replies
    return [card.id for reply in replies for card in reply.cards]
