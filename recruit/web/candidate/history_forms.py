"""The forms of the history: one for each kind of entry, so that nobody is asked what does not concern them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from wtforms import BooleanField, Field, StringField, TextAreaField, ValidationError
from wtforms.validators import InputRequired

from recruit.applications.answers import WORK
from recruit.applications.chronology import Month
from recruit.applications.models import Activity, HistoryEntry
from recruit.applications.words import CANDIDATE_ACTIVITY_WORDS
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.rules import limits
from recruit.web.candidate.fields import OptionalLineField, OptionalProseField, WordsAtMost, YesNoField
from recruit.web.candidate.section_form import AnswersForm
from recruit.web.fields import ChoiceField, DateBetween, MonthYearField
from recruit.web.forms import LineField, ProseField


def _this_month() -> date:
    return london_day(clock.now()).replace(day=1)


class HistoryStartForm(AnswersForm):
    columns = ("since",)
    since = MonthYearField(
        "When did you leave secondary education?",
        [
            InputRequired("Enter the month you left secondary education, like 7 2009"),
            DateBetween(latest=_this_month, too_late="The month you left secondary education must be in the past"),
        ],
        thing="The month you left secondary education",
    )


def started_field(label: str, began: str = "it started") -> MonthYearField:
    """Return the question when an entry began, and what is said of the answer in the same words."""
    return MonthYearField(
        label,
        [
            InputRequired(f"Enter the month {began}, like 9 2019"),
            DateBetween(latest=_this_month, too_late=f"The month {began} must be this month or earlier"),
        ],
        thing=f"The month {began}",
    )


class HistoryEntryForm(AnswersForm):
    """What every kind of entry has: months, and whether it goes on.  `columns` begins with what the kind names.

    `began`, `ended` and `goes_on` are the words of its questions, for what is said of the answers.
    """

    columns: ClassVar[tuple[str, ...]] = ("title", "organisation", "country", "started_month")
    began: ClassVar[str] = "it started"
    ended: ClassVar[str] = "it ended"
    goes_on: ClassVar[str] = "it has not ended"
    activity_kept: Activity | None = None
    country: StringField = OptionalLineField("Country, if not the United Kingdom")

    @classmethod
    def of(
        cls, entry: HistoryEntry | None, arguments: Mapping[str, str], known: Mapping[str, Any] | None = None
    ) -> Self:
        """Return the form of `entry`; of a new one with what is `known`, or the months that the address names."""
        if entry is not None:
            return cls(obj=entry, still=entry.ended_month is None)
        if known:
            return cls(data={**known})
        return cls(started_month=_month(arguments.get("from_month")), ended_month=_month(arguments.get("to_month")))

    def validate_ended_month(self, field: Field) -> None:
        """Want a last month of what does not go on, and none that cannot be."""
        start = self["started_month"].data
        if self["still"].data:
            field.errors = []  # a month that was typed before the box was ticked does not matter
        elif field.process_errors:
            return
        elif field.data is None:
            raise ValidationError(f"Enter the month {self.ended}, like 8 2021, or select that {self.goes_on}")
        elif field.data > _this_month():
            raise ValidationError(
                f"The month {self.ended} must be this month or earlier. If {self.goes_on}, select that"
            )
        elif start and field.data < start:
            raise ValidationError(f"The month {self.ended} must be the month {self.began} or later")

    def values(self) -> dict[str, Any]:
        values = super().values()
        values["ended_month"] = None if self["still"].data else self["ended_month"].data
        if self.activity_kept is not None:
            values["activity"] = self.activity_kept
        return values


class WorkForm(HistoryEntryForm):
    columns = (
        "activity",
        "title",
        "organisation",
        "country",
        "started_month",
        "with_children",
        "duties",
        "reason_for_leaving",
    )
    began, ended, goes_on = "you started", "you left", "you still work here"
    activity = ChoiceField(
        "What kind of work is it?",
        [(kind, CANDIDATE_ACTIVITY_WORDS[kind]) for kind in (Activity.PAID, Activity.AGENCY, Activity.VOLUNTARY)],
        missing="Select what kind of work it is",
        kind=Activity,
    )
    title: StringField = LineField("Job title", [InputRequired("Enter your job title")])
    organisation: StringField = LineField("Employer or organisation", [InputRequired("Enter who you worked for")])
    started_month = started_field("When did you start?", began)
    still = BooleanField("I still work here")
    ended_month = MonthYearField("When did you leave?", thing="The month you left")
    with_children = YesNoField(
        "Did you work with children or their families?",
        missing="Select whether you worked with children or their families",
    )
    duties: TextAreaField = OptionalProseField("Your main duties", [WordsAtMost(limits.DUTIES_WORDS)])
    reason_for_leaving: TextAreaField = ProseField(
        "Why did you leave, or why do you want to?",
        [InputRequired("Enter why you left, or why you want to"), WordsAtMost(limits.REASON_WORDS)],
    )


class EducationForm(HistoryEntryForm):
    activity_kept = Activity.EDUCATION
    goes_on = "you are still studying here"
    title: StringField = LineField("Course", [InputRequired("Enter the course, like A levels or BA Social Work")])
    organisation: StringField = LineField("School, college or university", [InputRequired("Enter where you studied")])
    started_month = started_field("When did it start?")
    still = BooleanField("I am still studying here")
    ended_month = MonthYearField("When did it end?", thing="The month it ended")


class OtherForm(HistoryEntryForm):
    columns = ("title", "country", "started_month", "duties")
    activity_kept = Activity.OTHER
    title: StringField = LineField("What were you doing?", [InputRequired("Enter what you were doing")])
    started_month = started_field("When did it start?")
    still = BooleanField("It has not ended")
    ended_month = MonthYearField("When did it end?", thing="The month it ended")
    duties: TextAreaField = OptionalProseField("Anything to add", [WordsAtMost(limits.EXPLANATION_WORDS)])


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of entry: its form, and the words of its page and of the link to it."""

    form: type[HistoryEntryForm]
    title: str
    add: str


FORMS = {
    "work": Kind(WorkForm, "Work", "Add work"),
    "study": Kind(EducationForm, "Study or training", "Add study or training"),
    "other": Kind(OtherForm, "Something else", "Add something else"),
}


def kind_of(entry: HistoryEntry) -> str:
    """Return which of `FORMS` an entry has."""
    if entry.activity in WORK:
        return "work"
    return "study" if entry.activity == Activity.EDUCATION else "other"


def kind_asked(arguments: Mapping[str, str]) -> str:
    """Return which of `FORMS` an address asks for; work unless it names another."""
    kind = arguments.get("kind", "")
    return kind if kind in FORMS else "work"


def _month(text: str | None) -> date | None:
    """Return the first day of a month of an address ("2019-05"), or None for anything else."""
    try:
        month = Month.parse(text or "")
    except ValueError:
        return None
    return date(month.year, month.month, 1)
