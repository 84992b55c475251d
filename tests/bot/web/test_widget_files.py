"""The widget's files: small, whole, known again, and readable in both colour schemes."""

import gzip
import re
from collections.abc import Iterator
from itertools import product

import httpx
import pytest

from bot.web.widget import Widget
from heard.messages import Choice
from heard.wording import Wording
from tests.browser.stage import standing
from tests.system import ROOT

WEB = ROOT / "bot" / "web"
WORDING = Wording.load(ROOT / "content" / "wording")
SURFACES = ("--paper", "--soft", "--card")


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with standing() as stage, httpx.Client(base_url=stage.url) as client:
        yield client


@pytest.fixture(scope="module")
def widget() -> Widget:
    return Widget(WORDING, {"en": [Choice("Help", "/help")]}, "A </script> hub's `${name}`\\")


def colours(sheet: str) -> list[dict[str, str]]:
    """The named colours of a style sheet: light, then dark."""
    text = (WEB / sheet).read_text(encoding="utf-8")
    light, dark = text.split("@media (prefers-color-scheme: dark)")[:2]
    first = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", light))
    return [first, {**first, **dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]{6});", dark.split("@media")[0]))}]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sheet", ["widget/widget.css", "assets/site.css"])
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_text_and_edge_stands_out_from_what_is_behind_it(sheet: str, scheme: int) -> None:
    named = colours(sheet)[scheme]
    for text, surface in product(("--ink", "--quiet", "--act", "--good", "--urgent"), SURFACES):
        assert contrast(named[text], named[surface]) >= 4.5, (text, surface)
    assert contrast(named["--act-ink"], named["--act"]) >= 7
    assert contrast("#ffffff", named["--head"]) >= 7
    for surface in SURFACES:
        assert contrast(named["--edge"], named[surface]) >= 3, surface


def test_widget_and_pages_wear_the_same_colours() -> None:
    for inside, around in zip(colours("widget/widget.css"), colours("assets/site.css"), strict=True):
        assert inside.items() <= around.items()


def test_what_a_phone_loads_is_small(widget: Widget) -> None:
    words = sum(len(word.encode()) for word in WORDING.names("widget"))
    assert len(widget.script.body) - words < 25_000
    assert len(widget.script.zipped) < 9_000


def test_comments_and_indentation_stay_here(widget: Widget) -> None:
    lines = widget.script.body.decode().splitlines()
    assert not [line for line in lines if line.startswith(("//", "/*", " ")) or not line]


def test_a_hubs_name_cannot_break_out_of_the_script(widget: Widget) -> None:
    assert b"</script>" not in widget.script.body
    assert widget.script.body.count(b"const WORDS = ") == 1


def test_every_word_that_the_script_says_is_there() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (WEB / "widget").glob("*.js"))
    asked = set(re.findall(r'say\("([a-z_]+)"\)|"data-say": "([a-z_]+)"', source))
    for key in {one or other for one, other in asked}:
        assert WORDING.has(f"widget.{key}"), key
    for group in (
        ("outcome_may_qualify", "outcome_unlikely", "outcome_need_to_know"),
        ("failed", "broken", "too_fast"),
    ):
        assert all(WORDING.has(f"widget.{key}") for key in group)


def test_nothing_in_the_script_can_turn_text_into_markup_or_code() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (WEB / "widget").glob("*.js"))
    for danger in (
        "innerHTML =",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "cookie =",
    ):
        assert danger not in source


@pytest.mark.parametrize(("path", "kind"), [("/widget.js", "text/javascript"), ("/widget.css", "text/css")])
def test_a_file_is_for_every_site_and_is_known_again(client: httpx.Client, path: str, kind: str) -> None:
    first = client.get(path)
    assert first.headers["content-type"].startswith(kind)
    assert first.headers["content-encoding"] == "gzip"
    assert first.headers["access-control-allow-origin"] == "*"
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = client.get(path, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first.content


def test_zipped_and_plain_are_the_same(widget: Widget) -> None:
    assert gzip.decompress(widget.script.zipped) == widget.script.body
