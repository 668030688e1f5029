"""The section "Referees"."""

from datetime import date
from typing import Any

from flask import g, redirect
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Field, StringField, ValidationError
from wtforms.validators import InputRequired

from recruit.applications import agency_path, queries, sections_lists
from recruit.applications.models import Referee, Section
from recruit.applications.referees import Relationship
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.rules import limits
from recruit.web.candidate.agency import manager_here
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.fields import NO, EmailShape, OptionalLineField, YesNoField
from recruit.web.candidate.finishing import attempt_finish, read_list
from recruit.web.candidate.places import link, onward, own_draft, section_page
from recruit.web.candidate.removing import remove
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.fields import ChoiceField, DateBetween, MonthYearField, PhoneShape
from recruit.web.forms import LineField


def _this_month() -> date:
    return london_day(clock.now()).replace(day=1)


class RefereeForm(AnswersForm):
    columns = (
        "name",
        "job_title",
        "organisation",
        "relationship_",
        "email",
        "phone",
        "known_from",
        "is_most_recent_employer",
        "from_work_with_children",
        "contact_before_interview",
    )
    name: StringField = LineField("Full name", [InputRequired("Enter your referee’s full name")])
    job_title: StringField = LineField("Job title", [InputRequired("Enter your referee’s job title")])
    organisation: StringField = LineField("Organisation", [InputRequired("Enter your referee’s organisation")])
    relationship_ = ChoiceField(
        "How do they know you?",
        [(kind, kind.label) for kind in Relationship if kind is not Relationship.PERSONAL],
        missing="Select how they know you",
        kind=Relationship,
    )
    email: StringField = LineField(
        "Work email address",
        [InputRequired("Enter your referee’s email address"), EmailShape()],
        most=limits.EMAIL_CHARACTERS,
    )
    phone: StringField = OptionalLineField("Phone number", validators=[PhoneShape()], most=40)
    known_from = MonthYearField(
        "Since when have they known your work?",
        [
            InputRequired("Enter the month they began to know your work, like 9 2019"),
            DateBetween(latest=_this_month, too_late="The month they began to know your work must be in the past"),
        ],
        thing="The month they began to know your work",
    )
    still = BooleanField("They still do")
    known_until = MonthYearField("Until when?", thing="The last month")
    is_most_recent_employer = BooleanField("They are from my current or most recent employer")
    from_work_with_children = BooleanField("They know my work with children or families")
    contact_before_interview = YesNoField(
        "May we contact them before your interview?",
        missing="Select whether we may contact them before your interview",
    )

    def validate_known_until(self, field: Field) -> None:
        """Want a last month from those who no longer know it, and none that cannot be."""
        start = self["known_from"].data
        if self["still"].data:
            field.errors = []  # a month that was typed before the box was ticked does not matter
        elif field.process_errors:
            return
        elif field.data is None:
            raise ValidationError("Enter the last month they knew your work, like 8 2021, or select that they still do")
        elif field.data > _this_month():
            raise ValidationError("The last month must be this month or earlier. If they still do, select that")
        elif start and field.data < start:
            raise ValidationError("The last month must be the first month or later")

    def values(self) -> dict[str, Any]:
        return super().values() | {"known_until": None if self["still"].data else self["known_until"].data}


@blueprint.route("/applications/<reference>/referees", methods=["GET", "POST"])
def list_referees(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    form, answers, problems = read_list(application, Section.REFEREES)
    outcome = attempt_finish(form, application, Section.REFEREES)
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page(
        "candidate/list_referees.html",
        outcome,
        application,
        form=form,
        answers=answers,
        problems=problems,
        is_here=agency_path.lacks_manager(answers),
    )


@blueprint.route("/applications/<reference>/referees/add", defaults={"entry_id": None}, methods=["GET", "POST"])
@blueprint.route("/applications/<reference>/referees/<int:entry_id>", methods=["GET", "POST"])
def edit_referee(reference: str, entry_id: int | None) -> ResponseReturnValue:
    application = own_draft(reference)
    entry = queries.entry_of(application, Referee, entry_id) if entry_id is not None else None
    form = (
        RefereeForm(data=manager_here(application))
        if entry is None
        else RefereeForm(obj=entry, still=entry.known_until is None)
    )
    outcome = attempt(
        form,
        lambda entered: sections_lists.save_entry(g.actor, application, Referee, entry_id, entered, now=clock.now()),
        lambda: queries.entry_of(application, Referee, entry_id) if entry_id is not None else None,
        in_parts=False,
    )
    back = link("candidate.list_referees", application)
    if outcome.is_done:
        return redirect(back)
    return section_page("candidate/edit_referee.html", outcome, application, form=form, entry=entry, back_href=back)


@blueprint.route("/applications/<reference>/referees/<int:entry_id>/remove", methods=["GET", "POST"])
def remove_referee(reference: str, entry_id: int) -> ResponseReturnValue:
    return remove(reference, entry_id, Referee, "candidate/remove_referee.html")
