"""What was committed is brought to the disk after the turn to write, and before anybody is told."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from flask import request

from recruit.core import turns
from recruit.core.counters import PUBLIC_REVISION, Counter
from recruit.core.db import db
from recruit.core.durable import BEFORE_ANSWER, sync_log
from recruit.core.transaction import transaction
from recruit.serving import asgi, waiting

pytestmark = pytest.mark.one_database


@pytest.fixture
def brought(session, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What was brought to the disk, and whether somebody else could write meanwhile."""
    found: list[tuple[str, bool]] = []
    database, real = str(db.engine.url.database), os.fdatasync

    def note(number: int) -> None:
        can_write = False
        with suppress(sqlite3.OperationalError), turns.turn(database):
            other = sqlite3.connect(database, timeout=0.1, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            other.close()
            can_write = True
        found.append((Path(f"/proc/self/fd/{number}").readlink().name, can_write))
        real(number)

    monkeypatch.setattr(os, "fdatasync", note)
    return found


def write() -> None:
    with transaction():
        db.session.get_one(Counter, PUBLIC_REVISION).number += 1


def test_outside_a_request_it_is_there_when_the_transaction_ends(brought):
    write()

    assert brought == [(f"{Path(str(db.engine.url.database)).name}-wal", True)]


def test_the_server_knows_what_it_is_asked_by():
    assert asgi.BEFORE_ANSWER == BEFORE_ANSWER  # neither side knows the other


def test_the_server_knows_what_it_waits_by():
    assert waiting.WAIT == turns.WAIT


@pytest.mark.parametrize(("is_held", "waits"), [(True, 2), (False, 0)])
def test_who_is_to_write_lets_others_compute_while_somebody_writes(app, tmp_path, is_held: bool, waits: int):
    file, asked = str(tmp_path / "a"), []
    with turns.turn(file) if is_held else nullcontext():
        turns.let_others_compute(file)  # nobody asks: a command, or a server that cannot
        with app.test_request_context(environ_overrides={turns.WAIT: lambda soon: asked.append(soon.done())}):
            turns.let_others_compute(file)

    assert asked == [True] * waits


def test_what_was_not_kept_is_not_waited_for(brought):
    with suppress(RuntimeError), transaction():
        db.session.get_one(Counter, PUBLIC_REVISION).number += 1
        raise RuntimeError

    assert brought == []


def test_a_server_that_can_wait_is_asked_to_before_it_answers(app, brought):
    tasks: list[Callable[[], None]] = []
    with app.test_request_context(environ_overrides={BEFORE_ANSWER: tasks}):
        write()
        assert request.environ[BEFORE_ANSWER] is tasks
        assert brought == []

    for task in tasks:
        task()
    assert [is_open for _, is_open in brought] == [True]


def test_a_file_without_a_log_has_all_in_itself(tmp_path):
    sync_log(str(tmp_path / "new"))


def test_the_database_leaves_the_wait_to_us(session):
    connection = db.session.connection()

    assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 1  # NORMAL
