"""What only several entries together can get wrong: the same id twice, a name that points nowhere."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from heard.content.folder import Folder, Located
from heard.content.schema import (
    AboutYou,
    AnyOf,
    Bursary,
    Consultation,
    District,
    Opportunity,
    Outcode,
    Pathway,
    Place,
    Term,
)
from heard.errors import ContentError


def repeated_ids(folders: Sequence[Folder]) -> Iterator[ContentError]:
    """One id for one entry, whatever its kind: a button carries nothing but the id."""
    first: dict[str, Located[Opportunity]] = {}
    for folder in folders:
        for located in folder:
            other = first.setdefault(located.entry.id, located)
            if other is not located:
                yield located.mistake(f"the id is taken by {other.file}{_at(other)}; choose another")


def _at(located: Located[Opportunity]) -> str:
    return f": {located.where}" if located.where else ""


def lost_pathways(folder: Folder, known: Iterable[Folder]) -> Iterator[ContentError]:
    """Examples and help with cost are entries that exist."""
    known = tuple(known)
    if not all(f.whole for f in known):
        return
    spoiled = {id_ for f in known for id_ in f.spoiled}
    opportunities = {o.entry.id for f in known for o in f.opportunities} | spoiled
    bursaries = {b.entry.id for f in known for b in f.bursaries} | spoiled
    for pathway in folder.pathways:
        yield from _lost_in(pathway, opportunities, bursaries)


def _lost_in(pathway: Located[Pathway], opportunities: set[str], bursaries: set[str]) -> Iterator[ContentError]:
    seen: set[str] = set()
    for n, stage in enumerate(pathway.entry.stages):
        at = f"stages[{n}] ({stage.id})"
        if stage.id in seen:
            yield pathway.mistake(f"{at}: two stages have the same id")
        seen.add(stage.id)
        for id_ in stage.examples:
            if id_ not in opportunities:
                yield pathway.mistake(f"{at}.examples: there is no opportunity {id_!r}{_meant(id_, opportunities)}")
        for id_ in stage.help_with_cost:
            if id_ not in bursaries:
                yield pathway.mistake(f"{at}.help_with_cost: there is no bursary {id_!r}{_meant(id_, bursaries)}")


def unknown_stages(folders: Sequence[Folder]) -> Iterator[ContentError]:
    """A bursary that asks for another one to be completed names one that exists."""
    if not all(f.whole for f in folders):
        return
    ids = {b.entry.id for f in folders for b in f.bursaries} | {id_ for f in folders for id_ in f.spoiled}
    for folder in folders:
        for located in folder.bursaries:
            for id_ in _completed(located.entry):
                if id_ not in ids:
                    yield located.mistake(f"eligibility: completed_stage names no bursary: {id_!r}{_meant(id_, ids)}")


def _completed(bursary: Bursary) -> Iterator[str]:
    for condition in bursary.eligibility:
        for criterion in condition.any_of if isinstance(condition, AnyOf) else (condition,):
            if criterion.field == "completed_stage" and isinstance(criterion.value, str):
                yield criterion.value


def unknown_places(folder: Folder, districts: Iterable[District]) -> Iterator[ContentError]:
    """The places of an opportunity are names of places.yml, so that distances can be measured."""
    names = {p.name for d in districts for p in d.places}
    for located in folder.opportunities:
        for name in located.entry.places:
            if name not in names:
                yield located.mistake(f"places: {name!r} is not in places.yml{_meant(name, names)}")


def repeated_place_names(districts: Sequence[Located[District]]) -> Iterator[ContentError]:
    """A short form means one place only. A full name may repeat, in another district (Charminster)."""
    names: dict[str, Place] = {}
    for located in districts:
        names |= {p.name.lower(): p for p in located.entry.places}
    taken = dict(names)
    for located in districts:
        inside: set[str] = set()
        for place in located.entry.places:
            if place.name in inside:
                yield located.mistake(f"places: {place.name} is there twice")
            inside.add(place.name)
            for short in place.also:
                other = taken.setdefault(short.lower(), place)
                if other is not place:
                    yield located.mistake(f"places ({place.name}).also: {short!r} means {other.name} already")


def unknown_outcodes(districts: Iterable[Located[District]], outcodes: Iterable[Outcode]) -> Iterator[ContentError]:
    """A place's outcodes are listed, with where they are."""
    listed = {o.outcode for o in outcodes}
    for located in districts:
        for place in located.entry.places:
            for outcode in place.outcodes:
                if outcode not in listed:
                    yield located.mistake(f"places ({place.name}): outcode {outcode} is not in the list of outcodes")


def repeated_terms(terms: Iterable[Located[Term]]) -> Iterator[ContentError]:
    """A term is explained once."""
    seen: set[str] = set()
    for located in terms:
        if located.entry.id in seen:
            yield located.mistake("the id is taken by another term; choose another")
        seen.add(located.entry.id)


def misnamed_consultations(consultations: Iterable[Located[Consultation]]) -> Iterator[ContentError]:
    """The file of a consultation is called after its id."""
    for located in consultations:
        if located.file.stem != located.entry.id:
            yield located.mistake(f"id: the file's name and the id differ; call the file {located.entry.id}.yml")


def repeated_aims(folders: Sequence[Folder]) -> Iterator[ContentError]:
    """An aim's id means one thing for a hub, in whichever of its strategies it stands."""
    seen: set[str] = set()
    for located in (f.strategy for f in folders if f.strategy is not None):
        for number, aim in enumerate(located.entry.aims):
            if aim.id in seen:
                yield located.mistake(f"aims[{number}] ({aim.id}): the id is taken by another aim; choose another")
            seen.add(aim.id)


def unknown_aims(folder: Folder, folders: Sequence[Folder]) -> Iterator[ContentError]:
    """What a consultation says it serves stands in a strategy of the hub."""
    known = {aim.id for f in folders if f.strategy is not None for aim in f.strategy.entry.aims}
    for located in folder.consultations:
        whole = [("serves", id_) for id_ in located.entry.serves]
        parts = [
            (f"questions[{n}] ({q.id}).serves", id_) for n, q in enumerate(located.entry.questions) for id_ in q.serves
        ]
        for where, id_ in (*whole, *parts):
            if id_ not in known:
                yield located.mistake(f"{where}: no strategy.yml of the hub has {id_!r}{_meant(id_, known)}")


def unknown_about_you(folder: Folder, about_you: AboutYou) -> Iterator[ContentError]:
    """What a consultation asks about the person is in about_you.yml."""
    known = {question.id for question in about_you.questions}
    for located in folder.consultations:
        for name in located.entry.about_you:
            if name not in known:
                yield located.mistake(f"about_you: about_you.yml has no question {name!r}")


def _meant(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
