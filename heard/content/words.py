"""A text that people read, in English and, where somebody has translated it, in other languages."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

LONGEST = 2000
_CODE = re.compile(r"[a-z]{2,3}")


class Words(str):
    """The English text, and `also` the same in other languages.

    In a file it is a plain text, or a text for each language: {en: Which music?, pl: Jaka muzyka?}. Wherever no
    language is asked for, it is the English one. Two are equal where the English is.
    """

    also: Mapping[str, str]

    def __new__(cls, english: str, also: Mapping[str, str] | None = None) -> Self:
        """Takes the English text and those in other languages, by ISO 639-1 code."""
        made = super().__new__(cls, english)
        made.also = MappingProxyType(dict(also or {}))
        return made

    def said(self, language: str) -> str:
        """The text in a language; in English where it has not been translated."""
        return self.also.get(language, str(self))

    def plain(self) -> str | dict[str, str]:
        """The form that it has in a file."""
        return {"en": str(self), **self.also} if self.also else str(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return (Words, (str(self), dict(self.also)))

    @classmethod
    def read(cls, given: Any) -> "Words":
        """The words of a file's plain value. Raises ValueError with what to write instead."""
        texts = {"en": given} if isinstance(given, str) else given
        if not isinstance(texts, Mapping) or "en" not in texts:
            raise ValueError("expected a text, or one for each language: {en: ..., pl: ...}")
        for code, text in texts.items():
            if not isinstance(code, str) or not _CODE.fullmatch(code):
                raise ValueError(f"{code!r} is no language; use its two-letter code, like en or pl")
            if not isinstance(text, str):
                raise ValueError("expected a text; put it in quotes")
            if not text.strip():
                raise ValueError("expected a text; it is empty")
            if len(text.strip()) > LONGEST:
                raise ValueError(f"the text is too long (at most {LONGEST} characters)")
        return cls(texts["en"].strip(), {code: text.strip() for code, text in texts.items() if code != "en"})

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """How pydantic reads and writes it."""
        return core_schema.no_info_plain_validator_function(
            lambda given: given if isinstance(given, cls) else cls.read(given),
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda words: words.plain() if isinstance(words, cls) else words
            ),
        )
