"""`heard run` and `heard train`."""

import asyncio
import time

import typer

from heard.bootstrap import build
from heard.cli.here import ROOT, settings
from heard.supervisor import Supervisor, programs, say
from heard.training import is_trained, model_path, train


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("run")(_run)
    app.command("train")(_train)


def _train() -> None:
    """Trains Rasa if something that the model depends on has changed."""
    models = settings().models
    if is_trained(model_path(ROOT, models)):
        print("The trained model is up to date.")
        return
    print("Training Rasa, under a minute ...", flush=True)
    started = time.monotonic()
    train(ROOT, models)
    print(f"Trained in {time.monotonic() - started:.0f} s.")


def _run() -> None:
    """Runs everything: the doors, Rasa and the actions. Ctrl-C stops all of it."""
    mine = settings()
    parts = programs(mine)
    heard = build(mine)
    password = None if heard.staff.any() else heard.staff.create_account("admin").one_time_password
    heard.store.close()
    if password is not None:
        say("heard", "staff account made: name 'admin', one-time password: " + password)
    say("heard", f"{heard.content.hub.name} will be on {mine.own_url} in some seconds; Ctrl-C stops everything")
    raise typer.Exit(asyncio.run(Supervisor(parts, ROOT).run()))
