"""Every text that the program says is in content/wording/, with the values that it asks for, and reads as it should."""

import ast
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from heard.errors import ContentError, WordingError
from heard.wording import Wording
from tests.system import ROOT

WORDING = Wording.load(ROOT / "content" / "wording")
ENGLISH = dict(WORDING._by_language["en"])
HOLE = "\0"


@dataclass(frozen=True)
class Said:
    """A place in the code that says something. `key` has a hole where it depends on a value."""

    where: str
    key: str
    values: frozenset[str] = field(default_factory=frozenset)
    all_values_known: bool = True

    def texts(self) -> list[str]:
        """The texts that it can be."""
        form = re.compile(".+".join(re.escape(part) for part in self.key.split(HOLE)))
        return [key for key in ENGLISH if form.fullmatch(key)]


def _text(node: ast.expr) -> str | None:
    """A string with holes; None where it is no string at all."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(p.value) if isinstance(p, ast.Constant) else HOLE for p in node.values)
    return None


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _wrappers(tree: ast.Module) -> dict[str, tuple[str, frozenset[str]]]:
    """A module's own `say` and `_say`: what they put before the key, and the values that they add."""
    found = {}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name in {"say", "_say"}:
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _name(call.func) == "say" and call.args:
                    key = _text(call.args[0])
                    before = key.partition(HOLE)[0] if key else ""
                    found[function.name] = before, frozenset(word.arg for word in call.keywords if word.arg)
    return found


def _said_in(path: Path) -> Iterator[Said]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    wrappers = _wrappers(tree)
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args or _name(call.func) not in {"say", "_say", "has"}:
            continue
        holder = _name(call.func.value) if isinstance(call.func, ast.Attribute) else ""
        key = _text(call.args[0])
        if key is None or holder in {"criteria", "_criteria"}:
            continue
        before, given = wrappers.get(_name(call.func), ("", frozenset()))
        if "wording" in holder:
            before, given = "", frozenset()
        elif holder == "look":
            before = "staff."
        given |= {word.arg for word in call.keywords if word.arg}
        known = all(word.arg for word in call.keywords) and _name(call.func) != "has"
        yield Said(f"{path.relative_to(ROOT)}:{call.lineno}", before + key, frozenset(given), known)


def _said_in_template(path: Path) -> Iterator[Said]:
    text = path.read_text(encoding="utf-8")
    for found in re.finditer(r'say\("([\w.]+)"( ~)?', text):
        values = frozenset(re.findall(r"(\w+)=", _until_closed(text[found.end() :])))
        yield Said(str(path.relative_to(ROOT)), found[1] + (HOLE if found[2] else ""), values, not found[2])


def _until_closed(text: str) -> str:
    open_ = 1
    for place, sign in enumerate(text):
        open_ += {"(": 1, ")": -1}.get(sign, 0)
        if not open_:
            return text[:place]
    return text


def everything_said() -> list[Said]:
    code = [path for folder in ("heard", "bot", "actions") for path in sorted((ROOT / folder).rglob("*.py"))]
    code = [path for path in code if path.name not in {"supervisor.py", "run.py", "criteria.py"}]
    pages = sorted((ROOT / "bot").rglob("templates/*.html"))
    return [*(s for path in code for s in _said_in(path)), *(s for path in pages for s in _said_in_template(path))]


SAID = everything_said()


def places(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name)


def test_the_search_for_what_is_said_finds_most_of_it() -> None:
    assert len(SAID) > 200
    assert {said.where.partition("/")[0] for said in SAID} == {"heard", "bot"}


def test_everything_that_is_said_has_a_text() -> None:
    assert [f"{said.where}: {said.key}" for said in SAID if not said.texts()] == []


def test_every_text_gets_the_values_that_it_asks_for() -> None:
    missing = [
        f"{said.where}: {key} asks for {sorted(places(ENGLISH[key]) - said.values)}"
        for said in SAID
        if said.all_values_known and HOLE not in said.key
        for key in said.texts()
        if not places(ENGLISH[key]) <= said.values
    ]
    assert missing == []


def test_a_translation_asks_for_nothing_that_english_does_not() -> None:
    for language in WORDING.languages:
        for key, text in WORDING._by_language[language].items():
            assert key in ENGLISH, (language, key)
            assert places(text) <= places(ENGLISH[key]), (language, key)


def test_texts_promise_nothing_and_keep_their_tone() -> None:
    for key, text in ENGLISH.items():
        lowered = text.lower()
        assert not re.search(r"\byou(?:'ll)? (?:will )?qualify\b", lowered), key
        assert not re.search(r"[\U0001f000-\U0001faff\u2600-\u27bf]", text), key
        assert not re.search(r"\b(?:ai|artificial intelligence)\b", lowered), key
        assert "  " not in text and "{}" not in text, key


# How it is read.


def a_folder(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name.replace('_', '.')}.yml").write_text(text, encoding="utf-8")
    return folder


def test_files_of_one_language_are_one_wording(tmp_path: Path) -> None:
    wording = Wording.load(a_folder(tmp_path, en="a: {b: Hello}", en_more="c: There", pl="a: {b: Cześć}"))
    assert (wording.say("a.b"), wording.say("c"), wording.say("a.b", "pl")) == ("Hello", "There", "Cześć")
    assert wording.languages == ("en", "pl")
    assert wording.names("a") == ("b",)


def test_what_a_language_lacks_is_said_in_english(tmp_path: Path) -> None:
    wording = Wording.load(a_folder(tmp_path, en="a: Hello {name}", pl="b: Cześć"))
    assert wording.say("a", "pl", name="you") == wording.say("a", "xx", name="you") == "Hello you"


def test_a_value_is_never_read_as_a_template(tmp_path: Path) -> None:
    wording = Wording.load(a_folder(tmp_path, en="a: '{what}!'"))
    assert wording.say("a", what="{secret} {0} %s") == "{secret} {0} %s!"


@pytest.mark.parametrize(("key", "says"), [("nothing", "has no text for 'nothing'"), ("a", "asks for 'name'")])
def test_what_is_missing_is_named(tmp_path: Path, key: str, says: str) -> None:
    with pytest.raises(WordingError, match=says):
        Wording.load(a_folder(tmp_path, en="a: Hello {name}")).say(key, place="x")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: [1]", "expected a text, got list"),
        ("a: 7", "put it in quotes"),
        ("- x", "expected names"),
        ("a: {", "YAML"),
    ],
)
def test_a_file_of_another_form_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ContentError, match=says):
        Wording.load(a_folder(tmp_path, en=text))


def test_english_is_needed(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="is needed and is not there"):
        Wording.load(a_folder(tmp_path, pl="a: b"))
