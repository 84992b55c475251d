"""Forms and addresses as fields: what was typed into each, and nothing else."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from fastapi import Request

_LONGEST_FORM = 64 * 1024
_LONGEST_VALUE = 2000
_MOST_FIELDS = 200


class Fields:
    """Texts by the name of their field; a field with several ticks has several."""

    def __init__(self, items: Iterable[tuple[str, object]] = ()) -> None:
        found: dict[str, tuple[str, ...]] = {}
        for name, value in items:
            # Files and the like are left out.
            if isinstance(value, str):
                found[name] = (*found.get(name, ()), value)
        self._texts: Mapping[str, tuple[str, ...]] = MappingProxyType(found)

    def get(self, name: str, default: str = "") -> str:
        """The first text of a field, without spaces around it."""
        return next(iter(self._texts.get(name, ())), default).strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Every text of a field that has one in it, each once."""
        return tuple(dict.fromkeys(text.strip() for text in self._texts.get(name, ()) if text.strip()))

    def having(self, changes: Mapping[str, str | tuple[str, ...]]) -> "Fields":
        """The same with other texts in some fields."""
        made = Fields()
        changed = {name: (text,) if isinstance(text, str) else tuple(text) for name, text in changes.items()}
        made._texts = MappingProxyType({**self._texts, **changed})
        return made

    def pairs(self) -> list[tuple[str, str]]:
        """Name and text of everything that has one in it, in order."""
        return [(name, text.strip()) for name, texts in self._texts.items() for text in texts if text.strip()]

    def __bool__(self) -> bool:
        return any(text.strip() for texts in self._texts.values() for text in texts)


def read_address(request: Request) -> Fields:
    """The fields in an address (after the question mark); what no form of ours would send is left out."""
    items = request.query_params.multi_items()[:_MOST_FIELDS]
    return Fields((name, value) for name, value in items if len(value) <= _LONGEST_VALUE)


async def read_form(request: Request) -> Fields | None:
    """The fields of a posted form, or None where it is longer than any that we make."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > _LONGEST_FORM:
        return None
    async with request.form() as form:
        return Fields(form.multi_items())
