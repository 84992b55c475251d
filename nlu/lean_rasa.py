"""Rasa's server without the work that it repeats every turn to the same end.

Rasa Open Source ends at 3.6.21, so these places will not change under us. Each replacement does what the original does;
tests/nlu/test_lean_rasa.py holds them to it. Measured on a turn with one custom action: 26 ms of processor time as it
comes, under 5 ms so.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

import aiohttp
import jsonschema
import rasa
from rasa.core.actions.action import RemoteAction
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.utils.endpoints import EndpointConfig

from nlu.tokens_of_calls import headers

_FOR = "3.6.21"
_IDLE_SECONDS = 15
"""Shorter than any action server keeps an idle connection, so that none is used that the other side has closed."""


def make_lean() -> bool:
    """Replaces the places; says whether it did. Another version of Rasa is left as it is."""
    if rasa.__version__ != _FOR:
        return False
    RemoteAction._validate_action_result = _validate_action_result
    EndpointConfig.session = _session
    DaskGraphRunner.run = _run
    return True


_ACTION_RESULT = jsonschema.Draft202012Validator(RemoteAction.action_response_format_spec())
"""jsonschema.validate() would check the schema itself against its metaschema each time: four fifths of a turn."""


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    if not _sets_slots_and_speaks(result):
        _ACTION_RESULT.validate(result)
    return True


def _sets_slots_and_speaks(result: Any) -> bool:
    """Whether the result has the plain form that Heard's actions give, which needs no schema to be seen as right."""
    return (
        isinstance(result, dict)
        and isinstance(result.get("events"), list)
        and isinstance(result.get("responses"), list)
        and all(isinstance(response, dict) for response in result["responses"])
        and all(
            isinstance(event, dict)
            and event.get("event") == "slot"
            and isinstance(event.get("name"), str)
            and "value" in event
            and isinstance(event.get("timestamp"), (int, float, type(None)))
            for event in result["events"]
        )
    )


def _run(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """Runs the nodes one after the other. Dask does the same, but plans it anew for every message."""
    wanted = tuple(targets or self._graph_schema.target_names)
    orders = self.__dict__.setdefault("_orders", {})
    if wanted not in orders:
        orders[wanted] = _order(self, wanted)
    done: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for name in orders[wanted]:
            needs = self._graph_schema.nodes[name].needs.values()
            # What nobody provides is handed on by name, as Dask does: the node says what it misses.
            done[name] = self._instantiated_nodes[name](*(done.get(need, need) for need in needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(done[name] for name in wanted)


def _order(runner: DaskGraphRunner, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The nodes that the wanted ones depend on, each after what it needs, and the wanted ones."""
    nodes = runner._graph_schema.nodes
    order: dict[str, None] = {}

    def add(name: str) -> None:
        if name in nodes and name not in order:
            for need in nodes[name].needs.values():
                add(need)
            order[name] = None

    for name in wanted:
        add(name)
    return tuple(order)


def _session(self: EndpointConfig) -> _Kept:
    return _Kept(self)


class _Kept:
    """One HTTP session of an endpoint for all calls, where Rasa opens a connection for each."""

    def __init__(self, endpoint: EndpointConfig) -> None:
        self._endpoint = endpoint

    async def __aenter__(self) -> aiohttp.ClientSession:
        kept = self._endpoint.__dict__.get("_kept_session")
        if kept is None or kept.closed:
            auth = self._endpoint.basic_auth
            kept = aiohttp.ClientSession(
                headers=headers(self._endpoint),
                auth=aiohttp.BasicAuth(auth["username"], auth["password"]) if auth else None,
                timeout=aiohttp.ClientTimeout(total=60 * 5),
                connector=aiohttp.TCPConnector(keepalive_timeout=_IDLE_SECONDS, limit=0),
            )
            self._endpoint.__dict__["_kept_session"] = kept
        return kept

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The session stays open; it ends with the process."""
