"""`/bursaries`: the chat's interview about money as one form. Works without JavaScript, and keeps nothing."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.web.forms import Fields, read_form
from bot.web.site import LANGUAGE, Site
from heard.bursaries.assess import AGE, Assessment
from heard.bursaries.cards import bursary_card
from heard.bursaries.check import INCOME_AT_MOST, Check, Checked
from heard.bursaries.interview import SCHOOL_IN, UNSURE, Question
from heard.entries import Entries
from heard.messages import Card

ADDRESS = "/bursaries"
_NOT_KEPT = "no-store"
"""Answers stay in no cache; they come by POST, so they are in no address, no history and no log either."""
_TYPED = {"lives_in": "lives_in_place"}
"""Where a place may be typed instead of picked."""
_BENEFITS = ("receives_free_school_meals", "pupil_premium", "receives_universal_credit", "financial_hardship")
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("about_you", ("lives_in", SCHOOL_IN, AGE, "instrument")),
    ("about_money", (*_BENEFITS, INCOME_AT_MOST)),
)
"""Which questions stand together; those that are in none come under the last heading, "about_care"."""


def money_router(site: Site) -> APIRouter:
    """The check of help with the cost of one installation."""
    router = APIRouter(include_in_schema=False)

    @router.api_route(ADDRESS, methods=["GET", "HEAD"])
    def ask() -> Response:
        """The questions."""
        return site.page("money.html", cache=_NOT_KEPT, **_values(site, Fields(), None))

    @router.post(ADDRESS)
    async def answer(request: Request) -> Response:
        """The schemes for the answers, with the questions under them. Nothing is kept."""
        fields = await read_form(request)
        if fields is None:
            return site.page("trouble.html", status=413, cache=_NOT_KEPT, title=site.say("pages.money.too_long"))
        checked = _check(site).checked(_answers(_check(site), fields))
        status = 422 if checked.unread else 200
        return site.page("money.html", status=status, cache=_NOT_KEPT, **_values(site, fields, checked))

    return router


def _check(site: Site) -> Check:
    return site.heard.bursaries.check


def _answers(check: Check, fields: Fields) -> Mapping[str, tuple[str, ...]]:
    """The form's answers. A place that was typed counts before one that was picked."""
    answers = {name: fields.all(name) for name in check.names}
    for fact, field in _TYPED.items():
        if typed := fields.get(field):
            answers[fact] = (typed,)
    if age := fields.get(AGE):
        answers[AGE] = (age,)
    return answers


def _values(site: Site, fields: Fields, checked: Checked | None) -> dict[str, Any]:
    check, entries, areas = _check(site), site.heard.entries, site.heard.content.hub.areas
    found = checked.weighing if checked and not checked.unread else None
    home = checked.case.circumstances.home if checked else ()
    return {
        "here": ADDRESS,
        "title": site.say("pages.money.title"),
        "fields": fields,
        "groups": _grouped(check.questions()),
        "needs": check.needs(),
        "also": check.also(),
        "typed": _TYPED,
        "unsure": UNSURE,
        "problems": {_field(fields, n): _problem(site, n) for n in checked.unread} if checked else {},
        "found": found,
        "outside": bool(found and home and not set(home) & set(areas)),
        "may": _cards(site, found.may) if found else (),
        "depends": _cards(site, found.depends) if found else (),
        "unlikely": _cards(site, found.unlikely) if found else (),
        "others": _listed(entries, check, checked) if found and checked else (),
        "person": site.heard.talk.contact_card(LANGUAGE),
    }


def _grouped(questions: tuple[Question, ...]) -> list[tuple[str, list[Question]]]:
    by_fact = {question.fact: question for question in questions}
    groups = [(name, [by_fact.pop(fact) for fact in facts if fact in by_fact]) for name, facts in _GROUPS]
    return [*groups, ("about_care", list(by_fact.values()))]


def _field(fields: Fields, name: str) -> str:
    """The field that a problem stands beside."""
    return _TYPED[name] if name in _TYPED and fields.get(_TYPED[name]) else name


def _problem(site: Site, name: str) -> str:
    kind = "age" if name == AGE else "place" if name in _TYPED else "choose"
    return site.say(f"pages.money.problem.{kind}")


def _cards(site: Site, assessments: tuple[Assessment, ...]) -> list[Card]:
    return [bursary_card(assessment, site.heard.wording, LANGUAGE) for assessment in assessments]


def _listed(entries: Entries, check: Check, checked: Checked) -> list[tuple[str, str]]:
    """Name and address of the schemes that were not weighed."""
    listed = (entries.get(bursary.id) for bursary in check.others(checked.weighing))
    return [(one.entry.name, one.address) for one in listed if one]
