"""The questions about hours and contract, for a draft and for a change of what is published."""

from decimal import Decimal
from typing import Any

from wtforms import BooleanField, RadioField, ValidationError
from wtforms.validators import AnyOf

from recruit.rules import limits
from recruit.vacancies.models import Contract
from recruit.web.fields import choice
from recruit.web.forms import VersionedForm
from recruit.web.number_fields import Needed, WholeNumberField
from recruit.web.recruiter.fields import HoursField
from recruit.web.recruiter.pay_fields import paid_weeks_field

FIXED_TERM_MONTHS = (1, 60)  # months; the column's own bounds
CONTRACTS = [
    choice(Contract.PERMANENT.value, "Permanent"),
    choice(Contract.FIXED_TERM.value, "Fixed term"),
    choice(Contract.SECONDMENT.value, "Secondment"),
]
HOURS = ("full_time", "part_time", "job_share", "weekly_hours", "paid_weeks", "contract", "fixed_term_months")


class HoursForm(VersionedForm):
    """How the post's week, year and contract are."""

    full_time = BooleanField("Full time")
    part_time = BooleanField("Part time")
    job_share = BooleanField("Job share")
    weekly_hours = HoursField(
        "Hours a week",
        [Needed("Enter the hours a week")],
        description="Full time is 37. Pay is worked out from this.",
    )
    paid_weeks = paid_weeks_field()
    contract = RadioField(
        "Contract",
        choices=CONTRACTS,
        validate_choice=False,
        validators=[AnyOf([contract.value for contract in Contract], "Select the contract")],
    )
    fixed_term_months = WholeNumberField("Months", thing="Months", bounds=FIXED_TERM_MONTHS)

    def validate_full_time(self, field: BooleanField) -> None:
        if not (self.full_time.data or self.part_time.data or self.job_share.data):
            raise ValidationError("Select full time, part time or job share")

    def validate_weekly_hours(self, field: HoursField) -> None:
        if self.full_time.data and field.data is not None and field.data < limits.FULL_TIME_HOURS:
            raise ValidationError(f"Hours a week must be {limits.FULL_TIME_HOURS} while full time is selected")

    def validate_fixed_term_months(self, field: WholeNumberField) -> None:
        if self.contract.data == Contract.FIXED_TERM.value and field.data is None and not field.errors:
            raise ValidationError("Enter how many months the contract is for")

    def hours(self) -> dict[str, Any]:
        """Return what a valid form holds of them, by the names of `Vacancy`."""
        contract = Contract(self.contract.data)
        return {name: self[name].data for name in HOURS} | {
            "weekly_hours": Decimal(self.weekly_hours.data),
            "contract": contract,
            "fixed_term_months": self.fixed_term_months.data if contract is Contract.FIXED_TERM else None,
        }
