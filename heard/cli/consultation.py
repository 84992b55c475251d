"""`heard consultation`: what is open, its protected counts, and closing it for good."""

import typer

from heard.bootstrap import build
from heard.cli.here import settings
from heard.errors import HeardError
from heard.summaries import Summary, summarise

consultation = typer.Typer(help="Consultations: list, show, close.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.add_typer(consultation, name="consultation")


@consultation.command("list")
def _list() -> None:
    """Prints every consultation of this hub."""
    heard = build(settings())
    for stored in heard.store.consultations.all(heard.settings.hub):
        mine = stored.consultation
        print(f"{mine.id}\t{stored.state}\t{mine.opens} to {mine.closes or '-'}\t{mine.title}")
    heard.store.close()


@consultation.command("show")
def _show(id_: str = typer.Argument(metavar="ID")) -> None:
    """Prints one consultation's summary, protected as on the staff pages."""
    heard = build(settings())
    stored = heard.store.consultations.get(heard.settings.hub, id_)
    if stored is None:
        raise HeardError(f"there is no consultation {id_!r}; `heard consultation list` names them")
    answers = heard.store.answers.of(heard.settings.hub, id_)
    _print(summarise(stored.consultation, answers, heard.settings.threshold))
    heard.store.close()


@consultation.command("close")
def _close(id_: str = typer.Argument(metavar="ID")) -> None:
    """Closes a consultation for good: from then on nothing says who took part."""
    heard = build(settings())
    closed = heard.store.consultations.close(heard.settings.hub, id_)
    heard.store.close()
    if not closed:
        raise HeardError(f"there is no open consultation {id_!r}")
    print("Closed.")


def _print(summary: Summary) -> None:
    print(summary.consultation.title)
    if not summary.enough:
        print(f"Fewer than {summary.threshold} people have answered; figures come later.")
        return
    for question in summary.questions:
        print(f"\n{question.question.text}")
        for cell in question.table.cells if question.table else ():
            print(f"  {cell.count if cell.count is not None else 'hidden':>8}  {cell.label}")
        for text in question.texts:
            print(f"  - {text}")
