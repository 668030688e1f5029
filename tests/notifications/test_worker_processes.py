"""Real workers against a real mail server, killed, stopped, and with all they depend on taken away."""

import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from recruit.config import Settings
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from tests.databases import end_connections
from tests.notifications.messages import posted
from tests.notifications.sink import Sink, listening
from tests.notifications.workers import Workers, wait_for, working
from tests.serving.wire import free_port

pytestmark = pytest.mark.slow
MESSAGES, KILLS = 200, 5


def number(session: Session, *conditions: object) -> int:
    session.rollback()
    return session.scalar(select(func.count(OutboxMessage.id)).where(*conditions)) or 0


def is_all_sent(session: Session) -> Callable[[], bool]:
    def look() -> bool:
        time.sleep(0.1)  # not so often that looking slows what is looked at
        return number(session, OutboxMessage.sent_at.is_(None)) == 0

    return look


def kill_in_between(workers: Workers, arrived: Callable[[], int], chance: random.Random) -> None:
    """Keep two workers running and kill one of them each time that another few messages have arrived."""
    workers.start()
    workers.start()
    for goal in sorted(chance.sample(range(5, MESSAGES - 20), KILLS)):
        wait_for(lambda goal=goal: arrived() >= goal, workers)
        time.sleep(chance.uniform(0, 0.01))
        workers.kill(chance.choice(workers.running))
        workers.start()


def test_workers_killed_lose_nothing_and_double_nothing_in_a_folder(
    session: Session, settings: Settings, tmp_path: Path
):
    keys = {message.key for message in posted(MESSAGES, at=clock.now())}
    folder = tmp_path / "mail"
    folder.mkdir()
    with working(settings, f"file://{folder}", tmp_path, "--lease", "2") as workers:
        kill_in_between(workers, lambda: len(list(folder.glob("*.eml"))), random.Random(1))
        wait_for(is_all_sent(session), workers)

    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{key}.eml" for key in keys)
    assert number(session, OutboxMessage.sent_at.is_not(None)) == MESSAGES


def test_workers_killed_lose_nothing_and_double_at_most_one_a_kill_by_smtp(
    session: Session, settings: Settings, tmp_path: Path
):
    keys = {message.key for message in posted(MESSAGES, at=clock.now())}
    sink = Sink()
    with listening(sink, free_port()) as url, working(settings, url, tmp_path, "--lease", "2") as workers:
        kill_in_between(workers, lambda: len(sink.mails), random.Random(2))
        wait_for(is_all_sent(session), workers)

    came = sink.keys()
    doubled = Counter({key: times - 1 for key, times in came.items() if times > 1})
    print(f"doubled by {KILLS} kills: {doubled.total()} of {MESSAGES}")
    assert set(came) == keys
    assert doubled.total() <= KILLS
    assert number(session, OutboxMessage.sent_at.is_not(None)) == MESSAGES


def test_nothing_is_lost_while_the_mail_server_is_away(session: Session, settings: Settings, tmp_path: Path):
    keys = [message.key for message in posted(20, at=clock.now())]
    port, sink = free_port(), Sink()
    with working(settings, f"smtp://127.0.0.1:{port}", tmp_path, "--retry-after", "1") as workers:
        process = workers.start()
        wait_for(lambda: number(session, OutboxMessage.attempts >= 2) == 20, workers)
        reasons = set(session.scalars(select(OutboxMessage.last_error)))
        with listening(sink, port):
            wait_for(is_all_sent(session), workers)
        assert workers.stop(process, signal.SIGINT) == 0

    assert reasons == {"smtp: ConnectionRefusedError (Connection refused)"}
    assert sink.keys() == Counter(keys)
    assert number(session, OutboxMessage.failed_at.is_not(None)) == 0


def test_a_worker_asked_to_stop_finishes_the_message_in_hand(session: Session, settings: Settings, tmp_path: Path):
    posted(5, at=clock.now())
    sink = Sink(pause=0.7)
    with listening(sink, free_port()) as url, working(settings, url, tmp_path) as workers:
        process = workers.start()
        wait_for(lambda: len(sink.mails) == 1, workers)
        time.sleep(0.2)  # into the second message
        status = workers.stop(process)

    session.rollback()
    rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.due_at, OutboxMessage.id)).all()
    assert status == 0
    assert len(sink.mails) == 2
    assert [(row.sent_at is not None, row.lease, row.attempts) for row in rows] == [
        (True, None, 1),
        (True, None, 1),
        (False, None, 0),
        (False, None, 0),
        (False, None, 0),
    ]


def test_a_message_is_sent_or_taken_back_and_never_both(session: Session, settings: Settings, tmp_path: Path):
    keys = [message.key for message in posted(100, at=clock.now())]
    sink, cancelled = Sink(pause=0.005), []
    with listening(sink, free_port()) as url, working(settings, url, tmp_path) as workers:
        workers.start()
        workers.start()
        wait_for(lambda: len(sink.mails) >= 10, workers)
        for key in reversed(keys):
            try:
                with transaction():
                    message = session.scalars(select(OutboxMessage).where(OutboxMessage.key == key)).one()
                    outbox.cancel(message, at=clock.now())
                cancelled.append(key)
            except Conflict:
                time.sleep(0.002)
        wait_for(lambda: len(sink.mails) + len(cancelled) >= len(keys), workers)
        time.sleep(0.5)

    print(f"sent {len(sink.mails)}, taken back {len(cancelled)}")
    assert sink.keys() + Counter(cancelled) == Counter(keys)
    assert len(cancelled) > 0
    assert number(session, OutboxMessage.cancelled_at.is_not(None)) == len(cancelled)
    assert number(session, OutboxMessage.sent_at.is_not(None)) == len(sink.mails)


def test_a_worker_waits_while_the_database_is_away(session: Session, settings: Settings, tmp_path: Path):
    folder = tmp_path / "mail"
    with working(settings, f"file://{folder}", tmp_path) as workers:
        process = workers.start()
        keys = [message.key for message in posted(at=clock.now())]
        wait_for(is_all_sent(session), workers)
        keys += [message.key for message in posted(at=clock.now() + timedelta(seconds=1))]
        with database_away(settings):
            wait_for(lambda: "database away" in workers.log.read_text(), workers)
        keys += [message.key for message in posted(at=clock.now())]
        wait_for(is_all_sent(session), workers)
        assert process.poll() is None

    assert sorted(file.stem for file in folder.iterdir()) == sorted(keys)


def test_once_sends_what_is_due_and_ends(session: Session, settings: Settings, tmp_path: Path):
    posted(3, at=clock.now())
    posted(1, at=clock.now() + timedelta(hours=1))
    with working(settings, f"file://{tmp_path / 'mail'}", tmp_path, "--once") as workers:
        assert workers.start().wait(20) == 0

    assert len(list((tmp_path / "mail").iterdir())) == 3


@contextmanager
def database_away(settings: Settings) -> Iterator[None]:
    """Let nobody in: PostgreSQL refuses and cuts connections, SQLite is locked by a writer that does not end."""
    db.session.remove()
    end_connections()
    address = make_url(settings.database_url)
    if address.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(address.database or "", isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
        return
    name = address.database
    elsewhere = address.set(drivername="postgresql", database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(elsewhere, autocommit=True) as connection:
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        yield
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
