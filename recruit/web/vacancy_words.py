"""What the page of a vacancy says whatever the hour: worked out when it is first asked for, and once."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property

from markupsafe import Markup

from recruit.applications import effort
from recruit.applications.promises import hear_by_day
from recruit.core.calendar import closing_words, long_date, short_date, shown_closing
from recruit.core.money import pounds, pounds_range
from recruit.core.targets import targets
from recruit.pay.additions import Addition, additions_of
from recruit.pay.welcome_sums import welcome_share
from recruit.rules.limits import FULL_TIME_HOURS
from recruit.vacancies.models import Assessment, Criterion, CriterionKind, Vacancy
from recruit.vacancies.presentation import contract_words, hours_words, pro_rata_words
from recruit.vacancies.queries import PublicVacancy
from recruit.vacancies.shown import ShownCriterion, ShownPublicly, ShownVacancy
from recruit.web.welcome_terms import terms_href
from recruit.web.your_pay_panel import panel_markup, your_pay_panel


class VacancyWords:
    """A vacancy in words.

    Args:
        public: the vacancy, with when it was cancelled or paused.

    Raises:
        ValueError: it was never published, so it has no pay or no closing moment.
    """

    def __init__(self, public: PublicVacancy | ShownPublicly) -> None:
        self.vacancy: Vacancy | ShownVacancy = public.vacancy
        self.cancelled_at, self.paused_at = public.cancelled_at, public.paused_at
        vacancy = public.vacancy
        if vacancy.closes_at is None or vacancy.salary_min_pence is None or vacancy.salary_max_pence is None:
            raise ValueError(f"{vacancy.reference} was never published")  # the database refuses it: published_is_whole
        self.closes_at: datetime = vacancy.closes_at
        self._low, self._high = vacancy.salary_min_pence, vacancy.salary_max_pence

    @property
    def salary(self) -> tuple[int, int]:
        """Full-time pay, lowest and highest, pence a year."""
        return self._low, self._high

    @cached_property
    def pay(self) -> str:
        """Full-time pay: "£28,672 to £36,922"."""
        return pounds_range(self._low, self._high)

    @cached_property
    def pro_rata(self) -> str:
        """What part-time hours pay, or ""."""
        return pro_rata_words(self._low, self._high, self.vacancy.weekly_hours, self.vacancy.paid_weeks)

    @cached_property
    def pay_basis(self) -> str:
        """How the pay was worked out: points, and the date of the pay table."""
        vacancy = self.vacancy
        one = vacancy.point_min == vacancy.point_max
        points = f"Point {vacancy.point_min}" if one else f"Points {vacancy.point_min} to {vacancy.point_max}"
        table = f", rates from {short_date(vacancy.pay_table.effective_on)}" if vacancy.pay_table else ""
        return f"{points} of the national (NJC) pay spine{table}"

    @cached_property
    def points_href(self) -> str:
        """The page of the pay table that it stands on."""
        return f"/pay-points/{self.vacancy.pay_table.effective_on}" if self.vacancy.pay_table else ""

    @cached_property
    def welcome_href(self) -> str:
        """The page of the terms that it keeps."""
        return terms_href(self.vacancy.welcome) if self.vacancy.welcome else ""

    @cached_property
    def your_pay(self) -> Markup:
        """The panel that works out somebody's pay; empty where the pay table lacks a point of the range."""
        panel = your_pay_panel(self.vacancy)
        return panel_markup(panel) if panel else Markup()

    @cached_property
    def additions(self) -> Sequence[Addition]:
        """What it pays beside salary, each line apart."""
        return additions_of(self.vacancy.additions)

    @cached_property
    def welcome_payment(self) -> str:
        """The amount, or ""."""
        return pounds(self.vacancy.welcome.amount_pence) if self.vacancy.welcome else ""

    @cached_property
    def welcome_share(self) -> str:
        """What of the welcome payment goes with part-time hours, or ""."""
        welcome, hours = self.vacancy.welcome, self.vacancy.weekly_hours
        if welcome is None or hours == FULL_TIME_HOURS or not welcome.pro_rata:
            return ""
        return pounds(welcome_share(welcome.amount_pence, hours))

    @cached_property
    def hours(self) -> str:
        return hours_words(self.vacancy)

    @cached_property
    def contract(self) -> str:
        return contract_words(self.vacancy.contract, self.vacancy.fixed_term_months)

    @cached_property
    def caseload(self) -> str:
        """What is typical and the most: "15 children, at most 18"; "" where there is none."""
        typical, most = self.vacancy.caseload_typical, self.vacancy.caseload_maximum
        if typical is None:
            return ""
        words = f"{typical} {self.vacancy.caseload_of}"
        return f"{words}, at most {most}" if most else words

    @cached_property
    def closes(self) -> str:
        """When it closes: "11:59pm on Sunday 29 May 2022"."""
        return closing_words(self.closes_at)

    @cached_property
    def closes_on(self) -> str:
        """The same for machines, ISO 8601."""
        return shown_closing(self.closes_at).isoformat(timespec="minutes")

    @cached_property
    def closes_through(self) -> str:
        """The same to the second."""
        return shown_closing(self.closes_at).isoformat(timespec="seconds")

    @cached_property
    def hear_by_day(self) -> date:
        """The day by which everybody hears about the shortlist."""
        return hear_by_day(self.closes_at, self.closes_at)

    @cached_property
    def hear_by(self) -> str:
        """The same in words."""
        return long_date(self.hear_by_day)

    @cached_property
    def hears(self) -> str:
        """When somebody who applies hears, as a sentence without its end."""
        if self.vacancy.is_rolling:
            return f"Within {targets().shortlist} working days: we read applications as they arrive"
        return f"By {self.hear_by}, shortlisted or not"

    @cached_property
    def essential(self) -> Sequence[Criterion | ShownCriterion]:
        return [criterion for criterion in self.vacancy.criteria if criterion.kind == CriterionKind.ESSENTIAL]

    @cached_property
    def desirable(self) -> Sequence[Criterion | ShownCriterion]:
        return [criterion for criterion in self.vacancy.criteria if criterion.kind == CriterionKind.DESIRABLE]

    @cached_property
    def to_answer(self) -> int:
        """How many essential criteria are answered in the form; the others are judged later."""
        return sum(criterion.assessed_at == Assessment.APPLICATION for criterion in self.essential)

    @cached_property
    def is_judged_later(self) -> bool:
        """Whether some criteria are judged at interview, or checked before somebody starts."""
        return any(criterion.assessed_at != Assessment.APPLICATION for criterion in self.vacancy.criteria)

    @cached_property
    def effort(self) -> str:
        """How long to allow for the form: "2 hours"."""
        return effort.words_to_apply(self.to_answer)
