"""The welcome payment in the words of its page."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from recruit.core.calendar import long_date
from recruit.core.money import pounds
from recruit.pay.additions import KIND_WORDS, Kind
from recruit.pay.eligibility import Rules
from recruit.pay.models import WelcomeSchemeVersion
from recruit.pay.queries import grades
from recruit.pay.welcome_sums import Example, parts_of, repaid, worked_example
from recruit.vacancies.presentation import hours_number
from recruit.vacancies.teams import team_names
from recruit.web.welcome_terms import terms_href

EXAMPLE_HOURS = Decimal("22.2")  # hours a week: three days


class WelcomePage:
    """What the page says of one version of the terms.

    Args:
        version: the terms.
    """

    def __init__(self, version: WelcomeSchemeVersion) -> None:
        self.version = version
        self.amount = pounds(version.amount_pence)

    @property
    def href(self) -> str:
        """The address of these terms, which stays."""
        return terms_href(self.version)

    @property
    def since(self) -> str:
        return long_date(self.version.valid_from)

    @property
    def until(self) -> str:
        """The last day of these terms, or ""."""
        return long_date(self.version.valid_until) if self.version.valid_until else ""

    @property
    def example_hours(self) -> str:
        return hours_number(EXAMPLE_HOURS)

    @property
    def example_amount(self) -> str:
        """What somebody on the example's hours gets in all, before tax."""
        return pounds(self._example.share)

    @cached_property
    def _example(self) -> Example:
        version = self.version
        return worked_example(
            version.amount_pence,
            version.instalments,
            version.repayment,
            weekly_hours=EXAMPLE_HOURS,
            pro_rata_by_hours=version.pro_rata,
        )

    @cached_property
    def who(self) -> Sequence[str]:
        """Who it is for, in the words of what the check reads; nothing where the terms have no such facts."""
        if self.version.eligibility is None:
            return []
        rules = Rules.model_validate(self.version.eligibility)
        beside = [KIND_WORDS[Kind(kind)].lower() for kind in self.version.not_with]
        return [*_posts(rules), *_people(rules), *(f"It is not paid together with a {name}." for name in beside)]

    def instalments(self) -> Sequence[tuple[str, str, str]]:
        """Return each instalment as (when, full time, on the example's hours)."""
        full = parts_of(self.version.amount_pence, self.version.instalments)
        part = self._example.paid
        return [
            (_after(months), pounds(whole), pounds(share))
            for (months, whole), (_, share) in zip(full, part, strict=True)
        ]

    def repayments(self) -> Sequence[tuple[str, str, str]]:
        """Return each band as (when somebody leaves, what share they repay, how much on the example's hours).

        The example leaves in the middle of the band.
        """
        rows = []
        for band in self.version.repayment:
            amount = self._repaid((band["months_from"] + band["months_to"]) / 2)
            rows.append((_band(band["months_from"], band["months_to"]), _share_words(band["percent"]), pounds(amount)))
        if self.version.repayment:
            rows.append((f"From {_months(self._last)}", "Nothing", pounds(self._repaid(self._last))))
        return rows

    def story(self) -> Sequence[str]:
        """Return what happens to somebody on the example's hours, in the order of the months: a worked example."""
        told = [f"{_after(months)}, Sam is paid {pounds(pence)} before tax." for months, pence in self._example.paid]
        *during, end = self._example.left or [(0, 0)]
        told += [f"If Sam leaves after {_months(months)}, Sam repays {pounds(pence)}." for months, pence in during]
        if self.version.repayment:
            told.append(f"If Sam leaves after {_months(end[0])} or later, Sam repays nothing.")
        return told

    @property
    def _last(self) -> int:
        """The month from which nothing is repaid."""
        return max(int(band["months_to"]) for band in self.version.repayment)

    def _repaid(self, months: float) -> int:
        return repaid(self._example.share, self.version.instalments, self.version.repayment, months)


def grades_and_teams(rules: Rules) -> str:
    """Return which posts the terms are for: "these grades: Social worker; these teams: Fostering"; "" for all."""
    titles = [grade.title for grade in grades() if grade.code in rules.grades] if rules.grades else []
    names = [name for slug, name in team_names().items() if slug in rules.teams] if rules.teams else []
    kinds = [("these grades", titles), ("these teams", names)]
    return "; ".join(f"{kind}: {', '.join(listed)}" for kind, listed in kinds if listed)


def _posts(rules: Rules) -> list[str]:
    shortest = rules.fixed_term_from_months
    fixed = f"fixed terms of {shortest} months or more" if shortest and shortest > 1 else "fixed terms"
    kinds = [("permanent posts", rules.permanent), (fixed, shortest is not None), ("secondments", rules.secondment)]
    listed = [kind for kind, counts in kinds if counts]
    contracts = [f"It is for {' and '.join(listed)}."] if listed else []
    posts = grades_and_teams(rules)
    return contracts + ([f"It is for posts of {posts}."] if posts else [])


def _people(rules: Rules) -> list[str]:
    away = rules.rejoin_after_months
    facts = {
        "People the council employs already": rules.existing_employees,
        "People who work for us through an agency": rules.agency_workers,
        "Newly qualified social workers": rules.newly_qualified,
    }
    said = [f"{who} {'can' if can else 'cannot'} have it." for who, can in facts.items()]
    return said + ([f"People who left the council in the last {away} months cannot have it."] if away else [])


def _after(months: int) -> str:
    return f"After {_months(months)}" if months else "At the start"


def _band(start: int, end: int) -> str:
    return f"In the first {_months(end)}" if start == 0 else f"From {_months(start)}, and before {_months(end)}"


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _share_words(percent: int) -> str:
    return {100: "All that was paid", 50: "Half of what was paid"}.get(percent, f"{percent}% of what was paid")
