"""One office for each test, empty."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.staff.office import Office, an_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Hertfordshire's staff pages."""
    made = an_office(tmp_path)
    yield made
    made.heard.store.close()
