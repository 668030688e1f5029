"""Connections for single statements: one that rests is used again, and no other."""

import time
from threading import Barrier, Thread

import pytest
from sqlalchemy import Engine, column, create_engine, func, select
from sqlalchemy.exc import DBAPIError, OperationalError

from recruit.core import prepared
from recruit.core.db import db
from recruit.core.engines import READING
from recruit.core.patience import REST, awaited, rest
from recruit.core.postgresql import TRUSTED
from recruit.core.prepared import Reading
from recruit.core.resting import on_one_at_rest
from tests.databases import end_connections

OWN = select(func.pg_backend_pid().label("pid"))


@pytest.fixture
def engine(session) -> Engine:
    end_connections()
    return db.engines.get(READING, db.engine)


def used(engine: Engine) -> Reading:
    """Return the connection that the next statement is sent on."""
    return on_one_at_rest(engine, lambda reading: reading)


def test_what_rests_is_used_again(engine):
    assert used(engine) is used(engine)
    assert engine.pool.checkedout() == 1


def test_two_at_once_have_a_connection_each_and_one_of_them_rests(engine):
    both, found = Barrier(2), []

    def ask() -> None:
        found.append(on_one_at_rest(engine, lambda reading: (both.wait(5), reading)[1]))

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert len({id(reading) for reading in found}) == 2
    assert used(engine) in found
    assert engine.pool.checkedout() == 1


def test_one_that_failed_does_not_rest(engine):
    before = used(engine)

    with pytest.raises(DBAPIError):
        on_one_at_rest(engine, lambda reading: prepared.rows(reading, select(column("nothing")), {}))

    assert engine.pool.checkedout() == 0
    assert used(engine) is not before


def test_one_that_waits_in_the_middle_of_a_statement_of_another_is_not_used(engine):
    inner = on_one_at_rest(engine, lambda outer: (outer, used(engine)))

    assert inner[0] is not inner[1]


def test_what_rests_ends_with_its_engine(engine):
    before = used(engine)
    driver = before.connection.dbapi_connection

    end_connections()

    assert used(engine) is not before
    with pytest.raises(Exception, match="closed"):
        driver.execute("SELECT 1")


@pytest.mark.postgresql_alone
def test_one_that_was_cut_while_it_rested_is_made_anew(engine):
    def own() -> int:
        return on_one_at_rest(engine, lambda reading: prepared.rows(reading, OWN, {}))[0].pid

    cut = own()
    assert own() == cut
    with db.engine.connect() as other:
        other.execute(select(func.pg_terminate_backend(cut)))
    time.sleep(TRUSTED)

    assert own() != cut


@pytest.mark.postgresql_alone
def test_after_somebody_waited_in_vain_what_rests_is_asked_first_whether_it_is_there(engine):
    before = used(engine)
    with awaited():
        rest.begin()
        try:
            time.sleep(REST)
            assert used(engine) is not before
            assert not rest.is_short()
        finally:
            rest.end()


def test_a_database_that_cannot_be_reached_leaves_nothing_at_rest(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'no' / 'folder' / 'database'}")
    for _ in range(2):
        with pytest.raises(OperationalError):
            used(engine)
