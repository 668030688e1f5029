"""What must hold before this process may be sent visitors."""

import os
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from recruit.core.db import db


def faults(data_dir: Path) -> list[str]:
    """Return what is wrong, in words for an operator; an empty list is good."""
    found = []
    if not os.access(data_dir, os.W_OK):
        found.append("storage: the data folder cannot be written")
    try:
        db.session.execute(text("SELECT 1"))
        here = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError as error:
        return [*found, f"database: {type(error).__name__}"]
    wanted = _head()
    if here != wanted:
        found.append(f"migrations: at {here}, expected {wanted}")
    return found


def _head() -> str | None:
    return ScriptDirectory(current_app.extensions["migrate"].directory).get_current_head()
