"""A first look at the database, before the application is loaded: by its driver alone, which takes a tenth of the time.

Only what decides whether there is something to prepare is asked; all else belongs to the application.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

from recruit.rules.demonstration import DEMO_ADDRESSES

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations" / "versions"
VERSIONS = "SELECT version_num FROM alembic_version"
EMAIL_KEYS = "SELECT email_key FROM user_account WHERE email_key IN ({})"
CONNECT_TIMEOUT = 2  # seconds, the least that libpq knows


@dataclass(frozen=True, slots=True)
class State:
    """What was found.

    Args:
        versions: the identifiers of the newest migrations that were applied; one.
        demo_accounts: the email addresses of accounts of the demonstration.
    """

    versions: set[str]
    demo_accounts: set[str]


def newest_migration() -> str:
    """Return the identifier of the newest migration: its file's name begins with it, a number."""
    return max(file.name.partition("_")[0] for file in MIGRATIONS.glob("[0-9]*_*.py"))


def look(url: str) -> State | None:
    """Return what is there; None where there is no database, or none of ours.  Nothing is made or changed.

    Args:
        url: as in DATABASE_URL.
    """
    if url.startswith("sqlite:///"):
        return _look_at_sqlite(url.removeprefix("sqlite:///").partition("?")[0])
    return _look_at_postgresql(url.replace("postgresql+psycopg://", "postgresql://", 1))


def _look_at_sqlite(file: str) -> State | None:
    query = EMAIL_KEYS.format(", ".join("?" * len(DEMO_ADDRESSES)))
    try:
        with closing(sqlite3.connect(f"file:{quote(file)}?mode=rw", uri=True)) as connection:
            versions = connection.execute(VERSIONS).fetchall()
            accounts = connection.execute(query, DEMO_ADDRESSES).fetchall()
    except sqlite3.Error:
        return None
    return State({row[0] for row in versions}, {row[0] for row in accounts})


def _look_at_postgresql(url: str) -> State | None:
    psycopg = import_module("psycopg")  # not at the top: where SQLite is used it would take as long as all the rest
    query = EMAIL_KEYS.format(", ".join(["%s"] * len(DEMO_ADDRESSES)))
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT) as connection:
            versions = connection.execute(VERSIONS).fetchall()
            accounts = connection.execute(query, DEMO_ADDRESSES).fetchall()
    except psycopg.Error:
        return None
    return State({row[0] for row in versions}, {row[0] for row in accounts})
