"""Our recognisers for Presidio, one sort of detail a file, in the order in which they are asked."""

from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.announced_numbers import AnnouncedNumbers
from heard.redaction.recognisers.bank_numbers import BankNumbers
from heard.redaction.recognisers.birthdays import Birthdays
from heard.redaction.recognisers.emails import Emails
from heard.redaction.recognisers.handles import Handles
from heard.redaction.recognisers.health_numbers import HealthNumbers
from heard.redaction.recognisers.houses import Houses
from heard.redaction.recognisers.links import Links
from heard.redaction.recognisers.long_numbers import LongNumbers
from heard.redaction.recognisers.national_insurance import NationalInsurance
from heard.redaction.recognisers.people import People
from heard.redaction.recognisers.phones import Phones
from heard.redaction.recognisers.plates import Plates
from heard.redaction.recognisers.postcodes import Postcodes
from heard.redaction.recognisers.pupil_numbers import PupilNumbers
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.recognisers.schools import Schools
from heard.redaction.recognisers.spelled_emails import SpelledEmails
from heard.redaction.recognisers.spoken_phones import SpokenPhones
from heard.redaction.recognisers.streets import Streets


def recognisers(lexicon: Lexicon) -> list[Recogniser]:
    """All of them, the surest first: what one takes is not looked at by those after it."""
    return [
        Emails(),
        SpelledEmails(lexicon),
        Links(lexicon),
        Birthdays(),
        AnnouncedNumbers(),
        BankNumbers(),
        NationalInsurance(),
        PupilNumbers(),
        HealthNumbers(),
        Phones(),
        SpokenPhones(),
        Postcodes(),
        Plates(lexicon),
        LongNumbers(),
        Handles(lexicon),
        Schools(lexicon),
        Streets(lexicon),
        Houses(lexicon),
        People(lexicon),
    ]
