"""What is mentioned but not wanted: "not violin, trumpet"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from nlu.mentions import Mention, in_row

NEGATABLE = frozenset(
    in_row("instrument genre activity age place level cost when school_year access_need circumstance")
)
"""What can be ruled out. "She speaks no English" rules no language out."""

_FILLER = (
    r"(?:to|do|play|playing|learn|learning|a|an|the|any|my|his|her|really|more|on|in|at|for|with|want|be|go|going|keen|into|"
    r"like|too|much|about|another|of|actual|just)"
)
_CUE = re.compile(
    r"(?:^|\W)(?:(?<!why )not(?! only| just| sure| far| too far)|no(?! idea| experience| problem)|isn'?t|aren'?t|"
    r"ain'?t|wasn'?t|"
    r"(?:do|does|did)(?:n'?t| not) (?:wan(?:t|na)|like|fancy|need|do|enjoy|suit)|won'?t (?:do|play|be)|"
    r"can'?t (?:do|make|manage|stand|come|get to)|cannot (?:do|make|manage)|hates?|sick of|bored of|fed up (?:of|with)|"
    r"swap the|"
    r"gave up|given up|quit|stopped|instead of|rather than|other than|apart from|except(?: for)?|anything but|but not|"
    rf"without|never(?! tried| played| done| had| sung| touched))(?: {_FILLER}){{0,5}}\s*$"
)
_CHAIN = re.compile(rf"\s*(?:or|nor|and(?! (?:want|i|now))|/|, ?(?:or|nor))(?: {_FILLER}){{0,3}}\s*")
_AFTER = re.compile(
    r"(?:s|'s)?\s*(?:(?:don'?t|doesn'?t|do not|does not|won'?t) (?:work|suit)|"
    r"(?:is|are|'s) (?:no good|out|not (?:good|possible|for (?:me|him|her))|rubbish|boring|too hard)|"
    r"isn'?t (?:for (?:me|him|her)|what)|aren'?t (?:for (?:me|him|her))|\? no\b|no thanks?)"
)


def negated(plain: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The same mentions, with `negated` set on those that the writer rules out.

    A negation reaches over "or" to the next mention of the same kind ("not violin or viola") and ends at a comma or a
    "but" ("not violin, trumpet").
    """
    found: list[Mention] = []
    for mention in mentions:
        out = mention.type in NEGATABLE and (
            bool(_CUE.search(plain[: mention.start])) or bool(_AFTER.match(plain[mention.end :]))
        )
        if not out and found and found[-1].negated and found[-1].type == mention.type:
            out = bool(_CHAIN.fullmatch(plain[found[-1].end : mention.start]))
        found.append(replace(mention, negated=True) if out else mention)
    return found
