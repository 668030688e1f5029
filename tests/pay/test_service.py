"""Keeping pay tables."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.pay.import_table import Spine
from recruit.pay.models import PayPoint, PayTable
from recruit.pay.service import Change, Import, import_pay_tables
from recruit.rules.access import SYSTEM, Actor, Role
from recruit.vacancies.authoring_queries import is_pay_table_used
from tests import factories
from tests.factories import NOW

APRIL = Spine(date(2025, 4, 1), {2: 24_413_00, 3: 24_796_00})
LATER = Spine(date(2026, 4, 1), {3: 25_000_00})


def _import(*spines: Spine, **options: object) -> list[Import]:
    with transaction():
        return import_pay_tables(SYSTEM, spines, source="a circular", is_used=is_pay_table_used, now=NOW, **options)


def _kept() -> dict[date, dict[int, int]]:
    db.session.rollback()
    tables = {table.id: table.effective_on for table in db.session.scalars(select(PayTable))}
    kept: dict[date, dict[int, int]] = {day: {} for day in tables.values()}
    for point in db.session.scalars(select(PayPoint)):
        kept[tables[point.pay_table_id]][point.point] = point.annual_pence
    return kept


def test_new_tables_are_kept_with_their_source(session):
    assert _import(APRIL, LATER) == [Import(APRIL, Change.NEW, 2), Import(LATER, Change.NEW, 1)]

    assert _kept() == {APRIL.effective_on: APRIL.points, LATER.effective_on: LATER.points}
    assert set(session.scalars(select(PayTable.source))) == {"a circular"}


def test_importing_again_changes_nothing(session):
    _import(APRIL)
    before = session.scalars(select(PayTable.id)).all()

    assert _import(APRIL) == [Import(APRIL, Change.SAME, 0)]

    assert session.scalars(select(PayTable.id)).all() == before
    assert _kept() == {APRIL.effective_on: APRIL.points}


def test_the_database_keeps_one_table_of_a_day(session):
    _import(APRIL)

    session.add(PayTable(effective_on=APRIL.effective_on, source="another circular", imported_at=NOW))
    with pytest.raises(IntegrityError, match="effective_on"):
        session.flush()
    db.session.rollback()


def test_a_table_that_no_vacancy_uses_is_put_right(session):
    _import(APRIL)
    mended = Spine(APRIL.effective_on, {3: 24_796_00, 4: 25_185_00})

    assert _import(mended) == [Import(mended, Change.CHANGED, 2)]

    assert _kept() == {APRIL.effective_on: mended.points}


def test_a_table_that_a_vacancy_uses_is_never_changed_and_nothing_is_kept(session):
    _import(APRIL)
    factories.VacancyFactory(pay_table=session.scalars(select(PayTable)).one())

    with pytest.raises(Conflict) as refusal:
        _import(Spine(APRIL.effective_on, {2: 1_000_00}), LATER)

    assert (
        str(refusal.value)
        == "Vacancies use the pay table of 1 April 2025, so it cannot be changed. Nothing was imported."
    )
    assert _kept() == {APRIL.effective_on: APRIL.points}


def test_a_used_table_that_stays_the_same_stops_nothing(session):
    _import(APRIL)
    factories.VacancyFactory(pay_table=session.scalars(select(PayTable)).one())

    assert [item.change for item in _import(APRIL, LATER)] == [Change.SAME, Change.NEW]


def test_one_table_of_a_file_can_be_imported(session):
    _import(APRIL, LATER, effective_on=LATER.effective_on)

    assert _kept() == {LATER.effective_on: LATER.points}


def test_a_day_that_the_file_does_not_have_is_refused(session):
    with pytest.raises(Incomplete, match=r"^The file has no table from 2027-04-01\.$"):
        _import(APRIL, effective_on=date(2027, 4, 1))


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMIN}))
def test_only_administrators_keep_pay_tables(session, role: Role):
    with pytest.raises(NotAllowed):
        import_pay_tables(Actor(1, frozenset({role})), [APRIL], source="", is_used=is_pay_table_used, now=NOW)
