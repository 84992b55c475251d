"""The staff pages over a database of their own, with a clock that a test can put forward; no Rasa."""

import random
import re
import warnings
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pyotp
from argon2 import PasswordHasher
from fastapi import FastAPI

from bot.message import Pseudonyms
from bot.problems import handle_problems
from bot.security import SecurityHeaders
from bot.staff import StaffPages, staff_app
from heard.bootstrap import Heard, build
from heard.consultations.progress import Given
from heard.consultations.service import Consultations
from heard.redaction import Redacted
from heard.settings import Settings
from heard.staff import Role, SecondFactor, StaffAccounts
from heard.store import Store
from tests.system import ROOT

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have another HTTP client than the one that we have
    from fastapi.testclient import TestClient

SECRET = "a secret of the tests that is long enough, 0123456789"
CONSULTATION = "music-that-is-heard"
OWN_PASSWORD = "seven quiet trombones"


class Clock:
    """Now, unless a test waits."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def wait(self, **duration: float) -> None:
        self._ahead += timedelta(**duration)


@dataclass
class Phone:
    """An authenticator app with one secret, and the paper with the recovery codes."""

    secret: str
    clock: Clock
    recovery_codes: list[str] = field(default_factory=list)

    def code(self, *, steps: int = 0) -> str:
        """The code of now, or of so many half minutes later."""
        return pyotp.TOTP(self.secret).at(self.clock(), counter_offset=steps)


@dataclass
class Office:
    """The staff pages, what is behind them, and who may sign in."""

    heard: Heard
    clock: Clock
    app: FastAPI

    def browser(self, *, https: bool = False) -> TestClient:
        """A browser that nobody has used. It does not follow: tests look at where it is led."""
        return TestClient(
            self.app, "https://heard.example" if https else "http://heard.example", follow_redirects=False
        )

    def account(self, name: str = "Ada", role: Role = "admin") -> str:
        """Makes an account; returns its one-time password."""
        password = self.heard.staff.create_account(name, role).one_time_password
        assert password is not None
        return password

    def signed_in(self, name: str = "Ada", role: Role = "admin", *, second_factor: bool = False) -> TestClient:
        """The browser of somebody who has signed in, has a password of their own and perhaps a second factor."""
        self.heard.staff.create_account(name, role, password=OWN_PASSWORD, one_time=False)
        browser = self.browser()
        assert sign_in(browser, name, OWN_PASSWORD).headers["location"] == "/staff"
        if second_factor:
            self.phone(browser)
        return browser

    def phone(self, browser: TestClient) -> Phone:
        """Sets up the second factor; returns what shows its codes."""
        page = browser.get("/staff/second-factor")
        secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page.text)
        assert secret, "no secret on the page"
        phone = Phone(secret[1].replace(" ", ""), self.clock)
        done = browser.post("/staff/second-factor", data={"csrf": hidden(page, "csrf"), "code": phone.code()})
        assert done.status_code == 200, reads(done)
        phone.recovery_codes = re.findall(r'<code class="secret">([a-z0-9-]+)</code>', done.text)
        return phone

    def answers(self, people: int, words: tuple[str, ...] = ("cheaper buses",)) -> None:
        """Everybody answers all: two in three the first option, the others the second, and `words` in turn."""
        consultations = Consultations(self.heard.store, self.heard.settings.hub)
        questionnaire = consultations.find(CONSULTATION)
        assert questionnaire is not None
        chance = random.Random(people)
        for person in range(people):
            sender = f"person {chance.random()}"
            assert consultations.start(sender, CONSULTATION, f"{sender} begins")
            for question in questionnaire.questions:
                option = question.options[person % 3 == 0].id if question.options else None
                given = Given(option) if option else Given(text=Redacted(words[person % len(words)]))
                consultations.answer(sender, given, f"{sender} {question.id}", question=question.id)


def an_office(folder: Path, **environ: str) -> Office:
    """An office in `folder`, which may be one that was there before."""
    settings = Settings.from_env({"HEARD_VAR": str(folder), "HEARD_SECRET": SECRET, **environ}, ROOT)
    clock, store = Clock(), Store.open(settings.database_url)
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    staff = StaffAccounts(store, clock, quick)
    second_factor = SecondFactor(store, staff, settings.secret, clock)
    heard = replace(_built(), settings=settings, store=store, staff=staff, second_factor=second_factor)
    Consultations(store, settings.hub).put(heard.content.consultations)
    app = FastAPI(openapi_url=None)
    handle_problems(app)
    app.add_middleware(StaffPages, pages=staff_app(heard, Pseudonyms(SECRET)))
    app.add_middleware(SecurityHeaders)
    return Office(heard, clock, app)


@cache
def _built() -> Heard:
    """Content takes its time to read, so it is read once; each office has a database of its own."""
    with TemporaryDirectory() as folder:
        heard = build(Settings.from_env({"HEARD_VAR": folder, "HEARD_SECRET": SECRET}, ROOT))
        heard.store.close()
    return heard


def sign_in(browser: TestClient, name: str, password: str, **fields: str) -> httpx.Response:
    """Opens the sign-in page, fills it in and sends it."""
    form_token = hidden(browser.get("/staff/sign-in"), "form_token")
    fields = {"name": name, "password": password, "form_token": form_token, **fields}
    return browser.post("/staff/sign-in", data=fields)


def hidden(page: httpx.Response, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name!r}"
    return found[1]


def reads(page: httpx.Response) -> str:
    """What a page says, without its markup."""
    main = page.text.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", main.partition(">")[2]))).strip()
