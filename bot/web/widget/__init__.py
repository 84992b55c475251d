"""The widget as it is served: the script with its style and its words inside, built once at the start."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

import orjson

from heard.talk import TalkTopic
from heard.wording import Wording

_HERE = Path(__file__).parent


class Widget:
    """`script` and its `etag`: one file, so that a page needs one request."""

    def __init__(self, wording: Wording, talk: TalkTopic, hub_name: str) -> None:
        style = (_HERE / "widget.css").read_text(encoding="utf-8")
        if "`" in style or "${" in style or "\\" in style:
            raise ValueError("widget.css stands in a JavaScript template: no backtick, ${ or backslash")
        words = {code: _words(wording, code, hub_name) for code in wording.languages}
        menu = {
            code: [{"label": choice.label, "payload": choice.payload} for choice in talk.menu(code)]
            for code in wording.languages
        }
        script = (_HERE / "widget.js").read_text(encoding="utf-8")
        for name, value in (("__WORDS__", _json(words)), ("__MENU__", _json(menu)), ("__STYLE__", _squeezed(style))):
            script = script.replace(name, value, 1)
        self.script = script.encode()
        self.etag = f'"{hashlib.sha256(self.script).hexdigest()[:20]}"'


def _words(wording: Wording, language: str, hub_name: str) -> dict[str, str]:
    return {key: wording.say(f"widget.{key}", language, **_filled(key, hub_name)) for key in wording.names("widget")}


def _filled(key: str, hub_name: str) -> dict[str, str]:
    # {n} and {of} are filled in by the script, message by message.
    return {"n": "{n}", "of": "{of}"} if key == "progress" else {"hub_name": hub_name}


def _json(value: object) -> str:
    return orjson.dumps(value).decode().replace("<", "\\u003c")


def _squeezed(style: str) -> str:
    return "\n".join(_lines(style.splitlines()))


def _lines(lines: Iterable[str]) -> Iterable[str]:
    return (line.strip() for line in lines if line.strip())
