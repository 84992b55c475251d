"""The second factor: a code that changes every 30 seconds (TOTP, RFC 6238), and recovery codes for a lost phone.

The secret lies sealed in the database (AES-GCM, keyed with HEARD_SECRET, bound to the account), recovery codes as keyed
hashes. A code is taken once: neither it nor an older one works again.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from heard.errors import HeardError
from heard.staff.accounts import Refused, StaffAccounts
from heard.staff.lockout import Lockout
from heard.staff.sessions import SignedIn
from heard.store import Store
from heard.store.staff import StoredAccount
from heard.store.store import utc_now

_STEP = 30
"""Seconds that a code holds (RFC 6238, section 5.2)."""
_AROUND = (0, -1, 1)
"""Time steps in which a code is taken: the phone's clock may be half a minute off."""
_CODES, _CODE_SIGNS = 10, "abcdefghjkmnpqrstuvwxyz23456789"
"""Without 0/o, 1/l/i: a recovery code is copied by hand. Twelve of them are about 59 bits."""


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """A secret that is not in use yet: to type in, and as the address that the QR code holds."""

    secret: str
    address: str


@dataclass(frozen=True, slots=True, repr=False)
class Enrolled:
    """A second factor from now on: the recovery codes, shown once, and the session that goes on."""

    recovery_codes: tuple[str, ...]
    signed_in: SignedIn


class SecondFactor:
    """Enrols, asks for and resets second factors."""

    def __init__(
        self, store: Store, accounts: StaffAccounts, secret: str, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._store = store.second_factors
        self._accounts = accounts
        self._clock = clock
        self._key = hashlib.sha256(f"second factor:{secret}".encode()).digest()
        self._lockout = Lockout(store.staff, clock)

    def offer(self, token: str, issuer: str) -> Offer:
        """The secret that this session may enrol with: the same as long as it lasts, and no other session's."""
        secret = self._offered(token)
        name = self._accounts.sessions.account(token).name
        return Offer(secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer))

    def enrol(self, token: str, code: str) -> Enrolled | None:
        """Begins to use the offered secret, for who can show a code of it; None for a wrong code.

        Every session of the account ends, and a fresh one begins. Raises HeardError where there is a factor already.
        """
        account = self._accounts.sessions.account(token)
        if account.second_factor:
            raise HeardError("There is a second factor already; reset it first.")
        secret = self._offered(token)
        step = self._step_of(secret, code)
        if step is None:
            return None
        codes = tuple(_recovery_code() for _ in range(_CODES))
        self._store.set(account.id, self._seal(account.id, secret), step, [self._hashed(account.id, c) for c in codes])
        return Enrolled(codes, self._begin(account.name))

    def check(self, token: str, code: str, address: str) -> SignedIn | Refused:
        """The session goes on as a fresh one for the right code, or a recovery code.

        Five wrong ones lock for 15 minutes. Raises HeardError where the session is over.
        """
        account = self._accounts.sessions.account(token)
        locked_until = self._lockout.try_once(_subject(account), address)
        if locked_until is not None or not self._holds(account, code):
            return Refused(locked_until)
        self._lockout.succeeded(_subject(account), address)
        self._accounts.sessions.end(token)
        return self._begin(account.name)

    def recovery_codes_left(self, name: str) -> int:
        """How many recovery codes an account has left."""
        return self._store.recovery_left(self._accounts.account(name).id)

    def take_away(self, token: str) -> SignedIn:
        """Takes the second factor of the session's account away; every session of it ends, and a fresh one begins."""
        name = self._accounts.sessions.account(token).name
        self.reset(name)
        return self._begin(name)

    def reset(self, name: str) -> None:
        """Takes the second factor away, and ends every session of the account.

        Raises HeardError for an unknown name.
        """
        account = self._accounts.account(name)
        self._store.clear(account.id)
        self._lockout.unlock(_subject(account))

    def _begin(self, name: str) -> SignedIn:
        return self._accounts.sessions.begin(self._accounts.account(name), code_to_come=False)

    def _holds(self, account: StoredAccount, code: str) -> bool:
        secret = self._unseal(account.id, self._store.sealed(account.id))
        step = self._step_of(secret, code) if secret is not None else None
        if step is not None:
            return self._store.use_step(account.id, step)
        return self._store.use_recovery(account.id, self._hashed(account.id, code))

    def _step_of(self, secret: str, code: str) -> int | None:
        """The time step whose code this is, or None."""
        digits, totp = "".join(code.split()), pyotp.TOTP(secret, interval=_STEP)
        now = int(self._clock().timestamp())
        right = [now // _STEP + n for n in _AROUND if _same(totp.at(now, counter_offset=n), digits)]
        return right[0] if right else None

    def _offered(self, token: str) -> str:
        raw = hmac.new(self._key, f"offer:{token}".encode(), hashlib.sha256).digest()
        return base64.b32encode(raw[:20]).decode()

    def _hashed(self, staff: str, code: str) -> str:
        plain = "".join(sign for sign in code.casefold() if sign.isalnum())
        return hmac.new(self._key, f"recovery:{staff}:{plain}".encode(), hashlib.sha256).hexdigest()

    def _seal(self, staff: str, secret: str) -> str:
        nonce = secrets.token_bytes(12)
        return base64.b64encode(nonce + AESGCM(self._key).encrypt(nonce, secret.encode(), staff.encode())).decode()

    def _unseal(self, staff: str, sealed: str | None) -> str | None:
        """None also where HEARD_SECRET is another one than it was: then no code is right, and a reset helps."""
        raw = base64.b64decode(sealed or "")
        try:
            return AESGCM(self._key).decrypt(raw[:12], raw[12:], staff.encode()).decode()
        except (InvalidTag, ValueError):
            return None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _subject(account: StoredAccount) -> str:
    """What tries at codes are counted under: apart from tries at the password, by the account's id."""
    return f"code of {account.id}"


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_CODE_SIGNS) for _ in range(4)) for _ in range(3))
