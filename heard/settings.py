"""Everything that the environment can set, read once at the start and passed on."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from heard.errors import SettingsError
from heard.network_settings import EVERYWHERE, trusted_proxies, widget_sites

_TOKEN = re.compile(r"^\d{3,20}:[A-Za-z0-9_-]{20,100}$")
"""The form of a Telegram bot token: the bot's number, a colon, the secret part."""

_SHORTEST_SECRET = 32
_LOWEST_THRESHOLD = 5
"""Under this, a count protects nobody (heard/disclosure_control)."""
_DATABASES = ("sqlite", "postgresql", "postgres")


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings. `secret` never goes into a log: `repr` leaves it and the token out."""

    root: Path
    var: Path
    hub: str
    host: str
    port: int
    rasa_port: int
    actions_port: int
    database_url: str
    telegram_token: str | None
    telegram_api_base: str
    public_url: str | None
    secret: str
    threshold: int = 10
    trusted_proxies: tuple[str, ...] = ()
    widget_sites: tuple[str, ...] = (EVERYWHERE,)

    def __repr__(self) -> str:
        return f"Settings(hub={self.hub!r}, host={self.host!r}, port={self.port})"

    @property
    def content(self) -> Path:
        """The folder with everything that staff own."""
        return self.root / "content"

    @property
    def models(self) -> Path:
        """Where Rasa's trained models lie: where `rasa train` puts them, shared by all hubs."""
        return self.root / "models"

    @property
    def rasa_url(self) -> str:
        """Where the Rasa server listens: loopback only."""
        return f"http://127.0.0.1:{self.rasa_port}"

    @property
    def actions_url(self) -> str:
        """Where the action server listens: loopback only."""
        return f"http://127.0.0.1:{self.actions_port}"

    @property
    def https(self) -> bool:
        """Whether the public reaches this installation by https."""
        return (self.public_url or "").startswith("https://")

    @property
    def own_url(self) -> str:
        """Where somebody on this machine reaches the open door."""
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104  (compared, not bound)
        return f"http://{host}:{self.port}"

    @classmethod
    def from_env(cls, environ: Mapping[str, str], root: Path) -> "Settings":
        """Reads the variables that .env.example explains.

        Makes var/ and, where HEARD_SECRET is not set, a secret in var/secret that stays the same from
        start to start. Raises SettingsError that names the variable and says what it should be.
        """
        given = {name: value.strip() for name, value in environ.items() if value.strip()}
        var = Path(given.get("HEARD_VAR", root / "var")).resolve()
        _make_folder(var)
        return cls(
            root=root,
            var=var,
            hub=_hub(given, root),
            host=given.get("HEARD_HOST", "127.0.0.1"),
            port=_port(given, "HEARD_PORT", 8000),
            rasa_port=_port(given, "HEARD_RASA_PORT", 5005),
            actions_port=_port(given, "HEARD_ACTIONS_PORT", 5055),
            database_url=_database(given, var),
            telegram_token=_telegram_token(given),
            telegram_api_base=_web(given, "TELEGRAM_API_BASE", ("http", "https")) or "https://api.telegram.org",
            public_url=_web(given, "PUBLIC_URL", ("https", "http")),
            secret=_secret(given, var),
            threshold=_threshold(given),
            trusted_proxies=trusted_proxies(given),
            widget_sites=widget_sites(given),
        )


def _make_folder(var: Path) -> None:
    try:
        var.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(
            "HEARD_VAR", f"{var} cannot be made ({error.strerror}); name a folder to write in"
        ) from error


def _hub(given: Mapping[str, str], root: Path) -> str:
    hub = given.get("HUB", "hertfordshire")
    there = sorted(path.parent.name for path in (root / "content").glob("*/hub.yml"))
    if hub not in there:
        raise SettingsError("HUB", f"there is no hub {hub!r} in content/; there is {', '.join(there) or 'none'}")
    return hub


def _port(given: Mapping[str, str], name: str, default: int) -> int:
    text = given.get(name, str(default))
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise SettingsError(name, f"{text!r} is no port; give a number from 1 to 65535")
    return int(text)


def _database(given: Mapping[str, str], var: Path) -> str:
    url = given.get("DATABASE_URL")
    if url is None:
        return f"sqlite:///{var / 'heard.db'}"
    scheme = url.partition("://")[0].partition("+")[0]
    if "://" not in url or scheme not in _DATABASES:
        raise SettingsError("DATABASE_URL", "give sqlite:///path/to/file.db or postgresql://user:password@host/name")
    return url


def _web(given: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str | None:
    url = given.get(name)
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.scheme not in schemes or not (parts.netloc or parts.path):
        raise SettingsError(name, f"give an address that starts with {schemes[0]}://")
    return url.rstrip("/")


def _telegram_token(given: Mapping[str, str]) -> str | None:
    token = given.get("TELEGRAM_BOT_TOKEN")
    if token is not None and not _TOKEN.match(token):
        raise SettingsError("TELEGRAM_BOT_TOKEN", "this is no bot token; copy it whole from BotFather (123456:ABC...)")
    return token


def _threshold(given: Mapping[str, str]) -> int:
    text = given.get("HEARD_THRESHOLD", "10")
    if not text.isdigit() or not _LOWEST_THRESHOLD <= int(text) <= 1000:
        raise SettingsError("HEARD_THRESHOLD", f"give a whole number from {_LOWEST_THRESHOLD} up; 10 is usual")
    return int(text)


def _secret(given: Mapping[str, str], var: Path) -> str:
    secret = given.get("HEARD_SECRET")
    if secret is not None:
        if len(secret) < _SHORTEST_SECRET:
            raise SettingsError("HEARD_SECRET", f"give {_SHORTEST_SECRET} characters or more, made at random")
        return secret
    return kept_secret(var / "secret")


def kept_secret(path: Path) -> str:
    """The random secret in `path`; made on first use, readable by its owner alone.

    Two processes that start together end up with the same one: only the first link to the name succeeds.
    """
    if not path.exists():
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
