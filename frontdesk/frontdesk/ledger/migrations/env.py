"""Alembic's entry: runs the migrations on the database it is given."""

from alembic import context
from sqlalchemy import create_engine, text

from frontdesk.ledger.models import Base

engine = create_engine(context.config.get_main_option("sqlalchemy.url") or "")
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        if engine.dialect.name == "postgresql":  # several processes start at once; one migrates
            connection.execute(text("SELECT pg_advisory_xact_lock(503)"))
        context.run_migrations()
engine.dispose()
