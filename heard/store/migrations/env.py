"""Alembic's way in. heard/store/migrate.py hands over the connection, whose transaction is open already."""

from alembic import context

from heard.store.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
