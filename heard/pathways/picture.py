"""A small picture of a route, as SVG: a line with a stop for each step. The page says the same in words."""

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from heard.pathways.pages import RoutePage, Step
from heard.wording import DEFAULT_LANGUAGE, Wording

_WIDE = 340
"""Units of the picture; as wide as a small phone, so that a letter there is as big as on the page around it."""
_LINE_AT, _BRANCH_AT, _TEXT_AT = 38, 8, 66
_RADIUS = 15
_ROW, _TEXT_LINE, _TOP = 58, 19, 30
_LETTERS = 31
"""That fit beside the stops."""


def picture_of(page: RoutePage, wording: Wording, language: str = DEFAULT_LANGUAGE) -> str:
    """The picture as an SVG element. Everything in it that somebody wrote is escaped; it has no style of its own.

    It is one image with a name for those who do not see it. Colours come from the page's style sheet by the classes.
    """
    rows = [_lines_of(step.stage.title) for step in page.steps]
    middles = list(_middles([len(lines) for lines in rows]))
    other = _other_lines(page, wording, language)
    end = middles[-1] + _ROW // 2
    height = end + (len(other) * _TEXT_LINE + 30 if other else 4)
    parts = [_line(middles)]
    if other:
        parts.append(_branch(page, middles, end, other))
    parts += [_stop(step, y, lines) for step, y, lines in zip(page.steps, middles, rows, strict=True)]
    title = escape(wording.say("pages.routes.picture", language, route=page.route.name))
    about = escape(_in_words(page, wording, language))
    named = f'<title id="picture-name">{title}</title><desc id="picture-text">{about}</desc>'
    box = f'viewBox="0 0 {_WIDE} {height}" role="img" aria-labelledby="picture-name picture-text"'
    return f'<svg class="route-picture" {box}>{named}{"".join(parts)}</svg>'


def _in_words(page: RoutePage, wording: Wording, language: str) -> str:
    key = "here" if page.now else "all"
    values = {"count": len(page.steps), "number": page.now.number if page.now else 0}
    return wording.say(f"pages.routes.picture_{key}", language, **values)


def _other_lines(page: RoutePage, wording: Wording, language: str) -> list[str]:
    if page.alternative is None:
        return []
    return _lines_of(wording.say("pathways.choice.alternative", language, route=page.alternative.name))


def _lines_of(text: str) -> list[str]:
    return textwrap.wrap(text, _LETTERS, break_on_hyphens=False) or [text]


def _middles(heights: Sequence[int]) -> Iterator[int]:
    """Where each stop is: rows with several lines of text need more room."""
    y = _TOP
    for n, lines in enumerate(heights):
        if n:
            y += _ROW + (max(lines, heights[n - 1]) - 1) * _TEXT_LINE // 2
        yield y


def _line(middles: Sequence[int]) -> str:
    return f'<path class="line" d="M{_LINE_AT} {middles[0]}V{middles[-1]}"/>'


def _branch(page: RoutePage, middles: Sequence[int], end: int, other: Sequence[str]) -> str:
    """The other way leaves the line after the last step that somebody has reached."""
    y = end + 20
    start = middles[page.now.number - 1 if page.now else 0]
    x = _BRANCH_AT
    text = _text(other, _TEXT_AT, y, "other")
    away = f"M{_LINE_AT} {start}C{x} {start + 12} {x} {start + 24} {x} {start + 44}"
    on = f"V{y - 22}Q{x} {y - 5} {_TEXT_AT - 8} {y - 5}"
    return f'<path class="branch" d="{away}{on}"/>{text}'


def _stop(step: Step, y: int, lines: Sequence[str]) -> str:
    first = y + 5 - (len(lines) - 1) * _TEXT_LINE // 2
    return (
        f'<g class="{step.where}"><circle class="stop" cx="{_LINE_AT}" cy="{y}" r="{_RADIUS}"/>'
        f'<text class="number" x="{_LINE_AT}" y="{y + 5}" text-anchor="middle">{step.number}</text>'
        f"{_text(lines, _TEXT_AT, first, 'name')}</g>"
    )


def _text(lines: Sequence[str], x: int, y: int, kind: str) -> str:
    spans = "".join(f'<tspan x="{x}" y="{y + n * _TEXT_LINE}">{escape(line)}</tspan>' for n, line in enumerate(lines))
    return f'<text class="{kind}">{spans}</text>'
