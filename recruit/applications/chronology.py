"""A candidate's history as months, and the months that it leaves out.

Source: safer recruitment asks for a full history since leaving secondary education, with gaps explained (partnership
manuals; "to the nearest month" in councils' own forms).  Stricter than the three months that the Department for
Education's Teaching Vacancies flags: every whole calendar month that nothing touches is a gap.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from functools import lru_cache
from typing import Any, Self

from recruit.core.calendar import month_name

_MONTH_OF_NAME = {month_name(month).casefold(): month for month in range(1, 13)} | {
    month_name(month)[:3].casefold(): month for month in range(1, 13)
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_TYPED = re.compile(r"([0-9]{1,2}|[A-Za-z]{3,9})[ /.\-]+([0-9]{4})")
_LONGEST_TYPED = 40  # characters


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.  Raises `ValueError` for one that does not exist."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (MINYEAR <= self.year <= MAXYEAR and 1 <= self.month <= 12):
            raise ValueError(f"month {self.month} of year {self.year}")

    @staticmethod
    @lru_cache(maxsize=2048)  # the months of a lifetime: everybody's histories are made of the same ones
    def of(day: date) -> "Month":
        """Return the month of `day`."""
        return Month(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2019-09" (as `str` writes it), or as typed: "9 2019", "09/2019", "September 2019", "Sept 2019".

        Raises:
            ValueError: it is not a month.
        """
        typed = text.strip() if len(text) <= _LONGEST_TYPED else ""
        if match := _ISO.fullmatch(typed):
            return cls(int(match[1]), int(match[2]))
        if match := _TYPED.fullmatch(typed):
            return cls(int(match[2]), _month_number(match[1]))
        raise ValueError("not a month")

    @property
    def label(self) -> str:
        """The month in words: "September 2019"."""
        return f"{month_name(self.month)} {self.year}"

    @property
    def first_day(self) -> date:
        """The day that stands for the month where one is kept."""
        return date(self.year, self.month, 1)

    def plus(self, months: int) -> Self:
        """Return the month so many months later, or earlier if negative.

        Raises:
            ValueError: it is outside the years 1 to 9999.
        """
        year, month = divmod(self._index() + months, 12)
        return type(self)(year, month + 1)

    def until(self, later: Self) -> int:
        """Return the number of months from this one to `later`: 0 for the same month, negative for an earlier one."""
        return later._index() - self._index()

    def __str__(self) -> str:
        """ISO 8601: "2019-09"."""
        return f"{self.year:04d}-{self.month:02d}"

    def _index(self) -> int:
        return self.year * 12 + self.month - 1


@dataclass(frozen=True, slots=True)
class Period:
    """From one month through another, both counted; no `end` means that it still goes on.

    Raises `ValueError` if it ends before it starts.
    """

    start: Month
    end: Month | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a period from {self.start} back to {self.end}")

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """Return the months of an entry as a snapshot has it."""
        ended = row["ended_month"]
        start = Month.of(date.fromisoformat(row["started_month"]))
        return cls(start, Month.of(date.fromisoformat(ended)) if ended else None)

    def overlaps(self, other: "Period") -> bool:
        """Say whether they share a month."""
        return (other.end is None or self.start <= other.end) and (self.end is None or other.start <= self.end)


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A run of whole months that nothing in a history touches, `start` and `end` counted."""

    start: Month
    end: Month

    @property
    def months(self) -> int:
        """Its length in months, 1 or more."""
        return self.start.until(self.end) + 1

    @property
    def label(self) -> str:
        """The gap in words: "May 2019 (1 month)"; "May 2019 to August 2021 (2 years and 4 months)"."""
        stretch = self.start.label if self.months == 1 else f"{self.start.label} to {self.end.label}"
        return f"{stretch} ({length_words(self.months)})"


def uncovered_months(periods: Iterable[Period], since: Month, until: Month) -> list[Gap]:
    """Find the months that a candidate still has to explain.

    A month is covered by any period that touches it, so a post left on the 2nd covers its last month.  Overlaps count
    once.  The present month counts like any other: it needs something that goes on, or ended in it.

    Args:
        periods: posts, study and explained gaps, in any order.
        since: the first month that needs an entry.
        until: the last: the present month.  Before `since`, there is nothing to explain.

    Returns:
        The gaps, oldest first; none touches another.
    """
    return list(_gaps(sorted(periods, key=lambda period: period.start), since, until))


def _gaps(in_order: list[Period], since: Month, until: Month) -> Iterator[Gap]:
    needed = since  # the first month that nothing so far covers
    for period in in_order:
        if period.start > until or needed > until:
            break
        if period.start > needed:
            yield Gap(needed, period.start.plus(-1))
        end = period.end or until
        if end >= until:
            return
        needed = max(needed, end.plus(1))
    if needed <= until:
        yield Gap(needed, until)


def length_words(months: int) -> str:
    """Return a number of months as people say it: "11 months", "1 year", "25 years and 4 months"; "" for none."""
    counts = zip(divmod(months, 12), ("year", "month"), strict=True)
    return " and ".join(f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in counts if count)


def _month_number(typed: str) -> int:
    if typed.isdigit():
        return int(typed)
    name = typed.casefold()
    month = _MONTH_OF_NAME.get("sep" if name == "sept" else name)
    if month is None:
        raise ValueError("not a month")
    return month
