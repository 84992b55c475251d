"""The database, open and up to date, with a small store for each topic."""

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import text

from heard.store.answering import AnsweringStore
from heard.store.answers import AnswerStore
from heard.store.buttons import ButtonStore
from heard.store.consultations import ConsultationStore
from heard.store.database import Database
from heard.store.disclosures import DisclosureStore
from heard.store.drafts import DraftStore
from heard.store.entries import EntryStore
from heard.store.expiry import ExpiryStore
from heard.store.jobs import JobStore
from heard.store.links import LinkStore
from heard.store.marks import MarkStore
from heard.store.migrate import migrate
from heard.store.needs import NeedStore
from heard.store.receipts import ReceiptStore
from heard.store.reminders import ReminderStore
from heard.store.second_factor import SecondFactorStore
from heard.store.staff import StaffStore
from heard.store.turns import TurnStore
from heard.store.votes import VoteStore


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


class Store:
    """Everything that Heard remembers. `Store.open(url)` makes one; threads and processes may share a database."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = utc_now) -> None:
        self._database = database
        self.entries = EntryStore(database, clock)
        self.links = LinkStore(database, clock)
        self.turns = TurnStore(database, clock)
        self.buttons = ButtonStore(database, clock)
        self.jobs = JobStore(database, clock)
        self.marks = MarkStore(database, clock)
        self.reminders = ReminderStore(database, clock)
        self.expiry = ExpiryStore(database)
        self.consultations = ConsultationStore(database)
        self.answering = AnsweringStore(database)
        self.answers = AnswerStore(database)
        self.drafts = DraftStore(database)
        self.receipts = ReceiptStore(database)
        self.disclosures = DisclosureStore(database)
        self.needs = NeedStore(database)
        self.votes = VoteStore(database)
        self.staff = StaffStore(database)
        self.second_factors = SecondFactorStore(database)

    @classmethod
    def open(cls, database_url: str, clock: Callable[[], datetime] = utc_now) -> "Store":
        """Opens the database and brings it up to date.

        Raises StoreError, in one sentence and without the password, where it cannot be reached, is no
        database, or is newer than this program.
        """
        database = Database(database_url)
        try:
            migrate(database)
        except BaseException:
            database.close()
            raise
        return cls(database, clock)

    @property
    def address(self) -> str:
        """Where the database is, without its password."""
        return self._database.address

    def ping(self) -> None:
        """Returns when the database answers; raises StoreError when it does not."""
        self._database.read(lambda connection: connection.execute(text("SELECT 1")))

    def close(self) -> None:
        """Lets go of the database."""
        self._database.close()
