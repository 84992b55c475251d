"""The action server: rasa-sdk on loopback, with the topics built once and handed to the actions."""

import hmac
import os
import sys
import warnings
from pathlib import Path
from typing import Any

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import HTTPResponse, Request, Sanic, json

from actions import bursaries, consultations, directory, instruments, pathways, talking, trust
from heard.bootstrap import Heard, build
from heard.errors import HeardError
from heard.log import set_up_log
from heard.settings import Settings, kept_secret

TOPICS = (talking, directory, bursaries, pathways, instruments, consultations, trust)


class Executor(ActionExecutor):
    """rasa-sdk's executor, without the domain.

    Rasa 3.6 can leave the domain out of each call (enable_selective_domain in endpoints.yml) but knows no
    digest of it, which rasa-sdk 3.21 then asks for. None of our actions reads it.
    """

    def update_and_return_domain(self, payload: dict[str, Any], action_name: str) -> dict[str, Any]:
        return payload.get("domain") or {}


def make_app(heard: Heard, token: str) -> Sanic:
    """The server with every topic's actions registered. It answers who shows the token, and nobody else."""
    executor = Executor()
    for topic in TOPICS:
        for action in topic.actions(heard):
            executor.register_action(action)
    app = create_app(executor, cors_origins=[])
    wanted = f"Bearer {token}".encode()

    @app.on_request
    async def only_with_token(request: Request) -> HTTPResponse | None:
        given = request.headers.get("Authorization", "").encode("utf-8", "replace")
        if request.path == "/health" or hmac.compare_digest(given, wanted):
            return None
        return json({"error": "the token is missing or wrong"}, status=401)

    return app


def main() -> int:
    """Runs until it is told to stop. A known fault is one line on stderr and exit status 2."""
    root = Path(__file__).resolve().parent.parent
    try:
        settings = Settings.from_env(os.environ, root)
        set_up_log("actions")
        heard = build(settings)
        app = make_app(heard, kept_secret(settings.var / "actions.token"))
    except HeardError as error:
        print(f"heard: {error}", file=sys.stderr)
        return 2
    # rasa-sdk 3.21 warns at each call that the server is a 3.6; a contract test holds the two together.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    app.config.KEEP_ALIVE_TIMEOUT = 120
    app.config.MOTD = False
    with heard.live.followed():
        app.run(host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False, motd=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
