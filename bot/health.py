"""Whether the parts of an installation answer."""

import asyncio

import httpx

from bot.rasa import Rasa
from heard.bootstrap import Heard
from heard.errors import StoreError
from heard.settings import Settings


class Health:
    """Asks Rasa, the action server and the database."""

    def __init__(self, heard: Heard, rasa: Rasa, settings: Settings) -> None:
        self._heard = heard
        self._rasa = rasa
        self._actions = httpx.AsyncClient(base_url=settings.actions_url, timeout=2.0, trust_env=False)

    async def state(self) -> dict[str, str]:
        """ "ready" or "down" for each part."""
        rasa, actions, database = await asyncio.gather(
            self._rasa.ready(), self._actions_ready(), asyncio.to_thread(self._database_ready)
        )
        parts = {"rasa": rasa, "actions": actions, "database": database}
        return {name: "ready" if ready else "down" for name, ready in parts.items()}

    async def _actions_ready(self) -> bool:
        try:
            return (await self._actions.get("/health")).is_success
        except httpx.HTTPError:
            return False

    def _database_ready(self) -> bool:
        try:
            self._heard.store.ping()
        except StoreError:
            return False
        return True
