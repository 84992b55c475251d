"""A small content folder to spoil: one hub (kent), one shared folder (national)."""

from pathlib import Path

HUB = """
id: kent
name: Kent Music Hub
lead: Kent Music
about: It helps young people in Kent to make music.
county: Kent
areas: [national]
includes: [national]
contact: {name: Kent Music, web: https://kent.example/}
"""
OPPORTUNITIES = """
opportunities:
  - id: kent-drums
    name: Drum club
    provider: Kent Music
    kind: lesson
    summary: Drums for beginners.
    ages: {min: 8, max: 12}
    instruments: [drums]
    genres: [rock]
    level: beginner
    cost: free
    area: national
    place: Hitchin
    places: [Hitchin]
    when: Saturdays
    times: [saturday]
    confidence: page
    checked: null
"""
BURSARIES = """
bursaries:
  - id: kent-fund
    name: Kent fund
    funder: Kent Music
    area: national
    what_it_pays: Lessons.
    amount_note: null
    ages: null
    eligibility:
      - {field: pupil_premium, value: true}
      - any_of:
          - {field: young_carer, value: true}
          - {field: household_income_max, value: 30000}
    how_to_apply: null
    evidence_needed: null
    deadline_note: null
    needs: [lesson]
    confidence: page
"""
PATHWAYS = """
pathways:
  - id: drumming
    name: Drumming
    for_whom: Anyone
    stages:
      - {id: start, title: Start, typical_age: null, what_happens: Drum., examples: [kent-drums], help_with_cost: []}
    confidence: memory
"""
HELPLINES = """
helplines:
  - id: listening
    name: Listening line
    area: national
    for_whom: Anyone
    contact: {phone: 0800 000}
    hours: null
    when_to_use: When you want to talk.
    kinds: [wellbeing]
    confidence: page
"""
CONSULTATION = """
id: ask
title: Ask
purpose: To find out.
audience: Everyone
opens: 2026-11-01
closes: 2027-11-01
serves: [kent-more]
about_you: [district]
thanks: Thank you.
questions:
  - {id: more, kind: open, text: What should there be more of?}
"""
STRATEGY = """
name: Plan
source: Kent Music
aims:
  - {id: kent-more, kind: objective, number: 1, title: More music}
"""
ABOUT_YOU = """
prefer_not_to_say: I would rather not say
somewhere_else: Somewhere else
questions:
  - {id: district, text: Where do you live?, reason: To see who is heard.}
"""
PLACES = """
counties:
  - {id: kent, name: Kent, areas: [national]}
districts:
  - id: north
    name: North
    area: national
    places:
      - {name: Hitchin, kind: town, lat: 51.95, lon: -0.28, outcodes: [SG4], also: [hitch]}
      - {name: Baldock, kind: town, lat: 51.99, lon: -0.19, outcodes: [SG4]}
outcodes:
  - {outcode: SG4, post_town: Hitchin, area: hertfordshire, lat: 51.95, lon: -0.28}
"""
GLOSSARY = """
glossary:
  - {id: uke, term: uke, full: Ukulele, group: slang, means: A small guitar.}
school_years:
  - {label: Year 1, starts_year_aged: 5, ends_year_aged: 6, key_stage: KS1, stage: primary}
"""


def a_content_folder(base: Path) -> Path:
    """A folder `content` under `base` with no mistake in it."""
    root = base / "content"
    files = {
        "kent/hub.yml": HUB,
        "kent/opportunities.yml": OPPORTUNITIES,
        "kent/bursaries.yml": BURSARIES,
        "kent/pathways.yml": PATHWAYS,
        "kent/helplines.yml": HELPLINES,
        "kent/consultations/ask.yml": CONSULTATION,
        "kent/strategy.yml": STRATEGY,
        "national/opportunities.yml": "opportunities: []\n",
        "national/bursaries.yml": "bursaries: []\n",
        "national/pathways.yml": "pathways: []\n",
        "national/helplines.yml": "helplines: []\n",
        "places.yml": PLACES,
        "glossary.yml": GLOSSARY,
        "about_you.yml": ABOUT_YOU,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def spoil(root: Path, name: str, old: str, new: str) -> None:
    """Replaces the one place where `old` stands in a file; every test says exactly what it spoils."""
    text = (root / name).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    (root / name).write_text(text.replace(old, new), encoding="utf-8")
