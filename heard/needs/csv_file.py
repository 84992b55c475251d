"""The figures of a view as rows for a spreadsheet: the same cells as on the page, and no others."""

from collections.abc import Iterator

from heard.needs.report import FILTERS, MONTH, SHOWN_BY, Figure, View
from heard.needs.sayings import Names
from heard.wording import Wording

_COLUMNS = ("time", *SHOWN_BY, "count", "or_more")


def rows_of(view: View, names: Names, wording: Wording) -> Iterator[tuple[str | int | None, ...]]:
    """The header, the total, and a row for each figure that is shown."""
    yield tuple(wording.say(f"staff.needs.csv.{column}") for column in _COLUMNS)
    if view.total is not None:
        yield _row(view, view.total, None, names, wording)
    for breakdown in view.breakdowns:
        for figure in breakdown.figures:
            yield _row(view, figure, breakdown.by, names, wording)


def _row(view: View, figure: Figure, by: str | None, names: Names, wording: Wording) -> tuple[str | int | None, ...]:
    fixed = {name: getattr(view.asked, name) for name in FILTERS} | ({by: figure.value} if by else {})
    every = wording.say("staff.needs.all")
    values = [names.of(name, value) if (value := fixed.get(name)) else every for name in SHOWN_BY]
    period = figure.value if by == MONTH else view.asked.period
    or_more = wording.say("staff.needs.csv.yes") if figure.or_more else None
    return (names.period(period), *values, figure.count, or_more)
