"""A process that answers as fast as it can, to be killed in the middle of it."""

from multiprocessing.connection import Connection

from heard.consultations.progress import Given
from heard.consultations.service import Consultations
from heard.redaction import Redacted
from heard.store import Store
from tests.heard.consultations.small import TODAY, a_choice, a_consultation, an_open_one

HUB = "hertfordshire"
CONSULTATION = a_consultation(a_choice("qa"), an_open_one("qb"), an_open_one("qc"))
STEPS = 4
"""Messages of one person: start, a choice, own words, own words."""


def send(consultations: Consultations, number: int) -> None:
    """Message `number` of all: one person after the other, the key and the words made from the number."""
    person, step = divmod(number, STEPS)
    sender, key = f"person-{person}", f"message-{number}"
    if step == 0:
        standing = consultations.start(sender, CONSULTATION.id, key)
    elif step == 1:
        standing = consultations.answer(sender, Given("near"), key, question="qa", consultation=CONSULTATION.id)
    else:
        standing = consultations.answer(sender, Given(text=Redacted(f"said in {number}")), key)
    assert standing is not None and standing.progress.done == step, standing


def answer_for_ever(url: str, first: int, acknowledged: Connection) -> None:
    """Sends messages from `first` on, and says each number once its message is acknowledged."""
    store = Store.open(url)
    consultations = Consultations(store, HUB, lambda: TODAY)
    consultations.put([CONSULTATION])
    acknowledged.send(first - 1)
    number = first
    while True:
        send(consultations, number)
        acknowledged.send(number)
        number += 1
