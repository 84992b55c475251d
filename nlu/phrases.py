"""What whole phrases say about a family, where a list of words would not do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlu.mentions import Mention

_KIN = (
    r"(?:mum|mam|mom|mummy|dad|daddy|parents?|mother|father|brother|sister|siblings?|nan|nanna|gran|grandma|grandad|"
    r"grandmother|grandfather|step ?dad|step ?mum)"
)
_ILL = r"(?:(?:disabled|poorly|sick|ill|little|big|older|younger|autistic|blind|deaf|severely) )*"
_THEIR = r"(?:my|her|his|their)"
_SERVICE = r"(?:british |royal )?(?:army|navy|raf|air force|forces|armed forces|marines|military)"
_HER = r"(?:him|her|them|our \w+|my \w+|the (?:kids|children|boys|girls))"
_MEAL = r"(?:school )?(?:dinners?|lunch(?:es)?|meals?)"
_MUCH = r"(?:too|that|so|a|very|really|super) ?"
_PLAYED = r"(?:played|sung|touched|held|picked up|learn(?:t|ed)|tried)"

_PHRASES = {
    ("circumstance", "young carer"): (
        rf"(?:look(?:s|ing)? after|car(?:e|es|ing) for) {_THEIR} {_ILL}{_KIN}\b",
        rf"(?:i'?m|i am|is) (?:a|the|her|his|my) (?:young )?carer for {_THEIR} {_ILL}{_KIN}\b",
    ),
    ("circumstance", "low income"): (
        r"(?:lost|losing|lose) (?:my|his|her|their|our|the) (?:\w+ )?jobs?\b",
        r"(?:made|being made|been made|got|getting) redundant\b",
        r"low(?:er)? (?:household |family )?(?:incomes?|wages?|pay|earnings)\b",
    ),
    ("circumstance", "service family"): (
        rf"(?:serv(?:es|ing|ed)|is|was|'s|are|works?) (?:away )?(?:in|with) the {_SERVICE}\b",
    ),
    ("circumstance", "home educated"): (rf"(?:we|i) (?:teach|educate|school) {_HER} (?:at home|ourselves)\b",),
    ("circumstance", "looked after"): (
        rf"(?:{_THEIR}|our) foster \w+\b",
        r"live[sd]? with (?:my |a )?foster \w+\b",
        r"looked after by the (?:council|local authority)\b",
    ),
    ("circumstance", "free school meals"): (
        rf"(?:get|gets|getting|has|have|on|having|entitled to|qualif\w+ for|claim) (?:{_THEIR} )?{_MEAL} "
        r"(?:for )?(?:free|paid(?: for)?)\b",
        rf"free (?:hot )?{_MEAL} (?:at|from) school\b",
    ),
    ("cost", "free"): (
        r"(?:without|not|don'?t|doesn'?t|do not) (?:having |have |want |wanna )?(?:to )?pay(?:ing)?"
        r"(?: (?:anything|for (?:it|them|lessons)|a penny))?\b"
        r"(?! (?:more|much|that|so|full|for my|it all|upfront|by|with|to|the|in))",
    ),
    ("cost", "low cost"): (
        rf"(?:not|isn'?t|don'?t|doesn'?t|won'?t|without) (?:be |being |cost(?:ing)? )?(?:{_MUCH})?"
        r"(?:expensive|pricey|dear|fortune|bomb|arm and a leg|the earth)\b",
        r"(?:not|don'?t|doesn'?t|won'?t|without) cost(?:ing)? (?:too |that |so |very )?(?:much|a lot)\b",
    ),
    ("level", "beginner"): (
        rf"(?:n'?t| not|never) (?:ever )?{_PLAYED} (?:(?:an?|any|it|the|one) )?"
        r"(?:music|instruments?|anything|before|at all|yet|it)\b",
        r"(?:no|zero|little) (?:musical |music )?(?:experience|clue how to play)\b",
    ),
    ("access_need", "one-handed"): (
        rf"(?:only has|has|only) (?:the )?use of {_THEIR} (?:left|right) (?:hand|arm)(?: only)?\b",
        r"(?:use|uses|using|play|plays|playing|has|with|got) (?:only |just )?(?:one|1|(?:his|her|my) (?:left|right)) "
        r"(?:good |working )?(?:hand|arm)\b",
    ),
    ("access_need", "wheelchair"): (r"(?:is|are|it|venue|building|there) (?:there )?(?:step[- ]free|a lift)\b",),
}
_COMPILED = tuple(
    (type_, value, re.compile(rf"(?<!\w){pattern}"))
    for (type_, value), patterns in _PHRASES.items()
    for pattern in patterns
)


def phrases(plain: str) -> Iterator[Mention]:
    """Circumstances, cost, level and needs that are said in a phrase ("I look after my disabled mum")."""
    for type_, value, pattern in _COMPILED:
        for match in pattern.finditer(plain):
            yield Mention(type_, value, *match.span())
