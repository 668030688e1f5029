"""Registering interest without an application: five minutes, kept for a year, and the start of an application later."""

from typing import Any

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, Field, SelectMultipleField, StringField, ValidationError
from wtforms.validators import Optional

from recruit.applications.completeness_registration import WHICH
from recruit.applications.models import Registration
from recruit.applications.registration import WRONG_NUMBER, normalise_registration_number
from recruit.applications.words import REGISTRATION_ANSWERS
from recruit.core import clock
from recruit.core.calendar import long_date
from recruit.core.transaction import transaction
from recruit.interest import service
from recruit.interest.consent import consent_words
from recruit.interest.queries import own_interest
from recruit.interest.reading import NOT_A_SOCIAL_WORKER, interest_lines
from recruit.web import guard
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.fields import OptionalLineField, YesNoField
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.fields import ChoiceField, DatePartsField, choice
from recruit.web.finding import finder
from recruit.web.forms import Form

SITUATIONS = {**REGISTRATION_ANSWERS, Registration.NOT_REQUIRED: f"I am {NOT_A_SOCIAL_WORKER}"}


class InterestForm(AnswersForm):
    columns = (
        "state",
        "number",
        "expected_on",
        "right_to_work",
        "needs_sponsorship",
        "teams",
        "grades",
        "hours_wanted",
    )
    state = ChoiceField(
        "How do you stand with Social Work England?", SITUATIONS.items(), missing=WHICH, kind=Registration
    )
    number: StringField = OptionalLineField("Registration number", most=40)
    expected_on = DatePartsField(
        "When do you expect to be registered? (optional)", [Optional()], thing="The date you expect to be registered"
    )
    right_to_work = YesNoField(
        "Do you have the right to work in the UK?", missing="Select whether you have the right to work in the UK"
    )
    needs_sponsorship = YesNoField(
        "Do you need a sponsor for a visa, now or later?", missing="Select whether you need a sponsor for a visa"
    )
    teams = SelectMultipleField("Which teams would you like? (optional)", validate_choice=False)
    grades = SelectMultipleField("Which grades? (optional)", validate_choice=False)
    hours_wanted: StringField = OptionalLineField("Hours or working pattern you would like")
    consent = BooleanField("")

    def __init__(self, *args: Any, agreed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent.label.text = agreed
        index = finder().index(clock.now())
        self.teams.choices = [choice(team.slug, team.name) for team in index.teams]
        self.grades.choices = [choice(grade.code, grade.title) for grade in index.grades]

    def validate_number(self, field: Field) -> None:
        """Refuse what cannot be a number of the register; it may be left empty."""
        if field.data and normalise_registration_number(field.data) is None:
            raise ValidationError(WRONG_NUMBER)

    def validate_consent(self, field: Field) -> None:
        """Keep nothing without a yes."""
        if not field.data:
            raise ValidationError("Tick the box if you agree, or we cannot keep your answers")

    def values(self) -> dict[str, Any]:
        """Return the answers; a team or grade that is not offered is left out."""
        values = super().values()
        for name in ("teams", "grades"):
            offered = [one.value for one in self[name].choices]
            values[name] = [value for value in offered if value in (self[name].data or [])]
        return values


class EndForm(Form):
    """Nothing but the token."""


@blueprint.get("/interest")
def show_interest() -> ResponseReturnValue:
    """What is registered, until when; for everybody else what it is and what it takes."""
    now = clock.now()
    interest = own_interest(g.actor, now=now) if g.actor.is_signed_in else None
    return render_template(
        "candidate/show_interest.html",
        interest=interest,
        lines=interest_lines(interest, _names()) if interest else [],
        until=long_date(interest.expires_at) if interest else "",
        here=url_for(".edit_interest"),
    )


@blueprint.route("/interest/answers", methods=["GET", "POST"])
def edit_interest() -> ResponseReturnValue:
    now, settings = clock.now(), current_app.config["SETTINGS"]
    agreed = consent_words(settings.organisation)
    interest = own_interest(g.actor, now=now)
    form = InterestForm(obj=interest, agreed=agreed)
    if not form.is_submitted():
        form.consent.data = False  # a yes is given each time, to these words
    outcome = attempt(
        form,
        lambda entered: _save(entered, agreed),
        lambda: own_interest(g.actor, now=now),
        in_parts=False,
    )
    if outcome.is_done:
        flash("Your interest is registered. You can end it at any time.")
        return redirect(url_for(".show_interest"))
    page = render_template(
        "candidate/edit_interest.html",
        form=form,
        outcome=outcome,
        is_new=interest is None,
        account=guard.account(),
        back_href=url_for(".show_interest"),
    )
    return page, outcome.status


def _save(entered: Any, agreed: str) -> None:
    secret = str(current_app.config["SECRET_KEY"])
    service.save_interest(g.actor, guard.account(), entered, agreed, secret=secret, now=clock.now())


@blueprint.route("/interest/end", methods=["GET", "POST"])
def end_interest() -> ResponseReturnValue:
    interest = own_interest(g.actor, now=clock.now())
    form = EndForm()
    if interest is None:
        return redirect(url_for(".show_interest"))
    if form.validate_on_submit():
        with transaction():
            service.end_interest(interest)
        flash("Your interest has ended, and we have deleted what you told us.")
        return redirect(url_for(".show_interest"))
    return render_template("candidate/end_interest.html", form=form, back_href=url_for(".show_interest"))


def _names() -> dict[str, str]:
    index = finder().index(clock.now())
    return {**{team.slug: team.name for team in index.teams}, **{grade.code: grade.title for grade in index.grades}}
