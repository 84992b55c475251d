"""The commands of the Telegram chat, and what is none although it begins with a slash."""

import re

MENU = ("start", "help", "language", "reminders", "privacy", "forget")
"""The commands that Telegram shows, in this order; their descriptions are `telegram.command_<name>`."""

FORGET = "/forget"

_PAYLOADS = {
    "start": "/greet",
    "help": "/help",
    "language": "/change_language",
    "reminders": '/remind_me{"option":"list"}',
    "privacy": "/ask_privacy",
    "forget": FORGET,
    "stop": "/stop",
    "skip": "/skip",
    "back": "/go_back",
}
_FORM = re.compile(r"/([a-z_]{1,32})(?:@\w{1,64})?(?:\s+(.*))?", re.DOTALL | re.IGNORECASE)
_DEEP_LINK = re.compile(r"[\w-]{1,64}", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}", re.IGNORECASE)


def read_command(text: str) -> str | None:
    """The payload that a command stands for, FORGET for /forget; None where the text is no command of ours.

    Words after a command ("/help he hits me") make it a text: they may be a cry for help, and a text is screened.
    """
    form = _FORM.fullmatch(text.strip())
    if form is None:
        return None
    name, rest = form[1].lower(), (form[2] or "").strip()
    payload = _PAYLOADS.get(name)
    if not rest:
        return payload
    if name == "start" and _DEEP_LINK.fullmatch(rest):  # t.me/<bot>?start=<where somebody came from>
        return payload
    if name == "language" and _LANGUAGE.fullmatch(rest):
        return f'/change_language{{"language": "{rest.lower()}"}}'
    return None
