"""The panel on a vacancy that works out somebody's pay, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask import current_app
from markupsafe import Markup

from recruit.core.calendar import short_date
from recruit.core.money import pounds
from recruit.pay.welcome_sums import first_year_percent
from recruit.pay.your_pay import FEWEST_HOURS, YourPay, read_hours, your_pay
from recruit.vacancies.models import Vacancy
from recruit.vacancies.presentation import hours_number
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
    """What somebody chooses from, and what the answer is worked out from.  `percent` is paid in the first year."""

    href: str
    choices: Sequence[Choice]
    most: Decimal
    welcome_pence: int
    percent: int
    welcome_href: str
    check_href: str
    points_href: str
    rates_from: str

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
        return your_pay(choice.pence, read, self.welcome_pence, self.percent) if read is not None else None


def your_pay_panel(vacancy: Vacancy | ShownVacancy) -> Panel | None:
    """Return the panel of a vacancy that has its pay; None if its pay table lacks a point of its range."""
    if vacancy.pay_table is None or vacancy.point_min is None or vacancy.point_max is None:
        return None
    wanted = range(vacancy.point_min, vacancy.point_max + 1)
    choices = [
        Choice(paid.point, paid.annual_pence, f"Point {paid.point}: {pounds(paid.annual_pence)} full time")
        for paid in vacancy.pay_table.points
        if paid.point in wanted
    ]
    if [choice.point for choice in choices] != list(wanted):
        return None
    welcome, day = vacancy.welcome, vacancy.pay_table.effective_on
    return Panel(
        href=f"/jobs/{vacancy.slug}/pay",
        choices=choices,
        most=vacancy.weekly_hours,
        welcome_pence=welcome.amount_pence if welcome else 0,
        percent=first_year_percent(welcome.instalments) if welcome else 0,
        welcome_href=terms_href(welcome) if welcome else "",
        check_href=f"{terms_href(welcome)}/check" if welcome and welcome.eligibility is not None else "",
        points_href=f"/pay-points/{day}",
        rates_from=short_date(day),
    )


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
