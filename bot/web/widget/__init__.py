"""The widget as it is served: its scripts, its style and its words in one file, built once at the start."""

import gzip
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from heard.messages import Choice
from heard.wording import Wording

_HERE = Path(__file__).parent
_PARTS = ("dom.js", "server.js", "replies.js", "widget.js")
"""In the order in which they need each other; all in one function, so that a page's own names are safe."""

_COMMENTS = re.compile(r"^\s*/\*(?s:.*?)\*/\s*?$|(?:(?<=[;{]) |^\s*)// .*$", re.MULTILINE)
_SPACES = ((": ", ":"), ("; ", ";"), (", ", ","), (" {", "{"), ("{ ", "{"), (";}", "}"), (" }", "}"))


@dataclass(frozen=True, slots=True)
class Served:
    """A file as it goes out, plain and zipped: an old phone on a slow line loads a third."""

    body: bytes
    media_type: str
    etag: str = field(init=False)
    zipped: bytes = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "etag", f'"{hashlib.sha256(self.body).hexdigest()[:20]}"')
        object.__setattr__(self, "zipped", gzip.compress(self.body, mtime=0))


class Widget:
    """`script`, which is all a page needs, and `style` alone for browsers that take no style from a script."""

    def __init__(self, wording: Wording, menus: Mapping[str, Sequence[Choice]], hub_name: str) -> None:
        style = _squeezed((_HERE / "widget.css").read_text(encoding="utf-8"))
        for wide, narrow in _SPACES:
            style = style.replace(wide, narrow)
        values = {
            "WORDS": {code: _words(wording, code, hub_name) for code in wording.languages},
            "MENU": {code: [{"label": c.label, "payload": c.payload} for c in menu] for code, menu in menus.items()},
            "STYLE": style,
        }
        code = "\n".join(_squeezed((_HERE / part).read_text(encoding="utf-8")) for part in _PARTS)
        constants = "\n".join(f"const {name} = {_json(value)};" for name, value in values.items())
        script = f'(() => {{\n"use strict";\n{constants}\n{code}\n}})();\n'
        self.script = Served(script.encode(), "text/javascript; charset=utf-8")
        self.style = Served(style.encode(), "text/css; charset=utf-8")


def _words(wording: Wording, language: str, hub_name: str) -> dict[str, str]:
    return {key: wording.say(f"widget.{key}", language, **_filled(key, hub_name)) for key in wording.names("widget")}


def _filled(key: str, hub_name: str) -> dict[str, str]:
    # {n} and {of} are filled in by the script, message by message.
    return {"n": "{n}", "of": "{of}"} if key == "progress" else {"hub_name": hub_name}


def _json(value: object) -> str:
    return orjson.dumps(value).decode().replace("<", "\\u003c")


def _squeezed(source: str) -> str:
    """Without comments, indentation and empty lines. Our own sources only: strings there hold no line breaks."""
    return "\n".join(line.strip() for line in _COMMENTS.sub("", source).splitlines() if line.strip())
