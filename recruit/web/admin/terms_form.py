"""The form of new terms of a welcome payment."""

from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectMultipleField, ValidationError
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Optional

from recruit.core.entries import LINE_CHARACTERS
from recruit.core.money import pounds
from recruit.pay.additions import KIND_WORDS, Kind
from recruit.pay.eligibility import Rules
from recruit.pay.models import WelcomeSchemeVersion
from recruit.pay.welcome import AMOUNT_PENCE, ROWS, Instalment, Repayment, TermsEntry
from recruit.web.fields import ChoiceField, DatePartsField, choice
from recruit.web.forms import LineField, ProseField, VersionedForm
from recruit.web.number_fields import MoneyField, Needed, WholeNumberField

SHOWN = 4  # rows of instalments, and of the repayment, that are there at least
MONTHS = (0, 120)
SHARES = (("hours", "The share of their hours"), ("full", "All of it"))


class InstalmentForm(PlainForm):
    """One row: an amount and when."""

    amount = MoneyField("Amount", thing="Amount", bounds=AMOUNT_PENCE)
    after_months = WholeNumberField("Months after the start", thing="Months after the start", bounds=MONTHS)

    def validate_after_months(self, field: WholeNumberField) -> None:
        if (field.data is None) is not (self.amount.data is None) and not field.errors and not self.amount.errors:
            raise ValidationError("Enter both the amount and the months, or neither")


class RepaymentForm(PlainForm):
    """One row: who leaves from one month on and before another repays a share."""

    months_from = WholeNumberField("From month", thing="From month", bounds=MONTHS)
    months_to = WholeNumberField("Before month", thing="Before month", bounds=MONTHS)
    percent = WholeNumberField("Percent repaid", thing="Percent repaid", bounds=(0, 100))

    def validate_percent(self, field: WholeNumberField) -> None:
        given = [one.data for one in (self.months_from, self.months_to, self.percent)]
        if any(one is None for one in given) and any(one is not None for one in given) and not self._wrong():
            raise ValidationError("Enter both months and the percent, or none of them")

    def _wrong(self) -> bool:
        return bool(self.months_from.errors or self.months_to.errors or self.percent.errors)


class TermsForm(VersionedForm):
    """All of a version's terms.  A new scheme has a name, too."""

    name = LineField(
        "What the payment is called", description="Like “Welcome aboard payment”. It stays for all versions."
    )
    amount = MoneyField(
        "Amount",
        [Needed("Enter the amount")],
        thing="Amount",
        bounds=AMOUNT_PENCE,
        description="In pounds, for full time and before tax.",
    )
    pro_rata = ChoiceField("What people with fewer hours get", SHARES, missing="Select what fewer hours get")
    valid_from = DatePartsField(
        "First day", [InputRequired("Enter the first day")], thing="First day",
        description="Vacancies approved from this day on come with these terms.",
    )  # fmt: skip
    valid_until = DatePartsField(
        "Last day", [Optional()], thing="Last day", description="Leave empty if there is none."
    )

    permanent = BooleanField("Permanent posts")
    fixed_term_from_months = WholeNumberField(
        "Shortest fixed term that counts, in months",
        thing="Shortest fixed term",
        bounds=(1, 60),
        description="Leave empty if no fixed term counts.",
    )
    secondment = BooleanField("Secondments")
    grades = SelectMultipleField("Grades", validate_choice=False, description="All grades if none is ticked.")
    teams = SelectMultipleField("Teams", validate_choice=False, description="All teams if none is ticked.")
    existing_employees = BooleanField("People the council employs already can have it")
    rejoin_after_months = WholeNumberField(
        "Months after leaving the council until somebody counts as new",
        [Needed("Enter the months, 0 if people count as new at once")],
        thing="Months after leaving",
        bounds=MONTHS,
    )
    agency_workers = BooleanField("People who work for us through an agency can have it")
    newly_qualified = BooleanField("Newly qualified social workers can have it")
    not_with = SelectMultipleField(
        "Not paid together with", validate_choice=False, choices=[choice(kind.value, KIND_WORDS[kind]) for kind in Kind]
    )

    instalments = FieldList(FormField(InstalmentForm), min_entries=SHOWN, max_entries=ROWS)
    repayment = FieldList(FormField(RepaymentForm), min_entries=SHOWN, max_entries=ROWS)
    conditions = ProseField(
        "Conditions, one on each line",
        [DataRequired("Enter the conditions, one on each line")],
        description="Short sentences that stand first on the public page.",
    )
    terms = ProseField(
        "The terms in full", [DataRequired("Enter the terms in full")],
        description="Start a heading with ## and a line of a list with a hyphen.",
    )  # fmt: skip

    def validate_valid_until(self, field: DatePartsField) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError("Last day must be on or after the first day")

    def validate_conditions(self, field: ProseField) -> None:
        if any(len(line) > LINE_CHARACTERS for line in self._conditions()):
            raise ValidationError(f"Each condition must be {LINE_CHARACTERS} characters or fewer")

    def validate_permanent(self, field: BooleanField) -> None:
        shortest = self.fixed_term_from_months
        if not (field.data or self.secondment.data or shortest.data is not None or shortest.process_errors):
            raise ValidationError("Select at least one kind of contract")

    def validate_instalments(self, field: Any) -> None:
        """They come to the amount, each later than the one before."""
        rows = self._instalments()
        if any(row.errors for row in field) or self.amount.data is None:
            return
        if not rows:
            raise ValidationError("Enter at least 1 instalment")
        total = sum(row.pence or 0 for row in rows)
        if total != self.amount.data:
            raise ValidationError(
                f"The instalments come to {pounds(total)}. They must come to the amount, {pounds(self.amount.data)}"
            )
        months = [row.after_months for row in rows]
        if sorted(set(months)) != months:
            raise ValidationError("Each instalment must be later than the one before it")

    def validate_repayment(self, field: Any) -> None:
        """Bands end after they begin, and each begins where the one before it ends."""
        rows = self._repayment()
        if any(row.errors for row in field):
            return
        if any(band.months_to <= band.months_from for band in rows):
            raise ValidationError("A repayment must end after it begins")
        if any(one.months_to != other.months_from for one, other in zip(rows, rows[1:], strict=False)):
            raise ValidationError("Each repayment must begin where the one before it ends")

    def entry(self) -> TermsEntry:
        """Return what a valid form says."""
        first: Any = self.valid_from.data  # a valid form has it
        return TermsEntry(
            amount_pence=self.amount.data,
            valid_from=first,
            valid_until=self.valid_until.data,
            conditions=self._conditions(),
            terms=self.terms.data or "",
            instalments=self._instalments(),
            repayment=self._repayment(),
            eligibility=Rules(
                permanent=self.permanent.data,
                fixed_term_from_months=self.fixed_term_from_months.data,
                secondment=self.secondment.data,
                existing_employees=self.existing_employees.data,
                rejoin_after_months=self.rejoin_after_months.data,
                agency_workers=self.agency_workers.data,
                newly_qualified=self.newly_qualified.data,
                grades=_offered(self.grades),
                teams=_offered(self.teams),
            ),
            pro_rata=self.pro_rata.data == "hours",
            not_with=[Kind(kind) for kind in _offered(self.not_with)],
        )

    def _conditions(self) -> list[str]:
        return [line.strip() for line in (self.conditions.data or "").splitlines() if line.strip()]

    def _instalments(self) -> list[Instalment]:
        rows = [(row.form.amount.data, row.form.after_months.data) for row in self.instalments]
        return [Instalment(pence=pence, after_months=months) for pence, months in rows if None not in (pence, months)]

    def _repayment(self) -> list[Repayment]:
        rows = [(row.form.months_from.data, row.form.months_to.data, row.form.percent.data) for row in self.repayment]
        return [Repayment(months_from=a, months_to=b, percent=c) for a, b, c in rows if None not in (a, b, c)]


def filled_in_terms(version: WelcomeSchemeVersion) -> dict[str, Any]:
    """Return what the form shows for `version`, by the names of its fields."""
    rules = Rules.model_validate(version.eligibility).model_dump() if version.eligibility is not None else {}
    return {
        "version": str(version.version),
        "name": version.scheme.name,
        "amount": version.amount_pence,
        "pro_rata": "hours" if version.pro_rata else "full",
        "valid_from": version.valid_from,
        "valid_until": version.valid_until,
        "conditions": "\n".join(version.conditions),
        "terms": version.terms,
        "instalments": _padded(
            {"amount": part["pence"], "after_months": part["after_months"]} for part in version.instalments
        ),
        "repayment": _padded(version.repayment),
        "not_with": version.not_with,
        **rules,
    }


def _padded(rows: Any) -> list[dict[str, Any]]:
    """Return the rows with empty ones after them: one more at least, as long as there may be one."""
    kept = list(rows)
    return [*kept, *({} for _ in range(max(SHOWN, min(len(kept) + 1, ROWS)) - len(kept)))]


def _offered(field: Any) -> list[str]:
    """Return what was ticked of what was offered."""
    offered = [str(one.value) for one in field.iter_choices()]
    return [value for value in offered if value in (field.data or [])]
