"""A web address is brought into its standard form, or refused in words that staff understand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import FormatChecker

from heard.content.web_address import web_address


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("https://music.example/", "https://music.example/"),
        ("https://music.example/a%20b?c=d&e=1#f", "https://music.example/a%20b?c=d&e=1#f"),
        ("https://münchen.example/ä?b=ü#ö", "https://xn--mnchen-3ya.example/%C3%A4?b=%C3%BC#%C3%B6"),
        ("https://Music.Example:8080/A", "https://music.example:8080/A"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://music.example/{a}|b^`", "https://music.example/%7Ba%7D%7Cb%5E%60"),
        ("https://music.example/100%", "https://music.example/100%25"),
        ("https://music.example?q=[x]", "https://music.example?q=%5Bx%5D"),
    ],
)
def test_an_address_has_one_form(written, standard):
    assert web_address(written) == standard == web_address(standard)


NONE = (
    *("music.example", "javascript:alert(1)", "ftp://music.example", "https://", "https://?q", "https://a b.example"),
    *("https://[::g]/", "https://a:99999/", "https://a%zz/", "https://a..b/", "https://" + "a" * 64 + ".example/"),
    *("https://x\\y/", 'https://x/"', "https://x/\n", "https://x/<b>", ""),
)


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_address_is_refused(written):
    with pytest.raises(ValueError, match="a web address"):
        web_address(written)


@given(st.text(max_size=30).map(lambda text: f"https://music.example/{text}") | st.text().map(lambda t: f"http://{t}"))
def test_whatever_is_accepted_is_a_uri(written):
    try:
        standard = web_address(written)
    except ValueError:
        return
    assert FormatChecker().conforms(standard, "uri") and web_address(standard) == standard
