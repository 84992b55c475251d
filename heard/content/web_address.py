"""A web address in the one form that every program understands (RFC 3986)."""

import re
from urllib.parse import quote, urlsplit, urlunsplit

_NO_ADDRESS = re.compile(r"""[\s<>"\\\x00-\x1f\x7f]""")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[a-z0-9._~!$&'()*+,;=-]+|\[[0-9a-f:.]+\]", re.IGNORECASE)


def web_address(value: str) -> str:
    """The address with letters beyond ASCII written as %C3%A4, or as xn-- in the host's name.

    Raises ValueError, in words for staff, where it is none.
    """
    if not value.startswith(("https://", "http://")):
        raise ValueError("a web address starts with https:// or http://")
    if _NO_ADDRESS.search(value):
        raise ValueError("a web address has no spaces, quotes or angle brackets in it")
    try:
        parts = urlsplit(value)
        host = _host(parts.hostname or "")
        port = parts.port
    except ValueError:  # UnicodeError among them
        host, port = "", None
    if not host or not _HOST.fullmatch(host):
        raise ValueError("a web address has a name after https://, like https://music.example/")
    user = f"{_quoted(parts.netloc.rpartition('@')[0], ':')}@" if "@" in parts.netloc else ""
    where = user + host + (f":{port}" if port is not None else "")
    rest = (_quoted(parts.path, "/:@"), _quoted(parts.query, "/:@?"), _quoted(parts.fragment, "/:@?"))
    return urlunsplit((parts.scheme, where, *rest))


def _host(name: str) -> str:
    if ":" in name:
        return f"[{name}]"
    return name.encode("idna").decode()  # which also refuses a part that is empty or too long


def _quoted(part: str, further: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=f"!$&'()*+,;=~%-._{further}")
