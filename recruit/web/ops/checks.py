"""What must hold before this process may be sent visitors."""

import os
from pathlib import Path
from typing import Protocol

from sqlalchemy import exists, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from recruit import database_state
from recruit.accounts.models import User
from recruit.core.db import db
from recruit.rules.demonstration import DEMO_ADDRESSES


class Readiness(Protocol):
    """What of the settings is looked at."""

    data_dir: Path

    def is_production(self) -> bool: ...


def faults(settings: Readiness) -> list[str]:
    """Return what is wrong, in words for an operator; an empty list is good."""
    found = []
    if not os.access(settings.data_dir, os.W_OK):
        found.append("storage: the data folder cannot be written")
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        return [*found, f"database: {type(error).__name__}"]
    here, wanted = _migration(), database_state.newest_migration()
    if here != wanted:
        return [*found, f"migrations: at {here}, expected {wanted}"]
    if settings.is_production() and _has_demo_account():
        found.append("accounts: somebody can sign in to an account of the demonstration (at demo.example); disable it")
    return found


def _has_demo_account() -> bool:
    """Say whether a demonstration's account could be used.  What strangers register there is never confirmed."""
    usable = (User.disabled_at.is_(None), User.confirmed_at.is_not(None))
    return bool(db.session.scalar(select(exists().where(User.email_key.in_(DEMO_ADDRESSES), *usable))))


def _migration() -> str | None:
    """Return the identifier of the newest migration that was applied, None where there was none."""
    if not inspect(db.engine).has_table("alembic_version"):
        return None
    migration: str | None = db.session.scalar(text(database_state.VERSIONS))
    return migration
