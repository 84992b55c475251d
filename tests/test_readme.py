"""README.md and docs/ say what is so: the conversation, the commands, the folders, the links."""

import re
import shlex
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from heard.cli.main import app
from tests.conversation import Conversation
from tests.system import ROOT, RunningSystem

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "data" / "README.md", *ROOT.glob("docs/**/*.md")])


@dataclass
class Said:
    """One question of the README's conversation and what it promises of the answer."""

    question: str
    text: str = ""
    cards: list[tuple[str, list[str]]] = field(default_factory=list)


def conversation() -> list[Said]:
    block = next(block for block in re.findall(r"```text\n(.*?)```", README, re.DOTALL) if block.startswith("You:"))
    said: list[Said] = []
    for line in block.splitlines():
        if line.startswith("You:"):
            said.append(Said(line.removeprefix("You:").strip()))
        elif line.startswith("Heard:"):
            said[-1].text = line.removeprefix("Heard:").strip()
        else:
            title, _, reasons = line.strip().removeprefix("- ").rpartition(" (")
            with_reasons = ";" in reasons
            card = (title, reasons.rstrip(")").split("; ")) if with_reasons else (line.strip().removeprefix("- "), [])
            said[-1].cards.append(card)
    return said


@pytest.mark.slow
def test_the_example_conversation_goes_as_the_readme_says(running: RunningSystem) -> None:
    chat = Conversation(running.url)
    said = conversation()
    assert len(said) == 6
    for step in said:
        chat.say(step.question)
        assert step.text in chat.text, chat.text
        shown = {card["title"]: card for card in chat.cards}
        for title, reasons in step.cards:
            assert title in shown, (step.question, list(shown))
            assert set(reasons) <= set(shown[title]["why"])


def commands() -> list[list[str]]:
    found = []
    for page in PAGES:
        for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            found += [shlex.split(line, comments=True) for line in block.splitlines() if line.strip()]
    return [command for command in found if command]


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_in_the_docs_is_there(command: list[str]) -> None:
    while "=" in command[0]:
        command = command[1:]
    if command[0] == "make":
        done = subprocess.run(["make", "-n", *command[1:]], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    elif command[0] == "cp":
        assert (ROOT / command[1]).exists()
    else:
        assert command[0] == ".venv/bin/heard"
        words = [word for word in command[1:] if not word.startswith("-")]
        group = words[:2] if words[0] in {"staff", "consultation", "import"} else words[:1]
        result = CliRunner().invoke(app, [*group, "--help"])
        assert result.exit_code == 0, result.output
        for option in (word for word in command[1:] if word.startswith("--")):
            assert option in result.output


def test_every_link_and_picture_leads_somewhere() -> None:
    for page in PAGES:
        prose = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)]+)\)", prose):
            if not target.startswith(("http", "#")):
                assert (page.parent / target.partition("#")[0]).exists(), f"{page.name}: {target}"


def test_every_folder_and_file_that_the_docs_name_is_there() -> None:
    named = re.compile(r"`((?:bot|heard|actions|nlu|data|content|tests|docs|scripts)/[A-Za-z0-9_./-]*)`")
    for page in PAGES:
        for path in named.findall(page.read_text(encoding="utf-8")):
            assert (ROOT / path).exists(), f"{page.name}: {path}"


def test_the_picture_of_the_architecture_names_only_what_is_there() -> None:
    words = re.sub(
        r"<style>.*?</style>|<[^>]+>", " ", (ROOT / "docs/images/architecture.svg").read_text(encoding="utf-8")
    )
    doors = {"telegram/", "web/", "staff/"}
    for name in re.findall(r"[a-z_/]+/(?=\s)", words):
        assert (ROOT / ("bot" if name in doors else ".") / name).is_dir(), name
    for name in re.findall(r"\b[a-z]+\.(?:py|yml)", words):
        assert (ROOT / name).exists() or (ROOT / "bot" / name).exists(), name
    topics = re.search(r"directory\s.*supervisor", words, re.DOTALL)
    assert topics is not None
    for name in topics[0].split():
        assert (ROOT / "heard" / name).is_dir() or (ROOT / "heard" / f"{name}.py").exists(), name


def test_the_settings_of_the_example_file_are_those_of_the_program() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    modules = (ROOT / "heard" / name for name in ("settings.py", "network_settings.py"))
    source = "".join(module.read_text(encoding="utf-8") for module in modules)
    read = set(re.findall(r'"((?:HEARD|HUB|DATABASE|TELEGRAM|PUBLIC)[A-Z_]*)"', source))
    assert named == read


def test_heard_imports_no_server_no_telegram_and_no_rasa() -> None:
    forbidden = re.compile(
        r"^\s*(?:from|import) (rasa|rasa_sdk|telegram|fastapi|starlette|bot|actions)\b", re.MULTILINE
    )
    for path in (ROOT / "heard").rglob("*.py"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path


def test_only_the_store_knows_sqlalchemy() -> None:
    for folder in ("heard", "bot", "actions"):
        for path in (ROOT / folder).rglob("*.py"):
            inside = Path("heard/store") in [path.relative_to(ROOT), *path.relative_to(ROOT).parents]
            assert inside or "import sqlalchemy" not in path.read_text(encoding="utf-8").replace("from", "import"), path
