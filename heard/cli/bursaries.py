"""`heard bursaries`: the chat's interview about help with the cost, on the command line. Keeps nothing."""

import json
from collections.abc import Iterable, Mapping, Sequence

import typer

from heard.bootstrap import build
from heard.bursaries.assess import AGE, Assessment
from heard.bursaries.cards import bursary_card
from heard.bursaries.check import NEED, NEEDS, Check, Checked
from heard.bursaries.interview import Question
from heard.cli.here import settings
from heard.errors import HeardError
from heard.wording import Wording

_ANSWERS = typer.Option([], "--answer", "-a", metavar="NAME=VALUE", help="Such as age=9; as many as you like.")
_NEEDS = typer.Option([], "--for", help=f"What the help is for: {', '.join(NEEDS)}; as many as you like.")


class AnswerError(HeardError):
    """An answer that is none."""


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("bursaries")(_bursaries)


def _bursaries(
    answer: list[str] = _ANSWERS,
    needs: list[str] = _NEEDS,
    unlikely: bool = typer.Option(False, "--unlikely", help="Show what does not fit too, and why."),
    as_json: bool = typer.Option(False, "--json", help="The ids of the schemes, for programs."),
    names: bool = typer.Option(False, "--names", help="Show what can be answered, and how."),
) -> None:
    """Says which help with the cost may fit. Asks, unless answers are given; an empty line skips a question."""
    heard = build(settings())
    check, wording = heard.bursaries.check, heard.wording
    try:
        if names:
            _show_names(check)
            return
        given = _given(check, (*answer, *(f"{NEED}={need}" for need in needs)))
        checked = check.checked(given if answer or as_json else _asked(check, wording, given))
        _refuse_unread(checked)
    finally:
        heard.store.close()
    if as_json:
        print(json.dumps(_ids(checked)))
    else:
        _show(checked, wording, unlikely=unlikely)


def _given(check: Check, answers: Iterable[str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for text in answers:
        name, equals, value = text.partition("=")
        if not equals or name not in check.names:
            raise AnswerError(f"{text!r} is no answer; write NAME=VALUE (`heard bursaries --names` shows the names)")
        found.setdefault(name, []).append(value)
    return found


def _asked(check: Check, wording: Wording, given: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
    """Asks what the chat would ask, in its order, until nothing more decides anything."""
    print(wording.say("bursaries.start", most=check.most))
    answers = dict(given)
    asked: list[str] = []
    while (question := check.next(answers, asked)) is not None:
        asked.append(question.fact)
        while (said := _prompt(question, wording)) is not None:
            answers[question.fact] = [said]
            if not check.checked(answers).unread:
                break
            del answers[question.fact]
            print(wording.say("bursaries.not_understood"))
    return answers


def _prompt(question: Question, wording: Wording) -> str | None:
    print(f"\n{wording.say('bursaries.why', question=question.text, why=question.why)}")
    options = () if question.fact == AGE else question.options
    for number, (_, label) in enumerate(options, 1):
        print(f"  {number}) {label}")
    try:
        said = input("> ").strip()
    except (EOFError, KeyboardInterrupt):
        return None
    picked = int(said) - 1 if said.isascii() and said.isdigit() else -1
    return options[picked][0] if 0 <= picked < len(options) else said or None


def _refuse_unread(checked: Checked) -> None:
    if checked.unread:
        raise AnswerError(f"{', '.join(checked.unread)}: this answer is none that counts here (see --names)")


def _ids(checked: Checked) -> dict[str, list[str]]:
    found = checked.weighing
    groups = {"may": found.may, "depends": found.depends, "unlikely": found.unlikely}
    return {name: [a.bursary.id for a in some] for name, some in groups.items()}


def _show(checked: Checked, wording: Wording, *, unlikely: bool) -> None:
    found = checked.weighing
    groups = [("may", found.may), ("depends", found.depends)] + ([("unlikely", found.unlikely)] if unlikely else [])
    if not found.likely:
        print(f"\n{wording.say('pages.money.none')}")
    for name, some in groups:
        if some:
            print(f"\n{wording.say(f'pages.money.{name}', n=len(some))}\n{wording.say(f'pages.money.{name}_text')}")
        for assessment in some:
            _show_one(assessment, wording)
    if not unlikely and found.unlikely:
        print(f"\n{wording.say('pages.money.unlikely', n=len(found.unlikely))}: --unlikely")


def _show_one(assessment: Assessment, wording: Wording) -> None:
    card = bursary_card(assessment, wording)
    print(f"\n* {card.title}")
    for line in card.summary.splitlines():
        print(f"    {line}")
    for condition in card.conditions:
        state = wording.say(f"widget.state_{condition.state.replace(' ', '_')}")
        print(f"    - {condition.text}: {state}")
    for more in (card.url, card.notice):
        if more:
            print(f"    {more}")


def _show_names(check: Check) -> None:
    for name, options in (("need", check.needs()), *((q.fact, q.options) for q in check.questions())):
        values = ", ".join(value for value, _ in options)
        print(f"{name}={values or '9, 8-10, year 4'}")
    print(f"also={', '.join(word for word, _ in check.also())}")
