"""A vacancy in words, the same on every page that shows one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from recruit.core.calendar import closing_words, london_day, shown_closing
from recruit.core.money import pounds, pounds_range
from recruit.pay.pro_rata import pro_rata
from recruit.rules.limits import FULL_TIME_HOURS
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.models import Contract

CLOSING_SOON = timedelta(days=3)  # before the closing moment

CONTRACT_WORDS = {
    Contract.PERMANENT: "Permanent",
    Contract.FIXED_TERM: "Fixed term",
    Contract.SECONDMENT: "Secondment",
}


class _Worked(Protocol):
    """What says how a post's week can be worked: a row of a list, or a `Vacancy`."""

    @property
    def full_time(self) -> bool: ...
    @property
    def part_time(self) -> bool: ...
    @property
    def job_share(self) -> bool: ...
    @property
    def weekly_hours(self) -> Decimal: ...
    @property
    def paid_weeks(self) -> Decimal | None: ...


@dataclass(frozen=True, slots=True)
class Card:
    """One vacancy of a list, every word ready to be shown."""

    href: str
    title: str
    grade: str
    pay: str
    pay_basis: str
    team: str
    place: str
    hours: str
    closes: str
    closes_on: str  # ISO 8601, for machines
    newly_qualified: bool
    welcome_payment: str
    closes_at: datetime

    def urgency(self, now: datetime) -> str:
        """Return "Closes today", "Closing soon" or ""."""
        if self.closes_at - now > CLOSING_SOON:
            return ""
        return "Closes today" if london_day(shown_closing(self.closes_at)) == london_day(now) else "Closing soon"


def card(row: VacancyRow) -> Card:
    """Return the card of a vacancy."""
    return Card(
        href=f"/jobs/{row.slug}",
        title=row.title,
        grade=row.grade.title,
        pay=pounds_range(row.salary_min_pence, row.salary_max_pence),
        pay_basis="a year" if is_whole(row.weekly_hours, row.paid_weeks) else "a year, pro rata",
        team=row.team.name,
        place=row.workplace,
        hours=hours_words(row),
        closes=closing_words(row.closes_at),
        closes_on=shown_closing(row.closes_at).isoformat(timespec="minutes"),
        newly_qualified=row.newly_qualified,
        welcome_payment=pounds(row.welcome_pence) if row.welcome_pence else "",
        closes_at=row.closes_at,
    )


def hours_words(post: _Worked) -> str:
    """Return the hours: "37 hours a week, full time or job share", and the weeks of a term-time post."""
    ways = (("full time", post.full_time), ("part time", post.part_time), ("job share", post.job_share))
    patterns = [words for words, is_so in ways if is_so]
    last = patterns.pop()
    listed = f"{', '.join(patterns)} or {last}" if patterns else last
    words = f"{hours_number(post.weekly_hours)} hours a week, {listed}"
    return words if post.paid_weeks is None else f"{words}, term time ({weeks_words(post.paid_weeks)})"


def weeks_words(weeks: Decimal) -> str:
    """Return paid weeks: "44.6 paid weeks a year"."""
    return f"{hours_number(weeks)} paid weeks a year"


def is_whole(weekly_hours: Decimal, paid_weeks: Decimal | None) -> bool:
    """Say whether a post is paid a full week all year, so that full-time pay is its pay."""
    return weekly_hours == FULL_TIME_HOURS and paid_weeks is None


def paid_range(low: int, high: int, weekly_hours: Decimal, paid_weeks: Decimal | None) -> tuple[int, int]:
    """Return what a post itself pays: full-time pay from `low` to `high`, or the share of it; pence a year."""
    if is_whole(weekly_hours, paid_weeks):
        return low, high
    return pro_rata(low, weekly_hours, paid_weeks), pro_rata(high, weekly_hours, paid_weeks)


def hours_number(hours: Decimal) -> str:
    """Return hours without needless zeros: 37.00 is "37", 22.20 is "22.2"."""
    text = f"{hours:.2f}"
    return text.rstrip("0").rstrip(".")


def contract_words(contract: Contract, months: int | None) -> str:
    """Return the contract: "Permanent", "Fixed term, 12 months"."""
    words = CONTRACT_WORDS[contract]
    if months is None:
        return words
    return f"{words}, {months} month" + ("s" if months > 1 else "")


def pro_rata_words(low: int, high: int, weekly_hours: Decimal, paid_weeks: Decimal | None = None) -> str:
    """Return what part of a week or year pays, "£17,203 to £22,153 a year for 22.2 hours a week"; "" for all of both.

    Args:
        low: full-time pay, pence a year.
        high: the same, at least `low`.
        weekly_hours: hours a week, more than 0 and at most 37.
        paid_weeks: paid weeks of a term-time post; None for all of the year.
    """
    if is_whole(weekly_hours, paid_weeks):
        return ""
    pay = pounds_range(*paid_range(low, high, weekly_hours, paid_weeks))
    weeks = f", {weeks_words(paid_weeks)}" if paid_weeks is not None else ""
    return f"{pay} a year for {hours_number(weekly_hours)} hours a week{weeks}"
