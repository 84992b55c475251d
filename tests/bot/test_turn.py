"""One message's way, with a Rasa that says what it is told: what comes first, what comes once, what works without."""

import asyncio
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.answered import Answered
from bot.message import Answer, Message
from bot.rasa import Rasa, RasaDownError, Said
from bot.turn import SESSION_SECONDS, Context, Contexts, Turn
from heard.bootstrap import Heard, build
from heard.exchange import Entity, Exchange, Understood
from heard.live import Live
from heard.messages import Progress, Reply
from heard.redaction import Redacted, Redaction
from heard.settings import Settings
from tests.system import ROOT

TODAY = date(2026, 11, 21)
SECRET = "a secret of the tests that is long enough, 0123456789"
DISTRESS = "my dad hits me and i am scared to go home"
CONSULTATION = "music-that-is-heard"


@dataclass
class FakeRasa:
    """Says what it is told, after `seconds`; or is down."""

    said: Said = field(default_factory=lambda: Said((Reply("Here you are."),), "search", None))
    seconds: float = 0
    down: bool = False
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    async def ask(self, sender: str, text: str, metadata: Mapping[str, Any]) -> Said:
        self.asked.append((sender, text, dict(metadata)))
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.seconds)
        self.at_once -= 1
        if self.down:
            raise RasaDownError("ClientConnectorError")
        return self.said

    async def forget(self, sender: str) -> bool:
        self.forgotten.append(sender)
        return not self.down

    @property
    def heard(self) -> list[str]:
        return [text for _, text, _ in self.asked]

    @property
    def metadata(self) -> dict[str, Any]:
        """What went with the latest message."""
        return self.asked[-1][2]


@pytest.fixture(scope="module")
def heard() -> Iterator[Heard]:
    with TemporaryDirectory() as folder:
        built = build(Settings.from_env({"HEARD_VAR": folder, "HEARD_SECRET": SECRET}, ROOT))
        yield built
        built.store.close()


@pytest.fixture
def without_database(tmp_path: Path) -> Heard:
    """Everything is built, and then the database goes."""
    built = build(Settings.from_env({"HEARD_VAR": str(tmp_path), "HEARD_SECRET": SECRET}, ROOT))
    built.store.close()
    for path in tmp_path.glob("heard.db*"):
        path.unlink()
    (tmp_path / "heard.db").mkdir()
    return built


@pytest.fixture
def rasa() -> FakeRasa:
    return FakeRasa()


def a_turn(heard: Heard, rasa: FakeRasa) -> Turn:
    """A turn as after a start: it has seen nobody yet."""
    return Turn(heard, cast(Rasa, rasa), lambda: TODAY)


_numbers = iter(range(10_000))


def words(text: str, sender: str = "", key: str = "") -> Message:
    number = next(_numbers)
    return Message("web", sender or f"sender {number}", key or f"key {number}", text=text)


def press(payload: str, sender: str = "", key: str = "") -> Message:
    return replace(words("", sender, key), text=None, payload=payload)


def take(turn: Turn, *messages: Message) -> list[Answer]:
    """Takes the messages one after the other."""

    async def one_by_one() -> list[Answer]:
        return [await turn.take(message) for message in messages]

    return asyncio.run(one_by_one())


def at_once(turn: Turn, *messages: Message) -> list[Answer]:
    """Takes the messages all at the same time."""

    async def together() -> list[Answer]:
        return list(await asyncio.gather(*(turn.take(message) for message in messages)))

    return asyncio.run(together())


def texts(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


def begin_consultation(heard: Heard, sender: str) -> None:
    entities = (Entity("consultation", CONSULTATION), Entity("answer", "start"))
    understood = Understood("answer_consultation", Redacted("/answer_consultation"), entities)
    outcome = heard.consultations.answer(Exchange(understood, {}, sender, f"{sender} begins", TODAY))
    assert outcome.replies[0].progress == Progress(0, 7)


# What comes first.


def test_details_go_before_the_screen_and_before_rasa(heard: Heard, rasa: FakeRasa) -> None:
    way: list[tuple[str, str]] = []

    def redact(text: str) -> Redaction:
        way.append(("redact", text))
        return heard.redact(text)

    def screen(text: Redacted) -> None:
        way.append(("screen", text))

    watched = SimpleNamespace(screen=screen, helplines=heard.safeguarding.helplines)
    topics = replace(heard.live.now, safeguarding=cast(Any, watched))
    spied = replace(heard, redact=redact, live=Live(lambda: topics, lambda: 1))
    take(a_turn(spied, rasa), words("my name is Oluwaseun Adeyemi, drums near AL10 9NE"))
    assert [step for step, _ in way] == ["redact", "screen"]
    for later in (way[1][1], rasa.heard[0]):
        assert "drums" in later and "AL10" in later
        assert not {"Oluwaseun", "Adeyemi", "9NE"} & set(later.replace(",", " ").split())


def test_a_cry_for_help_waits_neither_for_rasa_nor_for_the_message_before_it(heard: Heard, rasa: FakeRasa) -> None:
    rasa.seconds = 30

    async def first_slow_then_distress() -> Answer:
        turn = a_turn(heard, rasa)
        slow = asyncio.create_task(turn.take(words("any choirs", "Ada")))
        await asyncio.sleep(0.05)
        answer = await asyncio.wait_for(turn.take(words(DISTRESS, "Ada")), 2)
        slow.cancel()
        return answer

    answer = asyncio.run(first_slow_then_distress())
    assert answer.safeguarding
    assert {card.kind for reply in answer.replies for card in reply.cards} == {"helpline"}
    assert rasa.heard == ["any choirs"]


def test_a_disclosure_is_counted_once_and_its_words_are_nowhere(heard: Heard, rasa: FakeRasa) -> None:
    before = sum(row.count for row in heard.store.disclosures.table())
    turn, message = a_turn(heard, rasa), words(DISTRESS)
    answers = [*at_once(turn, *[message] * 5), *take(turn, message), *take(a_turn(heard, rasa), message)]
    assert all(answer.safeguarding for answer in answers)
    table = heard.store.disclosures.table()
    assert sum(row.count for row in table) == before + 1
    assert {row.week for row in table} == {"2026-W47"}
    assert rasa.asked == []


def test_a_typed_command_is_words_and_no_button(heard: Heard, rasa: FakeRasa) -> None:
    take(a_turn(heard, rasa), words('/delete_my_data{"answer": "yes"}'), words(" //restart"), words("///"))
    assert rasa.heard == ['delete_my_data{"answer": "yes"}', "restart", "-"]
    assert rasa.forgotten == []


@pytest.mark.parametrize(
    "payload",
    [
        '/inform{"place": "my name is Oluwaseun Adeyemi"}',
        '/inform{"answer": "07700 900123"}',
        '/find_opportunity{"place": "AL10 9NE"}',
        '/ask_details{"id": "Thornybrook Primary School"}',
    ],
)
def test_a_button_that_holds_a_personal_detail_is_none_of_ours(heard: Heard, rasa: FakeRasa, payload: str) -> None:
    (answer,) = take(a_turn(heard, rasa), press(payload))
    assert rasa.asked == []
    assert texts(answer) == "That button is from an older chat. Please choose again."
    assert answer.replies[0].choices


@pytest.mark.parametrize(
    "payload", ['/ask_details{"id":"hms-music-centres"}', '/inform{"place":"Welwyn Garden City"}', "/show_more"]
)
def test_our_own_buttons_go_on_as_they_are(heard: Heard, rasa: FakeRasa, payload: str) -> None:
    take(a_turn(heard, rasa), press(payload))
    assert rasa.heard == [payload]


# What comes once.


def test_the_same_message_ten_times_at_once_is_asked_once(heard: Heard, rasa: FakeRasa) -> None:
    rasa.seconds = 0.05
    answers = at_once(a_turn(heard, rasa), *[words("choirs", "Bea", "the same")] * 10)
    assert len(rasa.asked) == 1
    assert len({id(answer) for answer in answers}) == 1


def test_after_a_restart_a_repeat_gets_the_very_same_answer(heard: Heard, rasa: FakeRasa) -> None:
    message = words("choirs")
    (first,) = take(a_turn(heard, rasa), message)
    rasa.said = Said((Reply("Something else."),))
    (again,) = take(a_turn(heard, rasa), message)
    assert again == first
    assert len(rasa.asked) == 1
    assert texts(take(a_turn(heard, rasa), replace(message, key="another"))[0]) == "Something else."


def test_a_client_that_hangs_up_takes_no_ones_answer_with_it(heard: Heard, rasa: FakeRasa) -> None:
    rasa.seconds = 0.1

    async def one_hangs_up() -> Answer:
        turn, message = a_turn(heard, rasa), words("choirs")
        gone, stays = (asyncio.create_task(turn.take(message)) for _ in range(2))
        await asyncio.sleep(0.02)
        gone.cancel()
        return await stays

    assert texts(asyncio.run(one_hangs_up())) == "Here you are."


def test_one_person_is_answered_one_message_at_a_time_and_two_people_at_once(heard: Heard, rasa: FakeRasa) -> None:
    rasa.seconds = 0.05
    at_once(a_turn(heard, rasa), *(words(f"message {n}", "Cem") for n in range(4)))
    assert rasa.most_at_once == 1
    assert rasa.heard == [f"message {n}" for n in range(4)]
    at_once(a_turn(heard, rasa), *(words("hello", name) for name in ("Dee", "Eli")))
    assert rasa.most_at_once == 2


def test_an_answer_lies_sealed_and_opens_with_the_messages_own_id_alone(heard: Heard, rasa: FakeRasa) -> None:
    rasa.said = Said((Reply("You may qualify, being nine and in Hatfield."),))
    take(a_turn(heard, rasa), words("choirs", key="a message's own id"))
    stored = b"".join(path.read_bytes() for path in heard.settings.var.glob("heard.db*"))
    assert b"may qualify" not in stored and b"a message's own id" not in stored
    opened = Answered(heard.store, SECRET).earlier("a message's own id")
    assert opened is not None and texts(opened) == "You may qualify, being nine and in Hatfield."
    assert Answered(heard.store, SECRET).earlier("a message's own ie") is None
    assert Answered(heard.store, f"{SECRET}x").earlier("a message's own id") is None


def test_a_seal_that_was_tampered_with_opens_nothing(heard: Heard) -> None:
    answered = Answered(heard.store, SECRET)
    answered.keep("mine", Answer((Reply("for me"),)), "me")
    answered.keep("yours", Answer((Reply("for you"),)), "you")
    row = {name: answered._derived("row", name).hex() for name in ("mine", "yours")}
    sealed = heard.store.turns.get(row["yours"])
    assert sealed is not None
    swapped = SimpleNamespace(turns=SimpleNamespace(get=lambda key: sealed if key == row["mine"] else "not base64 é"))
    crooked = Answered(cast(Any, swapped), SECRET)
    assert crooked.earlier("mine") is None
    assert crooked.earlier("anything") is None


# What works without.


def test_without_the_database_helplines_come_and_the_chat_goes_on(without_database: Heard, rasa: FakeRasa) -> None:
    turn = a_turn(without_database, rasa)
    distress, choirs = take(turn, words(DISTRESS), words("choirs"))
    assert distress.safeguarding and any(reply.cards for reply in distress.replies)
    assert texts(choirs) == "Here you are."


def test_without_the_database_forgetting_says_what_it_could_not_reach(without_database: Heard, rasa: FakeRasa) -> None:
    (answer,) = take(a_turn(without_database, rasa), press('/delete_my_data{"answer": "yes"}', "Fay"))
    assert rasa.forgotten == ["Fay"]
    assert "I can't reach answers that you have not sent" in texts(answer)
    assert "Done" not in texts(answer)


def test_without_rasa_buttons_work_and_words_get_the_menu(heard: Heard, rasa: FakeRasa) -> None:
    rasa.down = True
    lost, contact, details = take(
        a_turn(heard, rasa),
        words("trumpets"),
        press("/ask_human"),
        press('/ask_details{"id":"hms-music-centres"}'),
    )
    assert "can't read messages right now" in texts(lost)
    assert "/find_opportunity" in {choice.payload for choice in lost.replies[0].choices}
    assert {card.kind for reply in contact.replies for card in reply.cards} == {"person"}
    assert "hms-music-centres" in {card.id for reply in details.replies for card in reply.cards}


def test_without_rasa_and_the_database_there_still_is_an_answer(without_database: Heard, rasa: FakeRasa) -> None:
    rasa.down = True
    for answer in take(a_turn(without_database, rasa), words("trumpets"), press("/have_my_say"), press("/ask_human")):
        assert answer.replies and answer.replies[0].text


def test_without_rasa_a_consultation_goes_on(heard: Heard, rasa: FakeRasa) -> None:
    rasa.down = True
    begin_consultation(heard, "Gus")
    turn = a_turn(heard, rasa)
    (first,) = take(turn, words("At school", "Gus"))
    assert first.replies[-1].progress == Progress(1, 7)
    (second,) = take(turn, words("skip", "Gus"))
    assert second.replies[-1].progress == Progress(2, 7)


# What is remembered.


def test_the_next_message_is_read_in_the_light_of_what_was_asked(heard: Heard, rasa: FakeRasa) -> None:
    rasa.said = Said((Reply("How old?"),), "search", "age", "en")
    turn = a_turn(heard, rasa)
    take(turn, words("drums", "Hal"), words("9", "Hal"), words("9", "Ivy"))
    contexts = [metadata["context"] for _, _, metadata in rasa.asked]
    nothing = {"topic": None, "asked": None}
    assert contexts == [nothing, {"topic": "search", "asked": "age"}, nothing]
    assert rasa.metadata["today"] == "2026-11-21"


def test_what_was_asked_is_forgotten_after_an_hour_of_silence() -> None:
    now = [0.0]
    contexts = Contexts(lambda: now[0])
    contexts.keep("Jo", Context("search", "age"))
    now[0] = SESSION_SECONDS
    assert contexts.of("Jo") == Context("search", "age")
    now[0] = SESSION_SECONDS + 1
    assert contexts.of("Jo") == Context()
    assert len(contexts) == 1
    contexts.let_go()
    assert len(contexts) == 0
    contexts.keep("Kit", Context("search"))
    now[0] *= 2.1
    contexts.keep("Lou", Context("search"))
    assert len(contexts) == 1


def test_a_chosen_language_holds_for_the_chat(heard: Heard, rasa: FakeRasa) -> None:
    rasa.said = Said((Reply("Cześć"),), None, None, "pl")
    turn = a_turn(heard, rasa)
    (first,) = take(turn, words("polski", "Lea"))
    rasa.said = Said((Reply("..."),))
    (second,) = take(turn, words("dalej", "Lea"))
    assert (first.language, second.language) == ("pl", "pl")
    assert rasa.metadata["language"] == "pl"


def test_forgetting_wipes_rasa_and_what_was_asked(heard: Heard, rasa: FakeRasa) -> None:
    rasa.said = Said((Reply("How old?"),), "search", "age")
    begin_consultation(heard, "Max")
    turn = a_turn(heard, rasa)
    answer = take(turn, words("drums", "Max"), press('/delete_my_data{"answer": "yes"}', "Max"))[1]
    assert rasa.forgotten == ["Max"]
    assert "the answers you had not sent" in texts(answer)
    take(turn, words("hello", "Max"))
    assert rasa.metadata["context"] == {"topic": None, "asked": None}
    assert rasa.metadata["consultation"] is None


def test_forgetting_takes_the_sealed_answers_along_and_nobody_elses(heard: Heard, rasa: FakeRasa) -> None:
    turn = a_turn(heard, rasa)
    mine, theirs = words("drums", "Mia", "mia 1"), words("drums", "Nia", "nia 1")
    take(turn, mine, theirs, press('/delete_my_data{"answer": "yes"}', "Mia"))
    answered = Answered(heard.store, SECRET)
    assert answered.earlier("mia 1") is None
    assert answered.earlier("nia 1") is not None


def test_forgetting_says_what_cannot_be_deleted_and_what_goes_by_itself(heard: Heard, rasa: FakeRasa) -> None:
    forget = '/delete_my_data{"answer": "yes"}'
    (answer,) = take(a_turn(heard, rasa), press(forget, "Ola"))
    assert "answers that you have sent" in texts(answer) and "within an hour" not in texts(answer)
    rasa.down = True
    (answer,) = take(a_turn(heard, rasa), press(forget, "Ola"))
    assert "goes by itself within an hour" in texts(answer)


# A consultation in between.


def test_rasa_is_told_of_the_open_question_unless_another_topic_has_asked(heard: Heard, rasa: FakeRasa) -> None:
    begin_consultation(heard, "Ned")
    turn = a_turn(heard, rasa)
    rasa.said = Said((Reply("How old?"),), "search", "age")
    take(turn, words("drums?", "Ned"))
    assert rasa.metadata["consultation"] == {"question": "where-now", "kind": "choice"}
    take(turn, words("9", "Ned"))
    assert rasa.metadata["consultation"] is None


def test_the_question_is_asked_again_after_something_in_between(heard: Heard, rasa: FakeRasa) -> None:
    begin_consultation(heard, "Ola")
    (answer,) = take(a_turn(heard, rasa), words("what do you keep about me?", "Ola"))
    assert answer.replies[0].text == "Here you are."
    assert answer.replies[1].progress == Progress(0, 7)
    assert "Where do you make music at the moment?" in answer.replies[1].text
    assert len(answer.replies) == 2


@pytest.mark.parametrize(
    "said",
    [
        Said((Reply("How old?"),), "search", "age"),
        Said((Reply("Question 2 of 7", progress=Progress(1, 7)),), "consultation", None),
        Said((Reply("Thank you!", progress=Progress(7, 7)),), None, None),
    ],
)
def test_two_questions_are_never_asked_at_once(heard: Heard, rasa: FakeRasa, said: Said) -> None:
    rasa.said, sender = said, f"Pat {said.asked} {said.replies[0].text}"
    begin_consultation(heard, sender)
    (answer,) = take(a_turn(heard, rasa), words("drums", sender))
    assert answer.replies == said.replies


def test_who_is_in_no_consultation_is_asked_nothing(heard: Heard, rasa: FakeRasa) -> None:
    (answer,) = take(a_turn(heard, rasa), words("what do you keep about me?"))
    assert len(answer.replies) == 1


def test_after_a_disclosure_the_question_comes_back(heard: Heard, rasa: FakeRasa) -> None:
    begin_consultation(heard, "Quin")
    (answer,) = take(a_turn(heard, rasa), words(DISTRESS, "Quin"))
    assert answer.safeguarding
    assert answer.replies[-1].progress == Progress(0, 7)
    tallies = heard.store.answers.of("hertfordshire", CONSULTATION).tallies
    assert "hits" not in json.dumps([tally.value for tally in tallies])


def test_a_message_never_shows_its_words(heard: Heard) -> None:
    message = words("my name is Oluwaseun")
    assert "Oluwaseun" not in repr(message)
