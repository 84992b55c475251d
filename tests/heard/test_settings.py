"""What the environment sets: what holds without it, what is refused, and that no secret shows."""

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from heard.errors import SettingsError
from heard.settings import Settings, kept_secret
from tests.system import ROOT

TOKEN = "123456789:AAF3k9-abcdefghijklmnopqrstuvwxyz_"
SECRET = "thirty-two characters or more, at random"


def settings(var: Path, **environ: str) -> Settings:
    return Settings.from_env({"HEARD_VAR": str(var), **environ}, ROOT)


def test_without_any_variable_everything_has_a_value(tmp_path: Path) -> None:
    mine = settings(tmp_path)
    assert (mine.hub, mine.host, mine.port, mine.rasa_port, mine.actions_port) == (
        "hertfordshire",
        "127.0.0.1",
        8000,
        5005,
        5055,
    )
    assert mine.database_url == f"sqlite:///{tmp_path / 'heard.db'}"
    assert (mine.telegram_token, mine.public_url, mine.threshold) == (None, None, 10)
    assert mine.telegram_api_base == "https://api.telegram.org"


def test_proxies_and_sites_are_lists(tmp_path: Path) -> None:
    none = settings(tmp_path)
    assert (none.trusted_proxies, none.widget_sites, none.https) == ((), ("*",), False)
    mine = settings(
        tmp_path,
        HEARD_TRUSTED_PROXIES="127.0.0.1, 10.0.0.0/24,2001:db8::/32",
        HEARD_WIDGET_SITES="https://School.example, http://localhost:8080/  https://hub.example:8443",
        PUBLIC_URL="https://heard.example",
    )
    assert mine.trusted_proxies == ("127.0.0.1", "10.0.0.0/24", "2001:db8::/32")
    assert mine.widget_sites == ("https://school.example", "http://localhost:8080", "https://hub.example:8443")
    assert mine.https
    assert settings(tmp_path, HEARD_WIDGET_SITES="https://a.example *").widget_sites == ("*",)
    assert settings(tmp_path, FORWARDED_ALLOW_IPS="10.1.1.1").trusted_proxies == ("10.1.1.1",)


def test_an_empty_variable_is_as_none(tmp_path: Path) -> None:
    given = {"HUB": "", "HEARD_PORT": " ", "TELEGRAM_BOT_TOKEN": "", "PUBLIC_URL": "", "DATABASE_URL": "  "}
    assert settings(tmp_path, **given) == settings(tmp_path)


def test_what_is_given_holds(tmp_path: Path) -> None:
    given = {
        "HUB": "dorset",
        "HEARD_PORT": "80",
        "DATABASE_URL": "postgresql://heard@db/heard",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_BASE": "http://127.0.0.1:8081/",
        "PUBLIC_URL": "https://heard.example/",
        "HEARD_SECRET": SECRET,
        "HEARD_THRESHOLD": "5",
    }
    mine = settings(tmp_path, **given)
    assert (mine.hub, mine.port, mine.database_url, mine.secret) == ("dorset", 80, given["DATABASE_URL"], SECRET)
    assert (mine.telegram_token, mine.threshold) == (TOKEN, 5)
    assert (mine.telegram_api_base, mine.public_url) == ("http://127.0.0.1:8081", "https://heard.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUB", "atlantis"),
        ("HUB", "../hertfordshire"),
        ("HEARD_PORT", "eighty"),
        ("HEARD_PORT", "0"),
        ("HEARD_PORT", "65536"),
        ("HEARD_PORT", "-1"),
        ("HEARD_RASA_PORT", "5005.5"),
        ("HEARD_ACTIONS_PORT", "x"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "heard.db"),
        ("TELEGRAM_BOT_TOKEN", "abc"),
        ("TELEGRAM_BOT_TOKEN", f"{TOKEN} and more"),
        ("TELEGRAM_API_BASE", "ftp://x"),
        ("PUBLIC_URL", "heard.example"),
        ("PUBLIC_URL", "javascript:alert(1)"),
        ("HEARD_SECRET", "short"),
        ("HEARD_THRESHOLD", "4"),
        ("HEARD_THRESHOLD", "ten"),
        ("HEARD_TRUSTED_PROXIES", "proxy.example"),
        ("HEARD_TRUSTED_PROXIES", "127.0.0.1, *"),
        ("HEARD_TRUSTED_PROXIES", "10.0.0.1/24"),
        ("HEARD_WIDGET_SITES", "school.example"),
        ("HEARD_WIDGET_SITES", "https://school.example/page"),
        ("HEARD_WIDGET_SITES", "https://*.example"),
        ("HEARD_WIDGET_SITES", "javascript:alert(1)"),
        ("HEARD_WIDGET_SITES", "https://a.example;script-src"),
        ("HEARD_WIDGET_SITES", "https://a.example:99999"),
        ("HEARD_WIDGET_SITES", "https://me@a.example"),
    ],
)
def test_what_is_wrong_is_named_and_a_secret_is_not_quoted(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as raised:
        settings(tmp_path, **{name: value})
    assert raised.value.name == name
    assert str(raised.value).startswith(f"{name}: ")
    if name in {"TELEGRAM_BOT_TOKEN", "HEARD_SECRET"}:
        assert value not in str(raised.value)


def test_no_secret_shows_where_settings_are_printed(tmp_path: Path) -> None:
    url = "postgresql://heard:password@db/heard"
    mine = settings(tmp_path, HEARD_SECRET=SECRET, TELEGRAM_BOT_TOKEN=TOKEN, DATABASE_URL=url)
    for shown in (repr(mine), str(mine), f"{mine}"):
        assert SECRET not in shown and TOKEN not in shown and "password" not in shown


def test_the_secret_stays_the_same_and_is_its_owners_alone(tmp_path: Path) -> None:
    first, second = settings(tmp_path).secret, settings(tmp_path).secret
    assert first == second
    assert len(first) >= 32
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600
    assert settings(tmp_path / "elsewhere").secret != first


def test_many_that_start_at_once_have_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(lambda _: kept_secret(tmp_path / "secret"), range(64)))) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=r"HEARD_VAR: .* cannot be made"):
        settings(tmp_path / "file" / "var")


@pytest.mark.parametrize(("host", "url"), [("0.0.0.0", "http://127.0.0.1:8000"), ("10.0.0.5", "http://10.0.0.5:8000")])
def test_the_address_for_somebody_on_this_machine(tmp_path: Path, host: str, url: str) -> None:
    assert settings(tmp_path, HEARD_HOST=host).own_url == url


def test_every_variable_is_explained_in_the_example_file() -> None:
    explained = (ROOT / ".env.example").read_text(encoding="utf-8")
    source = (ROOT / "heard" / "settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"((?:HEARD_|TELEGRAM_)\w+|HUB|DATABASE_URL|PUBLIC_URL)"', source))
    assert len(read) >= 10
    assert {name for name in read if name not in explained} == set()
