"""What a search asks for, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Facet(StrEnum):
    """One way to narrow the list down, under its name in the address `/jobs?…`."""

    GRADE = "grade"
    TEAM = "team"
    CONTRACT = "contract"
    HOURS = "hours"
    SALARY_MIN = "salary_min"
    NEWLY_QUALIFIED = "newly_qualified"
    WELCOME_PAYMENT = "welcome_payment"
    CLOSING_WITHIN = "closing_within"


class Hours(StrEnum):
    """How a post's week can be worked."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    JOB_SHARE = "job_share"


class Sort(StrEnum):
    """The order of the list."""

    NEWEST = "newest"
    CLOSING = "closing"
    SALARY = "salary"
    RELEVANCE = "relevance"


YES = "1"
"""The one value of a facet that is on or off."""

CLOSING_DAYS = (7, 14, 30)  # days from today within which a vacancy closes
SALARIES = (25_000, 30_000, 35_000, 40_000, 45_000)  # pounds a year that are offered and counted; any can be asked for


@dataclass(frozen=True, slots=True)
class Query:
    """One search.

    Args:
        words: what was typed; every term of it must be found in a vacancy.
        chosen: for each facet the values of which a vacancy needs one: codes and slugs as in the address, "1" for yes,
            whole pounds a year for `SALARY_MIN`, days for `CLOSING_WITHIN`.
        sort: the order; `RELEVANCE` without words is `NEWEST`.
        page: from 1; beyond the last means the last.
    """

    words: str = ""
    chosen: Mapping[Facet, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.NEWEST
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Say whether this asks for less than everything."""
        return bool(self.words or self.chosen)


@dataclass(frozen=True, slots=True)
class Result:
    """What was found.

    Args:
        ids: the vacancies of this page, in order.
        total: how many match, over all pages.
        page: the page shown, from 1.
        pages: how many there are, at least 1.
        counts: for each facet and value, how many would match with that value instead of the facet's chosen ones.
        without: for each chosen facet, and None for the words, how many would match without it.
        next_boundary: when the clock changes this result next.
    """

    ids: tuple[int, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[Facet, Mapping[str, int]]
    without: Mapping[Facet | None, int]
    next_boundary: datetime
