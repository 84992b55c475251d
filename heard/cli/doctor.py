"""`heard doctor`: checks everything that an installation needs, and says what to do about each fault."""

from collections.abc import Callable
from importlib.util import find_spec

import httpx
import typer

from heard.cli.here import ROOT, settings
from heard.content.load import check_content
from heard.errors import HeardError
from heard.settings import Settings
from heard.store import Store
from heard.supervisor import in_use
from heard.training import is_trained, model_path, rasa_python
from heard.wording import Wording

Check = tuple[str, Callable[[Settings], str]]


class FaultError(HeardError):
    """Something is not as it must be; the message says what to do."""


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("doctor")(_doctor)


def _doctor() -> None:
    """Checks settings, content, packages, model, database, ports and Telegram; a line each."""
    mine = settings()
    print(f"ok     settings: hub {mine.hub}, {mine.own_url}")
    faults = 0
    for name, check in _CHECKS:
        try:
            print(f"ok     {name}: {check(mine)}")
        except HeardError as error:
            faults += 1
            print(f"fault  {name}: {error}")
    if faults:
        raise typer.Exit(1)


def _content(mine: Settings) -> str:
    Wording.load(mine.content / "wording")
    mistakes = check_content(mine.content)
    if mistakes:
        raise FaultError(f"{mistakes[0]} ({len(mistakes)} in all; `heard check-content` prints them)")
    return "in order"


def _packages(mine: Settings) -> str:
    missing = [name for name in ("fastapi", "telegram", "rasa_sdk", "sqlalchemy") if find_spec(name) is None]
    if missing or not rasa_python(ROOT).exists():
        raise FaultError("packages are missing; run `make install`")
    return "both environments are there"


def _model(mine: Settings) -> str:
    if not is_trained(model_path(ROOT, mine.models)):
        raise FaultError("there is no trained model for today's data; run `heard train`")
    return "trained for today's data"


def _database(mine: Settings) -> str:
    store = Store.open(mine.database_url)
    store.ping()
    address = store.address
    store.close()
    return address


def _ports(mine: Settings) -> str:
    running = _get(f"{mine.own_url}/healthz")
    if running is not None and running.is_success:
        state = _get(f"{mine.own_url}/readyz")
        down = [part for part, is_ in (state.json() if state is not None else {}).items() if is_ != "ready"]
        if down:
            raise FaultError(f"Heard runs, but this is down: {', '.join(down)}; its log says why")
        return "Heard runs and every part is ready"
    for variable, host, port in (
        ("HEARD_PORT", mine.host, mine.port),
        ("HEARD_RASA_PORT", "127.0.0.1", mine.rasa_port),
        ("HEARD_ACTIONS_PORT", "127.0.0.1", mine.actions_port),
    ):
        if in_use(host, port):
            raise FaultError(f"port {port} is in use by something else; set {variable} to another")
    return "free; Heard does not run"


def _telegram(mine: Settings) -> str:
    if mine.telegram_token is None:
        return "off (TELEGRAM_BOT_TOKEN is not set)"
    answer = _get(f"{mine.telegram_api_base}/bot{mine.telegram_token}/getMe")
    if answer is None:
        raise FaultError(f"{mine.telegram_api_base} does not answer; check the network")
    if answer.status_code in {401, 404}:
        raise FaultError("TELEGRAM_BOT_TOKEN: Telegram does not know this token; copy it again from BotFather")
    return f"the bot is @{answer.json()['result']['username']}"


def _get(url: str) -> httpx.Response | None:
    try:
        return httpx.get(url, timeout=5)
    except httpx.HTTPError:
        return None


_CHECKS: tuple[Check, ...] = (
    ("packages", _packages),
    ("content", _content),
    ("model", _model),
    ("database", _database),
    ("ports", _ports),
    ("Telegram", _telegram),
)
