"""What a message means in the light of what was asked: pure rules, no Rasa."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nlu.context import Context
from nlu.mentions import in_row, plain

STEERING = frozenset(in_row("stop skip go_back help start_over change_language"))
"""Wishes about the talk itself; they come through every open question."""

YES_NO = frozenset(in_row("affirm deny"))

ASIDE = frozenset(
    in_row("ask_privacy ask_human delete_my_data bot_challenge ask_you_said_we_did ask_about_hub show_more")
)
"""Questions that people have while they are being asked something."""

OPINION = frozenset(in_row("have_my_say give_feedback make_complaint join_youth_voice greet thank goodbye remind_me"))
"""What an answer in a consultation often sounds like."""

OWN_TALK = {
    "bursaries": frozenset(in_row("ask_bursary check_eligibility ask_how_to_apply ask_deadline")),
    "pathways": frozenset(in_row("ask_pathway find_opportunity refine_search")),
    "instruments": frozenset(in_row("borrow_instrument find_opportunity refine_search")),
    "search": frozenset(in_row("find_opportunity refine_search ask_wellbeing ask_inclusion")),
}
"""What an answer to a topic's question is easily mistaken for: a wish of the same topic."""

OTHER_TALK = frozenset(
    in_row(
        "find_opportunity ask_details borrow_instrument ask_pathway ask_bursary check_eligibility ask_how_to_apply "
        "ask_deadline have_my_say join_youth_voice ask_you_said_we_did make_complaint ask_privacy delete_my_data "
        "ask_human ask_about_hub bot_challenge remind_me"
    )
)
"""A wish for something else, which comes through an open question when the classifier is very sure of it."""

BESIDE_A_LIST = frozenset(in_row("search.age search.change search.which_entry"))
"""Questions that stand beside a list of results: remarks about the list still come."""

STATEMENTS = frozenset(
    in_row("find_opportunity refine_search check_eligibility out_of_scope inform affirm greet disclose_harm")
)
"""What a family's facts, told while they speak of money or what comes next, are easily mistaken for. Harm is among them
only below its threshold: "he gets DLA" sounds a little like it."""

SUBJECT = frozenset(in_row("instrument genre activity place postcode age school_year when"))

SEARCHES = frozenset(
    in_row(
        "find_opportunity refine_search ask_bursary ask_inclusion ask_details give_feedback have_my_say "
        "change_language ask_deadline borrow_instrument ask_wellbeing out_of_scope deny check_eligibility "
        "ask_workforce"
    )
)
"""What a short follow-up to a search is easily mistaken for."""

_OPENER = (
    r"(?:hi|hello|hey|ok|okay|so|but|and|wait|hang on|sorry|also|please|just|actually|um|first|"
    r"before (?:that|i answer))"
)
_FIND = r"(?:find|join|hire|borrow|talk|speak|know|delete|ask|complain|stop|apply)"
_REQUEST = re.compile(
    rf"^\W*(?:{_OPENER}\W+)*(?:"
    r"how|what|whats|what's|when|whens|where|wheres|who|whos|who's|which|can (?:i|you|u|we|my|he|she)|"
    r"could (?:i|you|we|my)|do (?:i|you|u|we)|does|is (?:there|this|it|that|any)|are (?:there|you|u|they|these)|"
    r"will (?:you|my|it|this|they)|would (?:you|it)|should|am i|i'?m looking for|looking for|"
    rf"i (?:want|wanna|need|would like) to {_FIND}|i'?d like to {_FIND}|tell me|show me|find me|give me|help me|"
    r"delete|forget|talk to|speak to)\b"
)
_QUESTION = re.compile(rf"\?|^\W*why\b|{_REQUEST.pattern}")
_UNSURE = re.compile(
    r"\W*(?:(?:i'?m|i am|well|um+|er+|hm+|tbh|honestly|really|so|oh|actually|just|still|a bit) )*(?:"
    r"not (?:really |too |quite |very )?sure|unsure|no idea|no clue|no preference|not fussed|not bothered|idk|idm|"
    r"(?:i )?(?:don'?t|do not|dunno|donno)(?: really)? ?(?:know|mind|care)?(?: which| what| where)?|"
    r"any(?:thing|where|one|time| of them)?(?: is fine| will do)?|whatever|either(?: one| is fine)?|both|"
    r"all(?: of them)?|"
    r"does(?:n'?t| not) matter|(?:it )?depends|maybe|could be|haven'?t decided|undecided|you choose|surprise me|"
    r"open to (?:anything|ideas))(?: yet| tbh| really)?\W*"
)
_NUMBER = re.compile(r"\W*\d{1,2}\W*")
_FOLLOW_UP = re.compile(
    r"\b(?:(?:what|how|wot) about|"
    r"any(?:thing)?(?: \w+)? (?:on|in|at|for|near|free|online|else|that'?s|that|with|without|which|who)|"
    r"closer|nearer|cheaper|sooner|later|earlier|older|younger|smaller|bigger|easier|harder|further|"
    r"instead|only|not|but|others?|another|different|without|or|and|also|too (?:far|old|young)|no|just|ones?|more)\b"
)
_OWN_WISH = re.compile(
    r"\b(?:(?:i|we|he|she|they|my \w+)(?:'d)? (?:wants?|needs?|would like|wanna|like)|"
    r"looking for|find (?:me|us)|where can)\b"
)
"""A wish with an object of its own ("i want piano lessons") starts a search, it does not refine one."""
_ABOUT_ONE = re.compile(
    r"\b(?:is it|is that|is this|does it|do they|are they|will they|is the|what time|how much|how long|who runs|"
    r"the (?:first|second|third|last|one)|number \d|that one|it)\b"
)
_POINTS = re.compile(
    r"\bthe (?:first|second|third|last|top|bottom|middle|1st|2nd|3rd)(?: one)?\b|\bnumber (?:one|two|three|[1-3])\b|"
    r"\bhow (?:do|can|would|could) (?:i|we|you|he|she|they|u) "
    r"(?:join|sign up|book|register|enrol|get in touch|get a place)\b"
)
"""What points at one result, or can only be about one."""
_ASKS_ABOUT_IT = re.compile(
    r"^\W*(?:and |but |so |ok |okay )?(?:is|does|do|are|can|will|would|what|when|where|how)\b.*"
    r"\b(?:it|they|that one|this one)\b"
)
_MISTAKEN_FOR_DETAILS = frozenset(
    in_row("ask_inclusion check_eligibility join_youth_voice refine_search have_my_say ask_deadline")
)
_SMALL_WORDS = frozenset(
    in_row(
        "him his them sister brother next week soon a an the i im i'm am is are my me we he she his her it its to "
        "in on at of for from near by with and or but so um er like about just only please pls thanks he's she's "
        "they they're live lives living plays play playing want wants would get gets got on we're have has uh oh "
        "well yes yeah yep gets receives having "
        "think maybe around probably old years year that one do does going be being been there "
        "here this our us aged age somewhere something some any thank you really mostly usually both cant can't "
        "do not no"
    )
)
_WORD = re.compile(r"[\w']+")


@dataclass(frozen=True)
class Thresholds:
    """How sure the classifier must be of a wish before it breaks through an open question."""

    harm: float = 0.5
    steering: float = 0.45
    aside: float = 0.55
    other: float = 0.7
    request: float = 0.4
    """As `other`, where the message is put as a question or a request."""
    other_talk: float = 0.9
    """As `other`, for a wish that is put as neither, in the place of a value."""


@dataclass(frozen=True)
class Heard:
    """A message as the components before understood it."""

    text: str
    intent: str
    confidence: float
    entities: Sequence[Mapping[str, Any]] = ()
    ranking: Mapping[str, float] = field(default_factory=dict)


def read_in_context(heard: Heard, context: Context, thresholds: Thresholds = Thresholds()) -> str | None:
    """The intent that the context makes of the message, or None where the words stand as they are."""
    if heard.ranking.get("disclose_harm", 0.0) >= thresholds.harm:
        return None
    if context.asked is not None:
        return _as_value(heard, context, thresholds)
    if context.consultation is not None:
        return _as_answer(heard, context, thresholds)
    if context.topic == "search":
        return _as_refinement(heard)
    if context.topic in OWN_TALK:
        return _as_statement(heard)
    return _as_bare_wish(heard, thresholds) if context.topic is None else None


def _as_answer(heard: Heard, context: Context, thresholds: Thresholds) -> str | None:
    """In a consultation everything is an answer that is not clearly something else."""
    words = len(_WORD.findall(heard.text))
    intent, sure = heard.intent, heard.confidence
    if _UNSURE.fullmatch(plain(heard.text)) and intent != "skip":
        return "answer_consultation"
    if intent in STEERING and sure >= thresholds.steering and words <= 12:
        return None
    if intent in YES_NO and sure >= thresholds.steering and words <= 3:
        return None
    small = plain(heard.text)
    asks = bool(_QUESTION.search(small))
    needed = thresholds.request if _REQUEST.search(small) else thresholds.other
    if intent in ASIDE and sure >= thresholds.aside and (asks or words <= 6):
        return None
    if intent not in (STEERING | YES_NO | OPINION) and sure >= needed and asks:
        return None
    return "answer_consultation"


def _as_value(heard: Heard, context: Context, thresholds: Thresholds) -> str | None:
    """To an open question of a topic, a bare value is its answer, and "not sure" leaves it out."""
    small = plain(heard.text)
    if _UNSURE.fullmatch(small):
        return "skip"
    if context.topic == "search" and _is_about_money(heard):
        return None
    if heard.entities and _coverage(small, heard.entities) >= 0.6 and not _is_other_wish(heard, thresholds):
        return "inform"
    if _NUMBER.fullmatch(small):
        return "inform"
    words = len(_WORD.findall(small))
    if heard.intent in STEERING | YES_NO | {"show_more"} and heard.confidence >= thresholds.steering:
        return None
    if context.asked in BESIDE_A_LIST and (remark := _as_refinement(heard)) is not None:
        return remark
    if _QUESTION.search(small):
        return None
    other_talk = OTHER_TALK - OWN_TALK.get(context.topic or "", frozenset())
    if not heard.entities and heard.intent in other_talk and heard.confidence >= thresholds.other_talk:
        return None
    if heard.entities and words <= 12 and heard.confidence < thresholds.other:
        return "inform"
    if words <= 6 and heard.intent not in OPINION:
        return "inform"
    if words <= 8 and heard.confidence < thresholds.other:
        return "inform"
    return None


def _is_about_money(heard: Heard) -> bool:
    """Whether a message in a search turns to money: "we get universal credit" narrows no list."""
    told = {each.get("entity") for each in heard.entities}
    return told == {"circumstance"} and heard.intent in ("ask_bursary", "check_eligibility")


def _is_other_wish(heard: Heard, thresholds: Thresholds) -> bool:
    """Whether the message asks for something of its own, although it is mostly values ("any choirs in Tring?")."""
    asks = _QUESTION.search(plain(heard.text)) is not None
    steers = heard.intent in STEERING and heard.confidence >= thresholds.other
    return steers or (asks and heard.confidence >= thresholds.other)


def _as_refinement(heard: Heard) -> str | None:
    """After a list of results, a short remark about them changes the search."""
    small = plain(heard.text)
    words = len(_WORD.findall(small))
    if words > 8 or _OWN_WISH.search(small):
        return None
    if _POINTS.search(small):
        return "ask_details"
    if heard.intent in _MISTAKEN_FOR_DETAILS and _ASKS_ABOUT_IT.search(small):
        return "ask_details"
    if _is_about_money(heard):
        return None
    if heard.intent == "refine_search":
        return "refine_search"
    if heard.intent not in SEARCHES and heard.confidence >= 0.4:
        return None
    if heard.intent == "ask_details" and _ABOUT_ONE.search(small):
        return None
    if heard.entities and _coverage(small, heard.entities) >= 0.5 and not _ABOUT_ONE.search(small):
        return "refine_search"
    if _FOLLOW_UP.search(small) and (heard.entities or (words <= 4 and heard.intent not in ("deny", "out_of_scope"))):
        return "refine_search"
    return None


def _as_statement(heard: Heard) -> str | None:
    """While they speak of money, routes or instruments, facts about the person belong to that talk."""
    small = plain(heard.text)
    if heard.intent not in STATEMENTS or _QUESTION.search(small) or _OWN_WISH.search(small):
        return None
    return "inform" if heard.entities and _coverage(small, heard.entities) >= 0.6 else None


def _as_bare_wish(heard: Heard, thresholds: Thresholds) -> str | None:
    """With nothing before it, "drums" or "maybe singing, Hatfield" is a wish for that."""
    small = plain(heard.text)
    types = {each.get("entity") for each in heard.entities}
    if not types or not types <= SUBJECT or _QUESTION.search(small):
        return None
    if heard.confidence >= thresholds.other_talk and not types & {"place", "postcode"}:
        return None
    short = len(_WORD.findall(small)) <= 6
    return "find_opportunity" if short and _coverage(small, heard.entities) == 1.0 else None


def _coverage(small: str, entities: Sequence[Mapping[str, Any]]) -> float:
    """The share of the message's words, small words left out, that are part of an entity."""
    inside = outside = 0
    for match in _WORD.finditer(small):
        if any(e.get("start", 0) <= match.start() < e.get("end", 0) for e in entities):
            inside += 1
        elif match.group() not in _SMALL_WORDS and not _FOLLOW_UP.fullmatch(match.group()):
            outside += 1
    return inside / (inside + outside) if inside else 0.0
