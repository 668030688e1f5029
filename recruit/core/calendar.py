"""Days, moments and how they are written, in the time of London.

Moments are kept aware and in UTC; nothing here reads the clock: `now` is always given.

A closing moment is the first instant at which an application is too late.  The usual one, "11:59pm on Sunday 29 May
2022", takes applications through 23:59:59, so it is kept as the midnight that follows: `now < closes_at` is then the
whole rule, in Python, in SQL and for a cache.  Only what people read is different, and only `closing_words` and
`shown_closing` know.
"""

import json
import re
from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import govuk_bank_holidays

LONDON = ZoneInfo("Europe/London")
LAST_MINUTE = time(23, 59)  # the usual closing time; a midnight would be taken for the wrong day (GOV.UK style)

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_WRITTEN = re.compile(
    rf"\b([0-9]{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(_MONTHS)})\b(?:,?\s+([0-9]{{4}})\b)?", re.IGNORECASE
)


def month_name(month: int) -> str:
    """Return the English name of `month`, 1 to 12.  (The C library's depends on the server's locale.)"""
    return _MONTHS[month - 1]


def days_named(text: str, *, today: date) -> list[date]:
    """Return the days that `text` writes as "24 November 2026" or "24 November", in their order.

    Args:
        text: what people wrote.
        today: where no year is written, the day that is nearest to it is meant.
    """
    found = []
    for day, month, year in _WRITTEN.findall(text):
        years = [int(year)] if year else [today.year - 1, today.year, today.year + 1]
        days = [one for one in (_day(at, _MONTHS.index(month.capitalize()) + 1, int(day)) for at in years) if one]
        if days:
            found.append(min(days, key=lambda one: abs(one - today)))
    return found


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of June
        return None


def london_moment(day: date, at: time) -> datetime:
    """Return the moment in UTC when clocks in London show `at` on `day`.

    Args:
        day: a day in London.
        at: a time without a zone.  Of the two moments of a time that comes twice, when clocks go back, the later.

    Raises:
        ValueError: the clocks went forward over that time.
    """
    local = datetime.combine(day, at.replace(fold=1), LONDON)
    moment = local.astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"clocks in London do not show {at} on {day}")
    return moment


def closing_moment(day: date, at: time = LAST_MINUTE) -> datetime:
    """Return the first moment, in UTC, at which an application for a vacancy that closes at `at` on `day` is too late.

    11:59pm means through the end of that minute; any other time means until then: "5pm" is over at 17:00:00.

    Args:
        day: a day in London.
        at: a time without a zone, in whole minutes.

    Raises:
        ValueError: as `london_moment`; midnight, which people take for the wrong day; the last day of year 9999.
    """
    if at == time(0):
        raise ValueError("a vacancy closes at 11:59pm, not at midnight")
    if at == LAST_MINUTE:
        if day == date.max:
            raise ValueError(f"{day} is out of range")
        return london_moment(day + timedelta(days=1), time(0))
    return london_moment(day, at)


def shown_closing(closes_at: datetime) -> datetime:
    """Return the closing moment that people are told, in London time: 23:59 for a midnight, else the moment itself.

    This is the one for `validThrough`, a calendar file or the fields of a form; `closes_at` is the one to compare with.
    """
    local = _in_london(closes_at)
    return local - timedelta(minutes=1) if local.time() == time(0) else local


def closing_words(closes_at: datetime) -> str:
    """Return a closing moment in words: "11:59pm on Sunday 29 May 2022"."""
    return long_moment(shown_closing(closes_at))


def clock_time(moment: datetime) -> str:
    """Return the time of day in London: "3pm", "5:30pm", "midday", "midnight" (GOV.UK style)."""
    local = _in_london(moment)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def long_moment(moment: datetime) -> str:
    """Return a moment in words: "5:30pm on Friday 4 March 2022".  For a closing moment use `closing_words`."""
    return f"{clock_time(moment)} on {long_date(moment)}"


def long_date(day: date | datetime) -> str:
    """Return a day with its weekday: "Sunday 29 May 2022".  A moment counts as its day in London."""
    day = london_day(day)
    return f"{_WEEKDAYS[day.weekday()]} {short_date(day)}"


def short_date(day: date | datetime) -> str:
    """Return a day: "29 May 2022".  A moment counts as its day in London."""
    day = london_day(day)
    return f"{day.day} {month_name(day.month)} {day.year}"


def days_ago(past: date | datetime, now: datetime) -> str:
    """Return how many days of London's calendar ago: "today", "yesterday", "3 days ago".

    A moment that is still to come, as when two servers' clocks differ, is "today".
    """
    return days_between(london_day(past), london_day(now))


def days_between(past: date, today: date) -> str:
    """Return how many days before `today`, as `days_ago`."""
    days = (today - past).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"


def time_left(closes_at: datetime, now: datetime) -> str | None:
    """Return "closes in 5 hours" in the last 24 hours; None before them and once it has closed.

    Hours, then minutes, rounded down, so that nobody is promised time that is not there.
    """
    left = _in_london(closes_at).astimezone(UTC) - now
    if not timedelta(0) < left < timedelta(hours=24):
        return None
    minutes = left // timedelta(minutes=1)
    count, unit = (minutes // 60, "hour") if minutes >= 60 else (minutes, "minute")
    if count == 0:
        return "closes in less than a minute"
    return f"closes in {count} {unit}" if count == 1 else f"closes in {count} {unit}s"


def span_words(span: timedelta) -> str:
    """Return a length of time: "1 hour", "48 hours", "7 days", "20 minutes".  Two days or less are told in hours.

    Raises:
        ValueError: it is not a whole number of minutes, or not positive.
    """
    for unit, name, least in ((timedelta(days=1), "day", 3), (timedelta(hours=1), "hour", 1), (_MINUTE, "minute", 1)):
        count, rest = divmod(span, unit)
        if count >= least and not rest:
            return f"{count} {name}{'' if count == 1 else 's'}"
    raise ValueError(f"{span} has no words")


_MINUTE = timedelta(minutes=1)


def is_bank_holiday(day: date) -> bool:
    """Say whether `day` is a bank holiday in England and Wales, as far as the list of GOV.UK goes (2012 to 2028)."""
    return day in _bank_holidays()


def is_working_day(day: date) -> bool:
    """Say whether `day` is neither at a weekend nor a bank holiday in England and Wales."""
    return day.weekday() < 5 and not is_bank_holiday(day)


@lru_cache(maxsize=4_096)  # asked for each row of a list; the days to count are few
def working_days_after(day: date, count: int) -> date:
    """Return the working day that comes `count` working days after `day`, for promises like "within 5 working days".

    Args:
        day: a day, working or not; not counted itself.
        count: working days, 1 or more.

    Raises:
        ValueError: `count` is less than 1.
    """
    if count < 1:
        raise ValueError(f"{count} working days after")
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


@lru_cache(maxsize=4_096)  # as above
def working_days_between(first: date, last: date) -> int:
    """Return how many working days come after `first` up to and with `last`; 0 where `last` is no later."""
    weeks, days = divmod(max((last - first).days, 0), 7)
    weekdays = weeks * 5 + sum((first.weekday() + day) % 7 < 5 for day in range(1, days + 1))
    holidays = _holidays_on_weekdays()
    return weekdays - (bisect_right(holidays, max(first, last)) - bisect_right(holidays, first))


def london_day(day: date | datetime) -> date:
    """Return the day in London at a moment; a plain date is itself.

    Raises:
        ValueError: a moment without a zone.
    """
    return _in_london(day).date() if isinstance(day, datetime) else day


def _in_london(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"naive datetime: {moment!r}")
    return moment.astimezone(LONDON)


@lru_cache(maxsize=1)
def _holidays_on_weekdays() -> list[date]:
    """Return the bank holidays that are no working days only for that, the earliest first."""
    return sorted(day for day in _bank_holidays() if day.weekday() < 5)


@lru_cache(maxsize=1)
def _bank_holidays() -> frozenset[date]:
    """The list that came with the package.  Its own reader can also fetch it, and loads an HTTP client for that."""
    known = json.loads(files(govuk_bank_holidays).joinpath("bank-holidays.json").read_text("utf-8"))
    return frozenset(date.fromisoformat(holiday["date"]) for holiday in known["england-and-wales"]["events"])
