"""The forms of a vacancy's parts.  A field has the name of what it fills in."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField, ValidationError
from wtforms.validators import AnyOf, DataRequired, Email, Optional
from wtforms.widgets import Select

from recruit.core import calendar
from recruit.core.calendar import LAST_MINUTE, LONDON, london_day, shown_closing
from recruit.core.targets import targets
from recruit.core.text import clean_prose
from recruit.rules import limits
from recruit.vacancies.models import Vacancy
from recruit.web.fields import ChoiceField, DatePartsField, PhoneShape, choice
from recruit.web.forms import LineField, ProseField, VersionedForm
from recruit.web.number_fields import WholeNumberField
from recruit.web.recruiter.fields import TimeField, posts_field, row_id
from recruit.web.recruiter.hours_fields import HoursForm

SUMMARY_CHARACTERS = 300  # the column's width
PHONE_CHARACTERS = 40  # the column's width
CASELOAD = (1, 200)  # cases; beyond this a figure is a slip

NOT_EMAIL = "Enter an email address in the correct format, like name@example.com"

OPENINGS = [choice("now", "As soon as it is approved"), choice("later", "On a later day")]


class PartForm(VersionedForm):
    """The form of one part.  `settle` takes away what publication has settled."""

    SETTLED: Sequence[str] = ()

    def settle(self) -> None:
        """Leave only what may change at once after publication."""
        for name in self.SETTLED:
            delattr(self, name)

    def values(self) -> dict[str, Any]:
        """Return what a valid form holds, by the names of `Wording` and `Terms`."""
        return {name: self._value(name) for name in self._fields if name not in ("csrf_token", "version")}

    def _value(self, name: str) -> Any:
        field = self[name]
        if isinstance(field, ChoiceField):
            return field.kept
        return (field.data or "") if isinstance(field, (LineField, ProseField)) else field.data

    def typed(self, sent: MultiDict[str, str]) -> dict[str, list[str]]:
        """Return what was sent for its fields as it was typed, cleaned of what no database keeps."""
        names = {name for name in self._fields if name not in ("csrf_token", "version")}
        return {
            key: [clean_prose(text[: limits.PROSE_CHARACTERS]) for text in sent.getlist(key)[:1]]
            for key in sent
            if key.partition("-")[0] in names
        }

    @classmethod
    def shown(cls, vacancy: Vacancy) -> dict[str, Any]:
        """Return what the form shows for `vacancy`, by the names of its fields."""
        return {"version": str(vacancy.version)}


class PostForm(PartForm):
    """The post and its team, and who can apply."""

    SETTLED = ("team_id", "grade_id", "posts", "newly_qualified", "registration_required", "driving_required")

    title = LineField("Title", [DataRequired("Enter the title")], description="Like “Social worker, assessment team”.")
    team_id = ChoiceField("Team", missing="Select a team", kind=row_id, widget=Select())
    grade_id = ChoiceField("Grade", missing="Select a grade", kind=row_id, widget=Select())
    posts = posts_field()
    workplace = LineField("Workplace", description="Where the post is based, like “Civic Centre, Middlesbrough”.")
    hybrid = LineField(
        "Working from home", description="Like “2 days a week in the office”. Leave empty if it is not possible."
    )
    newly_qualified = BooleanField("Newly qualified social workers can apply")
    registration_required = BooleanField("Registration with Social Work England is needed")
    driving_required = BooleanField(
        "Driving licence and use of a car needed",
        description="Candidates are asked about both, or for the adjustment they need. No answer refuses anybody.",
    )

    @classmethod
    def shown(cls, vacancy: Vacancy) -> dict[str, Any]:
        who = ("newly_qualified", "registration_required", "driving_required")
        names = ("title", "posts", "workplace", "hybrid", *who)
        chosen = {"team_id": str(vacancy.team_id), "grade_id": str(vacancy.grade_id)}
        return super().shown(vacancy) | {name: getattr(vacancy, name) for name in names} | chosen


class PayForm(HoursForm, PartForm):
    """Pay, hours, the contract and the welcome payment: all of it settled by approval."""

    pay_table_id = ChoiceField(
        "Pay table",
        missing="Select a pay table",
        needed=False,
        kind=row_id,
        widget=Select(),
        description="Choose an older one only if the post is to be advertised at its rates.",
    )
    has_welcome_payment = BooleanField("This vacancy comes with the welcome payment")

    def values(self) -> dict[str, Any]:
        return super().values() | self.hours()

    @classmethod
    def shown(cls, vacancy: Vacancy) -> dict[str, Any]:
        names = ("full_time", "part_time", "job_share", "weekly_hours", "paid_weeks", "fixed_term_months")
        return (
            super().shown(vacancy)
            | {name: getattr(vacancy, name) for name in names}
            | {
                "pay_table_id": str(vacancy.pay_table_id or ""),
                "contract": vacancy.contract.value,
                "has_welcome_payment": vacancy.welcome_id is not None,
            }
        )


class WorkForm(PartForm):
    """What the work is, and the promise about caseload and supervision."""

    summary = LineField(
        "Summary", most=SUMMARY_CHARACTERS, description="One or two sentences that stand first on the vacancy’s page."
    )
    description = ProseField(
        "Description",
        description="The role, the team, the support. Start a heading with ## and a line of a list with a hyphen.",
    )
    caseload_typical = WholeNumberField("Typical caseload", thing="Typical caseload", bounds=CASELOAD)
    caseload_maximum = WholeNumberField("Most cases", thing="Most cases", bounds=CASELOAD)
    caseload_of = LineField("What a caseload counts", description="Like “children” or “fostering households”.")
    supervision = LineField("Supervision", description="Like “every 4 weeks, for at least 90 minutes”.")
    promise_source = LineField("Where the figures come from", description="Like “team performance report”.")
    promise_as_of = DatePartsField("Date of the figures", [Optional()], thing="Date of the figures")

    def validate_caseload_maximum(self, field: WholeNumberField) -> None:
        typical = self.caseload_typical.data
        if field.data is not None and typical is not None and field.data < typical:
            raise ValidationError("Most cases must be the same as or more than the typical caseload")

    def values(self) -> dict[str, Any]:
        return super().values() | {"caseload_of": self.caseload_of.data or "children"}

    @classmethod
    def shown(cls, vacancy: Vacancy) -> dict[str, Any]:
        names = (
            "summary", "description", "caseload_typical", "caseload_maximum", "caseload_of", "supervision",
            "promise_source", "promise_as_of",
        )  # fmt: skip
        return super().shown(vacancy) | {name: getattr(vacancy, name) for name in names}


class DatesForm(PartForm):
    """When it opens and closes, interviews, and whom to talk to."""

    SETTLED = ("opening", "opens_on", "closes_on", "closing_time", "is_rolling")

    opening = RadioField(
        "When it opens",
        choices=OPENINGS,
        default="now",
        validate_choice=False,
        validators=[AnyOf(["now", "later"], "Select when it opens")],
    )
    opens_on = DatePartsField("Opening date", thing="Opening date")
    closes_on = DatePartsField("Closing date", [Optional()], thing="Closing date")
    closing_time = TimeField(
        "Closing time", description="Leave empty for 11:59pm, so that people have the whole of the last day."
    )
    is_rolling = BooleanField("Read applications as they arrive")
    interview_on = DatePartsField("Interview date", [Optional()], thing="Interview date")
    contact_role = LineField("Who candidates can talk to", description="A role, like “Team manager, assessment”.")
    contact_times = LineField("When", description="Like “weekdays from 4pm to 5:30pm”.")
    contact_email = LineField("Email address", [Optional(), Email(NOT_EMAIL)], most=limits.EMAIL_CHARACTERS)
    contact_phone = LineField("Phone number", [PhoneShape()], most=PHONE_CHARACTERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = targets().shortlist
        self.is_rolling.description = f"The panel starts at once; candidates hear within {days} working days."

    def validate_opens_on(self, field: DatePartsField) -> None:
        if self.opening.data == "later" and field.data is None and not field.errors:
            raise ValidationError("Enter the opening date")

    def validate_closes_on(self, field: DatePartsField) -> None:
        if field.data is None or field.errors or self.opens_on.errors or self.closing_time.process_errors:
            return
        try:
            opens_at, closes_at = self.opens_at(), self.closes_at()
        except ValueError:
            return  # the closing time says what is wrong with it
        if opens_at and closes_at and closes_at <= opens_at:
            raise ValidationError("Closing date must be after the opening date")

    def validate_interview_on(self, field: DatePartsField) -> None:
        closes_on = self.closes_on.data if "closes_on" in self else None
        if field.data and closes_on and field.data <= closes_on:
            raise ValidationError("Interview date must be after the closing date")

    def validate_closing_time(self, field: TimeField) -> None:
        if field.data is not None and self.closes_on.data is None and not self.closes_on.errors:
            raise ValidationError("Enter the closing date beside the closing time")
        if field.data == time(0):
            raise ValidationError("Closing time cannot be midnight, which people take for the wrong day. Use 11:59pm")
        try:
            self.closes_at()
        except ValueError:
            raise ValidationError("Clocks go forward over that time: choose another") from None

    def opens_at(self) -> datetime | None:
        """Return the opening moment, None for at once."""
        if self.opening.data != "later" or self.opens_on.data is None:
            return None
        return calendar.london_moment(self.opens_on.data, time(0))

    def closes_at(self) -> datetime | None:
        """Return the closing moment, None while there is no date.

        Raises:
            ValueError: clocks go forward over that time.
        """
        if self.closes_on.data is None:
            return None
        return calendar.closing_moment(self.closes_on.data, self.closing_time.data or calendar.LAST_MINUTE)

    def values(self) -> dict[str, Any]:
        found = {name: value for name, value in super().values().items() if name not in self.SETTLED}
        if "opening" in self:
            found |= {"opens_at": self.opens_at(), "closes_at": self.closes_at(), "is_rolling": self.is_rolling.data}
        return found

    @classmethod
    def shown(cls, vacancy: Vacancy) -> dict[str, Any]:
        names = ("is_rolling", "interview_on", "contact_role", "contact_times", "contact_email", "contact_phone")
        found = super().shown(vacancy) | {name: getattr(vacancy, name) for name in names}
        found |= {
            "opening": "later" if vacancy.opens_at else "now",
            "opens_on": london_day(vacancy.opens_at) if vacancy.opens_at else None,
        }
        if vacancy.closes_at:
            closing = shown_closing(vacancy.closes_at).astimezone(LONDON)
            at = closing.time()
            found |= {"closes_on": closing.date(), "closing_time": None if at == LAST_MINUTE else at}
        return found
