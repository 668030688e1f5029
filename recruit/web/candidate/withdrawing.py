"""Taking an application back."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from recruit.applications import queries
from recruit.applications.progress import standing_of
from recruit.applications.withdrawal import WithdrawalReason, reason_words
from recruit.appointments import leaving
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.fields import OptionalProseField, WordsAtMost
from recruit.web.candidate.places import section_page
from recruit.web.candidate.section_form import Outcome
from recruit.web.fields import ChoiceField
from recruit.web.forms import Form


class WithdrawForm(Form):
    reason = ChoiceField(
        "Why are you withdrawing?",
        [(reason, reason.label) for reason in WithdrawalReason],
        missing="Select why you are withdrawing",
        kind=WithdrawalReason,
    )
    detail: TextAreaField = OptionalProseField("Anything you want to tell us", [WordsAtMost(limits.REASON_WORDS)])


@blueprint.route("/applications/<reference>/withdraw", methods=["GET", "POST"])
def withdraw_application(reference: str) -> ResponseReturnValue:
    application = queries.own_application(g.actor, reference)
    back = url_for(".show_application", reference=reference)
    if application.status == ApplicationStatus.DRAFT or not standing_of(application, now=clock.now()).can_withdraw:
        return redirect(back)
    form = WithdrawForm()
    if form.validate_on_submit():
        reason = reason_words(form.reason.kept, form.detail.data or "")
        with transaction():
            leaving.withdraw_application(g.actor, application, reason=reason, now=clock.now())
        flash("Your application has been withdrawn")
        return redirect(back)
    return section_page("candidate/withdraw_application.html", Outcome(), application, form=form, back_href=back)
