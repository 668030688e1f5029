"""Runs migrations on SQLite and on PostgreSQL."""

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from flask import current_app
from sqlalchemy import BigInteger, Connection, text

from recruit.core.db import UTCDateTime, db


def run() -> None:
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET lock_timeout = '4s'"))  # wait for a busy table, but do not queue behind it
            connection.execute(text("SET statement_timeout = 0"))  # a page's patience: a large table takes longer
        _foreign_keys(connection, on=False)
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=_render,
            on_version_apply=_refuse_orphans,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        if connection.dialect.name == "postgresql":
            connection.execute(text("RESET lock_timeout"))
            connection.execute(text("RESET statement_timeout"))
        connection.commit()
        _foreign_keys(connection, on=True)


def _render(_kind: str, thing: object, _context: AutogenContext) -> str | bool:
    """Write our own column types as SQLAlchemy's, because a migration never imports the app."""
    if isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(thing, BigInteger):
        return 'sa.BigInteger().with_variant(sa.Integer, "sqlite")'
    return False


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    """Switch SQLite's checks: it alters a table by rebuilding it, and dropping the old one would take its children."""
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute(f"PRAGMA foreign_keys = {int(on)}")


def _refuse_orphans(*, ctx: MigrationContext, **_more: object) -> None:
    """Refuse what SQLite's checks would have refused while they were off, before the migration is committed."""
    if ctx.connection is not None and ctx.connection.dialect.name == "sqlite":
        orphans = ctx.connection.connection.driver_connection.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise RuntimeError(f"rows left without a parent: {orphans}")


run()
