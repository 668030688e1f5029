"""Statements that are made ready once: the same values, types, events and refusals as SQLAlchemy's own."""

import json
import time
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    Date,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    cast,
    column,
    create_engine,
    event,
    func,
    insert,
    literal,
    select,
    table,
    update,
)
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from recruit.accounts.models import RoleGrant, User
from recruit.applications.models import Application, ApplicationEvent
from recruit.core import postgresql, prepared
from recruit.core.db import BigInt, change_at_once, db, one_of, rows_at_once, table_of
from recruit.core.engines import BESIDE, PAGES, READING
from recruit.core.errors import Conflict
from recruit.core.joined import Joined, Linked, Listed, Several
from recruit.core.patience import awaited, rest
from recruit.core.postgresql import TRUSTED
from recruit.core.transaction import transaction, transaction_of_rows
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import ApplicationFactory, UserFactory

APPLICATION, EVENT, USER, GRANT = map(table_of, (Application, ApplicationEvent, User, RoleGrant))
ONE = select(literal(1).label("one"))
OWN = select(func.pg_backend_pid())
ODD = {"a": [1, None, "é"]}
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMED = {"email": "a@b.example", "email_key": "a@b.example", "name": "A", "password_hash": "", "created_at": NOW}
WHOLE = NAMED | {"wants_reminders": True, "version": 1}
OF_ONE = select(*APPLICATION.c).where(APPLICATION.c.id == bindparam("key"))


def test_rows_are_what_sqlalchemy_would_return(session):
    application = ApplicationFactory(submitted=True)
    db.session.flush()

    (row,) = rows_at_once(OF_ONE, key=application.id)

    assert tuple(row) == tuple(db.session.execute(OF_ONE, {"key": application.id}).one())
    assert row.status is ApplicationStatus.SUBMITTED
    assert row.submitted_at.tzinfo is UTC


def test_a_row_has_the_names_of_its_columns(session):
    user = UserFactory(name="Robin Carter", roles=[Role.HR])
    db.session.flush()

    (row,) = rows_at_once(select(USER.c.id, USER.c.name.label("called")).where(USER.c.name == "Robin Carter"))

    assert (row.id, row.called) == (user.id, "Robin Carter")


def test_values_of_the_statement_itself_are_taken_as_its_types_say(session):
    ApplicationFactory(submitted=True)
    draft = ApplicationFactory()
    db.session.flush()

    rows = rows_at_once(select(APPLICATION.c.id).where(APPLICATION.c.status == ApplicationStatus.DRAFT))

    assert [row.id for row in rows] == [draft.id]


@pytest.mark.parametrize(("name", "stays_bound"), [("O'Neil: ? \\", False), ("100% %s", True)])
def test_what_a_statement_says_itself_is_in_its_text(session, name: str, stays_bound: bool):
    key = UserFactory(name=name).id
    bound: list[Any] = []

    def note(_connection, _cursor, _statement, parameters, _context, _many):
        bound.append(parameters)

    event.listen(Engine, "before_cursor_execute", note)
    rows = rows_at_once(
        select(USER.c.id, literal(name).label("said")).where(USER.c.name == name, USER.c.id >= bindparam("least")),
        least=key,
    )
    event.remove(Engine, "before_cursor_execute", note)

    assert [tuple(row) for row in rows] == [(key, name)]
    assert [name in str(bound), len(bound[0])] == ([True, 3] if stays_bound else [False, 1])


def test_changing_returns_how_many_rows_were_changed(session):
    first, second = UserFactory(name="One"), UserFactory(name="Two")
    db.session.flush()
    rename = update(USER).where(USER.c.id == bindparam("key")).values(name=bindparam("called"))

    assert change_at_once(rename, {"key": first.id, "called": "Alex"}, {"key": second.id, "called": "Sam"}) == 2
    assert change_at_once(rename, {"key": 0, "called": "Nobody"}) == 0
    assert sorted(db.session.scalars(select(USER.c.name))) == ["Alex", "Sam"]


def test_what_is_inserted_can_come_back(session):
    application = ApplicationFactory()
    db.session.flush()
    values = {
        "application_id": application.id, "actor_id": None, "source": "draft", "target": "submitted",
        "reason": "‘x’ %s", "criterion_id": None, "message_id": None, "at": datetime(2026, 3, 1, 9, tzinfo=UTC),
    }  # fmt: skip

    (row,) = rows_at_once(insert(EVENT).returning(EVENT.c.id, EVENT.c.reason, EVENT.c.at), **values)

    assert (row.reason, row.at) == (values["reason"], values["at"])
    assert db.session.get(ApplicationEvent, row.id).target == "submitted"


def test_everything_is_part_of_the_sessions_transaction(session):
    user = UserFactory(name="Before")
    db.session.commit()
    change_at_once(update(USER).values(name=bindparam("called")), {"called": "After"})

    db.session.rollback()

    assert db.session.get(User, user.id).name == "Before"


def test_a_refusal_of_the_database_is_sqlalchemys(session):
    user = UserFactory(roles=[Role.HR])
    db.session.flush()

    with pytest.raises(IntegrityError, match="role_grant"):
        change_at_once(insert(GRANT), {"user_id": user.id, "role": Role.HR})


def test_a_refusal_names_no_value(session):
    with pytest.raises(DBAPIError) as refused:
        change_at_once(insert(GRANT), {"user_id": 0, "role": None})

    assert "parameters hidden" in str(refused.value)


@pytest.mark.postgresql_alone
def test_a_connection_that_was_cut_is_not_used_again(session):
    rows_at_once(OF_ONE, key=1)
    connection = db.session.connection()
    pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with db.engine.connect() as other:
        other.exec_driver_sql(f"SELECT pg_terminate_backend({int(pid)})")

    with pytest.raises(OperationalError):
        rows_at_once(OF_ONE, key=1)

    assert connection.invalidated
    db.session.rollback()
    assert rows_at_once(OF_ONE, key=1) == []


def test_whoever_counts_statements_hears_of_each(session, queries):
    rows_at_once(OF_ONE, key=1)

    assert len(queries) == 1


def test_a_value_that_is_missing_is_a_fault_of_the_caller(session):
    with pytest.raises(KeyError, match="key"):
        rows_at_once(OF_ONE)


@pytest.mark.parametrize(
    "statement",
    [select(USER.c.id).where(USER.c.id.in_([1, 2])), insert(table_of(Application))],
    ids=["list", "default"],
)
def test_a_statement_that_has_to_be_made_each_time_is_refused(session, statement):
    with pytest.raises(TypeError, match="cannot be prepared"):
        prepared.rows(db.session.connection(), statement, {"reference": "A-7K3QF"})


def test_rows_of_several_tables_are_told_apart(session):
    user = UserFactory(name="Robin Carter", roles=[])
    db.session.flush()
    both = Joined(USER, GRANT)
    statement = select(*both.columns).select_from(USER.outerjoin(GRANT, GRANT.c.user_id == USER.c.id))

    person, grant = both.split(rows_at_once(statement)[0])

    assert (person.id, person.name, grant) == (user.id, "Robin Carter", None)


def test_a_page_that_only_reads_begins_no_transaction(app, session):
    UserFactory()
    db.session.commit()
    db.session.remove()

    with app.test_request_context("/"):
        rows_at_once(select(USER.c.id))

        assert not db.session.registry.has()


def test_a_page_reads_what_was_committed_while_it_is_made(app, session):
    with app.test_request_context("/"):
        assert rows_at_once(select(USER.c.id)) == []
        with app.app_context(), transaction():
            UserFactory()

        assert len(rows_at_once(select(USER.c.id))) == 1


def test_a_page_that_has_begun_to_write_reads_what_it_wrote(app, session):
    with app.test_request_context("/"), transaction():
        UserFactory()
        db.session.flush()

        assert len(rows_at_once(select(USER.c.id))) == 1


def test_a_transaction_reads_within_itself_from_its_first_statement(app, session):
    with app.test_request_context("/"), transaction():
        rows_at_once(select(USER.c.id))

        assert db.session().in_transaction()


def test_a_transaction_of_rows_keeps_what_was_written(app, session):
    with app.test_request_context("/"), transaction_of_rows():
        change_at_once(insert(USER), WHOLE)
        assert [row.name for row in rows_at_once(select(USER.c.name))] == ["A"]

    assert db.session.scalars(select(User.name)).all() == ["A"]


def test_a_transaction_of_rows_that_fails_keeps_nothing(app, session):
    with suppress(RuntimeError), transaction_of_rows():
        change_at_once(insert(USER), WHOLE)
        raise RuntimeError

    assert db.session.scalars(select(User.name)).all() == []


def test_what_a_constraint_refuses_in_a_transaction_of_rows_is_a_conflict(session):
    with pytest.raises(Conflict), transaction_of_rows():
        change_at_once(insert(USER), WHOLE, WHOLE)

    assert db.session.scalars(select(User.name)).all() == []


def test_the_session_has_no_part_in_a_transaction_of_rows(app, session):
    with app.test_request_context("/"), pytest.raises(RuntimeError, match="one of rows"), transaction_of_rows():
        db.session.scalars(select(User.name)).all()

    with app.test_request_context("/"), transaction():
        db.session.scalars(select(User.name)).all()


@pytest.mark.postgresql_alone
def test_what_postgresql_is_read_by_cannot_write(session):
    with closing(prepared.Reading(db.engines[READING])) as reading, pytest.raises(DBAPIError, match="read-only"):
        prepared.change(reading, insert(USER), WHOLE)


@pytest.mark.postgresql_alone
def test_a_page_cannot_write_outside_a_transaction(app, session):
    with app.test_request_context("/"), pytest.raises(DBAPIError, match="read-only"):
        db.session.execute(insert(USER), NAMED)


def test_rows_are_read_with_what_they_name(session):
    user = UserFactory(name="Robin Carter", roles=[])
    db.session.add(RoleGrant(user=user, role=Role.HR))  # not written yet
    grants = Linked(GRANT, user=(USER.c.id, USER.c.name))

    (found,) = grants.rows(grants.statement.where(GRANT.c.role == Role.HR))

    assert (found.role, found.user.name) == (Role.HR, "Robin Carter")


def test_several_lists_are_read_by_one_statement(session, queries):
    first, second = UserFactory(name="Ada", roles=[Role.HR]), UserFactory(name="Bo", roles=[])
    application = ApplicationFactory(submitted=True, candidate=second)  # not written yet
    db.session.flush()
    people = Linked(USER)
    moves = Linked(EVENT, actor=(USER.c.id, USER.c.name))
    several = Several(
        Listed(people, people.statement.where(USER.c.id != bindparam("but")).order_by(USER.c.id)),
        Listed(moves, moves.statement.where(EVENT.c.application_id == bindparam("of"))),
        Listed(people, people.statement.where(USER.c.name == "Nobody")),
    )
    theirs = {"but": first.id, "of": application.id}
    queries.clear()

    them, moved, nobody = several.rows(**theirs)

    assert len(queries) == 1
    assert second.id in [one.id for one in them]
    assert first.id not in [one.id for one in them]
    assert [one.id for one in them] == sorted(one.id for one in them)
    assert [tuple(one) for one in moved] == [tuple(one) for one in moves.rows(moves.statement)]
    assert all(one.at.tzinfo is UTC for one in moved)
    assert nobody == []


class Colour(StrEnum):
    RED = "red"


class Signal(StrEnum):
    RED = "red"


def test_lists_share_columns_that_are_read_alike_and_no_others(session):
    first = Table("first", MetaData(), Column("id", BigInt), Column("kind", one_of(Colour, "kind")))
    second = Table("second", MetaData(), Column("id", BigInt), Column("kind", one_of(Signal, "kind")))
    lists = [Linked(each) for each in (first, second)]
    several = Several(*(Listed(one, one.statement) for one in lists))

    assert [own(range(9)) for own, _ in several._parts] == [(1, 2), (1, 3)]


@pytest.mark.postgresql_alone
@pytest.mark.parametrize("name", [None, READING, PAGES])
def test_a_connection_that_was_cut_while_it_rested_is_made_anew(session, name):
    engine = db.engines[name]
    with db.engine.connect() as other:  # open all the while, so that it is not the one that it cuts
        with engine.connect() as connection:
            cut = connection.scalar(OWN)
        other.execute(select(func.pg_terminate_backend(cut)))
        time.sleep(TRUSTED)

        with engine.connect() as connection:
            assert connection.scalar(OWN) != cut


def test_a_database_that_cannot_be_reached_is_said_as_sqlalchemy_says_it(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'no' / 'folder' / 'database'}")

    with pytest.raises(OperationalError):
        prepared.Reading(engine)


@pytest.fixture
def reading(session):
    with closing(prepared.Reading(db.engines[READING])) as connection:
        yield connection


@pytest.mark.postgresql_alone
@pytest.mark.parametrize(
    "value",
    [
        True,
        -7,
        2**60,
        "O'Neil: % \\ $1 ٣",
        date(2026, 3, 2),
        NOW,
        Decimal("18.50"),
        ["a", "b,c"],
        b"\x00\xff\\",
        Role.HR,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_bound_without_a_cursor_comes_back_as_it_was(reading, value: Any):
    kinds = {list: ARRAY(String), Role: one_of(Role)}
    kind = kinds.get(type(value)) or literal(value).type
    statement = select(cast(bindparam("value"), kind).label("same"))

    found = [prepared.rows(reading, statement, {"value": each})[0].same for each in (value, None, value)]

    assert found == [value, None, value]


@pytest.mark.postgresql_alone
def test_json_is_read_without_a_cursor(reading):
    statement = select(cast(cast(bindparam("text"), Text), JSON).label("json"))

    assert prepared.rows(reading, statement, {"text": json.dumps(ODD)})[0].json == ODD


def kept_ready(connection: prepared.Reading) -> list[str]:
    """Return the statements that the server keeps for a connection."""
    driver = connection.connection.driver_connection
    found = driver.execute("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
    return [statement for (statement,) in found.fetchall()]


@pytest.mark.postgresql_alone
def test_the_server_keeps_what_was_asked_last_and_no_more(reading, monkeypatch):
    monkeypatch.setattr(postgresql, "READY_KEPT", 2)
    asked = [1, 2, 1, 3, 1]

    said = [prepared.rows(reading, select(literal(number).label("said")), {})[0].said for number in asked]

    assert said == asked
    assert [statement[:8] for statement in kept_ready(reading)] == ["SELECT 1", "SELECT 3"]


@pytest.mark.postgresql_alone
def test_nobodys_data_stays_with_a_connection(reading):
    secret = select(cast(bindparam("day"), Text).label("day"), cast(cast(bindparam("day"), Text), Date).label("read"))
    for day in ("2026-03-02", "infinity"):
        with suppress(DBAPIError):
            prepared.rows(reading, secret, {"day": day})
        driver = reading.connection.driver_connection
        assert {ready.reader.pgresult for ready in driver._ready.values()} == {None}


@pytest.mark.postgresql_alone
def test_a_connection_that_still_waits_for_an_answer_is_not_used_again(reading, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    driver = reading.connection.driver_connection
    prepared.rows(reading, OF_ONE, {"key": 1})
    with monkeypatch.context() as patched:
        patched.setattr(driver, "wait", stop)
        with pytest.raises(KeyboardInterrupt):
            prepared.rows(reading, OF_ONE, {"key": 1})

    assert driver.closed
    reading.close()
    with closing(prepared.Reading(db.engines[READING])) as another:
        assert prepared.rows(another, OF_ONE, {"key": 1}) == []


@pytest.mark.postgresql_alone
def test_whoever_asks_waits_while_another_thread_has_the_connection(reading):
    answers: list[int] = []
    asking = Thread(target=lambda: answers.append(prepared.rows(reading, ONE, {})[0].one))
    prepared.rows(reading, ONE, {})
    with reading.connection.driver_connection.lock:
        asking.start()
        asking.join(0.05)
        assert answers == []
    asking.join(5)

    assert answers == [1]


@pytest.mark.postgresql_alone
def test_a_statement_is_made_ready_again_where_its_tables_have_changed(reading):
    statement = select(column("one")).select_from(table("passing"))
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE passing AS SELECT 1 AS one")
    try:
        assert prepared.rows(reading, statement, {})[0].one == 1
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE passing ALTER one TYPE bigint")
        with pytest.raises(DBAPIError, match="cached plan"):
            prepared.rows(reading, statement, {})
        assert prepared.rows(reading, statement, {})[0].one == 1
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE passing")


@pytest.mark.postgresql_alone
def test_what_is_kept_beside_is_kept_whole_or_refused_as_sqlalchemy_refuses_it(session):
    user = UserFactory(roles=[])
    db.session.commit()
    grant = {"user_id": user.id, "role": Role.HR}
    with closing(prepared.Reading(db.engines[BESIDE])) as beside:
        for _ in range(2):
            with pytest.raises(IntegrityError, match="role_grant"):
                prepared.change(beside, insert(GRANT), grant, grant)
        assert not any("role_grant" in one for one in kept_ready(beside))
        assert rows_at_once(select(GRANT.c.role)) == []
        assert prepared.change(beside, insert(GRANT), grant, grant | {"role": Role.ADMIN}) == 2
        for _ in range(2):
            with pytest.raises(IntegrityError, match="role_grant"):
                prepared.change(beside, insert(GRANT), grant)
        assert sum("role_grant" in one for one in kept_ready(beside)) == 1


@pytest.mark.postgresql_alone
def test_a_reading_that_was_cut_is_made_anew(reading):
    (own,) = prepared.rows(reading, select(func.pg_backend_pid().label("pid")), {})
    with db.engine.connect() as other:
        other.execute(select(func.pg_terminate_backend(own.pid)))

    with pytest.raises(OperationalError):
        prepared.rows(reading, OF_ONE, {"key": 1})

    assert not reading.connection.is_valid
    with closing(prepared.Reading(db.engines[READING])) as another:
        assert prepared.rows(another, OF_ONE, {"key": 1}) == []


@pytest.mark.postgresql_alone
def test_nobody_waits_for_ever_for_what_is_asked_without_a_cursor(reading, monkeypatch):
    monkeypatch.setattr(postgresql, "PATIENCE", 0.05)
    with awaited(), pytest.raises(OperationalError, match="did not answer in time"):
        prepared.rows(reading, select(func.pg_sleep(5)), {})

    assert not reading.connection.is_valid
    rest.__init__()
