"""`heard chat`: a conversation in the terminal, with a running installation."""

import uuid
from typing import Any

import httpx
import typer

from heard.cli.here import settings
from heard.errors import HeardError
from heard.messages import Choice, Reply


class ChatError(HeardError):
    """The installation does not answer."""


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("chat")(_chat)


def _chat(once: str = typer.Option("", help="Say this one thing, print the answer, end.")) -> None:
    """Talks with a running installation. A number picks a choice; an empty line or Ctrl-D ends."""
    url = settings().own_url
    session: str | None = None
    choices: list[Choice] = []
    with httpx.Client(base_url=url, timeout=30) as client:
        while said := once or _prompt():
            picked = int(said) - 1 if said.isdigit() and 0 < int(said) <= len(choices) else None
            body = {"payload": choices[picked].payload} if picked is not None else {"text": said}
            answer = _post(client, {"session": session, "message_id": str(uuid.uuid4()), **body})
            session = answer["session"]
            choices = []
            for plain in answer["replies"]:
                choices += _show(Reply.from_dict(plain), len(choices))
            if once:
                return


def _prompt() -> str:
    try:
        return input("\n> ").strip()
    except (EOFError, KeyboardInterrupt):
        return ""


def _post(client: httpx.Client, body: dict[str, object]) -> dict[str, Any]:
    try:
        response = client.post("/api/chat", json=body)
    except httpx.HTTPError as error:
        raise ChatError(f"nothing answers on {client.base_url}; start it with `make run`") from error
    if response.is_error:
        raise ChatError(response.json().get("detail", f"status {response.status_code}"))
    return dict(response.json())


def _show(reply: Reply, before: int) -> list[Choice]:
    """Prints a reply; returns its choices, numbered on from `before`."""
    progress = f"[{reply.progress.done + 1} of {reply.progress.of}] " if reply.progress else ""
    print(f"\n{progress}{reply.text}")
    offered: list[Choice] = []
    for card in reply.cards:
        outcome = f" ({card.outcome})" if card.outcome else ""
        print(f"\n  * {card.title}{outcome}\n    {card.summary}")
        for why in card.why:
            print(f"      - {why}")
        for condition in card.conditions:
            print(f"      - {condition.text}: {condition.state}")
        for contact in card.contacts:
            print(f"      {contact.label}: {contact.href}")
        for line in (card.url, card.notice):
            if line:
                print(f"    {line}")
        offered += card.choices
    offered += reply.choices
    for number, choice in enumerate(offered, before + 1):
        print(f"  {number}) {choice.label}")
    return offered
