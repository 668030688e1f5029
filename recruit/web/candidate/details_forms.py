"""The forms of the details before a start, a page each."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, ClassVar, Self

from wtforms import BooleanField, Field, StringField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Optional

from recruit.applications.chronology import Month
from recruit.applications.postcode import WRONG_POSTCODE, is_abroad, normalise_postcode
from recruit.appointments import employment_numbers as numbers
from recruit.appointments.employment_completeness import birth_problem
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.rules.employment import PROOF_WORDS, WorkProof
from recruit.web.candidate.fields import NO, OptionalLineField, YesNoField, finished_field, this_month
from recruit.web.candidate.section_form import AnswersForm
from recruit.web.fields import ChoiceField, DateBetween, DatePartsField, MonthYearField
from recruit.web.forms import LineField

TYPED = 40  # characters of a number, with any spacing


class Shape:
    """Refuse what cannot be such a number; nothing typed is no fault here."""

    def __init__(self, read: Callable[[str], str | None], message: str) -> None:
        self.read, self.message = read, message

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data and self.read(field.data) is None:
            raise ValidationError(self.message)


class Born:
    """Refuse a date that nobody who starts work can be born on."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        if field.data and (wrong := birth_problem(field.data, london_day(clock.now()))):
            raise ValidationError(wrong)


class UnfoldingForm(AnswersForm):
    """A form in which one answer makes others needless: what stands there, hidden, is no fault and is not kept."""

    def needless(self) -> tuple[str, ...]:
        """Return the fields that the answers given make needless."""
        return ()

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for name in self.needless():
            self[name].data, self[name].errors = None, []
        return not self.errors


class IdentityForm(AnswersForm):
    columns = ("born_on", "ni_number", "has_no_ni", "other_names")
    born_on = DatePartsField("Date of birth", [Optional(), Born()], thing="Your date of birth")
    other_names: StringField = OptionalLineField("Other names you have ever used")
    ni_number: StringField = LineField(
        "National Insurance number", [Shape(numbers.ni_number, numbers.WRONG_NI)], most=TYPED
    )
    has_no_ni = BooleanField("I do not have one yet")
    finished = finished_field()

    def validate_ni_number(self, field: StringField) -> None:
        """Refuse a number beside the tick that there is none: to keep one of them would drop the other unasked."""
        if self.has_no_ni.data and field.data:
            raise ValidationError("Clear the number, or clear “I do not have one yet”")


class DbsForm(UnfoldingForm):
    columns = ("on_update_service", "certificate_number", "certificate_name", "issued_on", "may_check")
    on_update_service = YesNoField(
        "Are you on the DBS Update Service?",
        missing="Select whether you are on the DBS Update Service",
        needed=False,
    )
    certificate_number: StringField = LineField(
        "Certificate number", [Shape(numbers.certificate_number, numbers.WRONG_CERTIFICATE)], most=TYPED
    )
    certificate_name: StringField = LineField("Name on the certificate")
    issued_on = DatePartsField(
        "Date on the certificate",
        [
            Optional(),
            DateBetween(
                latest=lambda: london_day(clock.now()), too_late="The date on the certificate must be in the past"
            ),
        ],
        thing="The date on the certificate",
    )
    may_check = YesNoField(
        "May we check its status online?", missing="Select whether we may check its status", needed=False
    )
    finished = finished_field()

    def needless(self) -> tuple[str, ...]:
        return self.columns[1:] if self.on_update_service.data == NO else ()


class RightToWorkForm(UnfoldingForm):
    columns = ("proof", "share_code")
    proof = ChoiceField(
        "How will you show it?",
        PROOF_WORDS.items(),
        missing="Select how you will show your right to work",
        needed=False,
        kind=WorkProof,
    )
    share_code: StringField = LineField("Share code", [Shape(numbers.share_code, numbers.WRONG_SHARE_CODE)], most=TYPED)
    finished = finished_field()

    def needless(self) -> tuple[str, ...]:
        return () if self.proof.data in (None, WorkProof.SHARE_CODE) else ("share_code",)


class HealthForm(AnswersForm):
    columns = ("wants_contact",)
    wants_contact = YesNoField(
        "Should occupational health contact you before you start?",
        missing="Select whether occupational health should contact you",
        needed=False,
    )
    finished = finished_field()


class BankForm(AnswersForm):
    """The boxes are empty whenever the page is opened: nothing that was saved is shown again."""

    columns = ("account_name", "sort_code", "account_number", "roll_number")
    account_name: StringField = LineField("Name on the account", most=80)
    sort_code: StringField = LineField("Sort code", [Shape(numbers.sort_code, numbers.WRONG_SORT_CODE)], most=TYPED)
    account_number: StringField = LineField(
        "Account number", [Shape(numbers.account_number, numbers.WRONG_ACCOUNT)], most=TYPED
    )
    roll_number: StringField = OptionalLineField(
        "Building society roll number", validators=[Shape(numbers.roll_number, numbers.WRONG_ROLL)], most=TYPED
    )
    finished = finished_field()


class AddressesForm(AnswersForm):
    """Whether the list of addresses is finished."""

    finished = finished_field()


class StaysForm(AnswersForm):
    columns = ("has_stayed",)
    has_stayed = YesNoField(
        "Have you lived or worked outside the UK?",
        missing="Select whether you have lived or worked outside the UK",
        needed=False,
    )
    finished = finished_field()


class MonthsForm(AnswersForm):
    """From one month to another, or until now.  `began` and `ended` are the words of its questions."""

    began: ClassVar[str] = "it began"
    ended: ClassVar[str] = "it ended"
    from_month = MonthYearField(
        "From",
        [
            InputRequired("Enter the first month, like 9 2019"),
            DateBetween(latest=this_month, too_late="The first month must be this month or earlier"),
        ],
        thing="The first month",
    )
    to_month = MonthYearField("To", [], thing="The last month")

    def validate_to_month(self, field: Field) -> None:
        """Want a last month of what does not go on, and none that cannot be."""
        start = self["from_month"].data
        if self["still"].data:
            field.errors = []  # a month that was typed before the box was ticked does not matter
        elif field.process_errors:
            return
        elif field.data is None:
            raise ValidationError(f"Enter the last month, like 8 2021, or select “{self['still'].label.text}”")
        elif field.data > this_month():
            raise ValidationError("The last month must be this month or earlier")
        elif start and field.data < start:
            raise ValidationError("The last month must be the first month or later")

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["to_month"] = None if self["still"].data else self["to_month"].data
        return values

    @classmethod
    def of(cls, entry: Mapping[str, Any] | None, arguments: Mapping[str, str]) -> Self:
        """Return the form of an entry; of a new one with the months that the address names."""
        if entry is not None:
            return cls(data=dict(entry), still=entry.get("to_month") is None)
        return cls(from_month=_month(arguments.get("from_month")), to_month=_month(arguments.get("to_month")))


class AddressForm(MonthsForm):
    columns = ("address_line_1", "address_line_2", "town", "postcode", "country", "from_month")
    address_line_1: StringField = LineField("Address line 1", [DataRequired("Enter the first line of the address")])
    address_line_2: StringField = OptionalLineField("Address line 2")
    town: StringField = LineField("Town or city", [DataRequired("Enter the town or city")])
    postcode: StringField = LineField("Postcode", most=20)
    country: StringField = OptionalLineField("Country, if not the United Kingdom")
    still = BooleanField("I live here now")

    def validate_postcode(self, field: Field) -> None:
        """Want a postcode of an address at home, as it is written."""
        if is_abroad(self["country"].data or ""):
            return
        known = normalise_postcode(field.data or "")
        if known is None:
            raise ValidationError(WRONG_POSTCODE)
        field.data = known


class StayForm(MonthsForm):
    columns = ("country", "from_month")
    country: StringField = LineField("Country", [DataRequired("Enter the country")])
    still = BooleanField("I live or work there now")


def _month(text: str | None) -> date | None:
    """Return the first day of a month that an address names; None for what is none."""
    try:
        return Month.parse(text or "").first_day
    except ValueError:
        return None
