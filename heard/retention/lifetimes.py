"""Everything that is kept, where, for how long and why: the one place for lifetimes.

docs/privacy/retention.md is written from it (`heard retention --markdown`), the purge and the dry run go by it, and a
test fails where a table of the database is not in it.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

CHAT: Final = timedelta(minutes=60)
"""Of silence. The same as in domain.yml and endpoints.yml, for Rasa's part."""
ANSWERED: Final = timedelta(hours=24)
"""How long a message is known again: Telegram keeps an update for as long (Bot API, getUpdates)."""
BUTTONS: Final = timedelta(days=90)
"""After the last time that somebody was offered it."""
WATCH: Final = timedelta(days=183)
"""Half a year: how long a wish to hear of what is new is kept."""
BACKUPS: Final = timedelta(days=35)
"""How long a backup can be restored with everything in it. Marks of removals are kept for as long, and a day more."""
REMOVALS: Final = BACKUPS + timedelta(days=1)
SENT: Final = WATCH + BACKUPS
"""So that no entry is told of twice while somebody wants to hear, and no backup sends anything again."""
LINKS: Final = timedelta(days=365)
"""After the last look at it."""
HISTORY: Final = timedelta(days=730)
"""Two years: an entry's yearly round, and the one before it."""
STAFF_SESSION: Final = timedelta(hours=8)
STAFF_IDLE: Final = timedelta(minutes=15)
STAFF_CODE: Final = timedelta(minutes=10)
"""How long a sign-in waits for the code of the second factor."""
SIGN_IN_TRIES: Final = timedelta(minutes=15)
LOGS: Final = timedelta(days=30)
"""Heard writes its log to the standard output and keeps none; docs/operations.md says how to set this."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """One kind of thing that is kept. `ends` is when, in words; `tables` are the database's, if it is there."""

    name: str
    where: str
    ends: str
    why: str
    tables: tuple[str, ...] = ()
    purged: bool = False
    """Whether the purge takes out what is past its time, under this name."""


LIFETIMES: Final[tuple[Lifetime, ...]] = (
    Lifetime(
        "what a chat knows (what was looked for, circumstances told, as which wish it was counted)",
        "memory of the Rasa process",
        '60 minutes of silence, or at once with "clear this chat", /forget or "delete my data"',
        "so that a follow-up is understood and nobody is asked twice",
    ),
    Lifetime(
        "which topic, question and buttons are open",
        "memory of the process at the open door",
        "60 minutes of silence, or at once as above",
        'so that a bare "yes" or a typed button is understood',
    ),
    Lifetime(
        "Telegram's number of a chat",
        "memory of the process at the open door",
        "when the message is answered",
        "so that the answer finds its chat; on disk it is only for reminders, encrypted",
    ),
    Lifetime(
        "how fast somebody writes",
        "memory of the process at the open door",
        "a minute of silence and the next message, whoever sends it",
        "so that nobody can flood the chat",
    ),
    Lifetime(
        "that somebody looked for something on /find",
        "memory of the process at the open door, under a hash whose key is in memory too",
        "60 minutes",
        "so that a wish that found nothing is counted once",
    ),
    Lifetime(
        "answered messages",
        "database; the answer is sealed with a key that only the sender's message id gives",
        "24 hours, or at once with /forget",
        "so that a message that comes twice is answered once",
        tables=("turns",),
        purged=True,
    ),
    Lifetime(
        "long buttons",
        "database; content's own values, nothing about who was offered one",
        "90 days after it was last offered",
        "Telegram's buttons carry 64 bytes; an old button should still work",
        tables=("buttons",),
        purged=True,
    ),
    Lifetime(
        "who is answering a consultation, and who has answered",
        "database, as a hash under the consultation's own key",
        "closing: hashes and key are destroyed. Unfinished answers: also at once with /forget",
        "so that somebody can go on later, and nobody answers twice",
        tables=("participations",),
        purged=True,
    ),
    Lifetime(
        "pseudonym keys of consultations",
        "database",
        "closing, by hand or after the last day",
        "with the key gone, nothing leads from a person to a hash",
        tables=("consultations",),
    ),
    Lifetime(
        "receipts: which answers a code leads to",
        "database; the code as a salted hash",
        "closing, or when the answers are withdrawn: from then on a code leads to no answers",
        "so that whoever holds the code can see, change and withdraw the answers",
        tables=("receipts", "receipt_salts"),
    ),
    Lifetime(
        "consultations that staff are writing",
        "database; what is asked, nothing that anybody said",
        "until it is opened or deleted",
        "so that staff can write in peace",
        tables=("consultation_drafts",),
    ),
    Lifetime(
        "answers of consultations",
        "database; redacted, with the day, without a sender",
        "as long as the hub needs them for its decisions; the hub says so in its own retention plan",
        "they are what the hub asked for",
        tables=("responses", "answers"),
    ),
    Lifetime(
        "counts of disclosures, of wishes that found nothing, of votes on entries",
        "database; numbers by kind and week or month, without text or person",
        "as long as the hub needs them",
        "evidence of what is missing, and of how often help was needed",
        tables=("disclosures", "needs", "entry_votes"),
    ),
    Lifetime(
        "the directory",
        "database and content/",
        "as long as the hub serves it",
        "it is public",
        tables=("entries", "entry_sets"),
    ),
    Lifetime(
        "history of entries",
        "database; with the name of the member of staff",
        "2 years",
        "who changed what, and a way back",
        tables=("entry_changes",),
        purged=True,
    ),
    Lifetime(
        "looks at web addresses of entries",
        "database; public addresses only",
        "a year after the last look",
        "so that broken links are found",
        tables=("links",),
        purged=True,
    ),
    Lifetime(
        "staff accounts",
        "database; the password as an argon2id hash, second factors sealed",
        "until an admin removes the account",
        "so that only staff see figures",
        tables=("staff", "staff_recovery_codes"),
    ),
    Lifetime(
        "staff sessions",
        "database; a hash of the token",
        "8 hours, or 15 minutes unused; 10 minutes where the second factor's code has not come",
        "so that staff stay signed in, and not for long",
        tables=("staff_sessions",),
        purged=True,
    ),
    Lifetime(
        "wrong sign-ins",
        "database; name and network address as hashes",
        "15 minutes",
        "so that nobody can try passwords without end",
        tables=("sign_in_attempts",),
        purged=True,
    ),
    Lifetime(
        "reminders",
        "database; the chat's number and what it is about are encrypted (AES-GCM, keyed with HEARD_SECRET)",
        "when the message was sent or its day is over; 6 months where it is about something new, or no day is known; "
        "at once when it is stopped, with /forget, or when somebody blocks the bot",
        "somebody asked for it with a button, after being told this",
        tables=("reminders",),
        purged=True,
    ),
    Lifetime(
        "marks of messages sent and of things removed",
        "database; keyed hashes",
        "36 days for removals, 218 days for messages; that a consultation was closed stays",
        "so that nobody gets a message twice, and no backup brings back what was deleted",
        tables=("marks",),
        purged=True,
    ),
    Lifetime(
        "jobs",
        "database; what is to be done when, nothing about anybody",
        "when the job is done",
        "so that purges happen on time, whichever process lives",
        tables=("jobs",),
    ),
    Lifetime(
        "logs",
        "wherever the machine keeps the standard output: Heard keeps none",
        "30 days is enough; docs/operations.md says how to set it",
        "counts and faults, never words, names or addresses",
    ),
    Lifetime(
        "the secret that keys pseudonyms and seals",
        "HEARD_SECRET, or var/secret",
        "until the hub changes it; then everything made with it is nobody's",
        "so that a pseudonym is the same tomorrow, and nobody else can make it",
    ),
)


def as_markdown() -> str:
    """The table for docs/privacy/retention.md."""
    rows = [("What", "Where", "Until", "Why"), *((each.name, each.where, each.ends, each.why) for each in LIFETIMES)]
    lines = [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows]
    return "\n".join([lines[0], "|---|---|---|---|", *lines[1:]])
