"""Runs the open door: the web application, and Telegram when there is a token."""

import os
import sys
from pathlib import Path
from typing import Any

import uvicorn

from bot.app import make_app
from bot.wire import Wire
from heard.errors import HeardError
from heard.log import set_up_log
from heard.settings import Settings
from heard.supervisor import FAULT


def main() -> int:
    """Runs until it is told to stop. A known fault is one line on stderr and an exit status of its own."""
    root = Path(__file__).resolve().parent.parent
    try:
        settings = Settings.from_env(os.environ, root)
        set_up_log("bot")
        app = make_app(settings)
    except HeardError as error:
        print(f"heard: {error}", file=sys.stderr)
        return FAULT
    uvicorn.run(app, **options(settings))
    return 0


def options(settings: Settings) -> dict[str, Any]:
    """How uvicorn is to serve. It writes no log of requests, and believes only the named proxies."""
    return {
        "host": settings.host,
        "port": settings.port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "http": Wire,
        "ws": "none",
        "proxy_headers": bool(settings.trusted_proxies),
        "forwarded_allow_ips": list(settings.trusted_proxies),
        "timeout_graceful_shutdown": 5,
    }


if __name__ == "__main__":
    sys.exit(main())
