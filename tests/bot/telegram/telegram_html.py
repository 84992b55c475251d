"""Reads the HTML of a message as strictly as Telegram does (TDLib's MessageEntity.cpp, parse_html)."""

import re
from dataclasses import dataclass, field
from html import unescape

_TAGS = {
    "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "span", "pre", "code",
    "blockquote",
}  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
_HREF = re.compile(r"href=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")


class HtmlError(ValueError):
    """What Telegram says to HTML that it does not take."""


@dataclass(frozen=True)
class Read:
    """The text as a person sees it, and where its links lead."""

    text: str
    links: tuple[str, ...] = field(default=())


def read_html(html: str) -> Read:
    """Raises HtmlError in Telegram's words."""
    text: list[str] = []
    links: list[str] = []
    stack: list[str] = []
    at = 0
    while at < len(html):
        if html[at] == "&" and (entity := _ENTITY.match(html, at)):
            text.append(unescape(entity[0]))
            at = entity.end()
        elif html[at] != "<":
            text.append(html[at])
            at += 1
        else:
            at = _tag(html, at, stack, links)
    if stack:
        raise HtmlError(f"can't parse entities: Can't find end tag corresponding to start tag \"{stack[-1]}\"")
    return Read("".join(text), tuple(links))


def _tag(html: str, at: int, stack: list[str], links: list[str]) -> int:
    offset = len(html[:at].encode())
    tag = _TAG.match(html, at)
    if tag is None:
        raise HtmlError(f"can't parse entities: Unclosed start tag at byte offset {offset}")
    closing, name, attributes = tag[1], tag[2].lower(), tag[3]
    if closing:
        if not stack:
            raise HtmlError(f"can't parse entities: Unexpected end tag at byte offset {offset}")
        if name != stack[-1]:
            raise HtmlError(
                f'can\'t parse entities: Unmatched end tag at byte offset {offset}, expected "</{stack[-1]}>", found '
                f'"</{name}>"'
            )
        stack.pop()
        return tag.end()
    if name not in _TAGS:
        raise HtmlError(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}')
    if name == "a" and (href := _HREF.search(attributes)):
        links.append(unescape(href[1] or href[2] or href[3] or ""))
    stack.append(name)
    return tag.end()


def is_blank(text: str) -> bool:
    """Whether Telegram finds nothing in a text: spaces and invisible characters only."""
    return not text.strip("".join(map(chr, [*range(0x21), 0xA0, 0xAD, *range(0x2000, 0x2010), *range(0x2028, 0x2030), 0x3000, 0xFEFF])))  # noqa: E501  # fmt: skip
