"""Whole conversations with both hubs, judged by what comes of them and not by their exact words."""

import pytest

from heard.content.load import Content, load_content
from heard.content.vocabulary import ANY, FAMILIES
from tests.conversation import Conversation
from tests.conversations.stories import HUBS, Expected, Story, stories
from tests.system import ROOT, RunningSystem

pytestmark = pytest.mark.slow

CONTENT: dict[str, Content] = {hub: load_content(ROOT / "content", hub) for hub in HUBS}
ENTRIES = {hub: {o.id: o for o in content.opportunities} for hub, content in CONTENT.items()}
STORIES = tuple(stories())
MOST_CARDS = 4
"""In one answer; more are not read. A cry for help is answered with five services at most."""
MOST_HELPLINES = 7
PROMISES = ("you qualify", "you are eligible", "you will get help", "you will get money")


KNOWN_FAULTS = {
    "opportunities: rap by the sea is said to be something to ask for (dorset)",
}
"""What does not go as it should yet. Take a story out of here when it does."""


def _told(kind: str) -> list[object]:
    fault = pytest.mark.xfail(reason="a known fault")
    chosen = [story for story in STORIES if getattr(story, kind)]
    return [pytest.param(s, id=str(s), marks=[fault] if str(s) in KNOWN_FAULTS else []) for s in chosen]


@pytest.fixture
def system(request: pytest.FixtureRequest) -> RunningSystem:
    story: Story = request.getfixturevalue("story")
    running: RunningSystem = request.getfixturevalue("running" if story.hub == "hertfordshire" else "running_dorset")
    return running


@pytest.mark.parametrize("story", _told("steps"))
def test_a_conversation_comes_to_what_it_should(story: Story, system: RunningSystem) -> None:
    chat = Conversation(system.url)
    for number, step in enumerate(story.steps, start=1):
        if step.does == "press":
            chat.press(step.words)
        else:
            chat.say(step.words)
        faults = [*_of_any_answer(chat, story.hub), *_of_this_answer(chat, step.expected, story.hub)]
        assert not faults, f"step {number}, {step.words!r}: {'; '.join(faults)}\n\n{chat.text}"


@pytest.mark.parametrize("story", _told("phrasings"))
def test_one_wish_in_other_words_gets_the_same_cards(story: Story, system: RunningSystem) -> None:
    ends = []
    for words in story.phrasings:
        chat = Conversation(system.url)
        for said in words:
            chat.say(said)
        ends.append([card["id"] for card in chat.cards])
    assert ends[0], "the first phrasing finds nothing"
    for words, end in zip(story.phrasings, ends, strict=True):
        assert end == ends[0], f"{words}: {end}, but {story.phrasings[0]}: {ends[0]}"


def _of_any_answer(chat: Conversation, hub: str) -> list[str]:
    """What is wrong with an answer whatever was said."""
    faults = []
    if not any(reply["text"].strip() for reply in chat.replies):
        faults.append("nothing is said")
    helplines = [card for card in chat.cards if card["kind"] == "helpline"]
    if len(chat.cards) - len(helplines) > MOST_CARDS or len(helplines) > MOST_HELPLINES:
        faults.append(f"{len(chat.cards)} cards are too many")
    faults += [f"promises: {words}" for words in PROMISES if words in chat.text.casefold()]
    faults += [f"{card['id']} has no notice" for card in chat.cards if not card["notice"]]
    known = _ids(hub)
    for card in chat.cards:
        if card["id"] not in known.get(card["kind"], {card["id"]}):
            faults.append(f"{card['id']} is not {hub}'s")
    ids = [(card["kind"], card["id"], card["title"]) for card in chat.cards]
    if len(ids) != len(set(ids)):
        faults.append("a card is there twice")
    if len([reply for reply in chat.replies if reply.get("progress")]) > 1:
        faults.append("two questions at once")
    return faults


def _of_this_answer(chat: Conversation, expected: Expected, hub: str) -> list[str]:
    """What a story asks of this answer and does not get."""
    text, ids = chat.text.casefold(), [card["id"] for card in chat.cards]
    labels = [choice["label"].casefold() for choice in chat.choices]
    faults = [f"does not say {words!r}" for words in expected.says if words.casefold() not in text]
    if expected.says_one_of and not any(words.casefold() in text for words in expected.says_one_of):
        faults.append(f"says none of {expected.says_one_of}")
    faults += [f"says {words!r}" for words in expected.never if words.casefold() in text]
    faults += [f"{id_} is missing among {ids}" for id_ in expected.cards if id_ not in ids]
    if expected.one_card_of and not set(expected.one_card_of) & set(ids):
        faults.append(f"none of {expected.one_card_of} among {ids}")
    if expected.first is not None and (not ids or ids[0] != expected.first):
        faults.append(f"first is {ids[:1]} and not {expected.first}")
    faults += [f"{id_} is shown" for id_ in expected.no_cards if id_ in ids]
    if expected.none_at_all and ids:
        faults.append(f"shows {ids}")
    if expected.kinds:
        faults += [f"{c['id']} is a {c['kind']}" for c in chat.cards if c["kind"] not in expected.kinds]
    faults += [f"no button {label!r} among {labels}" for label in expected.choices if not _offered(label, labels)]
    if expected.progress is not None and (chat.progress or {}).get("done") != expected.progress:
        faults.append(f"progress is {chat.progress}")
    if expected.asks_nothing and chat.progress is not None:
        faults.append("a consultation's question is open")
    if chat.last["safeguarding"] != expected.safeguarding:
        faults.append(f"safeguarding is {chat.last['safeguarding']}")
    return faults + _of_these_entries(chat, expected, hub)


def _of_these_entries(chat: Conversation, expected: Expected, hub: str) -> list[str]:
    faults = []
    for entry in (ENTRIES[hub][card["id"]] for card in chat.cards if card["kind"] == "opportunity"):
        if expected.areas and entry.area not in expected.areas:
            faults.append(f"{entry.id} is in {entry.area}")
        if expected.costs and entry.cost not in expected.costs:
            faults.append(f"{entry.id} is {entry.cost}")
        low, high = (entry.ages.min or 0, entry.ages.max or 99) if entry.ages else (0, 99)
        if expected.age is not None and not low <= expected.age <= high:
            faults.append(f"{entry.id} is for {low} to {high}")
        families = {name for name, inside in FAMILIES.items() if expected.instrument in inside}
        if expected.instrument and not {expected.instrument, ANY, *families} & {*(entry.instruments or (ANY,))}:
            faults.append(f"{entry.id} is for {entry.instruments}")
    return faults


def _ids(hub: str) -> dict[str, set[str]]:
    content = CONTENT[hub]
    return {
        "opportunity": {o.id for o in content.opportunities},
        "bursary": {b.id for b in content.bursaries},
        "pathway": {p.id for p in content.pathways},
        "helpline": {h.id for h in content.helplines},
    }


def _offered(label: str, labels: list[str]) -> bool:
    return any(each.startswith(label.casefold()) for each in labels)
