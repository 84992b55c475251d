"""The state machine of a consultation: progress and a move in, progress out. It knows nothing of storage."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from heard.consultations.kinds import KINDS, Kind
from heard.consultations.progress import Answer, Effect, Given, Progress, Step
from heard.content.schema import Consultation, Question


class Questionnaire:
    """One consultation's questions in their order, and where each move leads.

    A move may name the question that it was made for, as a button does. A button that was pressed for a
    question that is no longer open corrects an answer, and never skips or leaves the question that is.
    """

    def __init__(self, consultation: Consultation, kinds: Mapping[str, Kind] = KINDS) -> None:
        self.consultation = consultation
        self._kinds = kinds
        self._order = tuple(question.id for question in consultation.questions)
        self._by_id = {question.id: question for question in consultation.questions}

    def start(self) -> Progress:
        """Nothing answered, the first question open."""
        return Progress(MappingProxyType({}), self._order[0])

    def next_question(self, progress: Progress) -> Question | None:
        """The question to ask now; None when all are answered or skipped."""
        if progress.at is None:
            return None
        return self._by_id.get(progress.at) or self._question_after(progress.answers, self._order[0])

    def done(self, progress: Progress) -> int:
        """How many questions are answered or skipped; the one that is being asked is not."""
        return sum(self._is_settled(progress.answers, id_) for id_ in self._order if id_ != progress.at)

    def answer(self, progress: Progress, given: Given, question: str | None = None) -> Step:
        """Takes an answer to the open question, or to `question` when a button names one."""
        open_question = self.next_question(progress)
        if open_question is None:
            return Step(progress, "already_finished")
        target = self._by_id.get(question) if question is not None else open_question
        if target is None:
            return Step(progress, "unchanged")
        before = progress.answers.get(target.id)
        taken = self._kinds[target.kind].take(target, given, before)
        if not isinstance(taken, Answer):
            return Step(progress, taken)
        if target.id == open_question.id:
            return self._settle(progress, taken, "kept" if taken.settled else "begun")
        if taken == before:
            return Step(progress, "unchanged")
        return Step(progress.with_answer(taken, open_question.id), "changed")

    def skip(self, progress: Progress, question: str | None = None) -> Step:
        """Leaves the open question without an answer. One that came back with "back" loses the answer it had."""
        open_question = self.next_question(progress)
        if open_question is None:
            return Step(progress, "already_finished")
        if question not in (None, open_question.id):
            return Step(progress, "unchanged")
        if not open_question.optional:
            return Step(progress, "needed")
        return self._settle(progress, Answer(open_question.id, "skipped"), "skipped")

    def back(self, progress: Progress, question: str | None = None) -> Step:
        """Opens the question before; its answer stays until there is another."""
        open_question = self.next_question(progress)
        if open_question is None:
            return Step(progress, "already_finished")
        if question not in (None, open_question.id):
            return Step(progress, "unchanged")
        index = self._order.index(open_question.id)
        if index == 0:
            return Step(progress, "at_first")
        return Step(replace(progress, at=self._order[index - 1]), "back")

    def _settle(self, progress: Progress, answer: Answer, effect: Effect) -> Step:
        after = progress.with_answer(answer, answer.question)
        if not answer.settled:
            return Step(after, effect)
        following = self._question_after(after.answers, answer.question)
        return Step(replace(after, at=following.id if following else None), effect if following else "finished")

    def _question_after(self, answers: Mapping[str, Answer], id_: str) -> Question | None:
        """The next unsettled question; when there is none left behind, the first of those before."""
        index = self._order.index(id_)
        for candidate in (*self._order[index:], *self._order[:index]):
            if not self._is_settled(answers, candidate):
                return self._by_id[candidate]
        return None

    @staticmethod
    def _is_settled(answers: Mapping[str, Answer], id_: str) -> bool:
        return id_ in answers and answers[id_].settled
