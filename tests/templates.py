"""What many tests begin from, made once in a run and copied for each: a migrated database, and the demonstration."""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from recruit.core import clock
from recruit.core.calendar import london_day
from tests.databases import PROGRAMS, fresh_database
from tests.servers import flask

PASSWORD = "correct-horse-battery-demo"  # of every account of the demonstration
SHARED = "TEST_TEMPLATES"
"""A setting of test runs: the folder of what is made once, where several runs share it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A database and the files that belong to it, at rest in a folder: SQLite's file, or what PostgreSQL dumps."""

    kind: str
    folder: Path

    def copy_to(self, address: str, data_dir: Path) -> None:
        """Fill the empty database at `address`, and the folder of its files."""
        shutil.copytree(self._files, data_dir, dirs_exist_ok=True)
        if self.kind == "sqlite":
            shutil.copyfile(self._database, make_url(address).database or "")
        else:
            words = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
            _run("psql", *words, f"--file={self._database}", address.replace("+psycopg", ""))

    @property
    def _files(self) -> Path:
        return self.folder / "files"

    @property
    def _database(self) -> Path:
        return self.folder / "database"

    def make(self, fill: Callable[[dict[str, str]], None]) -> None:
        """Make it, unless it is there.

        Args:
            fill: what fills the empty database of the environment that it is given.
        """
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(self.folder.with_suffix(".lock")):
            if self._database.exists():
                return
            self._files.mkdir(parents=True)
            with fresh_database(self.kind, self.folder) as address:
                fill({"RECRUIT_ENV": "demo", "DATA_DIR": str(self._files), "DATABASE_URL": address})
                self._put_to_rest(address)

    def _put_to_rest(self, address: str) -> None:
        if self.kind == "sqlite":
            file = Path(make_url(address).database or "")
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            file.rename(self._database)
        else:
            draft = self._database.with_suffix(".draft")
            _run("pg_dump", "--no-owner", f"--file={draft}", address.replace("+psycopg", ""))
            draft.rename(self._database)


def migrated(kind: str, folder: Path) -> Template:
    """Return a database after all migrations, and nothing more; `folder` is where templates of this run are."""
    template = Template(kind, folder / f"{kind}-migrated")
    template.make(lambda environment: flask(environment, "db", "upgrade") and None)
    return template


def demonstration(kind: str, folder: Path) -> Template:
    """Return the demonstration of today, with `PASSWORD`."""
    template = Template(kind, folder / f"{kind}-demonstration-{london_day(clock.now())}")

    def fill(environment: dict[str, str]) -> None:
        migrated(kind, folder).copy_to(environment["DATABASE_URL"], Path(environment["DATA_DIR"]))
        flask({**environment, "RECRUIT_DEMO_PASSWORD": PASSWORD}, "demo", "load")

    template.make(fill)
    return template


def _run(program: str, *arguments: str) -> None:
    done = subprocess.run([PROGRAMS / program, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Keep other processes out until the end of the block; they wait."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def shared_folder(own: Path) -> Path:
    """Return where templates of this run are: what `make test` says, else a folder of this run's own."""
    if SHARED in os.environ:
        return Path(os.environ[SHARED])
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own  # beside those of the run's other processes


if __name__ == "__main__":
    for kind in ("sqlite", "postgresql"):
        demonstration(kind, Path(sys.argv[1]))
