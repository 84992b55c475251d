"""What a message tells us about a family."""

import re
from dataclasses import replace
from typing import Any

from heard.bursaries.circumstances import Circumstances, Range
from heard.bursaries.criteria import Criteria
from heard.directory.wish import Wish, ages_of_year
from heard.exchange import Understood
from heard.pathways.levels import grade_in, grades_of
from heard.places import Places

ELSEWHERE = "elsewhere"
OLDEST = 25


def learn(told: Circumstances, understood: Understood, criteria: Criteria, places: Places) -> Circumstances:
    """The circumstances with what a message adds; what it says anew replaces what was said before."""
    for entity in understood.entities:
        fact = criteria.words.get(entity.type, {}).get(str(entity.value))
        # "She is not autistic" tells nothing about SEND; "we don't get free school meals" is a plain no.
        if fact and (not entity.negated or entity.type == "circumstance"):
            told = told.with_fact(fact, "no" if entity.negated else "yes")
    age = _age(understood)
    if age:
        told = replace(told, age=age)
    home = _home(understood, places)
    if home:
        told = replace(told, home=home)
    instruments = tuple(str(value) for value in understood.values("instrument"))
    if instruments:
        told = replace(told, instruments=instruments)
    grade = grade_in(understood.text)
    grades = (grade, grade) if grade else grades_of(understood.first("level"))
    return replace(told, grades=grades) if grades else told


def needs_in(understood: Understood, criteria: Criteria) -> tuple[str, ...]:
    """What a message wants help for, by its words. A mentioned cello may be for lessons or to hire: both."""
    text = understood.text.casefold()
    found = [
        need
        for need, words in criteria.needs.items()
        if any(re.search(rf"\b{re.escape(word)}\b", text) for word in (*words, *_mentioned(understood, need)))
    ]
    activities = {"lesson": "lesson", "holiday course": "course", "course": "course", "workshop": "course"}
    groups = dict.fromkeys(("group", "ensemble", "orchestra", "band", "choir"), "group")
    found += [need for a in understood.values("activity") if (need := (activities | groups).get(str(a)))]
    if not found and understood.values("instrument"):
        found = ["lesson", "instrument"]
    return tuple(dict.fromkeys(found))


def areas_of(name: str, places: Places) -> tuple[str, ...]:
    """The areas that a place can lie in; more than one where it lies on an edge, or where two have its name."""
    located = places.find(name)
    if not located:
        far = re.fullmatch(r"[A-Z]{1,2}[0-9][0-9A-Z]?", name.upper()) or places.elsewhere(name)
        return (ELSEWHERE,) if far else ()
    areas = [area for place in located for area in place.areas]
    if any(place.kind == "outcode" and place.note for place in located):
        # The note says that the outcode crosses an edge: of the county, or inside Dorset of the BCP council.
        areas += ["dorset", "bcp"] if {"dorset", "bcp"} & set(areas) else []
        areas.append(ELSEWHERE)
    return tuple(dict.fromkeys(areas))


def age_range(value: Any) -> Range | None:
    """Reads "9", 9 or "8-10"; None for anything else and for ages over 25."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:\s*-\s*(\d{1,2}))?\s*", str(value))
    if not found:
        return None
    low, high = int(found[1]), int(found[2] or found[1])
    return (low, high) if low <= high <= OLDEST else None


def from_wish(told: Circumstances, wish: Wish, criteria: Criteria, places: Places) -> Circumstances:
    """Adds what a search was told, where the family has not said it here: nobody is asked twice."""
    age = _spanned([age for each in wish.each for age in each.ages])
    if age and told.age is None:
        told = replace(told, age=age)
    where = wish.outcode or wish.place
    if where and not told.home:
        told = replace(told, home=areas_of(where, places))
    if wish.instruments and not told.instruments:
        told = replace(told, instruments=wish.instruments)
    grades = grades_of(wish.level)
    if grades and told.grades is None:
        told = replace(told, grades=grades)
    for type_, values in (("circumstance", wish.circumstances), ("access_need", wish.access_needs)):
        for value in values:
            fact = criteria.words.get(type_, {}).get(value)
            if fact and fact not in told.facts:
                told = told.with_fact(fact, "yes")
    return told


def _mentioned(understood: Understood, need: str) -> tuple[str, ...]:
    """For the need of an instrument: "her own cello", "a new cello", said as a thing to have."""
    if need != "instrument":
        return ()
    return tuple(
        f"{word} {i}" for i in understood.values("instrument") for word in ("a", "an", "own", "new", "second hand")
    )


def _age(understood: Understood) -> Range | None:
    ages = [age_range(value) for value in understood.values("age")]
    return _spanned(ages) or _spanned([ages_of_year(str(value)) for value in understood.values("school_year")])


def _home(understood: Understood, places: Places) -> tuple[str, ...]:
    # An outcode is finer than a town's name; several places in one message are a question of either.
    names = understood.values("postcode") or understood.values("place")
    return tuple(dict.fromkeys(area for name in names for area in areas_of(str(name), places)))


def _spanned(ranges: list[Range | None]) -> Range | None:
    """Several children: from the youngest to the oldest."""
    known = [r for r in ranges if r]
    return (min(r[0] for r in known), max(r[1] for r in known)) if known else None
