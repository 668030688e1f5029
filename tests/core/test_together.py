"""Several statements in one turn to the server: each answer is its own, and a refusal leaves nothing behind."""

import time
from contextlib import closing
from datetime import UTC

import psycopg
import pytest
from sqlalchemy import bindparam, cast, column, event, func, insert, literal, select, table
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from recruit.accounts.models import User
from recruit.core import postgresql, prepared
from recruit.core.db import BigInt, db, rows_together, table_of
from recruit.core.engines import BESIDE, READING
from recruit.core.found import Query, found, rows_found
from recruit.core.patience import awaited, rest
from recruit.core.postgresql import PatientConnection
from recruit.core.remembered import Remembered
from recruit.core.resting import on_one_at_rest
from tests.factories import UserFactory

USER = table_of(User).c
NAMES = select(USER.id, USER.name).where(USER.id == bindparam("key"))
SAID = select(cast(bindparam("number"), BigInt).label("said"))
REFUSED = select(column("nowhere"))


def said(number: int) -> tuple[object, dict[str, object]]:
    return SAID, {"number": number}


def test_each_statement_has_its_own_answer_in_a_request_and_outside(app, session):
    user = UserFactory()
    db.session.commit()
    asked = (said(7), (NAMES, {"key": user.id}), said(-(2**40)), (NAMES, {"key": 0}))

    outside = rows_together(*asked)
    with app.test_request_context("/"):
        inside = [rows_together(*asked) for _ in range(2)]

    expected = [[(7,)], [(user.id, user.name)], [(-(2**40),)], []]
    assert [outside, *inside] == [expected] * 3


def test_what_is_found_is_made_into_what_is_wanted(app, session):
    query = Query(SAID, {"number": 20}, lambda rows: rows[0].said + 1)

    with app.test_request_context("/"):
        assert found(query) == 21
        assert rows_found([query, query._replace(values={"number": 1})]) == [[(20,)], [(1,)]]


def test_whoever_listens_hears_of_each_statement(app, session):
    heard: list[str] = []

    def note(_connection, _cursor, statement, *_):
        heard.append(statement)

    with app.test_request_context("/"):
        rows_together(said(1), said(2))  # the connection begins with what is its own
        event.listen(Engine, "before_cursor_execute", note)
        rows_together(said(1), (NAMES, {"key": 1}))
        event.remove(Engine, "before_cursor_execute", note)

    assert len(heard) == 2
    assert "user_account" in heard[1]


@pytest.fixture
def reading(session):
    with closing(prepared.Reading(db.engines[READING])) as connection:
        yield connection


@pytest.mark.postgresql_alone
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_that_is_refused_refuses_all_and_the_connection_goes_on(reading, place):
    asked = [said(1), said(2)]
    asked.insert(place, (REFUSED, {}))
    own = reading.connection.dbapi_connection
    late = [said(3), (select(literal(1) / bindparam("zero", type_=BigInt)), {"zero": 0}), said(4)]

    for refused, why in ((asked, "nowhere"), (late, "division by zero")):
        for _ in range(2):
            with pytest.raises(DBAPIError, match=why):
                prepared.rows_together(reading, refused)

    assert prepared.rows_together(reading, [said(5), said(6)]) == [[(5,)], [(6,)]]
    assert reading.connection.dbapi_connection is own


@pytest.mark.postgresql_alone
def test_one_whose_table_has_changed_is_refused_once_and_no_other(reading):
    passing = (select(column("one")).select_from(table("passing")), {})
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE passing AS SELECT 1 AS one")
    try:
        assert prepared.rows_together(reading, [said(1), passing]) == [[(1,)], [(1,)]]
        with db.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE passing ALTER one TYPE bigint")
        with pytest.raises(DBAPIError, match="cached plan"):
            prepared.rows_together(reading, [said(1), passing])
        assert prepared.rows_together(reading, [passing, said(1)]) == [[(1,)], [(1,)]]
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE passing")


@pytest.mark.postgresql_alone
def test_a_connection_whose_answers_are_still_to_come_is_not_used_again(reading, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    driver = reading.connection.driver_connection
    prepared.rows_together(reading, [said(1), said(2)])
    with monkeypatch.context() as patched:
        patched.setattr(driver, "wait", stop)
        with pytest.raises(KeyboardInterrupt):
            prepared.rows_together(reading, [said(3), said(4)])

    assert driver.closed


@pytest.mark.postgresql_alone
def test_a_value_that_cannot_be_sent_leaves_nothing_begun(reading):
    prepared.rows_together(reading, [said(1), said(2)])

    with pytest.raises(DBAPIError):
        prepared.rows_together(reading, [said(1), (SAID, {"number": object()})])

    assert prepared.rows_together(reading, [said(3), said(4)]) == [[(3,)], [(4,)]]


@pytest.mark.postgresql_alone
def test_what_is_refused_when_it_is_committed_is_not_taken_for_kept(session):
    engine, kept = db.engines[BESIDE], table("kept_once", column("one", BigInt))
    number = select(cast(bindparam("number"), BigInt))
    keep = insert(kept).from_select(["one"], number).returning(kept.c.one)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept_once (one bigint UNIQUE DEFERRABLE INITIALLY DEFERRED)")

    def ask(*numbers):
        asked = [(keep, {"number": number}) for number in numbers]
        return on_one_at_rest(engine, lambda reading: prepared.rows_together(reading, [said(1), *asked]))

    try:
        assert ask(2) == [[(1,)], [(2,)]]
        with pytest.raises(DBAPIError, match="duplicate key"):
            ask(3, 3)
        assert ask(4) == [[(1,)], [(4,)]]
        assert db.session.scalars(select(kept.c.one).order_by(kept.c.one)).all() == [2, 4]
    finally:
        db.session.rollback()
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE kept_once")


@pytest.mark.postgresql_alone
def test_more_than_the_server_keeps_ready_are_still_asked(reading, monkeypatch):
    monkeypatch.setattr(postgresql, "READY_KEPT", 2)
    others = [(select(literal(number).label("number")), {}) for number in range(3)]

    answers = [prepared.rows_together(reading, [said(1), other]) for other in others * 2]

    assert answers == [[[(1,)], [(number,)]] for number in (0, 1, 2, 0, 1, 2)]


@pytest.mark.postgresql_alone
def test_they_have_the_patience_of_one_together(reading, monkeypatch):
    monkeypatch.setattr(postgresql, "PATIENCE", 0.3)
    slow = (select(func.pg_sleep(0.2).label("slept")), {})
    prepared.rows_together(reading, [said(1), said(2)])
    began = time.monotonic()

    with awaited(), pytest.raises(OperationalError, match="did not answer in time"):
        prepared.rows_together(reading, [slow, slow, slow])

    assert time.monotonic() - began < 0.55
    assert not reading.connection.is_valid
    rest.end()


@pytest.mark.postgresql_alone
def test_one_that_was_cut_in_between_is_made_anew(session):
    engine = db.engines[READING]
    end = (select(func.pg_terminate_backend(func.pg_backend_pid()).label("ended")), {})

    def ask(*asked):
        return on_one_at_rest(engine, lambda reading: prepared.rows_together(reading, asked))

    with pytest.raises(DBAPIError):
        ask(said(1), end, said(2))

    assert ask(said(1), said(2)) == [[(1,)], [(2,)]]


def test_what_was_used_last_is_remembered_and_no_more():
    presumed: Remembered[str, int] = Remembered(2)
    for key, value in (("a", 1), ("b", 2), ("a", 3), ("c", 4)):
        presumed.note(key, value)

    assert [presumed.get(key) for key in "abc"] == [3, None, 4]


@pytest.mark.postgresql_alone
def test_moments_come_in_utc_and_a_connection_on_which_they_do_not_is_closed(session):
    address = db.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")

    with PatientConnection.connect(address, options="-c timezone=Europe/London") as connection:
        assert connection.execute("SELECT now()").fetchone()[0].tzinfo is UTC
        connection.execute("SET timezone TO 'Europe/London'")
        with pytest.raises(psycopg.OperationalError, match="Europe/London"):
            connection.refuse_other_times()
        assert connection.closed
