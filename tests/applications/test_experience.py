"""How long somebody has worked with children since they qualified."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.applications.chronology import Month, Period
from recruit.applications.experience import experience_lines, months_since_qualifying
from recruit.applications.models import Section

pytestmark = pytest.mark.one_database
UNTIL = Month(2026, 3)
months = st.builds(Month, st.integers(2005, 2030), st.integers(1, 12))
periods = st.tuples(months, st.none() | months).map(
    lambda ends: Period(*ends) if ends[1] is None else Period(min(ends), max(ends))
)


@given(st.integers(2005, 2030), st.lists(periods), periods)
def test_it_is_never_more_than_the_months_since_and_overlaps_count_once(year, posts, another):
    one, more = (months_since_qualifying(year, some, UNTIL) for some in (posts, [*posts, another]))

    assert 0 <= one <= more <= max(0, Month(year + 1, 1).until(UNTIL) + 1)
    assert months_since_qualifying(year, [*posts, *posts], UNTIL) == one


def post(started, ended=None, **given):
    plain = {"activity": "paid", "with_children": True}
    return {**plain, "started_month": f"{started}-01", "ended_month": f"{ended}-01" if ended else None, **given}


@pytest.mark.parametrize(
    ("entries", "length"),
    [
        ([post("2014-09")], "11 years and 3 months"),
        ([post("2014-09", "2015-02"), post("2015-02", "2015-03", activity="agency")], "3 months"),
        ([post("2014-09", with_children=False), post("2014-09", activity="voluntary")], "None"),
        ([post("2014-09", "2014-12")], "None"),
    ],
)
def test_paid_work_with_children_counts_from_the_end_of_the_year_of_the_award(entries, length):
    awards = [{"year": 2014, "is_social_work": True}, {"year": 2010, "is_social_work": False}]
    content = {Section.QUALIFICATIONS: awards, Section.HISTORY: {"entries": entries}}

    assert [found for _, found in experience_lines(content, date(2026, 3, 14))] == [length]


@pytest.mark.parametrize(
    "awards", [[], [{"year": 2026, "is_social_work": True}], [{"year": 2010, "is_social_work": False}]]
)
def test_nothing_is_said_of_who_has_not_qualified(awards):
    content = {Section.QUALIFICATIONS: awards, Section.HISTORY: {"entries": [post("2014-09")]}}

    assert experience_lines(content, date(2026, 3, 14)) == []
