from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.pay.pro_rata import pro_rata

PAY = st.integers(0, 200_000_00)
HOURS = st.decimals("0.25", 37, places=2)
NONSENSE = [Decimal(0), Decimal(-1), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")]


@pytest.mark.parametrize(
    ("annual", "hours", "shown"),
    [
        (32_798, "22.2", 19_679),  # point 28 of 2021-22
        (28_672, "37", 28_672),
        (28_672, "18.5", 14_336),
        (36_922, "30", 29_937),  # 29,936.76
        (37, "0.5", 1),  # 50p, half up
    ],
)
def test_part_of_a_week_is_paid_pro_rata(annual: int, hours: str, shown: int):
    assert pro_rata(annual * 100, Decimal(hours)) == shown * 100


@pytest.mark.parametrize("hours", [*NONSENSE, Decimal("37.01")])
def test_hours_that_nobody_works_are_refused(hours: Decimal):
    with pytest.raises(ValueError, match="weekly hours must be more than 0 and at most 37"):
        pro_rata(28_672_00, hours)


@pytest.mark.parametrize(
    ("annual", "hours", "weeks", "shown"),
    [
        (28_672, "37", "44.6", 24_524),  # 28,672 x 44.6 / 52.143 = 24,524.4
        (32_798, "22.2", "39", 14_719),  # 32,798 x 0.6 x 39 / 52.143 = 14,718.7
        (28_672, "37", "52.143", 28_672),
    ],
)
def test_part_of_a_year_is_paid_by_its_weeks(annual: int, hours: str, weeks: str, shown: int):
    assert pro_rata(annual * 100, Decimal(hours), Decimal(weeks)) == shown * 100


@pytest.mark.parametrize("weeks", [*NONSENSE, Decimal("52.144")])
def test_weeks_that_no_year_has_are_refused(weeks: Decimal):
    with pytest.raises(ValueError, match="paid weeks must be more than 0 and at most 52.143"):
        pro_rata(28_672_00, Decimal(37), weeks)


def test_pay_below_nothing_is_refused():
    with pytest.raises(ValueError, match="pay of -1 pence a year"):
        pro_rata(-1, Decimal(37))


@given(PAY, HOURS)
def test_part_time_is_whole_pounds_and_never_more_than_full_time(annual: int, hours: Decimal):
    shown = pro_rata(annual, hours)

    assert shown % 100 == 0
    assert 0 <= shown <= annual + 50
    assert abs(shown - annual * hours / 37) <= 50


@given(PAY, HOURS, HOURS)
def test_longer_hours_never_pay_less(annual: int, one: Decimal, other: Decimal):
    assert pro_rata(annual, min(one, other)) <= pro_rata(annual, max(one, other))
