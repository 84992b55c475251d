"""An error of the database says what is wrong without the values that were on their way."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from heard.store import Store
from heard.store.database import Database
from heard.store.tables import AnswerRow


def test_a_failed_write_names_no_values(store: Store, database_url: str) -> None:
    orphan = insert(AnswerRow).values(response="nobody's", question="q", state="answered", value="what somebody said")
    database = Database(database_url)
    with pytest.raises(DBAPIError) as raised:
        database.write(lambda connection: connection.execute(orphan))
    assert "answers" in str(raised.value)
    for said in (str(raised.value), repr(raised.value)):
        assert "somebody said" not in said
    database.close()
