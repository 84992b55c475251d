"""Passwords: long, not the name, not one that everybody tries first. No rules on signs and capitals.

The length and the list follow the National Cyber Security Centre's password guidance and NIST SP 800-63B-4
(section 3.1.1): length helps, compulsory signs do not.
"""

import secrets
import unicodedata

from heard.errors import HeardError

SHORTEST = 12
LONGEST = 200
"""A limit only so that nobody can keep the server busy with a book."""

_TELLING_NAME = 3
"""A shorter name is in half of all words."""
_CLEAR_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without 0/o, 1/l/i: a one-time password is read from a screen and typed."""

_TRIED_FIRST = """
password1234 password12345 password123456 passwordpassword mypassword123 changemeplease changeme1234
123456789012 1234567890123 12345678901234 123456789123 qwertyuiop12 qwertyuiop123 qwertyuiopas qwerty123456
qwerty1234567 1q2w3e4r5t6y 1qaz2wsx3edc zaq12wsxcde3 iloveyou1234 letmein12345 letmeinplease welcome12345
welcome123456 administrator admin1234567 administrator1 football1234 liverpool1234 manchester1 musicmusic12
musichub1234 hertfordshire hertfordshire1 dorsetmusic1 abcdefghijkl abcdefghijklm abc123456789 abcd12345678
correcthorsebatterystaple heardheardheard sunshine1234 princess1234 superman1234
"""
_COMMON = frozenset(_TRIED_FIRST.split())


class PasswordError(HeardError):
    """A new password will not do. `reason` is "short", "long", "name", "common" or "same"."""

    def __init__(self, reason: str) -> None:
        super().__init__(_SENTENCES[reason])
        self.reason = reason


_SENTENCES = {
    "short": f"Use {SHORTEST} characters or more. Three or four words that do not belong together work well.",
    "long": f"Use at most {LONGEST} characters.",
    "name": "The password has your name in it. Use something that nobody can guess from it.",
    "common": "This password is one of those that are tried first. Use something of your own.",
    "same": "Use another password than the one you have.",
}


def normal(password: str) -> str:
    """The password as every keyboard sends it: composed and decomposed accents are the same."""
    return unicodedata.normalize("NFKC", password)


def check_password(name: str, password: str) -> None:
    """Returns when a new password will do; raises PasswordError when not."""
    folded = normal(password).casefold()
    if len(folded) < SHORTEST:
        raise PasswordError("short")
    if len(folded) > LONGEST:
        raise PasswordError("long")
    if len(name) >= _TELLING_NAME and name.casefold() in folded:
        raise PasswordError("name")
    squeezed = "".join(sign for sign in folded if sign.isalnum())
    if folded in _COMMON or squeezed in _COMMON or len(set(folded)) < 4:
        raise PasswordError("common")


def one_time_password() -> str:
    """Four groups of four clear signs, about 79 bits."""
    return "-".join("".join(secrets.choice(_CLEAR_SIGNS) for _ in range(4)) for _ in range(4))
