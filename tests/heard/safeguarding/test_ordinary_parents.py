"""What parents say of their children every day is no cry for help."""

import pytest

from heard.redaction.redactor import CONTENT, Redactor
from heard.safeguarding import Screen

REDACTOR, SCREEN = Redactor.load(CONTENT), Screen.load(CONTENT)


@pytest.mark.parametrize("child", ["my son", "my daughter", "our little boy", "my grandson", "my foster child"])
@pytest.mark.parametrize("wish", ["wants to play the cello", "wants to learn drums", "would like to sing in a choir"])
@pytest.mark.parametrize("place", ["and we live in Tring", "we live near Poole", "living in Hatfield"])
def test_a_wish_and_where_a_family_lives_are_no_disclosure(child: str, wish: str, place: str) -> None:
    assert SCREEN.screen(REDACTOR.redact(f"{child} {wish} {place}").text) is None


@pytest.mark.parametrize("text", ["my son says he does not want to live", "my daughter wants to die"])
def test_but_not_wanting_to_live_is(text: str) -> None:
    assert SCREEN.screen(REDACTOR.redact(text).text) is not None
