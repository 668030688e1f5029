"""When `make run` may take the database as it is."""

from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from recruit.config import Environment, Settings
from recruit.core.db import db
from recruit.database_state import newest_migration
from recruit.demo.sign_ins import COLLEAGUE
from recruit.start import is_prepared
from tests.factories import UserFactory

ROOT = Path(__file__).resolve().parent.parent
DEMO, PRODUCTION = Environment.DEMO, Environment.PRODUCTION


@pytest.fixture
def start(settings: Settings):
    """Return a way to look at the tests' database as a start in an environment would."""
    return lambda environment: is_prepared(settings.model_copy(update={"recruit_env": environment}))


def colleague() -> None:
    UserFactory(email=COLLEAGUE[0], email_key=COLLEAGUE[0])
    db.session.commit()


def test_the_newest_migration_is_found_by_its_files_name(app: Flask, session: Session):
    assert newest_migration() == ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    assert db.session.scalar(text("SELECT version_num FROM alembic_version")) == newest_migration()


@pytest.mark.parametrize(("environment", "is_loaded"), [(DEMO, True), (PRODUCTION, False)])
def test_nothing_is_left_to_prepare(session: Session, start, environment, is_loaded):
    if is_loaded:
        colleague()

    assert start(environment)


@pytest.mark.parametrize(("environment", "is_loaded"), [(DEMO, False), (PRODUCTION, True)])
def test_a_demonstration_is_there_just_where_it_belongs(session: Session, start, environment, is_loaded):
    if is_loaded:
        colleague()

    assert not start(environment)


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_another_version_of_the_tables_is_prepared(session: Session, start, version):
    def put(number: str) -> None:
        db.session.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})
        db.session.commit()

    put(version)
    try:
        assert not start(PRODUCTION)
    finally:
        put(newest_migration())


def test_a_new_folder_is_prepared(settings: Settings, tmp_path: Path):
    file = tmp_path / "recruit.sqlite3"
    empty = settings.model_copy(update={"data_dir": tmp_path, "database_url": f"sqlite:///{file}"})

    assert not is_prepared(empty)


def test_a_folder_that_cannot_be_written_is_looked_at_with_care(settings: Settings, session: Session, tmp_path: Path):
    missing = {"recruit_env": PRODUCTION, "data_dir": tmp_path / "missing"}

    assert not is_prepared(settings.model_copy(update=missing))
