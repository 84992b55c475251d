"""A scheme as a person sees it."""

from heard.bursaries.assess import Assessment, Standing
from heard.cards import notice, page_of
from heard.content.schema import Bursary
from heard.directory.sayings import joined
from heard.messages import Card, Choice, Condition
from heard.wording import Wording


def bursary_card(assessment: Assessment, wording: Wording, language: str = "en") -> Card:
    """The card of a scheme, with its outcome and the conditions behind it."""
    bursary = assessment.bursary
    return Card(
        id=bursary.id,
        kind="bursary",
        title=bursary.name,
        summary="\n".join(summary_of(bursary, wording, language)),
        why=tuple(c.text for c in assessment.conditions if c.standing is Standing.MET),
        url=bursary.url,
        page=page_of(bursary.id),
        checked=bursary.checked,
        notice=notice(bursary.checked, wording, language),
        outcome=assessment.outcome,
        conditions=tuple(Condition(c.text, c.standing.state) for c in assessment.conditions),
        choices=(
            Choice(wording.say("bursaries.choice.apply", language), f'/ask_how_to_apply{{"id": "{bursary.id}"}}'),
            Choice(wording.say("bursaries.choice.check_this", language), f'/check_eligibility{{"id": "{bursary.id}"}}'),
        ),
    )


def summary_of(bursary: Bursary, wording: Wording, language: str) -> tuple[str, ...]:
    """What it pays, how much, who applies and how, what to show, by when: a line each; unknown is said as such."""
    who = [wording.say(f"bursaries.applicant.{a.replace(' ', '_')}", language) for a in bursary.applicants]
    lines = (
        ("pays", bursary.what_it_pays),
        ("amount", bursary.amount_note),
        ("funder", bursary.funder),
        ("applicants", joined(who, "or", wording, language) if who else None),
        ("apply", bursary.how_to_apply),
        ("evidence", bursary.evidence_needed),
        ("deadline", bursary.deadline_note),
    )
    return tuple(
        wording.say(f"bursaries.card.{name}", language, text=text)
        if text
        else wording.say(f"bursaries.card.{name}_unknown", language)
        for name, text in lines
    )
