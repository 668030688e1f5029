"""The panel on a vacancy that works out somebody's pay, and what it answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import current_app
from markupsafe import Markup

from recruit.core.calendar import london_day, short_date, shown_closing
from recruit.core.money import pounds
from recruit.pay.additions import Addition, additions_of
from recruit.pay.welcome_sums import first_year_pence
from recruit.pay.your_pay import FEWEST_HOURS, YourPay, read_hours, your_pay
from recruit.vacancies.models import Vacancy
from recruit.vacancies.presentation import hours_number, weeks_words
from recruit.vacancies.shown import ShownVacancy
from recruit.web.welcome_terms import terms_href


@dataclass(frozen=True, slots=True)
class Choice:
    """One point of the range, with its year's pay in pence and in words."""

    point: int
    pence: int
    words: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What somebody chooses from, and what the answer is worked out from.

    `first_pence` of the welcome payment is paid in the first year; `certain` are other payments of that year, `apart`
    those that it may bring or not.
    """

    href: str
    choices: Sequence[Choice]
    most: Decimal
    welcome_pence: int
    first_pence: int
    welcome_href: str
    check_href: str
    points_href: str
    rates_from: str
    is_shared: bool = True
    paid_weeks: Decimal | None = None
    certain: Sequence[Addition] = ()
    apart: Sequence[Addition] = ()

    @property
    def vacancy_href(self) -> str:
        return self.href.removesuffix("/pay")

    @property
    def weeks(self) -> str:
        """The weeks of a term-time post: "44.6 paid weeks a year", or ""."""
        return weeks_words(self.paid_weeks) if self.paid_weeks is not None else ""

    @property
    def hundredth_weeks(self) -> int:
        """Paid weeks in hundredths; 0 for all of the year."""
        return int(self.paid_weeks * 100) if self.paid_weeks is not None else 0

    @property
    def first_year(self) -> str:
        """What the first year's total is of, in words; "" where it is salary alone."""
        welcome = (
            "welcome payment"
            if self.first_pence == self.welcome_pence
            else "the part of the welcome payment paid in it"
        )
        parts = ["salary", *(one.name.lower() for one in self.certain), *([welcome] if self.welcome_pence else [])]
        return f"First year: {', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else ""

    @property
    def hours(self) -> str:
        return hours_number(self.most)

    @property
    def hundredths(self) -> int:
        """The most hours, in hundredths."""
        return int(self.most * 100)

    @property
    def hours_wrong(self) -> str:
        """What is said of hours that cannot be."""
        if self.most <= FEWEST_HOURS:
            return f"Hours a week must be {self.hours}"
        return f"Hours a week must be a number from {FEWEST_HOURS} to {self.hours}"

    def chosen(self, point: str) -> Choice | None:
        """Return the choice of this point, or None."""
        return next((choice for choice in self.choices if str(choice.point) == point), None)

    def answer(self, choice: Choice, hours: str) -> YourPay | None:
        """Return what a point pays for the hours that were typed; None if they cannot be."""
        read = read_hours(hours, self.most)
        if read is None:
            return None
        more = [one.amount_pence for one in self.certain]
        return your_pay(
            choice.pence,
            read,
            self.welcome_pence,
            self.first_pence,
            is_shared=self.is_shared,
            paid_weeks=self.paid_weeks,
            additions=more,
        )


def your_pay_panel(vacancy: Vacancy | ShownVacancy) -> Panel | None:
    """Return the panel of a vacancy that has its pay; None if its pay table lacks a point of its range."""
    if vacancy.pay_table is None or vacancy.point_min is None or vacancy.point_max is None:
        return None
    wanted = range(vacancy.point_min, vacancy.point_max + 1)
    choices = [
        Choice(paid.point, paid.annual_pence, f"Point {paid.point}: {pounds(paid.annual_pence)}")
        for paid in vacancy.pay_table.points
        if paid.point in wanted
    ]
    if [choice.point for choice in choices] != list(wanted):
        return None
    welcome, day = vacancy.welcome, vacancy.pay_table.effective_on
    certain, apart = _sorted(additions_of(vacancy.additions), vacancy)
    return Panel(
        href=f"/jobs/{vacancy.slug}/pay",
        choices=choices,
        most=vacancy.weekly_hours,
        welcome_pence=welcome.amount_pence if welcome else 0,
        first_pence=first_year_pence(welcome.instalments) if welcome else 0,
        is_shared=welcome.pro_rata if welcome else True,
        welcome_href=terms_href(welcome) if welcome else "",
        check_href=f"{terms_href(welcome)}/check" if welcome and welcome.eligibility is not None else "",
        points_href=f"/pay-points/{day}",
        rates_from=short_date(day),
        paid_weeks=vacancy.paid_weeks,
        certain=certain,
        apart=apart,
    )


def _sorted(
    additions: Iterable[Addition], vacancy: Vacancy | ShownVacancy
) -> tuple[Sequence[Addition], Sequence[Addition]]:
    """Return the payments that the first year is certain to bring, and the others."""
    closes_on = london_day(shown_closing(vacancy.closes_at)) if vacancy.closes_at else None
    certain = [one for one in additions if closes_on and one.is_certain(closes_on)]
    return certain, [one for one in additions if one not in certain]


def panel_markup(panel: Panel, choice: Choice | None = None, hours: str | None = None) -> Markup:
    """Return the panel with its answer, or with what is wrong with the hours.

    Args:
        choice: the point that is chosen; the first unless given.
        hours: what was typed; the hours of the post unless given.
    """
    choice, hours = choice or panel.choices[0], panel.hours if hours is None else hours
    template = current_app.jinja_env.get_template("components/your_pay.html")
    made = template.render(panel=panel, chosen=choice, hours=hours, pay=panel.answer(choice, hours))
    return Markup(made)  # noqa: S704  the template has escaped it
