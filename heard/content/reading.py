"""A content file as plain values: what staff wrote, and for a mistake the line that it is on."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from heard.errors import ContentError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARKUP = re.compile(r"<[A-Za-z/!]")
_SCRIPT = re.compile(r"^\s*(javascript:|vbscript:|data:[\w/+.-]*[;,])", re.IGNORECASE)


class _Loader(_Base):  # type: ignore[misc]
    """YAML as staff mean it: a name given twice is a mistake, a day that does not exist stays a text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names: set[str] = set()
        for name, _ in node.value:
            if name.value in names:
                raise yaml.constructor.ConstructorError(
                    problem=f"{name.value!r} is given twice in one entry", problem_mark=name.start_mark
                )
            names.add(name.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping

    def construct_day(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:  # 31 February: the schema says so, with the entry's name
            return node.value


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)


def parse_yaml(text: str) -> Any:
    """The plain values of a short text. Raises yaml.YAMLError, or ValueError where it is nested beyond any use.

    No part may stand for another (&, *): a few lines of that could mean more than memory holds.
    """
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader)):
            raise ValueError("a part of it stands for another (*)")
        # The loader is the safe one: it makes plain values only.
        return yaml.load(text, Loader=_Loader)  # noqa: S506
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def read_yaml(path: Path, shown: Path) -> Any:
    """The plain values of a file. Raises ContentError, naming `shown`, where it is missing, empty or not YAML."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ContentError(shown, "this file is needed and is not there") from None
    except UnicodeDecodeError as error:
        raise ContentError(shown, f"save the file as UTF-8 (byte {error.start} is not)") from error
    try:
        # The loader is the safe one: it makes plain values only.
        plain = yaml.load(text, Loader=_Loader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = f"line {mark.line + 1}: " if mark else ""
        said = "" if isinstance(error, yaml.constructor.ConstructorError) else "this is not YAML: "
        raise ContentError(shown, f"{line}{said}{error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise ContentError(shown, f"this is not YAML: {error}") from error
    if plain is None:
        raise ContentError(shown, "the file is empty")
    return plain


def unsafe_texts(plain: Any, where: str = "") -> Iterator[str]:
    """What is wrong with any text inside, as "field: advice": markup, and addresses that are scripts."""
    if isinstance(plain, str):
        if _MARKUP.search(plain):
            yield f"{where}: HTML is not shown; write plain text without <"
        if _SCRIPT.match(plain):
            yield f"{where}: an address that is a script is refused; use https://"
    elif isinstance(plain, dict):
        for name, value in plain.items():
            yield from unsafe_texts(value, f"{where}.{name}" if where else str(name))
    elif isinstance(plain, list):
        for index, value in enumerate(plain):
            yield from unsafe_texts(value, f"{where}[{index}]")
