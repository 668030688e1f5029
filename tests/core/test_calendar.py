import socket
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.core import calendar
from recruit.core.calendar import (
    LONDON,
    clock_time,
    closing_moment,
    closing_words,
    days_ago,
    days_named,
    is_bank_holiday,
    is_working_day,
    london_day,
    long_date,
    long_moment,
    short_date,
    shown_closing,
    span_words,
    time_left,
    working_days_after,
    working_days_between,
)

DAYS = st.dates(date(1980, 1, 1), date(2100, 12, 31))
NAIVE = datetime(2022, 5, 29, 12)  # noqa: DTZ001  what must be refused


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "closes_at"),
    [
        (date(2022, 5, 29), utc(2022, 5, 29, 23)),  # summer
        (date(2022, 12, 4), utc(2022, 12, 5)),  # winter
        (date(2022, 3, 26), utc(2022, 3, 27)),  # the day before clocks go forward
        (date(2022, 3, 27), utc(2022, 3, 27, 23)),  # clocks go forward
        (date(2022, 10, 29), utc(2022, 10, 29, 23)),  # the day before clocks go back
        (date(2022, 10, 30), utc(2022, 10, 31)),  # clocks go back
        (date(2022, 12, 31), utc(2023, 1, 1)),
    ],
)
def test_a_day_is_open_through_its_last_second(day: date, closes_at: datetime):
    assert closing_moment(day) == closes_at

    last_second = closes_at - timedelta(microseconds=1)
    assert last_second.astimezone(LONDON).replace(tzinfo=None) == datetime.combine(day, time.max)


@pytest.mark.parametrize(
    ("day", "at", "closes_at", "shown"),
    [
        (date(2022, 5, 29), time(23, 59), utc(2022, 5, 29, 23), "11:59pm on Sunday 29 May 2022"),
        (date(2022, 5, 29), time(17), utc(2022, 5, 29, 16), "5pm on Sunday 29 May 2022"),
        (date(2022, 12, 5), time(12), utc(2022, 12, 5, 12), "midday on Monday 5 December 2022"),
        (date(2022, 12, 5), time(9, 30), utc(2022, 12, 5, 9, 30), "9:30am on Monday 5 December 2022"),
        (date(2022, 10, 30), time(1, 30), utc(2022, 10, 30, 1, 30), "1:30am on Sunday 30 October 2022"),  # the later
    ],
)
def test_a_closing_time_is_kept_and_shown(day: date, at: time, closes_at: datetime, shown: str):
    assert closing_moment(day, at) == closes_at
    assert closing_words(closes_at) == shown


def test_a_closing_moment_has_its_offset_for_machines():
    assert shown_closing(closing_moment(date(2022, 5, 29))).isoformat() == "2022-05-29T23:59:00+01:00"
    assert shown_closing(closing_moment(date(2022, 12, 4))).isoformat() == "2022-12-04T23:59:00+00:00"


@pytest.mark.parametrize(
    ("day", "at", "message"),
    [
        (date(2022, 3, 27), time(1, 30), "clocks in London do not show 01:30:00 on 2022-03-27"),
        (date(2022, 5, 29), time(0), "a vacancy closes at 11:59pm, not at midnight"),
        (date.max, time(23, 59), "9999-12-31 is out of range"),
    ],
)
def test_a_closing_time_that_never_comes_is_refused(day: date, at: time, message: str):
    with pytest.raises(ValueError, match=message):
        closing_moment(day, at)


@given(DAYS)
def test_every_day_closes_at_a_minute_to_midnight(day: date):
    closes_at = closing_moment(day)

    assert shown_closing(closes_at).replace(tzinfo=None) == datetime.combine(day, time(23, 59))
    assert closing_words(closes_at) == f"11:59pm on {long_date(day)}"
    assert closing_moment(day - timedelta(days=1)) < closes_at


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (utc(2022, 12, 5), "midnight"),
        (utc(2022, 12, 5, 0, 5), "12:05am"),
        (utc(2022, 12, 5, 9), "9am"),
        (utc(2022, 12, 5, 11, 59, 59), "11:59am"),
        (utc(2022, 12, 5, 12), "midday"),
        (utc(2022, 12, 5, 12, 1), "12:01pm"),
        (utc(2022, 6, 5, 12), "1pm"),
        (utc(2022, 12, 5, 17, 30), "5:30pm"),
        (utc(2022, 6, 5, 22, 59), "11:59pm"),
    ],
)
def test_times_are_written_as_gov_uk_writes_them(moment: datetime, shown: str):
    assert clock_time(moment) == shown


def test_moments_and_days_are_written():
    late = utc(2022, 5, 28, 23, 30)  # half past midnight on the 29th in London

    assert long_moment(late) == "12:30am on Sunday 29 May 2022"
    assert long_date(late) == "Sunday 29 May 2022"
    assert short_date(late) == "29 May 2022"
    assert london_day(late) == date(2022, 5, 29)
    assert long_date(date(2022, 3, 4)) == "Friday 4 March 2022"
    assert short_date(date(2022, 3, 4)) == "4 March 2022"


@pytest.mark.parametrize("function", [long_moment, long_date, short_date, clock_time, closing_words, london_day])
def test_a_moment_without_a_zone_is_refused(function):
    with pytest.raises(ValueError, match="naive datetime"):
        function(NAIVE)


@given(DAYS)
def test_dates_are_those_of_the_calendar(day: date):
    assert datetime.strptime(long_date(day) + " +0000", "%A %d %B %Y %z").date() == day


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (utc(2022, 5, 29, 8), "today"),
        (utc(2022, 5, 28, 23), "today"),  # midnight in London
        (utc(2022, 5, 28, 22, 59), "yesterday"),
        (utc(2022, 5, 26, 12), "3 days ago"),
        (date(2022, 5, 29), "today"),
        (date(2021, 5, 29), "365 days ago"),
        (utc(2022, 5, 29, 12, 0, 1), "today"),  # another server's clock
        (utc(2022, 5, 29, 23, 30), "today"),
    ],
)
def test_days_are_counted_in_london(past: date | datetime, words: str):
    assert days_ago(past, utc(2022, 5, 29, 12)) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=24), None),
        (timedelta(hours=23, minutes=59, seconds=59), "closes in 23 hours"),
        (timedelta(hours=5, minutes=59), "closes in 5 hours"),
        (timedelta(hours=1), "closes in 1 hour"),
        (timedelta(minutes=59, seconds=59), "closes in 59 minutes"),
        (timedelta(minutes=1), "closes in 1 minute"),
        (timedelta(seconds=59), "closes in less than a minute"),
        (timedelta(0), None),
        (timedelta(hours=-1), None),
    ],
)
def test_the_last_day_is_counted_down(left: timedelta, words: str | None):
    closes_at = closing_moment(date(2022, 5, 29))

    assert time_left(closes_at, closes_at - left) == words


def test_the_countdown_knows_of_clock_changes():
    """From 11pm before clocks go back, through 11:59pm the day after, are 26 hours; then 25, then 24."""
    closes_at = closing_moment(date(2022, 10, 30))

    assert time_left(closes_at, utc(2022, 10, 30)) is None
    assert time_left(closes_at, utc(2022, 10, 30, 0, 30)) == "closes in 23 hours"


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2022, 5, 23), 1, date(2022, 5, 24)),
        (date(2022, 5, 27), 1, date(2022, 5, 30)),  # over a weekend
        (date(2022, 5, 29), 1, date(2022, 5, 30)),  # from a Sunday
        (date(2022, 6, 1), 1, date(2022, 6, 6)),  # over the Jubilee, 2 and 3 June
        (date(2022, 5, 29), 5, date(2022, 6, 7)),
        (date(2022, 12, 23), 1, date(2022, 12, 28)),  # Christmas on a Sunday: 26 and 27 December instead
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the state funeral
        (date(2026, 12, 24), 10, date(2027, 1, 12)),
    ],
)
def test_working_days_skip_weekends_and_bank_holidays(day: date, count: int, then: date):
    assert working_days_after(day, count) == then


@pytest.mark.parametrize("count", [0, -1])
def test_working_days_backwards_are_refused(count: int):
    with pytest.raises(ValueError, match=f"{count} working days after"):
        working_days_after(date(2022, 5, 23), count)


def test_the_bank_holidays_are_those_of_england():
    in_2022 = [day for day in (date(2022, 1, 1) + timedelta(days=n) for n in range(365)) if is_bank_holiday(day)]

    assert [short_date(day) for day in in_2022] == [
        "3 January 2022",
        "15 April 2022",
        "18 April 2022",
        "2 May 2022",
        "2 June 2022",
        "3 June 2022",
        "29 August 2022",
        "19 September 2022",
        "26 December 2022",
        "27 December 2022",
    ]
    assert not is_bank_holiday(date(2022, 11, 30))  # Scotland's alone


@given(DAYS, st.integers(1, 30))
def test_a_promise_ends_on_a_working_day_and_counts_them_all(day: date, count: int):
    then = working_days_after(day, count)

    between = [day + timedelta(days=n) for n in range(1, (then - day).days + 1)]
    assert is_working_day(then)
    assert sum(map(is_working_day, between)) == count


@given(DAYS, st.integers(-60, 900))
def test_working_days_between_are_those_that_one_counts(day: date, count: int):
    last = day + timedelta(days=count)

    days = [day + timedelta(days=n) for n in range(1, count + 1)]
    assert working_days_between(day, last) == sum(map(is_working_day, days))


def test_bank_holidays_are_known_without_a_network(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    calendar._bank_holidays.cache_clear()

    assert is_bank_holiday(date(2026, 12, 25))


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=48), "48 hours"),
        (timedelta(hours=49), "49 hours"),
        (timedelta(days=3), "3 days"),
        (timedelta(days=14), "14 days"),
    ],
)
def test_a_length_of_time_in_words(span: timedelta, words: str):
    assert span_words(span) == words


@pytest.mark.parametrize("span", [timedelta(0), timedelta(hours=-1), timedelta(seconds=90)])
def test_a_length_of_time_without_words(span: timedelta):
    with pytest.raises(ValueError, match="has no words"):
        span_words(span)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Come on Tuesday 24 November 2026, or on the 1st December.", [date(2026, 11, 24), date(2026, 12, 1)]),
        ("Keep 5 january free", [date(2027, 1, 5)]),
        ("On 31 June, on 24th of May, at 9 Marches, in November 2026", []),
    ],
)
def test_days_are_found_in_what_people_write(text, days):
    assert days_named(text, today=date(2026, 11, 29)) == days
