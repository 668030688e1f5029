"""Reading pay."""

from datetime import date

import pytest

from recruit.core.errors import Incomplete
from recruit.pay.models import PayPoint
from recruit.pay.queries import pay_table_in_force, range_for, welcome_version_in_force
from tests import factories


def _table(day: date, **points: int):
    return factories.PayTableFactory(effective_on=day, points=[PayPoint(point=24, annual_pence=100)])


def test_the_table_in_force_is_the_newest_that_has_taken_effect(session):
    first, second = _table(date(2024, 4, 1)), _table(date(2025, 4, 1))

    assert pay_table_in_force(date(2024, 3, 31)) is None
    assert pay_table_in_force(date(2024, 4, 1)) == first
    assert pay_table_in_force(date(2025, 3, 31)) == first
    assert pay_table_in_force(date(2025, 4, 1)) == second


def test_a_grade_pays_from_its_lowest_to_its_highest_point(session):
    assert range_for(factories.GradeFactory(), factories.PayTableFactory()) == (28_672_00, 36_922_00)


@pytest.mark.parametrize(
    ("lowest", "highest", "words"),
    [(36, 37, "point 37"), (36, 39, "points 37, 38 and 39"), (18, 21, "points 18 and 19")],
)
def test_a_table_that_lacks_a_point_of_the_grade_pays_nothing(session, lowest: int, highest: int, words: str):
    grade = factories.GradeFactory(code="x", title="Manager", point_min=lowest, point_max=highest)

    with pytest.raises(Incomplete) as refusal:
        range_for(grade, factories.PayTableFactory())

    assert str(refusal.value) == f"The pay table of 1 April 2020 has no {words}, so it cannot pay the grade Manager."


def test_the_welcome_payment_in_force_is_the_newest_that_holds_on_the_day(session):
    scheme = factories.WelcomeSchemeFactory()
    first = factories.WelcomeSchemeVersionFactory(
        scheme=scheme, number=1, valid_from=date(2022, 5, 6), valid_until=date(2022, 12, 31)
    )
    second = factories.WelcomeSchemeVersionFactory(scheme=scheme, number=2, valid_from=date(2022, 12, 1))

    assert welcome_version_in_force(date(2022, 5, 5)) is None
    assert welcome_version_in_force(date(2022, 5, 6)) == first
    assert welcome_version_in_force(date(2022, 12, 1)) == second
    assert welcome_version_in_force(date(2030, 1, 1)) == second


def test_no_welcome_payment_holds_after_its_last_day(session):
    version = factories.WelcomeSchemeVersionFactory(valid_from=date(2022, 5, 6), valid_until=date(2022, 12, 31))

    assert welcome_version_in_force(date(2022, 12, 31)) == version
    assert welcome_version_in_force(date(2023, 1, 1)) is None
