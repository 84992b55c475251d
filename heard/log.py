"""One log for all processes: counts and names of things, never what people said."""

import logging
import sys

import structlog

_NOISY = ("httpx", "httpcore", "telegram", "sanic", "rasa_sdk", "uvicorn", "alembic", "asyncio", "presidio-analyzer")


def set_up_log(process: str, *, verbose: bool = False) -> None:
    """Sends structlog and the standard library's log to stderr, a line each.

    httpx logs Telegram's addresses with the bot's token in them, so it and its kin speak only from WARNING up.
    """
    level = logging.DEBUG if verbose else logging.INFO
    logging.basicConfig(stream=sys.stderr, level=level, format="%(levelname)s %(name)s %(message)s", force=True)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(process=process)
