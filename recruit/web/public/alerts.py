"""Asking for an email alert, and confirming it."""

from typing import Any

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, ValidationError
from wtforms.validators import InputRequired

from recruit.accounts import attempts
from recruit.accounts.addresses import email_address, email_key
from recruit.accounts.attempts import Asker, Purpose, Verdict
from recruit.alerts import links, service
from recruit.alerts.consent import consent_words
from recruit.alerts.digests import OFTEN
from recruit.alerts.models import Frequency, LinkPurpose
from recruit.alerts.searches import NOT_ASKED, names, query_of_alert, query_string, search_words
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.vacancies.finder_query import Query
from recruit.web import guard
from recruit.web.fields import ChoiceField
from recruit.web.finding import finder
from recruit.web.forms import Form, LineField
from recruit.web.public.blueprint import blueprint
from recruit.web.public.search_address import read_address

EMAIL_FORMAT = "Enter an email address in the correct format, like name@example.com"
ENDED = "The link was never one of ours, its time is over, or the alert has ended."


class AlertForm(Form):
    """Where to write, how often, and the consent."""

    email = LineField("Your email address", [InputRequired("Enter your email address")], most=limits.EMAIL_CHARACTERS)
    frequency = ChoiceField(
        "How often should we write?",
        [(frequency.value, words) for frequency, words in OFTEN.items()],
        missing="Choose how often we should write",
        kind=Frequency,
    )
    consent = BooleanField("")

    def __init__(self, *args: Any, agreed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent.label.text = agreed

    def validate_email(self, field: Any) -> None:
        """Refuse what mail cannot be sent to."""
        if email_address(field.data or "") is None:
            raise ValidationError(EMAIL_FORMAT)

    def validate_consent(self, field: Any) -> None:
        """Keep no address without a yes."""
        if not field.data:
            raise ValidationError("Tick the box if you agree, or we cannot write to you")


class ConfirmForm(Form):
    """Nothing but the token."""


@blueprint.route("/alerts/new", methods=["GET", "POST"])
def create_alert() -> ResponseReturnValue:
    """Ask where to write.  The answer does not say whether the address has alerts."""
    query, notes = _asked()
    agreed = consent_words(current_app.config["SETTINGS"].organisation)
    form = AlertForm(agreed=agreed, email=_own_address())
    if form.validate_on_submit():
        email, now = form.email.data or "", clock.now()
        asker = Asker(request.remote_addr or "", current_app.config["SECRET_KEY"])
        with transaction():
            verdict = attempts.begin(asker, Purpose.ALERT, email_key(email), now=now).verdict
            if verdict is Verdict.ALLOWED:
                service.ask_for_alert(email, query, form.frequency.kept, agreed, now=now)
        if verdict is Verdict.ADDRESS_LIMIT:
            abort(429)
        return redirect(url_for(".show_alert_asked"))
    jobs = query_string(query)
    return render_template(
        "public/create_alert.html",
        form=form,
        search=search_words(query, names()),
        notes=notes,
        action=f"/alerts/new{jobs}",
        back_href=f"/jobs{jobs}",
        canonical="",
    )


@blueprint.get("/alerts/check-email")
def show_alert_asked() -> ResponseReturnValue:
    """What to do now: the same words whatever was sent."""
    return render_template("public/show_alert_asked.html", canonical="")


@blueprint.route("/alerts/confirm/<token>", methods=["GET", "POST"])
def confirm_alert(token: str) -> ResponseReturnValue:
    """Where the first mail's link leads.  Opening it changes nothing: scanners do.  The button begins the alert."""
    now, form = clock.now(), ConfirmForm()
    alert = links.alert_of_link(token, LinkPurpose.CONFIRM, now=now)
    if alert is None:
        return link_ended()
    if form.validate_on_submit():
        with transaction():
            page = service.confirm_alert(alert, now=clock.now())
        flash("Your email alert is on")
        return redirect(url_for(".show_alert", token=page))
    return render_template(
        "public/confirm_alert.html",
        form=form,
        search=search_words(query_of_alert(alert), names()),
        alert=alert,
        often=OFTEN[alert.frequency],
        canonical="",
    )


def link_ended() -> ResponseReturnValue:
    """Answer somebody whose link does not work."""
    return render_template(
        "errors/refused.html",
        title="This link no longer works",
        message=ENDED,
        what_next="",
        status=410,
        canonical="",
    ), 410


def _asked() -> tuple[Query, tuple[str, ...]]:
    index = finder().index(clock.now())
    asked = read_address(request.args, [grade.code for grade in index.grades], [team.slug for team in index.teams])
    chosen = {facet: values for facet, values in asked.query.chosen.items() if facet not in NOT_ASKED}
    notes = asked.notes
    if len(chosen) < len(asked.query.chosen):
        notes = (*notes, "The closing date is left out: you hear of a vacancy when it opens.")
    return Query(asked.query.words, chosen), notes


def _own_address() -> str:
    return guard.account().email if g.actor.is_signed_in else ""
