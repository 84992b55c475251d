"""Sort codes, accounts, cards and IBANs."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_CARD = re.compile(
    r"(?<![\w-])(?:\d{4}(?:[\s.-]?\d{4}){3}(?:[\s.-]?\d{1,3})?|3[47]\d{2}[\s-]?\d{6}[\s-]?\d{5})(?![\w-])"
)
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?(?!\w)")
_IS = r"(?:\s{0,3}(?:number|num|no\.?|is|:|=|-|and|it's|its)){0,4}+\s{0,3}"
_SORT_CODE = re.compile(rf"\bsort(?:\s?-?code)?{_IS}(\d{{2}}[\s.-]?\d{{2}}[\s.-]?\d{{2}})(?!\d)", re.I)
_ACCOUNT = re.compile(rf"\b(?:account|acct|acc|a/c|bank)\b{_IS}(\d(?:[\s-]?\d){{6,9}})(?!\w)", re.I)
_WITH_ACCOUNT = re.compile(
    r"(?<![\w/.\-])(\d{2}[-\s]\d{2}[-\s]\d{2})[\s,;/&|]{1,3}"
    r"(?:(?:and|a/?c|acc(?:oun)?t?)\W{0,3}(?:number|num|no\.?|is)?\W{0,3})?(\d{8})(?!\w)",
    re.I,
)


class BankNumbers(Recogniser):
    """A card and an IBAN by their form; a sort code and an account by the words beside them, or by each other."""

    type = "ID_NUMBER"

    def find(self, said: Said) -> Iterable[Span]:
        if not said.has_digits:
            return
        text = said.text
        yield from self.spans(_IBAN.finditer(text))
        yield from self.spans(_CARD.finditer(text))
        for pattern, groups in ((_SORT_CODE, (1,)), (_WITH_ACCOUNT, (1, 2)), (_ACCOUNT, (1,))):
            for group in groups:
                yield from self.spans(pattern.finditer(text), group)
