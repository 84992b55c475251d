"""The settings about who stands around an installation: the proxies in front of it, the sites that show the widget."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from heard.errors import SettingsError

PROXIES, SITES = "HEARD_TRUSTED_PROXIES", "HEARD_WIDGET_SITES"
EVERYWHERE = "*"


def trusted_proxies(given: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses and networks whose X-Forwarded-For and X-Forwarded-Proto are believed; none where not set.

    FORWARDED_ALLOW_IPS, which uvicorn knows, is taken for it.
    """
    text = given.get(PROXIES, given.get("FORWARDED_ALLOW_IPS", ""))
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in found:
        try:
            ipaddress.ip_network(part)
        except ValueError:
            advice = f"{part!r} is no address; give those of your web servers, such as 127.0.0.1 or 10.0.0.0/24"
            raise SettingsError(PROXIES, advice) from None
    return found


def widget_sites(given: Mapping[str, str]) -> tuple[str, ...]:
    """The sites that may show the widget, as origins (https://school.example); ("*",) where not set."""
    found = tuple(given.get(SITES, EVERYWHERE).replace(",", " ").split())
    return (EVERYWHERE,) if EVERYWHERE in found else tuple(_origin(part) for part in found)


def _origin(text: str) -> str:
    advice = f"{text!r} is no site; give each as https://school.example, without a path"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise SettingsError(SITES, advice) from None
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    host = parts.hostname or ""
    if parts.scheme not in {"https", "http"} or not bare or not host or set(host) & set(";,'\"*"):
        raise SettingsError(SITES, advice)
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")
