"""What all tests share: the trained model and the running system, once a session."""

from collections.abc import Iterator

import pytest

from heard.training import train
from tests.system import ROOT, RunningSystem, running_system


@pytest.fixture(scope="session")
def trained() -> None:
    """The model of today's data, trained if it is not there yet."""
    train(ROOT, ROOT / "models")


@pytest.fixture(scope="session")
def running(trained: None) -> Iterator[RunningSystem]:
    """Hertfordshire, running. Shared: a test must not stop it or kill a process of it."""
    with running_system(HUB="hertfordshire") as system:
        yield system


@pytest.fixture(scope="session")
def running_dorset(trained: None) -> Iterator[RunningSystem]:
    """Dorset, running. Shared likewise."""
    with running_system(HUB="dorset") as system:
        yield system
