"""The form of content/about_you.yml: what may be asked about the person who answers, and why."""

from collections.abc import Iterable

from pydantic import Field, model_validator

from heard.content.around import District
from heard.content.asking import PREFER_NOT_TO_SAY, AboutName, Consultation, Option, Question
from heard.content.fields import Slug, Strict
from heard.content.words import Words

_ELSEWHERE = "somewhere-else"


class AboutOption(Strict):
    """One answer about oneself. `census` is the group's name in the 2021 census, for comparing."""

    id: Slug
    label: Words
    census: str | None = None


class AboutQuestion(Strict):
    """One question about the person, the same in every consultation, so that answers can be put together."""

    id: AboutName
    text: Words
    reason: Words
    options: tuple[AboutOption, ...] = ()
    """Empty for the district: the hub's own are taken from places.yml."""


class AboutYou(Strict):
    """Everything that may be asked about the person."""

    prefer_not_to_say: Words
    somewhere_else: Words
    questions: tuple[AboutQuestion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_once(self) -> "AboutYou":
        if len({q.id for q in self.questions}) != len(self.questions):
            raise ValueError("questions: one of them is there twice")
        return self

    def asked_in(self, consultation: Consultation, districts: Iterable[District]) -> Consultation:
        """The consultation with the questions about the person that it names, after its own, as it is put to people.

        The questions are put in whole, so that an answer means for good what it meant when it was given. One that is
        there already stays as it is.
        """
        there = {question.about for question in consultation.questions}
        by_name = {question.id: question for question in self.questions}
        named = [by_name[name] for name in consultation.about_you if name not in there and name in by_name]
        if not named:
            return consultation
        places = tuple(districts)
        added = tuple(self._question(question, places) for question in named)
        return consultation.model_copy(update={"questions": (*consultation.questions, *added)})

    def _question(self, asked: AboutQuestion, districts: tuple[District, ...]) -> Question:
        options = [Option(id=option.id, label=option.label) for option in asked.options]
        if asked.id == "district":
            options = [Option(id=district.id, label=Words(district.name)) for district in districts]
            options.append(Option(id=_ELSEWHERE, label=self.somewhere_else))
        options.append(Option(id=PREFER_NOT_TO_SAY, label=self.prefer_not_to_say))
        return Question(
            id=f"about-{asked.id}",
            kind="one_choice",
            text=asked.text,
            reason=asked.reason,
            options=tuple(options),
            about=asked.id,
        )
