"""What browser tests look at: the chat in its shadow root, what is announced, what sticks out, what axe finds."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Request

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_IN_CHAT = "document.querySelector('heard-chat').shadowRoot"


def message_box(page: Page) -> Locator:
    """Where one types."""
    return page.get_by_role("textbox", name="Your message")


def say(page: Page, text: str) -> None:
    """Types a message and sends it."""
    message_box(page).fill(text)
    page.get_by_role("button", name="Send").click()


def choice(page: Page, label: str) -> Locator:
    """The newest button with this label."""
    return page.get_by_role("button", name=label, exact=True).last


def lines(page: Page) -> list[str]:
    """The chat as it reads, line by line."""
    return page.locator("heard-chat .mine, heard-chat .theirs").all_inner_texts()


def listen(page: Page) -> None:
    """Begins to note what a screen reader would announce: every text that a live region comes to hold."""
    page.evaluate(
        f"""() => {{
            window.announced = [];
            for (const region of {_IN_CHAT}.querySelectorAll("[role=status], [role=alert], [role=log], [aria-live]"))
                new MutationObserver(() => region.textContent && announced.push(region.textContent))
                    .observe(region, {{ childList: true, characterData: true, subtree: true }});
        }}"""
    )


def announced(page: Page, count: int) -> list[str]:
    """What was announced, once there are so many and for a moment no more."""
    page.wait_for_function("count => announced.length >= count", arg=count)
    page.wait_for_timeout(400)
    return list(page.evaluate("announced"))


def focus_box(page: Page) -> tuple[float, float]:
    """Where what has the focus begins and ends, from the top of the window."""
    top, bottom = page.evaluate(
        f"""() => {{
            const box = {_IN_CHAT}.activeElement.getBoundingClientRect();
            return [box.top, box.bottom];
        }}"""
    )
    return top, bottom


def focused(page: Page) -> dict[str, str]:
    """What has the focus inside the chat."""
    found: dict[str, str] = page.evaluate(
        f"""() => {{
            const at = {_IN_CHAT}.activeElement || document.activeElement;
            return {{ tag: at.tagName, name: at.className, text: at.textContent.trim() }};
        }}"""
    )
    return found


def overflows(page: Page) -> list[str]:
    """What is wider than the page, inside the chat and around it."""
    found: list[str] = page.evaluate(
        f"""() => {{
            const wide = document.documentElement.clientWidth;
            const inside = document.querySelector("heard-chat") ? [...{_IN_CHAT}.querySelectorAll("*")] : [];
            const out = [...document.body.querySelectorAll("*"), ...inside].filter((part) => {{
                const box = part.getBoundingClientRect();
                const seen = getComputedStyle(part).clipPath === "none" && box.width > 0;
                return seen && (box.right > wide + 1 || box.left < -1);
            }});
            if (document.documentElement.scrollWidth > wide) out.push(document.documentElement);
            return out.map((part) => part.tagName + "." + part.className);
        }}"""
    )
    return found


def small_targets(page: Page, least: int) -> list[str]:
    """What can be pressed and is lower or narrower than `least` CSS pixels."""
    found: list[str] = page.evaluate(
        f"""least => {{
            const press = "button, a:not(.skip), textarea";
            const inside = document.querySelector("heard-chat") ? [...{_IN_CHAT}.querySelectorAll(press)] : [];
            return [...document.querySelectorAll(press), ...inside].filter((part) => {{
                const box = part.getBoundingClientRect();
                return box.width > 0 && (box.height < least || box.width < least);
            }}).map((part) => part.textContent.trim() + " " + part.getBoundingClientRect().height);
        }}""",
        least,
    )
    return found


def violations(page: Page) -> list[str]:
    """What axe has against the page, the shadow root included."""
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def sent(page: Page) -> list[dict[str, Any]]:
    """A list that fills with the bodies of the chat's requests."""
    bodies: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/api/chat") and request.method == "POST":
            bodies.append(request.post_data_json)

    page.on("request", note)
    return bodies
