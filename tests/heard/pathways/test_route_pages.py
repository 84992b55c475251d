"""A route as a page and as a picture: every step of every route of both hubs."""

import re
import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.bursaries.circumstances import Circumstances
from heard.content.schema import Pathway, Stage
from heard.pathways.pages import Named, RoutePage, RoutePages, Step
from heard.pathways.picture import picture_of
from heard.pathways.topic import PathwaysTopic
from heard.pathways.walk import NOT_STARTED, Walk
from tests.heard.bursaries.talks import Talk, the_content, the_criteria, the_places, the_wording

SVG = "{http://www.w3.org/2000/svg}"


def the_pages(hub: str) -> RoutePages:
    content = the_content(hub)
    return PathwaysTopic(
        content.pathways, content.opportunities, content.bursaries, the_criteria(), the_places(hub), content.hub,
        the_wording(),
    ).pages  # fmt: skip


PAGES = {hub: the_pages(hub) for hub in ("hertfordshire", "dorset")}
ROUTES = [(hub, route) for hub, pages in PAGES.items() for route in pages.all]
ORCHESTRA = next(r for r in PAGES["hertfordshire"].all if r.id == "classical-orchestral-hertfordshire")


def page(hub: str, route: Pathway, stage: str | None = None, place: str | None = None) -> RoutePage:
    return PAGES[hub].of(route, Walk(route.id, stage, place=place), Circumstances())


def drawn(picture: str) -> ET.Element:
    return ET.fromstring(picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


def test_from_where_somebody_is_come_the_next_two_steps_and_one_other_way() -> None:
    shown = page("hertfordshire", ORCHESTRA, "local-ensemble", "Hatfield")
    assert shown.now is not None and shown.now.stage.title == "First group nearby"
    assert [step.stage.title for step in shown.next] == ["County group", "National youth groups"]
    assert shown.alternative == Named("Brass and wind bands", "/entry/brass-band") or shown.alternative is not None
    assert all(step.entries for step in shown.next)
    assert shown.next[0].help_with_cost == (Named("HMS Bursary Award - Stage 3", "/entry/hms-bursary-stage-3"),)


def test_the_entries_of_the_page_are_the_chats() -> None:
    talk = Talk().say(
        "ask_pathway", "cello in Hatfield, grade 5", instrument="cello", level="intermediate", place="Hatfield"
    )
    in_chat = [card.id for card in talk.cards if card.kind == "opportunity"]
    shown = PAGES["hertfordshire"].of(
        ORCHESTRA, Walk(ORCHESTRA.id, "local-ensemble", instruments=("cello",), place="Hatfield"), Circumstances()
    )
    on_page = [line.card.id for step in shown.next for line in step.entries]
    assert in_chat and set(in_chat) <= set(on_page)


def test_who_has_not_started_sees_the_first_two_steps() -> None:
    for stage in (None, NOT_STARTED):
        assert [step.number for step in page("hertfordshire", ORCHESTRA, stage).next] == [1, 2]


def test_after_the_last_step_there_is_no_next() -> None:
    shown = page("hertfordshire", ORCHESTRA, ORCHESTRA.stages[-1].id)
    assert shown.next == () and shown.now is not None


@pytest.mark.parametrize(("hub", "route"), ROUTES, ids=lambda v: getattr(v, "id", v))
def test_every_route_is_shown_whole_from_every_place_on_it(hub: str, route: Pathway) -> None:
    for stage in (None, *(s.id for s in route.stages)):
        shown = page(hub, route, stage)
        assert [step.stage for step in shown.steps] == list(route.stages)
        assert len(shown.next) <= 2
        assert shown.alternative is None or shown.alternative.page != f"/entry/{route.id}"


@pytest.mark.parametrize(("hub", "route"), ROUTES, ids=lambda v: getattr(v, "id", v))
def test_the_picture_names_every_step_and_has_a_name_of_its_own(hub: str, route: Pathway) -> None:
    svg = drawn(picture_of(page(hub, route, route.stages[0].id), the_wording()))
    assert svg.get("role") == "img"
    ids = {element.get("id") for element in svg.iter() if element.get("id")}
    assert set(str(svg.get("aria-labelledby")).split()) == ids
    said = [" ".join(t.text or "" for t in text.iter(f"{SVG}tspan")) for text in svg.iter(f"{SVG}text")]
    for stage in route.stages:
        assert " ".join(stage.title.split()) in said
    assert route.name in str(svg.findtext(f"{SVG}title"))
    assert "You are at step 1" in str(svg.findtext(f"{SVG}desc"))


@pytest.mark.parametrize(("hub", "route"), ROUTES, ids=lambda v: getattr(v, "id", v))
def test_nothing_in_the_picture_sticks_out_or_overlaps(hub: str, route: Pathway) -> None:
    picture = picture_of(page(hub, route), the_wording())
    svg = drawn(picture)
    _, _, width, height = map(int, str(svg.get("viewBox")).split())
    lines = [(float(t.get("x", 0)), float(t.get("y", 0)), t.text or "") for t in svg.iter(f"{SVG}tspan")]
    assert all(x + 9 * len(text) <= width + 10 and 0 < y < height for x, y, text in lines)
    heights = sorted(y for _, y, _ in lines)
    assert all(b - a >= 18 for a, b in pairwise(heights))
    assert "style=" not in picture and "<script" not in picture and "<style" not in picture


words = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=80).filter(str.strip)


@given(st.lists(words, min_size=1, max_size=9), words)
def test_whatever_a_step_is_called_it_is_only_ever_text(titles: list[str], name: str) -> None:
    stages = tuple(
        Stage(id=f"stage-{n}", title=title, typical_age=None, what_happens="Play.") for n, title in enumerate(titles)
    )
    route = Pathway(id="some-route", name=name, for_whom="Anyone", stages=stages, confidence="memory")
    steps = tuple(Step(n, stage, "later", None) for n, stage in enumerate(stages, 1))
    svg = drawn(picture_of(RoutePage(route, steps, Named(name, "/entry/x"), None), the_wording()))
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg", "title", "desc", "path", "g", "circle", "text", "tspan"
    }  # fmt: skip
    assert len(list(svg.iter(f"{SVG}circle"))) == len(titles)


def test_a_title_that_is_markup_is_escaped() -> None:
    stage = Stage(id="start", title="<script>alert(1)</script> & more", typical_age=None, what_happens="Play.")
    route = Pathway(id="some-route", name='"><img>', for_whom="Anyone", stages=(stage,), confidence="memory")
    picture = picture_of(RoutePage(route, (Step(1, stage, "now", None),), None, None), the_wording())
    assert "<script" not in picture and "<img" not in picture
    assert re.search(r"&lt;script&gt;", picture)
