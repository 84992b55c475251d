"""The directory's commands as somebody types them: preview, import, export and their exit statuses."""

import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from heard.cli import here
from heard.cli.main import app
from heard.errors import HeardError
from tests.builders import CONTENT
from tests.loopback import Answer, serving

ENTRY = "hms-music-centres"


@pytest.fixture
def heard(tmp_path, monkeypatch):
    """Runs a command on a copy of the content and a database of its own."""
    shutil.copytree(CONTENT, tmp_path / "content")
    monkeypatch.setattr(here, "ROOT", tmp_path)
    environ = {
        "HUB": "hertfordshire",
        "HEARD_VAR": str(tmp_path / "var"),
        "HEARD_SECRET": "a secret of the tests that is long enough",
    }
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments], env=environ)


def test_a_spreadsheet_is_shown_first_and_then_imported(heard, tmp_path):
    file = tmp_path / "opportunities.csv"
    file.write_text(f"id,cost\n{ENTRY},free\n")
    for arguments, last in ((["--dry-run"], "dry run"), ([], "Done."), ([], "Nothing had to be changed.")):
        done = heard("import", "csv", file, *arguments)
        assert done.exit_code == 0 and last in done.stdout.splitlines()[-1]
        shown = f"~ {ENTRY}  Hertfordshire music centres network\n    cost: paid -> free" in done.stdout
        assert shown is (last != "Nothing had to be changed.")


def test_one_wrong_row_and_nothing_is_imported(heard, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(f"id,cost,checked\n{ENTRY},free,\nhms-first-access-whole-class,cheap,31/02/2026\n")
    done = heard("import", "csv", file, "--collection", "opportunities")
    assert done.exit_code == 1 and "row 3 (hms-first-access-whole-class): cost: 'cheap' is not one of" in done.stderr
    assert "nothing is imported" in done.stderr
    assert "1 changed" in heard("import", "csv", file, "--collection", "opportunities", "--dry-run").stdout


def test_what_was_exported_can_be_imported_and_says_the_same(heard, tmp_path):
    assert heard("export", "xlsx", tmp_path / "all.xlsx").exit_code == 0
    assert heard("export", "csv", tmp_path / "sheets").exit_code == 0
    for arguments in (["xlsx", tmp_path / "all.xlsx"], ["csv", tmp_path / "sheets" / "bursaries.csv"]):
        done = heard("import", *arguments, "--whole", "--dry-run")
        assert "0 added, 0 changed, 0 retired" in done.stdout, done.output


def test_an_imported_change_goes_back_into_the_content_files(heard, tmp_path):
    assert "say the same" in heard("export").stdout
    file = tmp_path / "opportunities.csv"
    file.write_text(f"id,cost\n{ENTRY},free\n")
    heard("import", "csv", file)
    assert "+    cost: free" in heard("export", "--dry-run").stdout
    assert heard("export").stdout == "content/hertfordshire/opportunities.yml is written.\n"
    assert "say the same" in heard("export").stdout


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("list.csv", "id\n", "--collection"),
        ("opportunities.csv", "id,price\nx,5\n", "price"),
        ("missing/opportunities.csv", None, "cannot be read"),
        ("book.xlsx", "id,name\n", "no XLSX workbook"),
    ],
)
def test_a_wrong_file_is_one_sentence(heard, tmp_path, name, content, advice):
    if content is not None:
        (tmp_path / name).write_text(content)
    done = heard("import", name.rpartition(".")[2], tmp_path / name)
    assert isinstance(done.exception, HeardError) and advice in str(done.exception)
    assert "\n" not in str(done.exception)


def test_a_feed_is_imported_with_its_bad_records_named(heard):
    good = {
        "id": "1",
        "name": "Steel band",
        "status": "active",
        "description": "A band.",
        "organization": {"name": "Steel Together"},
        "schedules": [],
    }
    services = [good, good | {"id": "2", "url": "javascript:alert(1)"}]
    page = [json.dumps({"total_items": 2, "contents": services})]
    with serving(lambda *_: Answer(page[0])) as site:
        first = heard("import", "openreferral", f"{site.url}/services")
        again = heard("import", "openreferral", f"{site.url}/services")
        page[0] = page[0][:-20]
        broken = heard("import", "openreferral", f"{site.url}/services")
    assert first.exit_code == again.exit_code == 0
    assert (
        "+ steel-band-" in first.stdout and "1 added" in first.stdout and "those records are left out" in first.stdout
    )
    assert first.stderr == "record 2 (2): url: an address that is a script is refused\n"
    assert "0 added, 0 changed, 0 retired, 1 unchanged" in again.stdout
    assert "cut off" in str(broken.exception)
    assert "0 added, 0 changed, 0 retired" in heard("import", "xlsx", _exported(heard), "--whole").stdout


def test_broken_links_are_listed_and_make_their_entries_due(heard, tmp_path):
    def answer(method, path, parameters):
        return Answer(status=404 if path == "/gone" else 200)

    with serving(answer) as site:
        _only_links_to(heard, tmp_path, site.url)
        done = heard("check-links", "--pause", "0")
    assert done.exit_code == 1, done.output
    assert f"broken  404  {site.url}/gone  [{ENTRY}]  there is no such page any more" in done.stdout.splitlines()
    assert done.stdout.splitlines()[-1].endswith(" ok, 0 moved, 0 unsure, 1 broken")


def test_where_no_address_answers_it_is_this_machine(heard, tmp_path):
    _only_links_to(heard, tmp_path, "http://127.0.0.1:1")
    done = heard("check-links", "--pause", "0")
    assert "is this machine on the internet?" in str(done.exception)


def _only_links_to(heard, tmp_path, site):
    """Every entry of the directory names pages of this site alone, and one a page that is gone."""
    for path in (tmp_path / "content").glob("*/*.yml"):
        if path.stem != "hub":
            path.write_text(re.sub(r"https?://[^\s'\",]+", f"{site}/fine", path.read_text()))
    (tmp_path / "opportunities.csv").write_text(f"id,url\n{ENTRY},{site}/gone\n")
    assert heard("import", "csv", tmp_path / "opportunities.csv").exit_code == 0


def _exported(heard):
    file = here.ROOT / "all.xlsx"
    heard("export", "xlsx", file)
    return file
