"""The welcome payment in the words of its page."""

from collections.abc import Sequence
from decimal import Decimal

from recruit.core.calendar import long_date
from recruit.core.money import pounds
from recruit.pay.models import WelcomeSchemeVersion
from recruit.pay.welcome_sums import parts_of, repaid, welcome_share
from recruit.vacancies.presentation import hours_number
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
        return pounds(self._share)

    @property
    def _share(self) -> int:
        return welcome_share(self.version.amount_pence, EXAMPLE_HOURS)

    def instalments(self) -> Sequence[tuple[str, str, str]]:
        """Return each instalment as (when, full time, on the example's hours)."""
        full = parts_of(self.version.amount_pence, self.version.instalments)
        part = parts_of(self._share, self.version.instalments)
        return [
            (f"After {_months(months)}", pounds(whole), pounds(share))
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
        told = [
            f"After {_months(months)}, Sam is paid {pounds(pence)} before tax."
            for months, pence in parts_of(self._share, self.version.instalments)
        ]
        for band in self.version.repayment:
            middle = (band["months_from"] + band["months_to"]) // 2
            told.append(f"If Sam leaves after {_months(middle)}, Sam repays {pounds(self._repaid(middle))}.")
        if self.version.repayment:
            told.append(f"If Sam leaves after {_months(self._last)} or later, Sam repays nothing.")
        return told

    @property
    def _last(self) -> int:
        """The month from which nothing is repaid."""
        return max(int(band["months_to"]) for band in self.version.repayment)

    def _repaid(self, months: float) -> int:
        return repaid(self._share, self.version.instalments, self.version.repayment, months)


def _band(start: int, end: int) -> str:
    return f"In the first {_months(end)}" if start == 0 else f"From {_months(start)}, and before {_months(end)}"


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _share_words(percent: int) -> str:
    return {100: "All that was paid", 50: "Half of what was paid"}.get(percent, f"{percent}% of what was paid")
