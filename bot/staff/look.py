"""How a staff page looks: a template with the hub, the wording and whose visit it is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse

from bot.staff.door import Visit
from bot.web.site import templates
from heard.content.schema import Hub
from heard.staff import Refused
from heard.wording import Wording

_HERE = Path(__file__).parent


class Look:
    """Makes pages. No browser and no proxy may keep one: the next person at the desk would find it."""

    def __init__(self, hub: Hub, wording: Wording) -> None:
        self._hub = hub
        self._wording = wording
        self._templates = templates(_HERE / "templates")

    def say(self, key: str, **values: Any) -> str:
        """The staff's words, `staff.<key>`."""
        return self._wording.say(f"staff.{key}", "en", **values)

    def page(self, template: str, /, visit: Visit | None = None, status: int = 200, **values: Any) -> HTMLResponse:
        """A page from a template."""
        common = {"hub": self._hub, "say": self._wording.say, "visit": visit, "csrf": visit.csrf if visit else ""}
        html = self._templates.get_template(template).render(common | values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})

    def refusal(self, refused: Refused, wrong: str) -> str:
        """Why there is no session: what was wrong, or for how long to wait."""
        if refused.locked_until is None:
            return self.say(wrong)
        minutes = max(1, -(-int((refused.locked_until - datetime.now(UTC)).total_seconds()) // 60))
        return self.say("locked_minute") if minutes == 1 else self.say("locked", minutes=minutes)

    def trouble(self, reason: str, status: int) -> HTMLResponse:
        """The page that says what went wrong (`staff.trouble_<reason>`), and what to do."""
        return self.page("trouble.html", status=status, reason=reason)


def refused_status(refused: Refused) -> int:
    """The HTTP status of a refusal: too many tries, or wrong."""
    return 429 if refused.locked_until is not None else 401
