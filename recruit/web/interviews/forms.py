"""The forms of the area."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.core.calendar import clock_time, london_moment
from recruit.panels.composition import Member
from recruit.panels.interviewing import Plan
from recruit.rules import limits
from recruit.rules.interviews import KIND_MEANINGS, KIND_WORDS, InterviewKind
from recruit.web.fields import ChoiceField, DatePartsField, choice
from recruit.web.forms import Form, LineField
from recruit.web.row_values import whole_number

WINTER_DAY = date(2020, 1, 6)  # to write times of day with; any would do


def _starts() -> list[Any]:
    first, last = limits.INTERVIEW_HOURS
    times = [time(hour, minute) for hour in range(first, last) for minute in (0, 15, 30, 45)]
    return [choice(f"{one:%H:%M}", clock_time(london_moment(WINTER_DAY, one))) for one in times]


class PeopleField(SelectMultipleField):
    """Several people to tick.  What is no person of the list is refused by the service, in its words."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Leave it to the service."""

    def people(self) -> frozenset[int]:
        """Return the ids that were ticked."""
        return frozenset(whole_number(one) for one in (self.data or [])[: limits.INTERVIEWERS[1] + 1])


class SlotForm(Form):
    """One time: when, how long, where and by whom."""

    version = HiddenField()
    booking = HiddenField()
    day = DatePartsField("Day", [InputRequired("Enter the day")], thing="Day", description="For example, 27 3 2025")
    start = SelectField("Starts at", choices=_starts(), default="09:30")
    minutes = SelectField(
        "Lasts", choices=[choice(str(one), f"{one} minutes") for one in limits.INTERVIEW_LENGTHS], default="60"
    )
    place = LineField("Place (optional)", description="As candidates need it: building, room, whom to ask for.")
    link = LineField("Video link (optional)", description="Starts with https://")
    people = PeopleField("Interviewers")

    def offer(self, members: Sequence[Member]) -> None:
        """Give the choice of the panel."""
        self.people.choices = [choice(str(member.id), member.name) for member in members]

    def plan(self) -> Plan:
        """Return what was planned; the service checks it."""
        hour, minute = (self.start.data or "00:00").split(":")
        return Plan(
            day=self.day.data,  # type: ignore[arg-type]  # required
            start=time(int(hour), int(minute)),
            minutes=whole_number(self.minutes.data),
            place=self.place.data or "",
            link=self.link.data or "",
            interviewer_ids=self.people.people(),
        )


class SlotsForm(SlotForm):
    """Several times of one kind, one after the other."""

    kind = ChoiceField(
        "What for?",
        [(kind, KIND_WORDS[kind]) for kind in InterviewKind],
        missing="Select what the interviews are for",
        kind=InterviewKind,
        default=InterviewKind.COMPETENCY.value,
    )
    number = SelectField(
        "How many, one after the other",
        choices=[choice(str(one), str(one)) for one in range(1, limits.INTERVIEW_SLOTS_AT_ONCE + 1)],
        default="1",
    )
    pause = SelectField(
        "Break between two",
        choices=[choice(str(one), f"{one} minutes" if one else "No break") for one in limits.INTERVIEW_BREAKS],
        default="15",
    )


class CancelForm(Form):
    """Take a time off as it was seen."""

    version = HiddenField()
    booking = HiddenField()


HINTS = {kind.value: words for kind, words in KIND_MEANINGS.items()}
