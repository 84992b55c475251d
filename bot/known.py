"""What our own buttons carry, so that a public name in one ("mary-smith-fund") is not taken for a person's."""

from heard.content.load import Content


class PublicValues:
    """The public values of the latest content, gathered again when there is another."""

    def __init__(self) -> None:
        self._of: tuple[Content | None, frozenset[str]] = None, frozenset()

    def __call__(self, content: Content) -> frozenset[str]:
        """The ids and the place names of this content."""
        if self._of[0] is not content:
            self._of = content, public_values(content)
        return self._of[1]


def public_values(content: Content) -> frozenset[str]:
    """The ids and the place names of a hub's content: everything in it that a choice may stand for."""
    ids = {opportunity.id for opportunity in content.opportunities} | {bursary.id for bursary in content.bursaries}
    ids |= {pathway.id for pathway in content.pathways} | {helpline.id for helpline in content.helplines}
    ids |= {stage.id for pathway in content.pathways for stage in pathway.stages}
    ids |= {consultation.id for consultation in content.consultations}
    questions = [question for consultation in content.consultations for question in consultation.questions]
    ids |= {question.id for question in questions} | {
        option.id for question in questions for option in question.options
    }
    return frozenset(ids | {place.name for district in content.districts for place in district.places})
