"""What every answer leaves behind."""

from typing import Any

import pytest

from heard.directory import Wish
from heard.exchange import Exchange, Outcome
from heard.messages import Reply
from heard.session import answered
from tests.builders import a_wish, an_exchange


def something_else(exchange: Exchange) -> Outcome:
    return Outcome((Reply("Here is some help with the cost."),), {"topic": "bursaries", "asked": None})


def heard_of(wish: Wish | None = None, **said: Any) -> Wish:
    exchange = an_exchange(memory={"wish": wish.to_dict()} if wish else {}, **said)
    return Wish.from_dict(answered(exchange, something_else).memory.get("wish", exchange.memory.get("wish")))


def test_who_it_is_for_and_where_is_kept_for_the_search_whatever_the_talk_is_about():
    wish = heard_of(intent="ask_bursary", age=9, place="Hatfield", instrument="cello", access_need="autism")
    assert wish == Wish(ages=((9, 9),), place="Hatfield", instruments=("cello",), access_needs=("autism",))


def test_a_newer_instrument_takes_the_place_of_the_older():
    assert heard_of(a_wish(instruments=("drums",)), intent="borrow_instrument", instrument="violin").instruments == (
        "violin",
    )


def test_a_price_or_a_day_in_another_talk_narrows_no_search():
    assert heard_of(a_wish(place="Ware"), intent="ask_bursary", cost="free", when="saturday") == a_wish(place="Ware")


@pytest.mark.parametrize("intent", ["answer_consultation", "disclose_harm", "delete_my_data", "start_over"])
def test_what_is_told_to_the_hub_or_in_trouble_steers_no_search(intent: str):
    assert heard_of(intent=intent, instrument="drums", place="Hatfield") == Wish()


def test_the_schools_town_is_not_taken_for_home():
    memory = {"asked": "attends_school_in"}
    outcome = answered(an_exchange(intent="inform", memory=memory, place="Hatfield"), something_else)
    assert "wish" not in outcome.memory


def test_a_topic_that_sets_the_wish_itself_is_left_alone():
    def search(exchange: Exchange) -> Outcome:
        return Outcome((), {"wish": {"place": "Ware"}})

    assert answered(an_exchange(place="Hatfield"), search).memory["wish"] == {"place": "Ware"}
