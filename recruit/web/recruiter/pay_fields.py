"""The parts of the recruiter's forms that are about pay beyond a full week all year."""

from typing import Any

from wtforms import ValidationError

from recruit.pay.additions import AFTER_MONTHS, AMOUNT_PENCE, CONDITION_CHARACTERS, Addition, Kind, Paid
from recruit.web.fields import ChoiceField, DatePartsField
from recruit.web.forms import LineField, VersionedForm
from recruit.web.number_fields import MoneyField, Needed, PaidWeeksField, WholeNumberField

PAID_WORDS = (
    (Paid.MONTHLY, "Each month, with salary"),
    (Paid.ONCE, "Once"),
    (Paid.CLAIMED, "When costs are shown, up to the amount"),
)
NO_DATE = "Enter the date on which the market supplement is reviewed or ends"


def paid_weeks_field() -> Any:
    """Return the question about a term-time post, for a form that asks for hours: templates call it `paid_weeks`."""
    return PaidWeeksField(
        "Paid weeks a year",
        description="For a term-time post: weeks worked and paid leave together, like 44.6. Leave empty for all year.",
    )


class AdditionForm(VersionedForm):
    """One payment beside salary.  `kind` is that of the page."""

    kind: Kind
    amount = MoneyField(
        "Amount",
        [Needed("Enter the amount")],
        thing="Amount",
        bounds=AMOUNT_PENCE,
        description="In pounds, for full time: a year’s if it is paid each month, the most if costs are shown.",
    )
    paid = ChoiceField("When it is paid", PAID_WORDS, missing="Select when it is paid", kind=Paid)
    after_months = WholeNumberField("Months after the start", thing="Months after the start", bounds=AFTER_MONTHS)
    conditions = LineField(
        "Conditions",
        most=CONDITION_CHARACTERS,
        description="What has to be so for it to be paid or kept, in one sentence. Leave empty if nothing has.",
    )
    review_on = DatePartsField("Reviewed on", thing="Date of the review")
    ends_on = DatePartsField("Ends on", thing="Last day")

    def validate_after_months(self, field: WholeNumberField) -> None:
        if self.paid.kept is Paid.ONCE and field.data is None and not field.errors:
            raise ValidationError("Enter how many months after the start it is paid, 0 for at the start")

    def validate_review_on(self, field: DatePartsField) -> None:
        if self.kind is Kind.MARKET_SUPPLEMENT and field.data is None and self.ends_on.data is None:
            raise ValidationError(NO_DATE)

    def validate_ends_on(self, field: DatePartsField) -> None:
        if field.data and self.review_on.data and field.data < self.review_on.data:
            raise ValidationError("Last day must be on or after the date of the review")

    def addition(self) -> Addition:
        """Return what a valid form says."""
        paid = self.paid.kept
        return Addition(
            kind=self.kind,
            amount_pence=self.amount.data,
            paid=paid,
            after_months=self.after_months.data if paid is Paid.ONCE else None,
            conditions=self.conditions.data or "",
            review_on=self.review_on.data,
            ends_on=self.ends_on.data,
        )


def filled_in_addition(one: Addition) -> dict[str, object]:
    """Return what the form shows for `one`, by the names of its fields."""
    return {
        "amount": one.amount_pence,
        "paid": one.paid.value,
        "after_months": one.after_months,
        "conditions": one.conditions,
        "review_on": one.review_on,
        "ends_on": one.ends_on,
    }
