"""One migrated database a test process, SQLite or PostgreSQL, emptied after each test.

`TEST_DATABASE=postgresql` runs the same tests on a real PostgreSQL that comes as a wheel.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from recruit.accounts.models import User
from recruit.app import create_app
from recruit.config import Environment, Settings
from recruit.core.counters import ALERT_ROUND, PUBLIC_REVISION, RECORD_SEAL, VACANCY_NUMBER, Counter
from recruit.core.db import db
from recruit.rules.access import Role
from tests import factories
from tests.databases import end_connections, fresh_database
from tests.visitor import Visitor

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  nobody waits for a disk: see tests/databases
DELETIONS = [str(table.delete()) for table in reversed(db.metadata.sorted_tables)]
EMPTYING = {"sqlite": DELETIONS, "postgresql": ["; ".join(DELETIONS)]}  # PostgreSQL takes all in one message


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about the other database alone, and on PostgreSQL what asks none; `make test` runs both."""
    is_sqlite = os.environ.get("TEST_DATABASE", "sqlite") == "sqlite"
    left_out = {item for item in items if (_is_about_postgresql(item) if is_sqlite else _asks_no_database(item))}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _is_about_postgresql(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgresql_alone") is not None


def _asks_no_database(item: pytest.Item) -> bool:
    """Say whether a test says the same whatever the database, because it cannot reach one."""
    is_fast = not any(item.get_closest_marker(name) for name in ("slow", "browser"))
    return is_fast and "settings" not in item.fixturenames and not hasattr(item.module, "fresh_database")  # type: ignore[attr-defined]  # a function of a module


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
def app(settings: Settings) -> Iterator[Flask]:
    app = create_app(settings)
    with app.app_context():
        upgrade()
    yield app
    with app.app_context():
        end_connections()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database as a service or a query sees it.  What a test makes is committed for real, and emptied after."""
    with app.app_context():
        yield db.session  # type: ignore[misc]  # a scoped session
        db.session.rollback()
        connection = db.session.connection()
        for emptying in EMPTYING[connection.dialect.name]:
            connection.exec_driver_sql(emptying)
        starts = {PUBLIC_REVISION: 1, VACANCY_NUMBER: 0, ALERT_ROUND: 0, RECORD_SEAL: 0}
        db.session.add_all([Counter(name=name, number=number) for name, number in starts.items()])
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
