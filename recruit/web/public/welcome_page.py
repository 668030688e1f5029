"""The welcome payment in the words of its page."""

from collections.abc import Sequence
from decimal import Decimal

from recruit.core.calendar import long_date
from recruit.core.money import pounds
from recruit.pay.models import WelcomeSchemeVersion
from recruit.pay.pro_rata import pro_rata
from recruit.vacancies.presentation import hours_number

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
        return pro_rata(self.version.amount_pence, EXAMPLE_HOURS)

    def instalments(self) -> Sequence[tuple[str, str, str]]:
        """Return each instalment as (when, full time, on the example's hours)."""
        return [
            (
                f"After {_months(part['after_months'])}",
                pounds(self.version.amount_pence * part["percent"] // 100),
                pounds(self._share * part["percent"] // 100),
            )
            for part in self.version.instalments
        ]

    def repayments(self) -> Sequence[tuple[str, str, str]]:
        """Return each band as (when somebody leaves, what share they repay, how much on the example's hours).

        The example has had every instalment that falls due before the middle of the band.
        """
        rows = []
        for band in self.version.repayment:
            middle = (band["months_from"] + band["months_to"]) / 2
            paid = sum(part["percent"] for part in self.version.instalments if part["after_months"] <= middle)
            repaid = self._share * paid * band["percent"] // 10_000
            rows.append((_band(band["months_from"], band["months_to"]), _share_words(band["percent"]), pounds(repaid)))
        if self.version.repayment:
            last = max(band["months_to"] for band in self.version.repayment)
            rows.append((f"From {_months(last)}", "Nothing", pounds(0)))
        return rows


def _band(start: int, end: int) -> str:
    return f"In the first {_months(end)}" if start == 0 else f"From {_months(start)}, and before {_months(end)}"


def _months(count: int) -> str:
    return "1 month" if count == 1 else f"{count} months"


def _share_words(percent: int) -> str:
    return {100: "All that was paid", 50: "Half of what was paid"}.get(percent, f"{percent}% of what was paid")
