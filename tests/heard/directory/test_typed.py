"""A search from a form: the same wish as from the chat, and a clear word about what cannot be read."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reader import TypedReader
from heard.directory import Directory
from heard.directory.found import Found
from heard.directory.topic import DirectoryTopic
from heard.directory.typed import CHOICES, Asked, Typed, TypedSearch
from heard.directory.wish import Wish
from heard.exchange import Exchange, Understood
from heard.redaction import Redacted
from heard.wording import Wording
from tests.builders import CONTENT, TODAY, a_hub, an_opportunity
from tests.heard.bursaries.talks import the_content, the_places

WORDING = Wording.load(CONTENT / "wording")
READER = TypedReader(CONTENT)
DIRECTORIES = {hub: Directory(the_content(hub).opportunities, the_places(hub)) for hub in ("hertfordshire", "dorset")}


def search(hub: str = "hertfordshire") -> TypedSearch:
    return TypedSearch(DIRECTORIES[hub], WORDING, the_content(hub).hub)


def found_for(wish: Wish, hub: str = "hertfordshire") -> Found:
    (result,) = search(hub).results(wish)
    return search(hub).found(result)


def asked(hub: str = "hertfordshire", **fields: Any) -> Asked:
    return search(hub).asked(Typed(**fields), READER)


def problems(**fields: Any) -> list[tuple[str, str]]:
    return [(problem.field, problem.key) for problem in asked(**fields).problems]


def in_chat(hub: str, text: str) -> tuple[list[str], str]:
    """The first cards that the chat shows, and what it says that it understood."""
    topic = DirectoryTopic(DIRECTORIES[hub], WORDING, the_content(hub).hub)
    understood = Understood("find_opportunity", Redacted(text), READER.read(text))
    outcome = topic.find(Exchange(understood, {}, "sender", "key", TODAY))
    found = next(reply for reply in outcome.replies if reply.cards)  # a word about inclusion may come before it
    return [card.id for card in found.cards], found.text


SAME = [
    ("hertfordshire", "free drum lessons near Hatfield for my 9 year old"),
    ("hertfordshire", "not violin, trumpet in Watford"),
    ("hertfordshire", "a choir on Saturdays in St Albans, she is 12"),
    ("hertfordshire", "my kids are 7 and 12 and want piano in Stevenage"),
    ("hertfordshire", "autistic, loves rhythm, Hemel Hempstead"),
    ("hertfordshire", "cello CM23"),
    ("hertfordshire", "music tech in Luton"),
    ("dorset", "rock band for year 8 in Poole"),
    ("dorset", "guitar in the holidays near Weymouth"),
    ("dorset", "production in BH21, wheelchair"),
]


@pytest.mark.parametrize(("hub", "text"), SAME)
def test_the_same_words_find_the_same_on_the_page_and_in_the_chat(hub: str, text: str) -> None:
    page = found_for(asked(hub, text=text).wish, hub)
    cards, said = in_chat(hub, text)
    assert [line.card.id for line in page.lines][: len(cards)] == cards or not page.lines
    assert cards
    assert page.said in said
    assert all(note in said for note in page.notes)


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"where": "Tring", "age": "9", "chosen": (("instrument", "drums"), ("cost", "free"))}, "free drums Tring 9"),
        ({"where": "sg13", "age": "year 8", "chosen": (("activity", "choir"),)}, "choirs SG13 in year 8"),
        ({"text": "drums", "where": "Watford", "online": "yes"}, "online drums Watford"),
        ({"text": "piano or drums", "age": "7 and 12"}, "piano or drums, kids are 7 and 12"),
        ({"where": "SG13 8DE"}, "SG13 8DE"),
        ({"chosen": (("access_need", "autism"), ("when", "weekend"), ("level", "beginner"))}, "autism weekend novice"),
    ],
)  # fmt: skip
def test_fields_and_words_make_the_same_wish(fields: dict[str, Any], text: str) -> None:
    assert asked(**fields).problems == ()
    by_field, by_words = found_for(asked(**fields).wish), found_for(asked(text=text).wish)
    assert (by_field.said, by_field.lines) == (by_words.said, by_words.lines)


def test_a_field_counts_before_the_words() -> None:
    wish = asked(text="drums in Hatfield for a 9 year old", where="Tring", chosen=(("instrument", "flute"),)).wish
    assert (wish.instruments, wish.place, wish.ages) == (("flute",), "Tring", ((9, 9),))


def test_a_choice_that_was_given_up_is_no_longer_in_the_wish() -> None:
    wish = asked(text="free harp in Hatfield", dropped=("cost", "instrument")).wish
    assert (wish.cost, wish.instruments, wish.place) == (None, (), "Hatfield")


def test_miles_need_a_place() -> None:
    assert problems(within="5") == [("where", "where_first")]
    assert asked(within="5", where="Hatfield").wish.within == 5


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"age": "ninety"}, ("age", "age")),
        ({"age": "26"}, ("age", "age")),
        ({"age": "-3.5"}, ("age", "age")),
        ({"age": "Year 14"}, ("age", "age")),
        ({"where": "Atlantis"}, ("where", "where")),
        ({"where": "'; drop table entries; --"}, ("where", "where")),
        ({"text": "asdf qwer"}, ("text", "text")),
        ({"text": "x" * 301}, ("text", "too_long")),
        ({"chosen": (("instrument", "vuvuzela"),)}, ("instrument", "choose")),
        ({"chosen": (("cost", "<script>"),)}, ("cost", "choose")),
        ({"within": "500"}, ("within", "choose")),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(fields: dict[str, Any], problem: tuple[str, str]) -> None:
    assert problems(**fields) == [problem]
    assert WORDING.has(f"pages.find.problem.{problem[1]}")


def test_every_problem_is_named_at_once() -> None:
    assert [field for field, _ in problems(age="old", where="Nowhere", text="qwer")] == ["age", "where", "text"]


def test_a_town_that_is_not_ours_is_no_mistake_and_is_said_to_be_elsewhere() -> None:
    found = found_for(asked(where="Luton", text="drums").wish)
    assert "Bedfordshire" in found.notes[0]
    assert not found.is_local


def test_a_name_that_is_there_twice_asks_which() -> None:
    found = found_for(asked("dorset", where="Charminster").wish, "dorset")
    assert len(found.which) == 2
    for name in found.which:
        assert found_for(asked("dorset", where=name).wish, "dorset").which == ()


def test_an_entry_is_found_by_its_name() -> None:
    assert asked(text="Mid Herts Music Centre (Hatfield)").named == "mid-herts-music-centre"


def test_nothing_found_says_what_to_give_up_and_shows_the_nearest() -> None:
    directory = Directory([an_opportunity(cost="paid", instruments=("harp",))], the_places("hertfordshire"))
    typed = TypedSearch(directory, WORDING, a_hub())
    wish = typed.asked(Typed(text="free harp in Hatfield"), READER).wish
    found = typed.found(typed.results(wish)[0])
    assert (found.total, found.dropped, len(found.near)) == (0, ("cost",), 1)
    assert found.near_said == "If it may cost money"
    eased = typed.asked(Typed(text="free harp in Hatfield", dropped=found.dropped), READER).wish
    assert typed.found(typed.results(eased)[0]).total == 1


def test_every_choice_has_a_label_and_finds_its_way_into_the_wish() -> None:
    for field, (_, values) in CHOICES.items():
        offered = search().choices(field)
        assert {value for value, _ in offered} == set(values)
        assert all(label[:1] == label[:1].upper() or label[:1].isdigit() for _, label in offered)
        for value, _ in offered:
            assert asked(chosen=((field, value),)).wish != Wish(), (field, value)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_nothing_that_is_typed_makes_it_stumble(text: str, age: str, where: str) -> None:
    result = asked(text=text, age=age, where=where)
    if not result.problems:
        assert all(search().found(one).said for one in search().results(result.wish))


def test_somebody_at_the_border_hears_what_is_on_the_other_side_in_the_chat_and_on_the_page() -> None:
    found = found_for(asked(text="cello lessons", where="Bishop's Stortford").wish)
    said = "Stansted Mountfitchet in Essex is about 3 miles to the north-east."
    assert said in " ".join(found.notes)
    assert said in in_chat("hertfordshire", "cello lessons in Bishop's Stortford")[1]
