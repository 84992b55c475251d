"""Several children in one message: each gets what fits it, and one child with two wishes stays one."""

import pytest
from hypothesis import given, settings

from bot.reader import TypedReader
from heard.directory.children import apart
from heard.directory.topic import DirectoryTopic
from heard.directory.wish import Wish
from heard.exchange import Entity, Exchange, Outcome, Understood
from heard.redaction import Redacted
from tests.builders import CONTENT, TODAY, wishes
from tests.heard.bursaries.talks import the_content, the_wording
from tests.heard.directory.test_typed import DIRECTORIES

READER = TypedReader(CONTENT)


def children(text: str) -> list[dict[str, list[object]]]:
    found = []
    for group in apart(text, READER.read(text)):
        values: dict[str, list[object]] = {}
        for entity in group:
            values.setdefault(entity.type, []).append(entity.value)
        found.append(values)
    return found


@pytest.mark.parametrize(
    ("text", "each"),
    [
        ("choir for my 7 year old and drums for my 12 year old", [(["choir"], [7]), (["drums"], [12])]),
        ("my son is 7 and wants drums, my daughter is 12 and wants to sing", [(["drums"], [7]), (["voice"], [12])]),
        ("I'm 14 and I play drums, my brother is 9 and wants violin", [(["drums"], [14]), (["violin"], [9])]),
        ("piano for a 6 year old; trumpet or tuba for an 11 year old", [(["piano"], [6]), (["trumpet", "tuba"], [11])]),
        ("year 4 wants guitar and year 8 wants flute", [(["guitar"], ["year 4"]), (["flute"], ["year 8"])]),
        ("drums for a 7 year old, flute for a 9 year old and choir for a 12 year old",
         [(["drums"], [7]), (["flute"], [9]), (["choir"], [12])]),
    ],
)  # fmt: skip
def test_children_who_want_different_things_are_told_apart(text: str, each: list[tuple[list, list]]) -> None:
    found = [
        ([*c.get("instrument", []), *c.get("activity", [])], [*c.get("age", []), *c.get("school_year", [])])
        for c in children(text)
    ]
    assert found == each


@pytest.mark.parametrize(
    "text",
    [
        "drums for my 9 year old",
        "my kids are 7 and 12 and want piano",
        "piano for my kids 5, 9 and 14",
        "my daughter is 8, loves singing, and plays piano",
        "drums and guitar for my 7 year old",
        "she is 9, in year 4, wants violin and sings",
        "drums for my 7 year old and 9 year old",
        "not violin, trumpet, he is 12",
        "choir or band in Watford, 11",
        "",
    ],
)
def test_one_wish_stays_one(text: str) -> None:
    assert len(children(text)) == 1


def test_the_town_and_the_cost_are_true_for_all_and_two_towns_for_each() -> None:
    one, two = children("free drums for my 7 year old and flute for my 12 year old in Watford")
    assert one["place"] == two["place"] == ["Watford"] and one["cost"] == two["cost"] == ["free"]
    one, two = children("drums for my 7 year old in Watford and flute for my 12 year old in Tring")
    assert (one["place"], two["place"]) == (["Watford"], ["Tring"])


def test_buttons_and_bare_values_name_no_children() -> None:
    assert apart("/inform", (Entity("age", 9), Entity("instrument", "drums"))) == (
        (Entity("age", 9), Entity("instrument", "drums")),
    )


class Talk:
    """A talk with the search of Hertfordshire that remembers."""

    def __init__(self) -> None:
        content = the_content("hertfordshire")
        self._topic = DirectoryTopic(DIRECTORIES["hertfordshire"], the_wording(), content.hub)
        self.memory: dict[str, object] = {}

    def say(self, text: str, intent: str = "find_opportunity") -> Outcome:
        understood = Understood(intent, Redacted(text), READER.read(text))
        exchange = Exchange(understood, self.memory, "sender", "key", TODAY)
        answers = {"find_opportunity": self._topic.find, "refine_search": self._topic.refine}
        outcome = answers.get(intent, self._topic.follow_up)(exchange)
        self.memory |= dict(outcome.memory)
        return outcome


BOTH = "choir for my 7 year old and drums for my 12 year old"


def test_each_child_gets_an_answer_of_its_own() -> None:
    choirs, drums = Talk().say(f"{BOTH} in Watford").replies
    assert choirs.text.splitlines()[-1] == "Choirs near Watford, for age 7:"  # before it, what lies beyond the border
    assert drums.text == "Drums near Watford, for age 12:"
    assert 1 <= len(choirs.cards) <= 2 and 1 <= len(drums.cards) <= 2
    assert not any("not for age" in why for card in (*choirs.cards, *drums.cards) for why in card.why)


def test_the_town_is_asked_for_once_and_counts_for_both() -> None:
    talk = Talk()
    assert "Where do you live" in talk.say(BOTH).replies[-1].text
    assert [r.text.splitlines()[-1] for r in talk.say("Watford", "inform").replies] == [
        "Choirs near Watford, for age 7:",
        "Drums near Watford, for age 12:",
    ]


def test_what_is_said_after_it_counts_for_both_until_somebody_names_another_wish() -> None:
    talk = Talk()
    talk.say(f"{BOTH} in Watford")
    assert [r.text.splitlines()[0] for r in talk.say("only free ones", "refine_search").replies] == [
        "Choirs near Watford, for age 7, free:",
        "Drums near Watford, for age 12, free:",
    ]
    shown = {card.id for reply in talk.say("more", "show_more").replies for card in reply.cards}
    assert shown
    (guitar, *_) = talk.say("guitar for my 10 year old instead", "find_opportunity").replies
    assert "uitar near Watford, for age 10" in guitar.text


def test_a_wish_for_several_comes_back_from_memory_as_it_was() -> None:
    wish = Wish().anew_for(apart(BOTH, READER.read(BOTH)))
    assert len(wish.others) == 1 and Wish.from_dict(wish.to_dict()) == wish
    assert wish.together.ages == ((7, 7), (12, 12)) and not wish.together.has_subject


@settings(max_examples=50, deadline=None)
@given(wishes, wishes)
def test_any_two_wishes_come_back_from_memory(one: Wish, other: Wish) -> None:
    both = Wish(**{f: getattr(one, f) for f in ("ages", "place", "instruments")}, others=(other,))
    assert Wish.from_dict(both.to_dict()) == both
