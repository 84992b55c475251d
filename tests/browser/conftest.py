"""Chromium for every browser test, and a stage whose script starts anew for each."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.stage import Script, Stage, standing

NewPage = Callable[..., Page]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium. Without one the tests fail: what parents see is not optional. Ends with this folder's
    tests: Playwright keeps an event loop open in the main thread, where others want their own."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "there is no Chromium: `make test` installs it, or `apt-get install chromium`"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Opens pages, each in a context of its own; at the end none may have had an error or a refused resource."""
    contexts, troubles = [], []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**{"reduced_motion": "reduce", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
        page.on("console", lambda said: troubles.append(said.text) if _is_trouble(said.text) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert troubles == []


def _is_trouble(text: str) -> bool:
    return any(word in text for word in ("Content Security Policy", "Refused to", "Uncaught"))


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A small phone with a finger on it."""
    return new_page(viewport={"width": 360, "height": 640}, has_touch=True, is_mobile=True, device_scale_factor=2)


@pytest.fixture
def desk(new_page: NewPage) -> Page:
    """A desktop with a mouse and a keyboard."""
    return new_page(viewport={"width": 1280, "height": 860})


@pytest.fixture(scope="session")
def _standing() -> Iterator[Stage]:
    with standing() as stage:
        yield stage


@pytest.fixture
def stage(_standing: Stage) -> Stage:
    """The stage, with an empty script."""
    _standing.script.__dict__.update(Script().__dict__)
    return _standing
