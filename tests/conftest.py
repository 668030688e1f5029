"""One migrated database a test process, SQLite or PostgreSQL, emptied after each test.

`TEST_DATABASE=postgresql` runs the same tests on a real PostgreSQL that comes as a wheel.
"""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from recruit.accounts.models import User
from recruit.app import create_app
from recruit.config import Environment, Settings
from recruit.core.counters import ALERT_ROUND, PUBLIC_REVISION, RECORD_SEAL, VACANCY_NUMBER
from recruit.core.db import db
from recruit.rules.access import Role
from tests import factories, templates
from tests.databases import end_connections, fresh_database
from tests.marks import FOUND_BY_MARK, files_with_mark
from tests.visitor import Visitor

gc.disable()  # until all tests are collected: what that makes stays
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  nobody waits for a disk: see tests/databases
BEGUN_FIRST = ("test_every_page", "test_kill", "test_worker_processes")
"""What takes longest, so that at the end of a run no process waits for another that has just begun it."""
DELETIONS = [str(table.delete()) for table in reversed(db.metadata.sorted_tables)]
STARTS = {PUBLIC_REVISION: 1, VACANCY_NUMBER: 0, ALERT_ROUND: 0, RECORD_SEAL: 0}
EMPTYING = [*DELETIONS, *(f"INSERT INTO counter (name, number) VALUES ('{name}', {STARTS[name]})" for name in STARTS)]  # noqa: S608
AS_FUNCTION = f"CREATE FUNCTION empty_tables() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {'; '.join(EMPTYING)}; END $$"
"""So that PostgreSQL need not plan all of it anew after each test."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database alone, and on PostgreSQL what asks none; `make test` runs both.

    Raises:
        UsageError: a test has a mark that its file does not name, by which `make test` would not find it.
    """
    for name in FOUND_BY_MARK:
        if lost := {item.path for item in items if item.get_closest_marker(name)} - set(files_with_mark(name)):
            raise pytest.UsageError(f"say mark.{name} in {', '.join(map(str, lost))}")
    is_sqlite = os.environ.get("TEST_DATABASE", "sqlite") == "sqlite"
    left_out = {item for item in items if (_is_about_postgresql(item) if is_sqlite else _asks_no_database(item))}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = sorted((item for item in items if item not in left_out), key=_is_begun_later)


def pytest_collection_finish() -> None:
    """Take what has been loaded for good out of the search for garbage, which then begins a tenth as often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(7_000, 20)
    gc.enable()


def _is_begun_later(item: pytest.Item) -> bool:
    return item.path.stem not in BEGUN_FIRST


def _is_about_postgresql(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgresql_alone") is not None


def _asks_no_database(item: pytest.Item) -> bool:
    """Say whether a test says the same whatever the database, because it cannot reach one."""
    is_fast = not any(item.get_closest_marker(name) for name in FOUND_BY_MARK)
    return is_fast and "settings" not in item.fixturenames and not hasattr(item.module, "fresh_database")  # type: ignore[attr-defined]  # a function of a module


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes of this run keep what is made once for all of them."""
    return templates.shared_folder(tmp_path_factory.getbasetemp())


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("data")
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    with TemporaryDirectory(dir=MEMORY) as in_memory, fresh_database(kind, Path(in_memory)) as url:
        yield Settings(
            recruit_env=Environment.TEST,
            data_dir=folder,
            memory_dir=folder / "memory",
            database_url=url,
            public_url="http://localhost",
            mail_url=f"file://{folder / 'mail'}",
        )


@pytest.fixture(scope="session")
def app(settings: Settings, shared_folder: Path) -> Iterator[Flask]:
    kind = settings.database_url.partition("+")[0].partition(":")[0]
    templates.migrated(kind, shared_folder).copy_to(settings.database_url, settings.data_dir)
    app = create_app(settings)
    if kind == "postgresql":
        with app.app_context(), db.engine.begin() as connection:
            connection.exec_driver_sql(AS_FUNCTION)
    yield app
    with app.app_context():
        end_connections()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database as a service or a query sees it.  What a test makes is committed for real, and emptied after."""
    with app.app_context():
        yield db.session  # type: ignore[misc]  # a scoped session
        db.session.rollback()
        send = db.session.connection().connection.driver_connection.execute
        for statement in EMPTYING if db.engine.dialect.name == "sqlite" else ["SELECT empty_tables()"]:
            send(statement)
        db.session.commit()
        db.session.remove()
    app.extensions["public_pages"].clear()


@pytest.fixture
def queries(session: Session) -> Iterator[list[str]]:
    """The statements that the database was sent."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def visitor(app: Flask, session: Session) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app)


@pytest.fixture
def visit_as(app: Flask, session: Session) -> Callable[[User], Visitor]:
    """Return a way to visit as a given person."""

    def visit(user: User) -> Visitor:
        visitor = Visitor(app)
        visitor.sign_in(user)
        return visitor

    return visit


@pytest.fixture
def candidate(visit_as: Callable[[User], Visitor]) -> Visitor:
    return visit_as(factories.UserFactory(roles=[Role.CANDIDATE]))


@pytest.fixture
def hr(visit_as: Callable[[User], Visitor]) -> Visitor:
    return visit_as(factories.UserFactory(name="Harper Reed", roles=[Role.HR]))


@pytest.fixture
def recruiter(visit_as: Callable[[User], Visitor]) -> Visitor:
    """A recruiter who writes for the team `recruiter.team`."""
    user = factories.UserFactory(name="Robin Carter", roles=[Role.RECRUITER])
    team = factories.TeamFactory()
    factories.TeamMemberFactory(team_id=team.id, user_id=user.id)
    visitor = visit_as(user)
    visitor.team = team
    return visitor


@pytest.fixture
def admin(visit_as: Callable[[User], Visitor]) -> Visitor:
    return visit_as(factories.UserFactory(name="Alex Stone", roles=[Role.ADMIN]))


@pytest.fixture
def mail_folder(settings: Settings) -> Path:
    """Where the file transport writes messages."""
    return settings.data_dir / "mail"
