from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from recruit.pay.pro_rata import hourly, monthly
from recruit.pay.welcome_sums import first_year_pence, paid_by, parts_of, repaid, welcome_share, worked_example

HALVES = [{"pence": 2_500_00, "after_months": 1}, {"pence": 2_500_00, "after_months": 12}]
BANDS = [
    {"months_from": 0, "months_to": 12, "percent": 100},
    {"months_from": 12, "months_to": 24, "percent": 50},
]


@st.composite
def _instalments(draw):
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=4)))
    percents = [end - start for start, end in zip([0, *cuts], [*cuts, 100], strict=True)]
    months = sorted(draw(st.lists(st.integers(0, 36), min_size=len(percents), max_size=len(percents))))
    return [{"pence": pence * 1_111, "after_months": month} for pence, month in zip(percents, months, strict=True)]


@given(st.integers(1, 10_000_000), _instalments())
def test_the_parts_come_to_the_whole(share: int, instalments):
    parts = parts_of(share, instalments)

    assert sum(pence for _, pence in parts) == share
    assert paid_by(share, instalments, 36) == share


@given(st.integers(1, 10_000_000), _instalments(), st.integers(0, 60))
def test_nobody_repays_more_than_was_paid(share: int, instalments, months: int):
    back = repaid(share, instalments, BANDS, months)

    assert 0 <= back <= paid_by(share, instalments, months)
    assert months < 24 or back == 0


def test_the_bands_begin_and_end_where_the_terms_say():
    left = {months: repaid(5_000_00, HALVES, BANDS, months) for months in (0, 1, 11, 12, 23, 24)}

    assert left == {0: 0, 1: 2_500_00, 11: 2_500_00, 12: 2_500_00, 23: 2_500_00, 24: 0}


def test_what_falls_due_after_twelve_months_is_not_of_the_first_year():
    assert first_year_pence(HALVES) == 2_500_00


def test_the_share_is_that_of_the_hours():
    assert welcome_share(5_000_00, Decimal("22.2")) == 3_000_00
    assert welcome_share(5_000_50, Decimal(37)) == 5_000_50
    assert welcome_share(5_000_00, Decimal("22.2"), pro_rata_by_hours=False) == 5_000_00


def test_the_worked_example_follows_the_terms():
    thirds = [
        {"pence": 1_000_00, "after_months": 0},
        {"pence": 2_000_00, "after_months": 6},
        {"pence": 3_000_00, "after_months": 18},
    ]

    example = worked_example(6_000_00, thirds, BANDS, weekly_hours=Decimal("18.5"), pro_rata_by_hours=True)
    whole = worked_example(6_000_00, thirds, [], weekly_hours=Decimal("18.5"), pro_rata_by_hours=False)

    assert (example.share, example.paid) == (3_000_00, [(0, 500_00), (6, 1_000_00), (18, 1_500_00)])
    assert example.left == [(6, 1_500_00), (18, 1_500_00), (24, 0)]
    assert (whole.share, [pence for _, pence in whole.paid], whole.left) == (
        6_000_00,
        [1_000_00, 2_000_00, 3_000_00],
        [],
    )


def test_an_hour_and_a_month():
    """Hourly rates of the NJC's circulars: points 2, and the lowest of 2020-21 and 2024-25."""
    assert [hourly(annual * 100) for annual in (17_842, 23_656, 24_413)] == [9_25, 12_26, 12_65]
    assert [monthly(annual) for annual in (28_672_00, 6_00, 5_99)] == [2_389_00, 1_00, 0]
