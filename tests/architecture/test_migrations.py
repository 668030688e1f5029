"""Migrations build what the models say, on both databases, up, down and up again, with rows present."""

import os
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine.reflection import Inspector

from recruit.app import create_app
from recruit.applications.deliveries import DeliveryEvent
from recruit.applications.models import Registration, RegistrationAnswer
from recruit.applications.personal import EligibilityAnswer, Licence
from recruit.config import Environment, Settings
from recruit.core import clock
from recruit.core.db import db
from recruit.notifications import outbox
from recruit.rules.notifications import Notification
from recruit.vacancies.models import VacancyComment, VacancyEvent
from tests import factories, templates
from tests.applications.answers import complete_application
from tests.databases import end_connections, fresh_database


@pytest.fixture
def empty(tmp_path, kind) -> Iterator[Flask]:
    with fresh_database(kind, tmp_path) as url:
        app = create_app(Settings(recruit_env=Environment.TEST, data_dir=tmp_path, database_url=url))
        with app.app_context():
            yield app
            db.session.remove()
            end_connections()


@pytest.fixture
def migrated(empty: Flask, tmp_path, kind, shared_folder) -> Flask:
    """A database after all migrations: a copy of one that was made for all tests."""
    address = empty.config["SETTINGS"].database_url
    templates.migrated(kind, shared_folder).copy_to(address, tmp_path)
    return empty


@pytest.fixture
def kind() -> str:
    return os.environ.get("TEST_DATABASE", "sqlite")


def shape(inspector: Inspector) -> dict[str, Any]:
    """Return columns, checks, keys and indexes of every table, for comparing."""
    return {
        table: {
            "columns": sorted((c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(table)),
            "checks": sorted((c["name"], c["sqltext"]) for c in inspector.get_check_constraints(table)),
            "primary": inspector.get_pk_constraint(table)["constrained_columns"],
            "foreign": sorted(
                (str(f["name"]), f["referred_table"], tuple(f["constrained_columns"]), str(f["options"]))
                for f in inspector.get_foreign_keys(table)
            ),
            "unique": sorted(
                (str(u["name"]), tuple(u["column_names"])) for u in inspector.get_unique_constraints(table)
            ),
            "indexes": sorted(
                (
                    str(i["name"]),
                    tuple(i["column_names"]),
                    bool(i["unique"]),
                    str({k: str(v) for k, v in i.get("dialect_options", {}).items()}),
                )
                for i in inspector.get_indexes(table)
            ),
        }
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index")  # of SQLite
@pytest.mark.usefixtures("empty")
def test_migrations_build_what_the_models_say(kind: str, tmp_path):
    upgrade()
    by_migrations = shape(inspect(db.engine))
    (tmp_path / "declared").mkdir()
    with fresh_database(kind, tmp_path / "declared") as url:
        declared = create_engine(url)
        db.metadata.create_all(declared)
        by_models = shape(inspect(declared))
        declared.dispose()

    differing = {
        (table, part): (by_migrations.get(table, {}).get(part), by_models.get(table, {}).get(part))
        for table in by_migrations.keys() | by_models.keys()
        for part in by_migrations.get(table, {}).keys() | by_models.get(table, {}).keys()
        if by_migrations.get(table, {}).get(part) != by_models.get(table, {}).get(part)
    }
    assert differing == {}


def test_migrations_go_down_and_up_again_with_rows_present(migrated: Flask):
    application, now = factories.ApplicationFactory(), clock.now()
    for kind in (Notification.DETAILS_ASKED, Notification.SELF_DISCLOSURE_ASKED):
        message = outbox.post(kind, application.candidate.email, at=now, about=application.reference)
        db.session.flush()
        db.session.add(
            DeliveryEvent(
                application_id=application.id,
                message_id=message.id,
                actor_id=application.candidate_id,
                reason="By phone",
                at=now,
            )
        )
    db.session.commit()
    db.session.remove()

    downgrade(revision="base")
    left = tables(db.engine)
    upgrade()

    assert left == {"alembic_version"}
    assert tables(db.engine) == {*db.metadata.tables, "alembic_version"}


def test_vacancies_that_wait_are_drafts_where_nothing_waits_for_approval(migrated: Flask):
    vacancy = factories.VacancyFactory(waiting=True)
    keys = {"vacancy_id": vacancy.id, "author_id": vacancy.author_id}
    db.session.add(VacancyComment(**keys, text="Is it agreed?", at=factories.NOW))
    for source, target in (("draft", "awaiting_approval"), ("awaiting_approval", "published")):
        event = VacancyEvent(vacancy_id=vacancy.id, source=source, target=target, reason="", at=factories.NOW)
        db.session.add(event)
    outbox.post(Notification.VACANCY_COMMENTED, "a@council.test", at=factories.NOW)
    outbox.post(Notification.APPLICATION_WITHDRAWN, "b@council.test", at=factories.NOW)
    db.session.commit()
    db.session.remove()

    downgrade(revision="0002")
    events = db.session.execute(text("SELECT source, target FROM vacancy_event ORDER BY id")).all()
    messages = db.session.scalars(text("SELECT recipient FROM outbox_message")).all()
    status = db.session.execute(text("SELECT status FROM vacancy")).scalar_one()
    db.session.remove()
    upgrade()

    assert (status, messages) == ("draft", ["b@council.test"])
    assert [tuple(event) for event in events] == [("draft", "draft"), ("draft", "published")]
    assert "vacancy_comment" in tables(db.engine)


def test_applications_that_were_sent_before_are_found_by_name(migrated: Flask):
    sent = factories.ApplicationFactory(submitted=True, candidate=factories.UserFactory(name="Zoë O’Neil-Smith"))
    factories.ApplicationFactory(candidate=factories.UserFactory(name="Not Sent"))
    key = sent.id
    db.session.commit()
    db.session.remove()

    downgrade(revision="0001")
    upgrade()
    words = db.session.execute(text("SELECT * FROM applicant_word")).all()
    is_postgresql = db.engine.dialect.name == "postgresql"
    patience = [db.session.scalar(text(f"SHOW {name}_timeout")) for name in ("statement", "lock") if is_postgresql]
    db.session.remove()

    assert {tuple(row) for row in words} == {(key, *pair) for pair in permutations(("oneil", "smith", "zoe"), 2)}
    assert patience == (["10s", "1500ms"] if is_postgresql else [])  # a page's again


@pytest.mark.one_database  # PostgreSQL lets no row be without its parent
def test_a_row_without_its_parent_ends_a_migration_before_anything_is_kept(migrated: Flask):
    with db.engine.connect() as connection:
        sqlite = connection.connection.driver_connection
        assert sqlite is not None
        sqlite.execute("PRAGMA foreign_keys = 0")
        sqlite.execute("INSERT INTO applicant_word (application_id, word, also) VALUES (1, 'ann', '')")
    version = text("SELECT version_num FROM alembic_version")
    before = db.session.scalar(version)
    db.session.remove()

    with pytest.raises(SystemExit):  # the command says which rows
        downgrade(revision="0056")

    assert db.session.scalar(version) == before


def test_situations_go_back_to_what_there_was_before_they_were_told_apart(migrated: Flask):
    now = ("registered", "renewing", "newly_qualified", "overseas", "returning", "not_required", "applied")
    for state in now:
        one = complete_application(factories.ApplicationFactory())
        db.session.get_one(RegistrationAnswer, one.id).state = Registration(state)
    db.session.commit()
    db.session.remove()
    states = text("SELECT state FROM registration_answer ORDER BY application_id")
    sections = text("SELECT count(DISTINCT section) FROM section_state")

    downgrade(revision="0007")
    before = db.session.scalars(states).all()
    left = db.session.scalar(sections)
    db.session.remove()
    upgrade()

    assert before == ["registered", "registered", "applied", "applied", "applied", "not_required", "applied"]
    assert left == 7
    assert db.session.scalars(states).all() == before


def test_vacancies_and_sets_that_were_kept_before_are_what_they_really_are(migrated: Flask):
    named = ("Part time", "Job share", "Full time")
    one, other, _ = (factories.VacancyFactory(title=title, job_share=title == "Job share") for title in named)
    keys = {"team": one.team_id, "author": one.author_id}
    fewer = {"first": one.id, "second": other.id}
    db.session.commit()
    db.session.remove()

    downgrade(revision="0027")
    db.session.execute(text("UPDATE vacancy SET weekly_hours = 30 WHERE id IN (:first, :second)"), fewer)
    kept = (
        "INSERT INTO criteria_set (id, team_id, name, is_shared, lines, author_id, created_at, changed_at, version)"
        " VALUES (:id, :team, 'Usual', FALSE, '[]', :author, '2026-03-01 09:00:00', '2026-03-01 09:00:00', 1)"
    )
    db.session.execute(text(kept), [{"id": number, **keys} for number in (8, 9)])
    db.session.commit()
    db.session.remove()
    upgrade()
    rows = db.session.execute(text("SELECT title, full_time, part_time, job_share FROM vacancy ORDER BY id")).all()
    names = db.session.scalars(text("SELECT name FROM criteria_set ORDER BY id")).all()

    assert [tuple(row) for row in rows] == [
        ("Part time", False, True, False),
        ("Job share", False, False, True),
        ("Full time", True, False, False),
    ]
    assert names == ["Usual", "Usual (9)"]


def test_driving_answers_stay_where_they_are_asked(migrated: Flask):
    given = [("yes", True), ("no", True), ("yes", True), ("adjustment", None)]
    asking, other = (factories.VacancyFactory(published=True, driving_required=is_asked) for is_asked in (True, False))
    drafts = [
        complete_application(factories.ApplicationFactory(vacancy=asking if at < 2 else other)) for at in range(4)
    ]
    sent = complete_application(factories.ApplicationFactory(vacancy=other, submitted=True))
    keys = [*(draft.id for draft in drafts), sent.id]
    db.session.commit()
    db.session.remove()

    downgrade(revision="0053")
    for key, (licence, has_vehicle) in zip(keys, given, strict=False):
        said = {"key": key, "licence": licence, "car": has_vehicle}
        change = "UPDATE eligibility_answer SET licence = :licence, has_vehicle = :car WHERE application_id = :key"
        db.session.execute(text(change), said)
    db.session.commit()
    db.session.remove()
    upgrade()

    rows = db.session.query(EligibilityAnswer).order_by(EligibilityAnswer.application_id).all()
    assert [(row.licence, row.has_vehicle) for row in rows] == [
        (Licence.YES, True), (Licence.NO, None), (None, None), (None, None), (Licence.YES, True),
    ]  # fmt: skip


def test_a_migrated_database_has_its_counters(migrated: Flask):
    rows = db.session.execute(text("SELECT name FROM counter ORDER BY name")).scalars().all()

    assert rows == ["alert_round", "public_revision", "record_seal", "vacancy_number"]


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())
