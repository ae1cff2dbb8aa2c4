"""Runs migrations on the connection that wallboard.store.open hands over."""

from alembic import context

from wallboard.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
