"""Consultations on a real database: begun, answered, corrected, paused, finished, closed."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.consultations.progress import Given
from heard.consultations.service import Consultations
from heard.redaction import Redacted
from heard.store import Store
from tests.heard.consultations.small import TODAY, a_choice, a_consultation, an_open_one

HUB = "hertfordshire"


class Calendar:
    def __init__(self) -> None:
        self.day = TODAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def consultations(store: Store, calendar: Calendar) -> Consultations:
    made = Consultations(store, HUB, calendar)
    made.put([a_consultation()])
    return made


def words(text: str) -> Given:
    return Given(text=Redacted(text))


def tallies(store: Store, id_: str = "more-music") -> dict[str, list[tuple[str, object, int]]]:
    found: dict[str, list[tuple[str, object, int]]] = {}
    for tally in store.answers.of(HUB, id_).tallies:
        value = next(iter(tally.value.values()), None)
        found.setdefault(tally.question, []).append((tally.state, value, tally.count))
    return found


def finish(consultations: Consultations, sender: str, consultation: str = "more-music"):
    consultations.start(sender, consultation, f"{sender}-0")
    consultations.answer(sender, Given("near"), f"{sender}-1", question="how-far")
    consultations.answer(sender, words("more drums"), f"{sender}-2")
    return consultations.answer(sender, Given("free"), f"{sender}-3", question="how-dear")


def test_a_person_answers_and_is_thanked_and_not_asked_again(consultations, store):
    assert [i.state for i in consultations.open_for("sam")] == ["new"]
    started = consultations.start("sam", "more-music", "m0")
    assert (started.question.id, started.progress.done, started.progress.of) == ("how-far", 0, 3)
    asked = consultations.answer("sam", words("too far"), "m1")
    assert (asked.effect, asked.question.id, asked.progress.done) == ("kept", "own-words", 1)
    asked = consultations.skip("sam", "m2")
    assert (asked.effect, asked.question.id, asked.progress.done) == ("skipped", "how-dear", 2)
    done = consultations.answer("sam", Given("free"), "m3", question="how-dear", consultation="more-music")
    assert (done.effect, done.state, done.question, done.progress.done) == ("finished", "finished", None, 3)
    assert consultations.current("sam") is None
    assert [i.state for i in consultations.open_for("sam")] == ["finished"]
    assert consultations.start("sam", "more-music", "m4").effect == "already_finished"
    late = consultations.answer("sam", Given("dear"), "m5", question="how-dear", consultation="more-music")
    assert late.effect == "already_finished"
    assert tallies(store) == {
        "how-far": [("answered", "too-far", 1)],
        "own-words": [("skipped", None, 1)],
        "how-dear": [("answered", "free", 1)],
    }


def test_the_same_message_again_leads_to_the_same_place_without_a_second_effect(consultations, store):
    consultations.start("sam", "more-music", "m0")
    for move in (
        lambda: consultations.answer("sam", words("near"), "m1"),
        lambda: consultations.answer("sam", words("near the bus please"), "m2"),
        lambda: consultations.back("sam", "m3"),
        lambda: consultations.skip("sam", "m4"),
        lambda: consultations.stop("sam", "m5"),
        lambda: consultations.start("sam", "more-music", "m6"),
        lambda: consultations.answer("sam", words("free"), "m7"),
    ):
        assert move() == move() == move()
    assert tallies(store)["own-words"] == [("skipped", None, 1)]
    assert store.answers.of(HUB, "more-music").people == 1


def test_a_pause_lasts_until_the_person_wants_to_go_on(consultations):
    consultations.start("sam", "more-music", "m0")
    consultations.answer("sam", words("near"), "m1")
    assert consultations.stop("sam", "m2").state == "paused"
    assert consultations.current("sam") is None
    assert consultations.answer("sam", words("free drums in Hatfield"), "m3") is None
    again = consultations.start("sam", "more-music", "m4")
    assert (again.effect, again.question.id) == ("resumed", "own-words")


def test_a_question_left_lying_for_days_waits_until_it_is_wanted(consultations, calendar):
    consultations.start("sam", "more-music", "m0")
    calendar.day += timedelta(days=1)
    assert consultations.current("sam") is not None
    calendar.day += timedelta(days=1)
    assert consultations.current("sam") is None
    assert [i.state for i in consultations.open_for("sam")] == ["paused"]
    assert consultations.start("sam", "more-music", "m1").effect == "resumed"


def test_a_button_after_a_pause_goes_on(consultations):
    consultations.start("sam", "more-music", "m0")
    consultations.stop("sam", "m1")
    after = consultations.answer("sam", Given("near"), "m2", question="how-far", consultation="more-music")
    assert (after.effect, after.state, after.question.id) == ("kept", "asking", "own-words")


def test_a_button_of_another_consultation_does_nothing(consultations, store):
    consultations.put([a_consultation(a_choice("how-far"), id="other-one", title="Other")])
    consultations.start("sam", "other-one", "m0")
    consultations.start("sam", "more-music", "m1")
    assert consultations.answer("sam", Given("near"), "m2", question="how-far", consultation="other-one") is None
    assert consultations.answer("sam", Given("near"), "m2", question="how-far", consultation="no-such") is None
    assert tallies(store) == tallies(store, "other-one") == {}
    assert {i.consultation.id: i.state for i in consultations.open_for("sam")} == {
        "more-music": "asking",
        "other-one": "paused",
    }


def test_who_never_started_has_nothing_to_answer(consultations, store):
    assert consultations.answer("sam", Given("near"), "m0", question="how-far", consultation="more-music") is None
    assert consultations.answer("sam", words("near"), "m1") is None
    assert consultations.skip("sam", "m2") is consultations.back("sam", "m3") is consultations.stop("sam", "m4") is None
    assert store.answers.of(HUB, "more-music").people == 0


def test_people_do_not_meet(consultations):
    consultations.start("sam", "more-music", "m")
    consultations.start("alex", "more-music", "m")
    consultations.answer("sam", words("near"), "m1")
    assert consultations.current("alex").question.id == "how-far"
    assert consultations.current("sam").question.id == "own-words"


def test_a_consultation_is_open_on_its_days_only(consultations, calendar):
    consultations.start("sam", "more-music", "m0")
    for day, is_open in ((date(2026, 10, 31), False), (date(2026, 12, 24), True), (date(2026, 12, 25), False)):
        calendar.day = day
        assert bool(consultations.open_for("alex")) is is_open
        assert (consultations.start("alex", "more-music", "m1") is not None) is is_open


def test_closing_destroys_who_took_part_and_keeps_what_was_said(consultations, store, calendar):
    finish(consultations, "sam")
    consultations.start("alex", "more-music", "m0")
    consultations.answer("alex", words("near"), "m1")
    calendar.day = date(2026, 12, 25)
    assert consultations.close_due() == ("more-music",)
    assert consultations.close_due() == ()
    stored = store.consultations.get(HUB, "more-music")
    assert (stored.state, stored.key) == ("closed", None)
    assert store.answers.of(HUB, "more-music").people == 2
    calendar.day = TODAY
    assert consultations.open_for("sam") == ()
    assert consultations.current("alex") is consultations.answer("alex", words("drums"), "m2") is None
    consultations.put([a_consultation()])
    assert store.consultations.get(HUB, "more-music").state == "closed"


def test_what_is_being_answered_keeps_its_questions_but_may_be_reworded(consultations, store):
    reworded = a_consultation(title="Even more music")
    other = a_consultation(a_choice("how-far", ("Too far", "Near")), an_open_one(), title="Different")
    consultations.put([other])
    consultations.put([a_consultation()])
    consultations.start("sam", "more-music", "m0")
    consultations.put([other])
    assert store.consultations.get(HUB, "more-music").consultation.title == "More music"
    consultations.put([reworded])
    assert store.consultations.get(HUB, "more-music").consultation.title == "Even more music"
    assert consultations.current("sam").question.id == "how-far"


def test_forgetting_takes_unfinished_answers_away(consultations, store):
    finish(consultations, "alex")
    consultations.start("sam", "more-music", "m0")
    consultations.answer("sam", words("near"), "m1")
    assert consultations.forget("sam")
    assert not consultations.forget("sam")
    assert not consultations.forget("alex")
    assert store.answers.of(HUB, "more-music").people == 1
    assert [i.state for i in consultations.open_for("sam")] == ["new"]


def test_the_same_message_ten_times_at_once_has_one_effect(consultations, store):
    with ThreadPoolExecutor(10) as threads:
        started = list(threads.map(lambda _: consultations.start("sam", "more-music", "m0"), range(10)))
        kept = list(threads.map(lambda _: consultations.answer("sam", words("near"), "m1"), range(10)))
    assert all(s == started[0] for s in started)
    assert all(k == kept[0] for k in kept) and kept[0].question.id == "own-words"
    assert tallies(store) == {"how-far": [("answered", "near", 1)]}


def test_ten_taps_at_once_on_every_button_count_once(consultations, store):
    """Different messages, as a tapped button sends them."""
    taps = [(option, question) for question in ("how-far", "how-dear") for option in ("near", "free")] * 5
    random.Random(7).shuffle(taps)
    consultations.start("sam", "more-music", "m0")

    def tap(numbered):
        number, (option, question) = numbered
        return consultations.answer("sam", Given(option), f"t{number}", question=question, consultation="more-music")

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(tap, enumerate(taps)))
    assert tallies(store) == {"how-far": [("answered", "near", 1)], "how-dear": [("answered", "free", 1)]}
    assert consultations.current("sam").question.id == "own-words"


def test_many_people_at_once_are_all_counted(consultations, store):
    with ThreadPoolExecutor(8) as threads:
        done = list(threads.map(lambda n: finish(consultations, f"person-{n}"), range(24)))
    assert all(standing.effect == "finished" for standing in done)
    assert store.answers.of(HUB, "more-music").people == 24
    assert tallies(store)["how-far"] == [("answered", "near", 24)]


messages = st.lists(
    st.tuples(
        st.sampled_from(["start", "near", "free", "drums", "skip", "back", "stop", "press how-far", "press how-dear"]),
        st.integers(0, 2),
    ),
    max_size=14,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages, st.integers(0, 10**9))
def test_messages_that_come_again_and_again_never_change_more_than_once(consultations, some, number):
    """Each message comes up to three times in a row, as after a crash; a twin person gets each once."""
    twin, sam = f"twin-{number}", f"sam-{number}"

    def send(sender: str, message: str, key: str):
        if message == "start":
            return consultations.start(sender, "more-music", key)
        if message in ("skip", "back", "stop"):
            return getattr(consultations, message)(sender, key)
        if message.startswith("press "):
            question = message.removeprefix("press ")
            option = "near" if question == "how-far" else "dear"
            return consultations.answer(sender, Given(option), key, question=question, consultation="more-music")
        return consultations.answer(sender, words(message), key)

    consultations.forget(sam), consultations.forget(twin)
    for n, (message, repeats) in enumerate(some):
        once = send(twin, message, f"k{number}-{n}")
        for _ in range(repeats + 1):
            standing = send(sam, message, f"k{number}-{n}")
            assert standing is None or (standing.question, standing.progress, standing.state) == (
                once.question,
                once.progress,
                once.state,
            )
