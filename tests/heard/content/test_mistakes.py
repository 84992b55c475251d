"""Each kind of mistake in a content file gives its own sentence."""

from pathlib import Path

import pytest

from heard.content.load import check_content, load_content
from heard.errors import ContentError
from tests.heard.content.small import a_content_folder, spoil

DRUMS = "content/kent/opportunities.yml: opportunities[0] (kent-drums): "
FUND = "content/kent/bursaries.yml: bursaries[0] (kent-fund): "
ASK = "content/kent/consultations/ask.yml: "
OPP, BUR, PATH, HELP = (f"kent/{n}.yml" for n in ("opportunities", "bursaries", "pathways", "helplines"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_content_folder(tmp_path)


def mistakes(root: Path) -> list[str]:
    return [str(mistake) for mistake in check_content(root)]


def test_a_folder_without_mistakes_has_none(root: Path):
    assert mistakes(root) == []
    assert load_content(root, "kent").opportunities[0].id == "kent-drums"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (OPP, "min: 8, max: 12", "min: 12, max: 8", DRUMS + "ages: min (12) is more than max (8)"),
        (OPP, "min: 8", "min: eight", DRUMS + "ages.min: expected a whole number"),
        (OPP, "{min: 8, max: 12}", "8-12", DRUMS + "ages: expected names with values"),
        (OPP, "provider:", "provder:", DRUMS + "provder: is not a name that we know; check the spelling, or remove it"),
        (OPP, "    cost: free\n", "", DRUMS + "cost: is missing; add it (null where it is not known)"),
        (OPP, "name: Drum club", "name: yes", DRUMS + "name: expected a text; put it in quotes"),
        (OPP, "name: Drum club", "name: ''", DRUMS + "name: expected a text; it is empty"),
        (OPP, "cost: free", "cost: gratis", DRUMS + "cost: 'gratis' is not one of 'free', 'subsidised', 'paid' or"),
        (OPP, "instruments: [drums]", "instruments: [drms]", DRUMS + "instruments[0]: 'drms' is not a known word here"),
        (OPP, "instruments: [drums]", "instruments: drums", DRUMS + "instruments: expected a list"),
        (OPP, "genres: [rock]", "genres: [Rock]", "did you mean 'rock'?"),
        (OPP, "times: [saturday]", "times: [saturdays]", DRUMS + "times[0]: 'saturdays' is not one of"),
        (OPP, "places: [Hitchin]", "places: [Hichin]", "'Hichin' is not in places.yml; did you mean 'Hitchin'?"),
        (OPP, "checked: null", "checked: 2026-02-31", DRUMS + "checked: there is no such day"),
        (OPP, "checked: null", "checked: 20261102", DRUMS + "checked: write a day as 2026-11-30"),
        (OPP, "checked: null", "checked: soon", DRUMS + "checked: there is no such day"),
        (OPP, "checked: null", "url: javascript:alert(1)", DRUMS + "url: an address that is a script is refused"),
        (OPP, "checked: null", "url: www.kent.example", DRUMS + "url: a web address starts with https://"),
        (OPP, "checked: null", "url: 'https://a.example/\"b'", DRUMS + "url: a web address has no spaces, quotes"),
        (
            OPP,
            "checked: null",
            "sessions: [{day: monday, starts: 18:30}]",
            "starts: write a time in quotes",
        ),
        (OPP, "checked: null", "sessions: [{day: monday, starts: '25:00'}]", "sessions[0].starts: write a time in quo"),
        (OPP, "checked: null", "sessions: [{day: someday, starts: '18:00'}]", "sessions[0].day: 'someday' is not one"),
        (
            OPP,
            "checked: null",
            "sessions: [{day: monday, starts: '18:00', ends: '17:00'}]",
            "ends (17:00) is not",
        ),
        (OPP, "checked: null", "dates: [{what: opens, day: 2027-02-31}]", "dates[0].day: there is no such day"),
        (
            OPP,
            "checked: null",
            "dates: [{what: opens, day: 2027-02-01, until: 2027-01-01}]",
            "is before day",
        ),
        (
            OPP,
            "checked: null",
            "dates: [{what: opens, day: 2027-02-01, ends: '17:00'}]",
            "dates[0]: an end needs",
        ),
        (BUR, "needs: [lesson]", "worth: {}", FUND + "worth: give pounds or percent, or leave worth out"),
        (
            BUR,
            "needs: [lesson]",
            "worth: {percent: 120}",
            FUND + "worth.percent: input should be less than",
        ),
        (BUR, "needs: [lesson]", "worth: {pounds: lots}", FUND + "worth.pounds: "),
        (BUR, "needs: [lesson]", "applicants: [granny]", FUND + "applicants[0]: 'granny' is not one of 'parent'"),
        (OPP, "for beginners", "for <b>beginners</b>", DRUMS + "summary: HTML is not shown"),
        (OPP, "id: kent-drums", "id: Kent Drums", "'Kent Drums' is not an id; use small letters, digits and hyphens"),
        (OPP, "id: kent-drums", "id: kent-fund", "the id is taken by content/kent/opportunities.yml"),
        (OPP, "opportunities:", "oportunities:", "oportunities: is not a name that we know here; expected opportunit"),
        (
            BUR,
            "field: young_carer",
            "field: young_carers",
            "any_of[0].field: 'young_carers' is not a known word",
        ),
        (BUR, "value: 30000", "value: {max: 3}", FUND + "eligibility[1].any_of[1].value: expected true or false, a nu"),
        (BUR, "field: pupil_premium, ", "", FUND + "eligibility[0].field: is missing"),
        (BUR, "needs: [lesson]", "needs: [lessons]", FUND + "needs[0]: 'lessons' is not one of"),
        (BUR, "{field: pupil_premium, value: true}", "{field: completed_stage, value: no-fund}", "names no bursary"),
        (PATH, "examples: [kent-drums]", "examples: [kent-drum]", "there is no opportunity 'kent-drum'; did you mean"),
        (PATH, "help_with_cost: []", "help_with_cost: [fund]", "there is no bursary 'fund'"),
        (HELP, "kinds: [wellbeing]", "kinds: [sadness]", "kinds[0]: 'sadness' is not a known word here"),
        (HELP, "phone: 0800 000", "web: 'JavaScript:alert(1)'", "contact.web: an address that is a script is refused"),
        ("kent/consultations/ask.yml", "closes: 2027-11-01", "closes: 2025-11-01", ASK + "opens (2026-11-01) is after"),
        (
            "kent/consultations/ask.yml",
            "kind: open",
            "kind: one_choice",
            ASK + "questions[0]: a question of the kind one_choice",
        ),
        ("kent/consultations/ask.yml", "id: ask", "id: asks", ASK + "id: the file's name and the id differ; call the"),
        ("kent/hub.yml", "id: kent", "id: sussex", "content/kent/hub.yml: id: the folder is called kent"),
        ("kent/hub.yml", "includes: [national]", "includes: [europe]", "includes: there is no folder 'europe'"),
        ("places.yml", "lat: 51.99", "lat: 5.199", "districts[0] (north): places[1].lat: input should be greater"),
        ("places.yml", "name: Baldock", "name: Hitch", "places (Hitchin).also: 'hitch' means Hitch already"),
        ("places.yml", "outcodes: [SG4]}", "outcodes: [SG9]}", "outcode SG9 is not in the list of outcodes"),
        ("places.yml", "outcode: SG4,", "outcode: sg4,", "outcodes[0]: outcode: 'sg4' has not the form that it needs"),
        ("places.yml", "counties:", "countries:", "countries: is not a name that we know here"),
        ("glossary.yml", "group: slang", "field: poverty, group: slang", "field: 'poverty' is not a known word here"),
    ],
)
def test_a_mistake_names_the_file_and_the_entry_and_says_what_to_do(root: Path, file, old, new, message):
    spoil(root, file, old, new)
    found = mistakes(root)
    assert any(message in text for text in found), found
    with pytest.raises(ContentError):
        load_content(root, "kent")


def test_broken_yaml_is_told_with_its_line(root: Path):
    spoil(root, OPP, "    cost: free", "   cost: [free")
    (mistake,) = mistakes(root)
    assert mistake.startswith("content/kent/opportunities.yml: line 1")
    assert "this is not YAML" in mistake


def test_a_name_given_twice_is_a_mistake(root: Path):
    spoil(root, OPP, "    cost: free\n", "    cost: free\n    cost: paid\n")
    assert mistakes(root) == ["content/kent/opportunities.yml: line 13: 'cost' is given twice in one entry"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("# nothing\n", "the file is empty"),
        ("- a\n- b\n", "expected names with values at the top"),
        ("just words\n", "expected names with values at the top"),
        ("opportunities:\n", "opportunities: expected a list ([] where there are none)"),
        ("opportunities: [drums]\n", "opportunities[0]: expected names with values"),
        ("a: !!python/object/apply:os.system [ls]\n", "line 1: could not determine a constructor"),
    ],
)
def test_a_file_of_another_form_is_told(root: Path, text: str, message: str):
    (root / OPP).write_text(text, encoding="utf-8")
    found = mistakes(root)
    assert any(m.startswith("content/kent/opportunities.yml: ") and message in m for m in found), found


def test_a_file_that_is_not_utf8_is_told(root: Path):
    (root / OPP).write_bytes(b"opportunities: [\xff]\n")
    assert "content/kent/opportunities.yml: save the file as UTF-8 (byte 16 is not)" in mistakes(root)


@pytest.mark.parametrize("name", [OPP, BUR, PATH, HELP, "places.yml", "glossary.yml", "national/helplines.yml"])
def test_a_missing_file_is_named(root: Path, name: str):
    (root / name).unlink()
    assert f"content/{name}: this file is needed and is not there" in mistakes(root)


def test_an_unknown_hub_lists_those_there_are(root: Path):
    with pytest.raises(
        ContentError, match=r"content/essex: there is no hub 'essex' \(no hub.yml\); the hubs are: kent"
    ):
        load_content(root, "essex")


def test_a_folder_that_no_hub_shows_is_told(root: Path):
    (root / "essex").mkdir()
    (root / "essex" / "opportunities.yml").write_text("opportunities: []\n", encoding="utf-8")
    (mistake,) = mistakes(root)
    assert mistake.startswith("content/essex: no hub shows these entries")


def test_an_empty_content_folder_says_what_is_missing(tmp_path: Path):
    (mistake,) = check_content(tmp_path)
    assert "add a folder with a hub.yml" in str(mistake)


def test_an_id_is_told_twice_across_the_folders_of_a_hub(root: Path):
    (root / "national" / "opportunities.yml").write_text((root / OPP).read_text(encoding="utf-8"), encoding="utf-8")
    (mistake,) = mistakes(root)
    assert mistake == (
        "content/national/opportunities.yml: opportunities[0] (kent-drums): the id is taken by "
        "content/kent/opportunities.yml: opportunities[0] (kent-drums); choose another"
    )


def test_every_mistake_is_told_and_each_once(root: Path):
    spoil(root, OPP, "min: 8, max: 12", "min: 12, max: 8")
    spoil(root, OPP, "level: beginner", "level: easy")
    spoil(root, HELP, "kinds: [wellbeing]", "kinds: [sadness]")
    found = mistakes(root)
    assert len(found) == len(set(found))
    assert [m.split(": ")[0] for m in found] == [
        "content/kent/opportunities.yml",
        "content/kent/opportunities.yml",
        "content/kent/helplines.yml",
    ]


def test_loading_says_how_many_more_mistakes_there_are(root: Path):
    spoil(root, HELP, "kinds: [wellbeing]", "kinds: [sadness]")
    spoil(root, HELP, "hours: null", "hours: 24")
    with pytest.raises(ContentError, match=r"there is 1 more mistake: run heard check-content"):
        load_content(root, "kent")


def test_a_mistake_in_another_hub_does_not_stop_this_one(root: Path):
    (root / "essex").mkdir()
    (root / "essex" / "hub.yml").write_text("id: essex\n", encoding="utf-8")
    assert load_content(root, "kent").hub.name == "Kent Music Hub"
    assert any("content/essex" in m for m in mistakes(root))


def test_a_shared_pathway_may_name_another_hubs_entries_and_each_hub_shows_its_own(root: Path):
    pathways = (root / PATH).read_text(encoding="utf-8").replace("[kent-drums]", "[kent-drums, essex-drums]")
    (root / "national" / "pathways.yml").write_text(pathways, encoding="utf-8")
    (root / PATH).write_text("pathways: []\n", encoding="utf-8")
    for file in (root / "kent").rglob("*.yml"):
        other = root / "essex" / file.relative_to(root / "kent")
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_text(file.read_text(encoding="utf-8").replace("kent", "essex"), encoding="utf-8")
    assert mistakes(root) == []
    assert load_content(root, "kent").pathways[0].stages[0].examples == ("kent-drums",)
    assert load_content(root, "essex").pathways[0].stages[0].examples == ("essex-drums",)
