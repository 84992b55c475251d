"""The tables, as SQLAlchemy sees them. heard/store/migrations makes them; a test keeps the two the same.

Tables that hold what people said are WITHOUT ROWID in SQLite: a hidden row number that counts up would give
the order in which people came.
"""

from datetime import UTC, date, datetime

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, String, Text, false
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

_NO_ORDER = {"sqlite_with_rowid": False}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, to the second, kept as a whole number: SQLite's own dates forget their time zone."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Base(DeclarativeBase):
    """The root of all tables."""


class EntryRow(Base):
    """One directory entry of one hub; `body` is the content schema's JSON.

    `origin` is content, staff, or import:<source>. What comes from content is replaced at the start, unless
    somebody here has `edited` it. A `retired` entry is shown to nobody and can be brought back.
    """

    __tablename__ = "entries"

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    collection: Mapped[str] = mapped_column(String(20), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    position: Mapped[int] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    checked: Mapped[date | None] = mapped_column(Date)
    origin: Mapped[str] = mapped_column(String(200), server_default="content")
    edited: Mapped[bool] = mapped_column(Boolean, server_default=false())
    retired: Mapped[bool] = mapped_column(Boolean, server_default=false())
    changed_at: Mapped[datetime] = mapped_column(Moment, server_default="0")


class EntrySetRow(Base):
    """Which content a hub's entries came from, so that the same content is not written twice.

    `version` counts the changes of the hub's entries: who has read them looks here whether to read them again.
    """

    __tablename__ = "entry_sets"

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    version: Mapped[int] = mapped_column(Integer, server_default="0")


class EntryChangeRow(Base):
    """What somebody did to an entry. `what` is JSON: {"did", "before", "after"}, the last two by field."""

    __tablename__ = "entry_changes"
    __table_args__ = (Index("ix_entry_changes_entry", "hub", "collection", "id"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    hub: Mapped[str] = mapped_column(String(80))
    collection: Mapped[str] = mapped_column(String(20))
    id: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(200))
    what: Mapped[str] = mapped_column(Text)


class LinkRow(Base):
    """What came of looking at a web address that entries name. `key` is the address's SHA-256."""

    __tablename__ = "links"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12))
    status: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str | None] = mapped_column(Text)
    looked_at: Mapped[datetime] = mapped_column(Moment)
    since: Mapped[datetime] = mapped_column(Moment)


class TurnRow(Base):
    """A message that was taken, with its reply once there is one. `owner` is a keyed hash of who sent it."""

    __tablename__ = "turns"
    __table_args__ = (_NO_ORDER,)

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    reply: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    owner: Mapped[str | None] = mapped_column(String(64), index=True)


class ButtonRow(Base):
    """A choice's payload that is longer than a Telegram button may carry."""

    __tablename__ = "buttons"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    payload: Mapped[str] = mapped_column(Text)
    offered_at: Mapped[datetime] = mapped_column(Moment, index=True)


class JobRow(Base):
    """Something to be done at a moment. `claim` is the random name of who is doing it, until `claimed_until`."""

    __tablename__ = "jobs"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    kind: Mapped[str] = mapped_column(String(100))
    due_at: Mapped[datetime] = mapped_column(Moment, index=True)
    claim: Mapped[str | None] = mapped_column(String(32))
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(Integer)


class ReminderRow(Base):
    """That somebody wants to be told something. `sealed` holds the chat's number and what it is about.

    `person` is a keyed hash; `id` one of the person and the subject together. After `until` it is of no use.
    """

    __tablename__ = "reminders"
    __table_args__ = (_NO_ORDER,)

    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    hub: Mapped[str] = mapped_column(String(80))
    person: Mapped[str] = mapped_column(String(64), index=True)
    sealed: Mapped[str] = mapped_column(Text)
    until: Mapped[datetime] = mapped_column(Moment, index=True)


class MarkRow(Base):
    """That something was done which must not be done again, nor undone by a backup: a keyed hash says what.

    `kind` is "sent" (a message of a reminder went out) or what was removed ("reminder", "answers", "consultation").
    """

    __tablename__ = "marks"
    __table_args__ = (_NO_ORDER,)

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class ConsultationRow(Base):
    """A consultation: open, closed or archived. `key` makes the hashes of those who answer; closing destroys it.

    `closes` is null for a place for ideas, which has no last day.
    """

    __tablename__ = "consultations"

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    origin: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    opens: Mapped[date] = mapped_column(Date)
    closes: Mapped[date | None] = mapped_column(Date)
    key: Mapped[str | None] = mapped_column(String(64))


class ConsultationDraftRow(Base):
    """A consultation that staff are still writing. `body` is what they have so far, which need not be whole yet."""

    __tablename__ = "consultation_drafts"

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    changed: Mapped[date] = mapped_column(Date)


class ResponseRow(Base):
    """One person's answers to one consultation. The id is random; the day is all the time there is.

    `finished` says that they were sent; before that, they may grow.
    """

    __tablename__ = "responses"
    __table_args__ = (Index("ix_responses_consultation", "hub", "consultation"), _NO_ORDER)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    hub: Mapped[str] = mapped_column(String(80))
    consultation: Mapped[str] = mapped_column(String(80))
    day: Mapped[date] = mapped_column(Date)
    finished: Mapped[bool] = mapped_column(Boolean)


class AnswerRow(Base):
    """One answer. `state` is answered, skipped, or begun (several choices that are not done yet); count "answered".

    `value` is JSON, by the kind of question: {"option": id} for one choice and for a scale, {"options": [id, ...]} in
    the question's order, {"ranking": [id, ...]} with the best first, {"statements": {id: "agree"|"disagree"|"pass"}},
    {"text": redacted}. A question that a branch left out has no row.

    `moderation` is for text alone: waiting, until a moderator has decided; null for everything else.
    """

    __tablename__ = "answers"
    __table_args__ = (_NO_ORDER,)

    response: Mapped[str] = mapped_column(ForeignKey("responses.id", ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(80), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    value: Mapped[str] = mapped_column(Text)
    moderation: Mapped[str | None] = mapped_column(String(10))


class ParticipationRow(Base):
    """That somebody (a keyed hash) is answering or has answered. `response` is null once they have finished.

    `agreed` says that answers may be kept. `others` is how many more people have answered on the same device.
    """

    __tablename__ = "participations"
    __table_args__ = (_NO_ORDER,)

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    consultation: Mapped[str] = mapped_column(String(80), primary_key=True)
    person: Mapped[str] = mapped_column(String(64), primary_key=True)
    response: Mapped[str | None] = mapped_column(ForeignKey("responses.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(10))
    at: Mapped[str | None] = mapped_column(String(80))
    last_key: Mapped[str | None] = mapped_column(String(64))
    last_effect: Mapped[str | None] = mapped_column(String(20))
    touched: Mapped[date | None] = mapped_column(Date)
    agreed: Mapped[bool] = mapped_column(Boolean, server_default=false())
    others: Mapped[int] = mapped_column(Integer, server_default="0")


class ReceiptRow(Base):
    """The salted hash of a receipt code, and the answers that its holder may see, change and withdraw.

    At closing `response` becomes null: from then on the code only asks what came of the consultation.
    """

    __tablename__ = "receipts"
    __table_args__ = (Index("ix_receipts_response", "response"), _NO_ORDER)

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    consultation: Mapped[str] = mapped_column(String(80))
    response: Mapped[str | None] = mapped_column(ForeignKey("responses.id", ondelete="SET NULL"))


class ReceiptSaltRow(Base):
    """What the receipt codes of a hub are hashed with."""

    __tablename__ = "receipt_salts"

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))


class DisclosureRow(Base):
    """How many disclosures of one kind there were in one ISO week ("2026-W47"). No text, no person."""

    __tablename__ = "disclosures"

    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class NeedRow(Base):
    """How many wishes of one kind found nothing in one month ("2026-11"). No text, no person, no day."""

    __tablename__ = "needs"
    __table_args__ = (_NO_ORDER,)

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    instrument: Mapped[str] = mapped_column(String(40), primary_key=True)
    district: Mapped[str] = mapped_column(String(80), primary_key=True)
    ages: Mapped[str] = mapped_column(String(20), primary_key=True)
    barrier: Mapped[str] = mapped_column(String(20), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class EntryVoteRow(Base):
    """How often somebody pressed "this is right" or "something is wrong" about an entry in one month.

    `open` are those of the latter that nobody at the hub has looked at since.
    """

    __tablename__ = "entry_votes"
    __table_args__ = (_NO_ORDER,)

    hub: Mapped[str] = mapped_column(String(80), primary_key=True)
    entry: Mapped[str] = mapped_column(String(80), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    right: Mapped[int] = mapped_column(Integer)
    wrong: Mapped[int] = mapped_column(Integer)
    open: Mapped[int] = mapped_column(Integer)


class StaffRow(Base):
    """A member of staff. `folded` is the name without regard to case.

    `totp` is the sealed secret of the second factor, if there is one; `totp_step` the last time step used.
    """

    __tablename__ = "staff"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    folded: Mapped[str] = mapped_column(String(160), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(Boolean)
    totp: Mapped[str | None] = mapped_column(String(200))
    totp_step: Mapped[int] = mapped_column(BigInteger, server_default="0")


class StaffSessionRow(Base):
    """A sign-in. The token itself is only in the browser; here is its hash.

    `code_to_come`: the password was right, the code of the second factor has not been given yet.
    """

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    code_to_come: Mapped[bool] = mapped_column(Boolean, server_default=false())


class RecoveryCodeRow(Base):
    """A code that stands in for the second factor once; here is its keyed hash."""

    __tablename__ = "staff_recovery_codes"

    staff: Mapped[str] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class SignInAttemptRow(Base):
    """Wrong tries in a row at one account name or from one address, both as hashes."""

    __tablename__ = "sign_in_attempts"

    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    tries: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(Moment)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
