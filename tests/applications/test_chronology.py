import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.applications.chronology import Gap, Month, Period, uncovered_months

FIRST, LAST = Month(2010, 9), Month(2026, 11)
MONTHS = st.integers(-24, 24 + FIRST.until(LAST)).map(FIRST.plus)
PERIODS = st.builds(
    lambda start, length: Period(start, None if length is None else start.plus(length)),
    MONTHS,
    st.none() | st.integers(0, 60),
)
HISTORIES = st.lists(PERIODS, max_size=12)
WINDOWS = st.tuples(MONTHS, MONTHS).map(sorted)


def month(text: str) -> Month:
    return Month.parse(text)


def period(text: str) -> Period:
    """Read "2019-09 2020-01", or "2019-09" for one that goes on."""
    return Period(*map(Month.parse, text.split()))


def labels(periods: list[str], since: str, until: str) -> list[str]:
    return [gap.label for gap in uncovered_months(map(period, periods), month(since), month(until))]


def months_of(gaps: list[Gap]) -> set[Month]:
    return {gap.start.plus(n) for gap in gaps for n in range(gap.months)}


def span(since: Month, until: Month) -> set[Month]:
    return {since.plus(n) for n in range(since.until(until) + 1)}


def touched(periods: list[Period], since: Month, until: Month) -> set[Month]:
    """The slow and obvious way: ask each period about each month."""
    return {
        one
        for one in span(since, until)
        for each in periods
        if each.start <= one and (each.end is None or one <= each.end)
    }


def test_nothing_is_one_gap():
    assert labels([], "2019-05", "2019-08") == ["May 2019 to August 2019 (4 months)"]


def test_one_month_is_a_gap():
    assert labels(["2019-01 2019-04", "2019-06"], "2019-01", "2020-01") == ["May 2019 (1 month)"]


@pytest.mark.parametrize(
    ("until", "length"),
    [
        ("2019-05", "1 month"),
        ("2019-06", "2 months"),
        ("2020-03", "11 months"),
        ("2020-04", "1 year"),
        ("2020-05", "1 year and 1 month"),
        ("2020-06", "1 year and 2 months"),
        ("2021-04", "2 years"),
        ("2044-08", "25 years and 4 months"),
    ],
)
def test_a_gap_of_a_year_or_more_is_told_in_years(until: str, length: str):
    (label,) = labels([], "2019-05", until)

    assert label.partition(" (")[2] == f"{length})"


def test_touching_a_month_covers_it():
    assert labels(["2019-01 2019-04", "2019-05"], "2019-01", "2020-01") == []
    assert labels(["2019-01 2019-04", "2019-04"], "2019-01", "2020-01") == []


def test_overlaps_and_long_posts_hide_short_ones():
    history = ["2012-01 2019-12", "2013-01 2013-02", "2015-06 2016-01", "2020-02 2020-03"]

    assert labels(history, "2012-01", "2020-03") == ["January 2020 (1 month)"]


def test_the_present_needs_something_that_goes_on():
    assert labels(["2019-01"], "2019-01", "2026-11") == []
    assert labels(["2019-01 2026-11"], "2019-01", "2026-11") == []
    assert labels(["2019-01 2026-10"], "2019-01", "2026-11") == ["November 2026 (1 month)"]


def test_the_time_before_the_first_entry_is_a_gap():
    assert labels(["2011-09"], "2010-07", "2026-11") == ["July 2010 to August 2011 (1 year and 2 months)"]


def test_what_lies_outside_the_span_does_not_matter():
    history = ["1999-01 2009-01", "2010-01 2010-06", "2030-01"]

    assert labels(history, "2010-01", "2010-08") == ["July 2010 to August 2010 (2 months)"]
    assert labels(["2030-01"], "2010-01", "2010-01") == ["January 2010 (1 month)"]


def test_nothing_is_asked_of_a_span_that_has_not_begun():
    assert labels([], "2026-12", "2026-11") == []


@given(HISTORIES, WINDOWS)
def test_gaps_and_covered_months_are_the_whole_span_and_share_none(history: list[Period], window: list[Month]):
    gaps = months_of(uncovered_months(history, *window))

    assert gaps | touched(history, *window) == span(*window)
    assert gaps & touched(history, *window) == set()


@given(HISTORIES, WINDOWS)
def test_gaps_are_whole_and_in_order(history: list[Period], window: list[Month]):
    gaps = uncovered_months(history, *window)

    for gap in gaps:
        assert gap.months >= 1
        assert not any(each.overlaps(Period(gap.start, gap.end)) for each in history)
    for earlier, later in zip(gaps, gaps[1:], strict=False):
        assert earlier.end.until(later.start) >= 2, "two gaps that touch are one"


@given(HISTORIES.flatmap(lambda history: st.tuples(st.just(history), st.permutations(history))), WINDOWS)
def test_order_does_not_matter(histories: tuple[list[Period], list[Period]], window: list[Month]):
    one, other = histories

    assert uncovered_months(one, *window) == uncovered_months(other, *window)


@given(HISTORIES, PERIODS, WINDOWS)
def test_one_more_period_never_makes_a_gap(history: list[Period], more: Period, window: list[Month]):
    before = months_of(uncovered_months(history, *window))

    assert months_of(uncovered_months([*history, more], *window)) <= before


@given(HISTORIES, PERIODS, st.integers(0, 60), WINDOWS)
def test_splitting_a_period_changes_nothing(history: list[Period], whole: Period, after: int, window: list[Month]):
    cut = whole.start.plus(after)
    split = (
        [whole]
        if whole.end is not None and cut >= whole.end
        else [Period(whole.start, cut), Period(cut.plus(1), whole.end)]
    )

    assert uncovered_months([*history, *split], *window) == uncovered_months([*history, whole], *window)


@given(HISTORIES, WINDOWS)
def test_explaining_every_gap_leaves_none(history: list[Period], window: list[Month]):
    explained = [Period(gap.start, gap.end) for gap in uncovered_months(history, *window)]

    assert uncovered_months([*history, *explained], *window) == []


@given(PERIODS, PERIODS)
def test_overlapping_is_sharing_a_month(one: Period, other: Period):
    window = FIRST.plus(-24), LAST.plus(100)

    assert one.overlaps(other) == bool(touched([one], *window) & touched([other], *window))


def test_a_history_of_200_entries_is_quick():
    history = [Period(FIRST.plus(n * 2), FIRST.plus(n * 2)) for n in range(200)]
    started = time.perf_counter()

    gaps = uncovered_months(history, FIRST, FIRST.plus(400))

    assert time.perf_counter() - started < 0.05
    assert len(gaps) == 200


def test_a_period_from_year_1_to_9999_is_read():
    everything = Period(Month(1, 1), Month(9999, 12))

    assert uncovered_months([everything], Month(1, 1), Month(9999, 12)) == []
    assert uncovered_months([], Month(1, 1), Month(9999, 12))[0].months == 9999 * 12


def test_a_period_backwards_is_refused():
    with pytest.raises(ValueError, match="a period from 2020-01 back to 2019-12"):
        period("2020-01 2019-12")


@pytest.mark.parametrize(
    "typed",
    [
        "2019-09",
        "2019-9",
        "9 2019",
        "09/2019",
        "9-2019",
        "9.2019",
        " September 2019 ",
        "sep 2019",
        "Sept 2019",
        "SEP/2019",
    ],
)
def test_a_month_is_read_however_typed(typed: str):
    assert Month.parse(typed) == Month(2019, 9)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2019",
        "13 2019",
        "0 2019",
        "2019-00",
        "9 19",
        "Septem 2019",
        "-9 2019",
        "٩ 2019",
        "9 20199",
        "0-0000",
        "9" * 99,
    ],
)
def test_what_is_no_month_is_refused(typed: str):
    with pytest.raises(ValueError, match="month"):
        Month.parse(typed)


@pytest.mark.parametrize("parts", [(2019, 0), (2019, 13), (0, 1), (10000, 1), (-1, 1)])
def test_a_month_that_does_not_exist_is_refused(parts: tuple[int, int]):
    with pytest.raises(ValueError, match=f"month {parts[1]} of year {parts[0]}"):
        Month(*parts)


def test_a_month_is_written():
    assert str(Month(2019, 9)) == "2019-09"
    assert Month(2019, 9).label == "September 2019"
    assert Month.of(date(2019, 9, 30)) == Month(2019, 9)


@given(MONTHS)
def test_a_month_reads_back(one: Month):
    assert Month.parse(str(one)) == Month.parse(one.label) == one


@given(MONTHS, st.integers(-500, 500))
def test_months_add_up(one: Month, count: int):
    other = one.plus(count)

    assert one.until(other) == count
    assert (one < other) == (count > 0)
    assert other.plus(-count) == one
