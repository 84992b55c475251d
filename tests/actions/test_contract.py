"""The two halves hold together: domain, rules, actions, payloads, and a rasa-sdk 3.21 that serves Rasa 3.6.21."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from tempfile import TemporaryDirectory

import httpx
import pytest
import yaml
from sanic import Sanic

from actions.server import TOPICS, make_app
from bot.known import public_values
from bot.payload import LONGEST, read_payload
from heard.bootstrap import Heard, build
from heard.exchange import Exchange, Outcome
from heard.settings import Settings
from heard.talk import TalkTopic
from tests.actions.walk import Press, actions_of, call, every_payload, rules
from tests.system import ROOT

DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
INTENTS = [next(iter(intent)) if isinstance(intent, dict) else intent for intent in DOMAIN["intents"]]
SECRET_WORDS = "my hamster is called Rumpelstiltskin"


@pytest.fixture(scope="module", params=["hertfordshire", "dorset"])
def heard(request: pytest.FixtureRequest) -> Iterator[Heard]:
    with TemporaryDirectory() as folder:
        environ = {"HUB": request.param, "HEARD_VAR": folder, "HEARD_SECRET": "of the tests, and long enough for it"}
        built = build(Settings.from_env(environ, ROOT))
        yield built
        built.store.close()


def test_every_action_of_the_domain_is_there_and_no_other(heard: Heard) -> None:
    assert sorted(actions_of(heard)) == sorted(DOMAIN["actions"])


def test_no_two_topics_have_an_action_of_the_same_name(heard: Heard) -> None:
    names = [action.name() for topic in TOPICS for action in topic.actions(heard)]
    assert len(names) == len(set(names))


def test_every_intent_has_one_rule_and_every_rule_an_action() -> None:
    by_intent = Counter(intent for intent, _ in rules())
    assert by_intent == Counter(INTENTS)
    assert {action for _, action in rules()} == set(DOMAIN["actions"])


def test_every_slot_that_an_action_sets_is_in_the_domain(heard: Heard) -> None:
    state = call("start_over", {}, {}, "somebody", "key")
    assert set(state["slots"]) == set(DOMAIN["slots"])


def test_every_choice_that_is_offered_can_be_pressed(heard: Heard) -> None:
    """Walks all topics; no value in a payload looks like a personal detail to the redactor, or it would be refused."""
    starts = [Press(intent, {}, {}, f"who says {intent}") for intent in INTENTS]
    for bursary in heard.content.bursaries:
        starts += [Press(i, {"id": bursary.id}, {}, "a parent") for i in ("check_eligibility", "ask_how_to_apply")]
    starts += [Press("ask_details", {"id": entry.id}, {}, "a parent") for entry in heard.content.opportunities]
    starts += [Press("ask_pathway", {"id": pathway.id}, {}, "a parent") for pathway in heard.content.pathways]
    wishes = ({"place": "Hatfield", "age": "9"}, {"instrument": "drums"}, {"place": "Dorchester"}, {"genre": "opera"})
    starts += [Press("find_opportunity", wish, {}, f"a wish {n}") for n, wish in enumerate(wishes)]
    payloads = every_payload(heard, starts)
    assert len(payloads) > 300
    public = public_values(heard.content)
    for payload in payloads:
        read = read_payload(payload)
        assert read.intent in INTENTS
        assert len(payload) <= LONGEST
        assert set(read.values) <= {next(iter(e)) if isinstance(e, dict) else e for e in DOMAIN["entities"]}
        for value in set(read.values.values()) - public:
            assert not heard.redact(value).spans, payload


TOKEN = "the action server's token"
SHOWN = {"Authorization": f"Bearer {TOKEN}"}


def with_server(
    heard: Heard, ask: Callable[[httpx.AsyncClient], Awaitable[httpx.Response]], headers: dict[str, str] = SHOWN
) -> httpx.Response:
    """Asks the real action server on loopback."""
    Sanic.test_mode = True  # an application's name may be used again in this process

    async def run() -> httpx.Response:
        app = make_app(heard, TOKEN)
        server = await app.create_server(host="127.0.0.1", port=0, return_asyncio_server=True, access_log=False)
        assert server is not None
        await server.startup()
        port = server.server.sockets[0].getsockname()[1]
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers) as client:
                return await ask(client)
        finally:
            server.close()
            await server.wait_closed()

    return asyncio.run(run())


def rasas_call(action: str, **message: object) -> dict[str, object]:
    """As Rasa 3.6.21 calls with enable_selective_domain: no domain, and no digest of one."""
    state = call("greet", {}, {}, "a pseudonym", "a key")
    state["latest_message"] |= message
    return {"next_action": action, "sender_id": "a pseudonym", "tracker": state, "version": "3.6.21"}


def test_the_action_server_names_its_actions_and_is_well(heard: Heard) -> None:
    assert with_server(heard, lambda client: client.get("/health")).json() == {"status": "ok"}
    named = with_server(heard, lambda client: client.get("/actions")).json()
    assert sorted(action["name"] for action in named) == sorted(DOMAIN["actions"])


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": TOKEN}, {"Authorization": "Bearer"}, {"Authorization": f"Bearer {TOKEN}x"}]
)
def test_without_its_token_the_action_server_does_nothing(heard: Heard, headers: dict[str, str]) -> None:
    body = rasas_call("action_talk")
    for ask in (
        lambda client: client.post("/webhook", json=body),
        lambda client: client.post("/webhook", json=body, params={"token": TOKEN}),
        lambda client: client.get("/actions"),
        lambda client: client.get("/nothing"),
        lambda client: client.post("/webhook", content=b"{"),
    ):
        answer = with_server(heard, ask, headers)
        assert (answer.status_code, answer.json()) == (401, {"error": "the token is missing or wrong"})
        assert "access-control-allow-origin" not in answer.headers
    assert with_server(heard, lambda client: client.get("/health"), headers).status_code == 200


@pytest.mark.filterwarnings("ignore:Your versions of rasa and rasa_sdk")
def test_what_did_not_come_by_the_door_is_not_written_down(heard: Heard) -> None:
    body = rasas_call("action_have_my_say", metadata={})
    answer = with_server(heard, lambda client: client.post("/webhook", json=body))
    assert answer.json() == {"events": [], "responses": []}


@pytest.mark.filterwarnings("ignore:Your versions of rasa and rasa_sdk")
def test_a_call_of_rasa_3_6_without_the_domain_is_answered(heard: Heard) -> None:
    for _ in range(2):
        answer = with_server(heard, lambda client: client.post("/webhook", json=rasas_call("action_talk")))
        assert answer.status_code == 200
        (response,) = answer.json()["responses"]
        assert response["custom"]["replies"][0]["text"].startswith("Hi!")
        assert set(response["custom"]["context"]) == {"topic", "asked", "language"}
        assert answer.json()["events"] == []


@pytest.mark.filterwarnings("ignore:Your versions of rasa and rasa_sdk")
def test_slots_come_back_as_rasas_events(heard: Heard) -> None:
    body = rasas_call("action_ask_bursary", intent={"name": "ask_bursary"})
    events = with_server(heard, lambda client: client.post("/webhook", json=body)).json()["events"]
    assert events
    assert {event["event"] for event in events} == {"slot"}
    assert {event["name"] for event in events} <= set(DOMAIN["slots"])


@pytest.mark.filterwarnings("ignore:Your versions of rasa and rasa_sdk")
def test_an_unknown_action_is_an_error(heard: Heard) -> None:
    answer = with_server(heard, lambda client: client.post("/webhook", json=rasas_call("action_nothing")))
    assert answer.status_code == 404


class Broken(TalkTopic):
    """A topic with a fault that quotes what somebody said."""

    def talk(self, exchange: Exchange) -> Outcome:
        raise KeyError(f"no such thing: {exchange.understood.text}")


@pytest.mark.filterwarnings("ignore:Your versions of rasa and rasa_sdk")
@pytest.mark.parametrize(
    "message", [{"text": SECRET_WORDS}, {"text": SECRET_WORDS, "entities": [{"entity": SECRET_WORDS}]}]
)
def test_a_fault_in_a_topic_says_nothing_and_leaves_nobodys_words_in_the_log(
    heard: Heard, message: dict[str, object], capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(heard, talk=Broken(heard.content.hub, heard.wording))
    body = rasas_call("action_talk", **message)
    answer = with_server(broken, lambda client: client.post("/webhook", json=body))
    assert answer.json() == {"events": [], "responses": []}
    out, err = capfd.readouterr()
    logged = out + err + caplog.text
    assert "a topic failed" in logged and "action_talk" in logged and "KeyError" in logged and "base.py" in logged
    assert "Rumpelstiltskin" not in logged


def test_the_lists_of_intents_agree() -> None:
    spoken = {path.parent.name for path in (ROOT / "data").glob("*/nlu.yml")}
    assert spoken
    examples = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (ROOT / "data").glob("*/nlu.yml")]
    taught = {item["intent"].partition("/")[0] for file in examples for item in file["nlu"] if "intent" in item}
    assert taught <= set(INTENTS)
    assert set(INTENTS) - taught <= {"inform", "answer_consultation", "nlu_fallback"}


def test_rasa_sends_no_domain_because_no_action_reads_it() -> None:
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    assert endpoints["action_endpoint"]["enable_selective_domain"] is True
    assert all(isinstance(action, str) for action in DOMAIN["actions"])  # {name: {send_domain: true}} would ask for it
