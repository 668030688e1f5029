import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.pay import pro_rata as module
from recruit.pay.pro_rata import hourly_rate, pro_rata, term_time_pay

SPINE = Path(module.__file__).parent / "data" / "njc-pay-spine.csv"
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
    with pytest.raises(ValueError, match="weekly hours must be more than 0 and at most 37"):
        term_time_pay(28_672_00, hours, Decimal(40))


def test_term_time_is_paid_for_its_weeks():
    assert term_time_pay(28_672_00, Decimal(37), Decimal("44.6")) == 24_524_00  # 28,672 x 44.6 / 52.143 = 24,524.36
    assert term_time_pay(28_672_00, Decimal("18.5"), Decimal("44.6")) == 12_262_00  # 12,262.18
    assert term_time_pay(28_672_00, Decimal(37), Decimal("52.143")) == 28_672_00


@pytest.mark.parametrize("weeks", [*NONSENSE, Decimal("52.144")])
def test_weeks_that_no_year_has_are_refused(weeks: Decimal):
    with pytest.raises(ValueError, match=r"weeks paid must be more than 0 and at most 52\.143"):
        term_time_pay(28_672_00, Decimal(37), weeks)


@pytest.mark.parametrize(
    ("annual", "hourly"),
    [
        (17_842, 925),  # printed in the employers' circulars
        (23_656, 1226),
        (24_413, 1265),
        (18_333, 950),
        (28_672, 1486),  # worked out in the same way
        (36_922, 1914),
        (36_372, 1885),
        (47_665, 2471),
        (54_495, 2825),
    ],
)
def test_an_hour_is_paid_as_the_circulars_say(annual: int, hourly: int):
    assert hourly_rate(annual * 100) == hourly


def test_the_other_divisor_would_give_other_figures():
    """52 weeks, as some once divided, is wrong for the printed rates."""
    assert round(17_842 / 52 / 37, 2) == 9.27
    assert hourly_rate(17_842_00) == 925


def test_every_point_of_the_spine_is_paid_by_the_hour():
    with SPINE.open(newline="") as file:
        rates = [
            hourly_rate(int(annual) * 100)
            for row in csv.DictReader(file)
            for column, annual in row.items()
            if column == "2024-04-01" and annual
        ]

    assert rates[:12] == [
        1226,
        1245,
        1265,
        1285,
        1305,
        1326,
        1347,
        1369,
        1391,
        1413,
        1436,
        1460,
    ]  # as printed, points 2 to 13
    assert rates == sorted(rates)


def test_pay_below_nothing_is_refused():
    with pytest.raises(ValueError, match="pay of -1 pence a year"):
        pro_rata(-1, Decimal(37))
    with pytest.raises(ValueError, match="pay of -1 pence a year"):
        hourly_rate(-1)


@given(PAY, HOURS)
def test_part_time_is_whole_pounds_and_never_more_than_full_time(annual: int, hours: Decimal):
    shown = pro_rata(annual, hours)

    assert shown % 100 == 0
    assert 0 <= shown <= annual + 50
    assert abs(shown - annual * hours / 37) <= 50


@given(PAY, HOURS, HOURS)
def test_longer_hours_never_pay_less(annual: int, one: Decimal, other: Decimal):
    assert pro_rata(annual, min(one, other)) <= pro_rata(annual, max(one, other))
