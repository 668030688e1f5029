"""Where figures are taken: an empty database with the demonstration in it, which is removed afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import fresh_database
from tests.servers import flask


@contextmanager
def demonstration(kind: str, **settings: str) -> Iterator[dict[str, str]]:
    """Give the environment of a service with the demonstration loaded.

    Args:
        kind: "sqlite" or "postgresql".
        settings: more of its environment.
    """
    with TemporaryDirectory() as folder, fresh_database(kind, Path(folder)) as database:
        environment = {
            "RECRUIT_ENV": "demo",
            "DATA_DIR": folder,
            "DATABASE_URL": database,
            "RECRUIT_DEMO_PASSWORD": "bench-password-long",
            **settings,
        }
        flask(environment, "db", "upgrade")
        flask(environment, "demo", "load")
        yield environment
