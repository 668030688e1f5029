"""The section "Qualifications"."""

from typing import Any

from flask import g, redirect
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, StringField, ValidationError
from wtforms.validators import InputRequired

from recruit.applications import queries, sections_lists
from recruit.applications.experience import experience_of
from recruit.applications.models import Qualification, Section
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.fields import NO, OptionalLineField
from recruit.web.candidate.finishing import attempt_finish, read_list
from recruit.web.candidate.places import link, onward, own_draft, section_page
from recruit.web.candidate.removing import remove
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.forms import LineField

EARLIEST = 1940  # year; the column's CHECK
YEARS_AHEAD = 6  # years until a course under way ends


class QualificationForm(AnswersForm):
    columns = ("award", "institution", "country", "year", "is_social_work")
    award: StringField = LineField("Qualification", [InputRequired("Enter the qualification, like BA Social Work")])
    institution: StringField = LineField(
        "School, college or university", [InputRequired("Enter where you studied for it")]
    )
    country: StringField = OptionalLineField("Country, if not the United Kingdom")
    year: StringField = LineField("Year you got it, or expect to", [InputRequired("Enter a year, like 2019")], most=40)
    is_social_work = BooleanField("This is a social work qualification")

    def validate_year(self, field: StringField) -> None:
        """Refuse what is no year, or far from now."""
        latest = london_day(clock.now()).year + YEARS_AHEAD
        typed = field.data or ""
        if not (typed.isascii() and typed.isdigit() and len(typed) == 4):
            raise ValidationError("Year must be 4 numbers, like 2019")
        if not EARLIEST <= int(typed) <= latest:
            raise ValidationError(f"Year must be between {EARLIEST} and {latest}")

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"year": int(values["year"])} if "year" in values else values


@blueprint.route("/applications/<reference>/qualifications", methods=["GET", "POST"])
def list_qualifications(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    form, answers, problems = read_list(application, Section.QUALIFICATIONS)
    outcome = attempt_finish(form, application, Section.QUALIFICATIONS)
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page(
        "candidate/list_qualifications.html",
        outcome,
        application,
        form=form,
        answers=answers,
        problems=problems,
        experience=experience_of(answers, london_day(clock.now())),
    )


@blueprint.route("/applications/<reference>/qualifications/add", defaults={"entry_id": None}, methods=["GET", "POST"])
@blueprint.route("/applications/<reference>/qualifications/<int:entry_id>", methods=["GET", "POST"])
def edit_qualification(reference: str, entry_id: int | None) -> ResponseReturnValue:
    application = own_draft(reference)
    entry = queries.entry_of(application, Qualification, entry_id) if entry_id is not None else None
    form = QualificationForm(obj=entry)
    outcome = attempt(
        form,
        lambda entered: sections_lists.save_entry(
            g.actor, application, Qualification, entry_id, entered, now=clock.now()
        ),
        lambda: queries.entry_of(application, Qualification, entry_id) if entry_id is not None else None,
        in_parts=False,
    )
    back = link("candidate.list_qualifications", application)
    if outcome.is_done:
        return redirect(back)
    return section_page(
        "candidate/edit_qualification.html",
        outcome,
        application,
        form=form,
        entry=entry,
        back_href=back,
    )


@blueprint.route("/applications/<reference>/qualifications/<int:entry_id>/remove", methods=["GET", "POST"])
def remove_qualification(reference: str, entry_id: int) -> ResponseReturnValue:
    return remove(reference, entry_id, Qualification, "candidate/remove_qualification.html")
