"""What is written can be read again, and is the same."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.content import vocabulary
from heard.content.dump import dump_entries, dump_entry
from heard.content.folder import Reader
from heard.content.load import load_content
from heard.content.schema import (
    Ages,
    AnyOf,
    Bursary,
    Consultation,
    Criterion,
    KeyDate,
    Opportunity,
    Option,
    Question,
    Session,
    Strict,
    Worth,
)

ROOT = Path(__file__).parents[3] / "content"

texts = (
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<"), min_size=1, max_size=120)
    .map(str.strip)
    .filter(lambda t: t and not t.lower().startswith(("javascript", "data", "vbscript")))
)
slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{1,30}", fullmatch=True)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
ages = st.none() | st.builds(
    lambda low, span: Ages(min=low, max=None if span is None else (low or 0) + span),
    st.none() | st.integers(0, 25),
    st.none() | st.integers(0, 20),
)


def some(words: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), max_size=4, unique=True).map(tuple)


clocks = st.times().map(lambda t: t.strftime("%H:%M"))
key_dates = st.builds(KeyDate, what=st.sampled_from(["opens", "closes"]), day=days, starts=st.none() | clocks)
sessions = st.builds(Session, day=st.sampled_from(["monday", "sunday"]), starts=clocks)
opportunities = st.builds(
    Opportunity,
    id=slugs, name=texts, provider=texts, kind=st.sampled_from(["lesson", "ensemble"]), summary=texts, ages=ages,
    instruments=some(vocabulary.ENTRY_INSTRUMENTS), genres=some(vocabulary.ENTRY_GENRES),
    level=st.sampled_from(["any", "beginner"]), cost=st.sampled_from(["free", "paid"]), cost_note=st.none() | texts,
    area=st.sampled_from(["dorset", "national"]), place=st.none() | texts, when=st.none() | texts,
    accessibility=st.none() | texts, activities=some(vocabulary.ACTIVITIES), only_for=some(vocabulary.PEOPLE),
    confidence=st.just("page"), checked=st.none() | days, seen=st.none() | texts,
    postcode=st.none() | texts, check_note=st.none() | texts, access_needs=some(vocabulary.ACCESS_NEEDS),
    sessions=st.lists(sessions, max_size=2).map(tuple), dates=st.lists(key_dates, max_size=2).map(tuple),
)  # fmt: skip
sums = st.decimals(0, 99999, places=2, allow_nan=False).map(Decimal.normalize).filter(lambda d: d % 1 != 0)
criteria = st.builds(
    Criterion,
    field=st.sampled_from(vocabulary.CRITERIA),
    value=st.booleans() | st.integers(0, 99999) | sums | texts | st.lists(texts, max_size=3).map(tuple),
    note=st.none() | texts,
)
bursaries = st.builds(
    Bursary,
    id=slugs, name=texts, funder=texts, area=st.just("national"), what_it_pays=texts, amount_note=st.none() | texts,
    ages=ages,
    eligibility=st.lists(
        criteria | st.builds(AnyOf, any_of=st.lists(criteria, min_size=1, max_size=3).map(tuple)), max_size=4
    ).map(tuple),
    how_to_apply=st.none() | texts, evidence_needed=st.none() | texts, deadline_note=st.none() | texts,
    confidence=st.just("memory"), checked=st.none() | days,
    worth=st.none() | st.builds(Worth, pounds=sums.filter(bool)) | st.builds(Worth, percent=st.integers(1, 100)),
    applicants=st.lists(st.sampled_from(["parent", "school"]), max_size=2, unique=True).map(tuple),
    dates=st.lists(key_dates, max_size=2).map(tuple),
)  # fmt: skip
options = st.lists(st.builds(Option, id=slugs, label=texts), min_size=2, max_size=5, unique_by=lambda o: o.id)
questions = st.builds(Question, id=slugs, kind=st.just("open"), text=texts, optional=st.booleans()) | st.builds(
    Question, id=slugs, kind=st.just("one_choice"), text=texts, options=options.map(tuple)
)
consultations = st.builds(
    Consultation,
    id=slugs, title=texts, purpose=texts, audience=texts, opens=st.just(date(2026, 1, 1)),
    closes=st.dates(date(2026, 1, 1), date(2030, 1, 1)), thanks=texts,
    questions=st.lists(questions, min_size=1, max_size=4, unique_by=lambda q: q.id).map(tuple),
)  # fmt: skip


def read_back(text: str, key: str, model: type[Strict]) -> tuple[Strict, ...]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.yml"
        path.write_text(text, encoding="utf-8")
        reader = Reader(Path(folder))
        found = reader.entries(path, key, model) if key else (reader.whole(path, model),)
        assert [str(m) for m in reader.mistakes] == []
        return tuple(located.entry for located in found if located)


@given(st.lists(opportunities, max_size=3))
def test_opportunities_written_and_read_are_the_same(entries: list[Opportunity]):
    assert read_back(dump_entries("opportunities", entries, "A file."), "opportunities", Opportunity) == tuple(entries)


@given(st.lists(bursaries, max_size=3))
def test_bursaries_written_and_read_are_the_same_to_the_penny_and_the_type(entries: list[Bursary]):
    (*read,) = read_back(dump_entries("bursaries", entries, "A file."), "bursaries", Bursary)
    assert read == entries
    assert repr(read) == repr(entries)


@given(consultations)
def test_a_consultation_written_and_read_is_the_same(consultation: Consultation):
    assert read_back(dump_entry(consultation, "A consultation."), "", Consultation) == (consultation,)


@pytest.mark.parametrize("hub", ["dorset", "hertfordshire"])
@pytest.mark.parametrize("kind", ["opportunities", "bursaries", "pathways", "helplines"])
def test_what_the_hubs_have_survives_writing(hub: str, kind: str):
    entries = getattr(load_content(ROOT, hub), kind)
    assert read_back(dump_entries(kind, entries, "A file."), kind, type(entries[0])) == entries


def test_the_file_begins_by_saying_what_it_is_and_shows_the_gaps():
    entry = load_content(ROOT, "dorset").opportunities[0]
    text = dump_entries("opportunities", [entry], "What young people can join.")
    assert text.startswith("# What young people can join.\n\nopportunities:\n  - id: dorset-musicianship-programme\n")
    assert "    ages: {min: 7, max: 11}\n" in text
    assert text.endswith("    checked: null\n")


def test_sums_stay_exact():
    criterion = Criterion(field="household_income_max", value=Decimal("16190.10"))
    bursary = load_content(ROOT, "dorset").bursaries[0].model_copy(update={"eligibility": (criterion,)})
    (read,) = read_back(dump_entries("bursaries", [bursary], "A file."), "bursaries", Bursary)
    assert read.eligibility[0].value == Decimal("16190.1")
