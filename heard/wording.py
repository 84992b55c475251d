"""The words that people read: content/wording/<language>.yml, loaded once, filled in here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from heard.errors import ContentError, WordingError

DEFAULT_LANGUAGE = "en"


class Wording:
    """Texts by dotted key ("search.nothing_found") and language; English where a language lacks one."""

    def __init__(self, by_language: Mapping[str, Mapping[str, str]]) -> None:
        self._by_language = by_language

    @classmethod
    def load(cls, folder: Path) -> "Wording":
        """Reads every language in `folder`. Raises ContentError for a file that is not nested texts."""
        by_language: dict[str, dict[str, str]] = {}
        for path in sorted(folder.glob("*.yml")):
            language = path.stem.split(".")[0]
            try:
                plain = yaml.safe_load(path.read_text(encoding="utf-8"))
            except yaml.YAMLError as error:
                raise ContentError(path, f"this is not YAML: {error}") from error
            by_language.setdefault(language, {}).update(_flat(plain, "", path))
        if DEFAULT_LANGUAGE not in by_language:
            raise ContentError(folder / f"{DEFAULT_LANGUAGE}.yml", "this file is needed and is not there")
        return cls(by_language)

    @property
    def languages(self) -> tuple[str, ...]:
        """The ISO 639-1 codes that there are words for, English first."""
        return tuple(sorted(self._by_language, key=lambda code: (code != DEFAULT_LANGUAGE, code)))

    def has(self, key: str) -> bool:
        """Whether English has this text."""
        return key in self._by_language[DEFAULT_LANGUAGE]

    def names(self, section: str) -> tuple[str, ...]:
        """The keys of one section in English, without the section's own name."""
        start = f"{section}."
        return tuple(key.removeprefix(start) for key in self._by_language[DEFAULT_LANGUAGE] if key.startswith(start))

    def say(self, key: str, language: str = DEFAULT_LANGUAGE, /, **values: Any) -> str:
        """The text with `{name}` places filled in. Raises WordingError for an unknown key or a missing value."""
        template = self._by_language.get(language, {}).get(key)
        if template is None:
            template = self._by_language[DEFAULT_LANGUAGE].get(key)
        if template is None:
            raise WordingError(f"content/wording/{DEFAULT_LANGUAGE}.yml has no text for {key!r}")
        try:
            return template.format(**values) if values or "{" in template else template
        except (KeyError, IndexError) as error:
            place = f"content/wording/{language}.yml: {key!r}"
            raise WordingError(f"{place} asks for {error}, which is not given") from error


def _flat(plain: Any, prefix: str, path: Path) -> dict[str, str]:
    if not isinstance(plain, dict):
        raise ContentError(path, f"{prefix or 'the file'}: expected names with texts")
    texts: dict[str, str] = {}
    for name, value in plain.items():
        key = f"{prefix}{name}"
        if isinstance(value, str):
            texts[key] = value.strip()
        elif isinstance(value, dict):
            texts.update(_flat(value, f"{key}.", path))
        else:
            raise ContentError(path, f"{key}: expected a text, got {type(value).__name__}; put it in quotes")
    return texts
