"""What this repository ships: both hubs' content, complete and without a mistake."""

from pathlib import Path

import pytest

from heard.content.load import Content, check_content, hub_names, load_content

ROOT = Path(__file__).parents[3] / "content"
HUBS = ("dorset", "hertfordshire")


@pytest.fixture(scope="module", params=HUBS)
def content(request: pytest.FixtureRequest) -> Content:
    return load_content(ROOT, request.param)


def test_there_is_no_mistake_in_any_file():
    assert [str(mistake) for mistake in check_content(ROOT)] == []


def test_there_are_two_hubs():
    assert hub_names(ROOT) == HUBS


@pytest.mark.parametrize(
    ("hub", "opportunities", "bursaries", "pathways", "helplines"),
    [("hertfordshire", 40 + 29, 7 + 37, 1 + 14, 6 + 17), ("dorset", 25 + 17 + 29, 9 + 37, 1 + 14, 3 + 17)],
)
def test_a_hub_has_its_own_entries_and_the_national_ones(hub, opportunities, bursaries, pathways, helplines):
    content = load_content(ROOT, hub)
    assert len(content.opportunities) == opportunities
    assert len(content.bursaries) == bursaries
    assert len(content.pathways) == pathways
    assert len(content.helplines) == helplines


def test_dorset_shows_its_neighbours_too():
    by_area = [o.area for o in load_content(ROOT, "dorset").opportunities]
    assert (by_area.count("dorset"), by_area.count("bcp"), by_area.count("hertfordshire")) == (25, 17, 0)


def test_own_entries_come_before_shared_ones(content: Content):
    shared = [o.area not in content.hub.areas for o in content.opportunities]
    assert shared == sorted(shared)


def test_places_words_and_school_years_are_complete(content: Content):
    assert len(content.districts) == 18
    assert sum(len(d.places) for d in content.districts) == 168
    assert len(content.outcodes) == 90
    assert len(content.glossary) == 148
    assert [y.starts_year_aged for y in content.school_years] == list(range(3, 18))


def test_a_pathway_names_only_entries_that_the_hub_has(content: Content):
    opportunities, bursaries = {o.id for o in content.opportunities}, {b.id for b in content.bursaries}
    for pathway in content.pathways:
        for stage in pathway.stages:
            assert set(stage.examples) <= opportunities
            assert set(stage.help_with_cost) <= bursaries


def test_nobody_has_checked_an_entry_yet_so_none_claims_it(content: Content):
    assert not [
        e.id for e in (*content.opportunities, *content.bursaries, *content.pathways, *content.helplines) if e.checked
    ]


def test_every_entry_says_where_it_comes_from_or_that_it_is_from_memory(content: Content):
    for entry in (*content.opportunities, *content.bursaries, *content.helplines):
        assert entry.source or entry.confidence == "memory", entry.id


def test_an_unconfirmed_number_is_nowhere_else(content: Content):
    shown = str([(h.contact, h.hours, h.when_to_use, h.for_whom) for h in content.helplines])
    hidden = [h.contact_unconfirmed.phone for h in content.helplines if h.contact_unconfirmed]
    assert hidden
    assert not [number for number in hidden if f"'{number}'" in shown]


def test_every_kind_of_harm_has_a_service_for_a_child_and_emergencies_come_first(content: Content):
    from heard.safeguarding.kinds import KINDS

    for kind in KINDS:
        services = [h for h in content.helplines if kind in h.kinds and not h.for_adults]
        assert "emergency-999" in {h.id for h in services}, kind
        assert len(services) > 1, kind


def test_each_hub_asks_one_open_consultation_of_five_questions_or_more(content: Content):
    (consultation,) = content.consultations
    assert len(consultation.questions) >= 5
    assert {q.kind for q in consultation.questions} == {"one_choice", "open"}
    assert consultation.opens.year == 2026
    assert consultation.closes.year == 2027


def test_no_consultation_asks_who_somebody_is(content: Content):
    words = {"name", "names", "school’s", "address", "phone", "email", "birthday", "postcode"}
    for question in content.consultations[0].questions:
        assert not words & set(question.text.lower().replace("?", "").split()), question.text


def test_a_label_fits_a_telegram_button(content: Content):
    for question in content.consultations[0].questions:
        for option in question.options:
            assert len(option.label) <= 64, option.label


@pytest.mark.parametrize(
    ("short", "place"),
    [
        ("bmth", "Bournemouth"),
        ("wgc", "Welwyn Garden City"),
        ("stortford", "Bishop’s Stortford"),
        ("hemel", "Hemel Hempstead"),
        ("dorch", "Dorchester"),
        ("saint albans", "St Albans"),
        ("wimborne", "Wimborne Minster"),
        ("letchworth", "Letchworth Garden City"),
        ("blandford", "Blandford Forum"),
    ],
)
def test_places_have_the_short_forms_that_people_write(content: Content, short: str, place: str):
    assert [p.name for d in content.districts for p in d.places if short in p.also] == [place]
