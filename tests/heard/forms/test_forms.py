"""A form holds any entry, says what is wrong beside the field, and never falls over what is sent to it."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from heard.bursaries.criteria import criteria_of
from heard.content.schema import AnyOf, Bursary, Criterion, Strict
from heard.forms import EntryForm, Field, Words
from heard.forms.check import MUST_BE_FILLED_IN
from heard.forms.sent import moved_up, tree_sent, with_row
from heard.forms.texts import ANY_OF, GIVEN, Tree, lines_of, lines_text, plain_of, tree_of, value_of, value_text
from heard.imports import Checker
from heard.store.entry_rows import COLLECTIONS, STAFF, StoredEntry, collection_of, digest
from heard.wording import Wording
from tests.builders import CONTENT, an_opportunity, some_places
from tests.entries import BY_COLLECTION

CHECKER = Checker(some_places()._districts)
WORDS = Words(Wording.load(CONTENT / "wording"))
FORMS = {collection: EntryForm(collection) for collection in COLLECTIONS}
entries = st.sampled_from(list(BY_COLLECTION)).flatmap(lambda collection: BY_COLLECTION[collection])


def browser(fields: Any, tree: Tree, prefix: str = "") -> list[tuple[str, str]]:
    """What a browser sends of a form that shows this tree: as templates/entry_form.html names its inputs."""
    sent: list[tuple[str, str]] = []
    for field in fields:
        name, value = prefix + field.name, tree.get(field.name)
        if field.kind == "flag":
            sent += [(name, "yes")] if value else []
        elif field.kind == "words":
            # Boxes come in the order of the page.
            sent += [(name, option) for option in field.options if option in value]
        elif field.kind == "group":
            sent += browser(field.fields, value, f"{name}.") + ([(f"{name}.{GIVEN}", "yes")] if GIVEN in value else [])
        elif field.kind in ("rows", "conditions"):
            for n, row in enumerate(value):
                some = row[ANY_OF] if field.kind == "conditions" else None
                if some is None:
                    sent += browser(field.fields, row, f"{name}[{n}].")
                else:
                    sent += [(f"{name}[{n}].{GIVEN}", "yes")] if row[GIVEN] else []
                    for m, one in enumerate(some):
                        sent += browser(field.fields, one, f"{name}[{n}].{ANY_OF}[{m}].")
        else:
            sent.append((name, value.replace("\n", "\r\n")))
    return sent


def received(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(urlencode(pairs), keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def a_bursary(id: Any = "fund", value: Any = True) -> Bursary:  # noqa: A002
    """A bursary with one condition. Nothing of it is checked: an id may be any word."""
    criterion = Criterion(field="send", value=value)
    usual = dict.fromkeys(Bursary.model_fields) | {
        "name": "Fund",
        "confidence": "page",
        "funder": "F",
        "area": "dorset",
    }
    lists = dict.fromkeys(("needs", "applicants", "dates"), ())
    return Bursary.model_construct(**(usual | lists | {"id": id, "what_it_pays": "x", "eligibility": (criterion,)}))


def stored(entry: Any, *, retired: bool = False) -> StoredEntry:
    return StoredEntry(collection_of(entry), entry, STAFF, False, retired, digest(""), None)  # type: ignore[arg-type]


def _criteria(entry: Any) -> list[Criterion]:
    return list(criteria_of(entry)) if isinstance(entry, Bursary) else []


@settings(max_examples=400, deadline=None)
@given(entries)
@example(a_bursary(value="two\nlines"))
@example(a_bursary(value=" a space"))
@example(a_bursary(value=("a;b", "12")))
def test_saving_a_form_without_touching_it_changes_nothing(entry: Any) -> None:
    form = FORMS[collection_of(entry)]
    tree = form.of(entry)
    again = form.sent(received(browser(form.fields, tree)))
    named = [stored(a_bursary(id=c.value)) for c in _criteria(entry) if c.field == "completed_stage"]
    checked = form.check(again, CHECKER, named, before=entry)
    assert checked.mistakes == {}
    assert checked.entry == entry
    assert checked.entry.model_dump_json() == entry.model_dump_json()


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(list(COLLECTIONS)),
    st.dictionaries(
        st.text(max_size=30)
        | st.sampled_from(
            [
                "stages[0].id",
                "id",
                "ages.min",
                "eligibility[999].any_of[1].value",
                "dates[00].day",
                "sessions[-1].day",
                "stages[1",
                "url",
            ]
        ),
        st.lists(st.text(max_size=60), max_size=3),
        max_size=8,
    ),
)
def test_whatever_is_sent_is_an_entry_or_a_list_of_mistakes(collection: str, sent: dict[str, list[str]]) -> None:
    form = FORMS[collection]
    checked = form.check(form.sent(sent), CHECKER, [])
    assert (checked.entry is None) == bool(checked.mistakes)
    moved_up(with_row(form.fields, form.sent(sent), next(iter(sent), "stages")), next(iter(sent), "stages[1]"))


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_field_of_the_schema_is_in_the_form_and_has_a_name(collection: str) -> None:
    form = FORMS[collection]
    assert {field.name for field in form.fields} == COLLECTIONS[collection].model_fields.keys()
    assert [field.name for field in form.fields][:2] == ["id", "name"]

    def look(fields: tuple[Field, ...]) -> None:
        for field in fields:
            assert WORDS.label(field.name)
            assert all(WORDS.option(option) for option in field.options)
            look(field.fields)

    look(form.fields)


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_an_empty_form_asks_for_what_must_be_there_beside_each_field(collection: str) -> None:
    form = FORMS[collection]
    checked = form.check(form.of(None), CHECKER, [])
    assert checked.entry is None
    assert checked.mistakes["name"] == checked.mistakes["confidence"] == (MUST_BE_FILLED_IN,)
    assert "" not in checked.mistakes


def opportunity(**values: Any) -> Tree:
    return FORMS["opportunities"].of(an_opportunity(id="choir")) | values


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"id": "Not An Id"}, "id", "is not an id"),
        ({"url": "javascript:alert(1)"}, "url", "a script is refused"),
        ({"url": "music.example"}, "url", "a web address starts with https:// or http://"),
        ({"checked": "20261130"}, "checked", "there is no such day"),
        ({"url": "https://a b"}, "url", "no spaces"),
        ({"ages": {"min": "12", "max": "8"}}, "ages", "min (12) is more than max (8)"),
        ({"ages": {"min": "ten", "max": ""}}, "ages.min", "expected a whole number"),
        ({"ages": {"min": "-1", "max": ""}}, "ages.min", "greater than or equal to 0"),
        ({"checked": "2026-02-31"}, "checked", "there is no such day"),
        ({"checked": "31/13/2026"}, "checked", "there is no such day"),
        ({"kind": "party"}, "kind", "is not one of"),
        ({"instruments": ["kazoo"]}, "instruments", "not a known word"),
        ({"places": "Hatfield\nAtlantis"}, "places", "'Atlantis' is not in places.yml"),
        ({"summary": "x" * 2001}, "summary", "too long"),
        ({"summary": "<script>alert(1)</script>"}, "summary", ""),
        ({"sessions": [{"day": "monday", "starts": "half past six", "ends": ""}]}, "sessions[0].starts", "18:30"),
        ({"sessions": [{"day": "monday", "starts": "19:00", "ends": "18:00"}]}, "sessions[0]", "is not after starts"),
        ({"dates": [{}, {"what": "opens", "day": "2026-11-31"}]}, "dates[0].day", "there is no such day"),
        ({"dates": [{"what": "", "day": "2026-11-30"}]}, "dates[0].what", ""),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(values: Tree, field: str, says: str) -> None:
    checked = FORMS["opportunities"].check(opportunity(**values), CHECKER, [])
    assert checked.entry is None
    assert any(says in text for text in checked.mistakes[field]), checked.mistakes


def bursary(*conditions: Tree) -> dict[str, tuple[str, ...]]:
    form = FORMS["bursaries"]
    empty = form.of(None) | {"id": "x-fund", "name": "X", "confidence": "page", "funder": "X", "area": "dorset"}
    return dict(form.check(empty | {"what_it_pays": "Lessons", "eligibility": list(conditions)}, CHECKER, []).mistakes)


def test_a_mistake_in_a_condition_is_beside_it_with_and_without_alternatives() -> None:
    wrong, right = {"field": "shoe_size", "value": "yes"}, {"field": "send", "value": "yes"}
    assert list(bursary({ANY_OF: [wrong]})) == ["eligibility[0].any_of[0].field"]
    assert list(bursary({ANY_OF: [right]}, {ANY_OF: [right, wrong]})) == ["eligibility[1].any_of[1].field"]
    assert list(bursary({ANY_OF: [{"field": "completed_stage", "value": "no-such-fund"}]})) == ["eligibility"]
    assert bursary({ANY_OF: [right]}, {ANY_OF: [{}]}, {ANY_OF: [wrong], "gone": True}) == {}


def test_alternatives_become_any_of_and_one_alone_stays_a_condition() -> None:
    fields = FORMS["bursaries"].fields
    one, other = {"field": "send", "value": "yes"}, {"field": "household_income_max", "value": "31000"}
    plain = plain_of(fields, {"eligibility": [{ANY_OF: [one]}, {ANY_OF: [one, other, {}]}]})["eligibility"]
    assert Criterion(**plain[0]) == Criterion(field="send", value=True)
    assert AnyOf(**plain[1]).any_of[1] == Criterion(field="household_income_max", value=31000)


@pytest.mark.parametrize(("retired", "says"), [(False, "taken"), (True, "bring that back")])
def test_a_new_entry_needs_an_id_of_its_own(retired: bool, says: str) -> None:
    form, here = FORMS["opportunities"], [stored(an_opportunity(id="choir"), retired=retired)]
    assert says in form.check(opportunity(), CHECKER, here).mistakes["id"][0]
    assert form.check(opportunity(), CHECKER, here, before=an_opportunity(id="choir")).mistakes == {}


def test_a_route_names_entries_that_there_are() -> None:
    form = FORMS["pathways"]
    stage = {"id": "start", "title": "Start", "typical_age": "", "what_happens": "x", "examples": "choir\nno-such"}
    tree = form.of(None) | {
        "id": "route",
        "name": "R",
        "for_whom": "all",
        "confidence": "page",
        "stages": [stage, stage],
    }
    mistakes = form.check(tree, CHECKER, [stored(an_opportunity(id="choir"))]).mistakes
    assert "no-such" in mistakes["stages[0].examples"][0] and "choir" not in str(mistakes["stages[0].examples"])
    assert mistakes["stages[1].id"] == ("two stages have the same id",)


def test_rows_are_added_moved_and_taken_out() -> None:
    fields = FORMS["pathways"].fields
    tree = tree_sent(fields, {"stages[3].id": ["one"], "stages[7].id": ["two"], "stages[9].gone": ["yes"]})
    assert [row["id"] for row in moved_up(tree, "stages[1]")["stages"]] == ["two", "one", ""]
    assert len(with_row(fields, tree, "stages")["stages"]) == 4
    assert [row["id"] for row in plain_of(fields, tree)["stages"]] == ["two", "one"]
    for nowhere in ("", "stages[99]", "name", "no_such", "stages[0].examples", "eligibility[0].any_of"):
        with_row(fields, tree, nowhere), moved_up(tree, nowhere)
    conditions = with_row(FORMS["bursaries"].fields, {"eligibility": []}, "eligibility")["eligibility"]
    assert conditions == [{ANY_OF: [{}]}]


@given(st.lists(st.text(max_size=20).map(str.strip).filter(bool), max_size=4))
def test_lists_and_values_come_back_as_they_went_in(items: list[str]) -> None:
    assert lines_of(lines_text(items)) == items
    assert value_of(value_text(items)) == items
    for item in items:
        assert value_of(value_text(item)) == item


def test_values_read_as_people_write_them() -> None:
    assert [value_of(text) for text in ("yes", "No", "12", "12.50", "a; b", '"12"', "dorset")] == [
        True, False, 12, value_of("12.50"), ["a", "b"], "12", "dorset",
    ]  # fmt: skip


def test_every_value_can_be_said_in_words() -> None:
    entry = an_opportunity(id="choir", ages=(7, None), online=True)
    said = {name: WORDS.value(value) for name, value in entry.model_dump().items()}
    assert said["online"] == "yes" and said["when"] == "nothing" and said["instruments"] == "any"
    assert said["ages"] == "from age: 7"


@settings(max_examples=100, deadline=None)
@given(entries)
def test_any_entry_can_be_said_in_words(entry: Strict) -> None:
    for value in entry.model_dump().values():
        assert WORDS.value(value).strip() == WORDS.value(value).strip() != ""


def test_the_usual_values_stand_in_an_empty_form() -> None:
    assert tree_of(FORMS["helplines"].fields, None)["must_check"] is True
    assert tree_of(FORMS["pathways"].fields, None)["area"] == "national"
