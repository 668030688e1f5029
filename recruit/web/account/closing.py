"""Closing an account."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts.signing_in import Outcome
from recruit.alerts.own_data import own_alerts
from recruit.applications import closing
from recruit.appointments import leaving
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.web import guard
from recruit.web.account import answers
from recruit.web.account.blueprint import blueprint, signed_in
from recruit.web.account.checking import check_password
from recruit.web.account.forms import OwnPasswordForm


@blueprint.route("/account/close", methods=["GET", "POST"])
@signed_in
def close_account() -> ResponseReturnValue:
    """Say what goes, what is kept and why; close it for whoever gives the password.  Staff read whom to ask."""
    form, now = OwnPasswordForm(), clock.now()
    if not g.actor.is_staff and form.validate_on_submit():
        owner = guard.account()
        checked, attempt = check_password(owner, form.current.data or "", now=now)
        if checked.outcome is Outcome.SIGNED_IN:
            with transaction():
                leaving.close_account(g.actor, guard.account(), checked, attempt, now=now)
            guard.forget()
            flash("Your account is closed. We have sent you an email that says so.")
            return redirect(url_for(".sign_in"))
        form.current.errors = [answers.WRONG_PASSWORD]
    held = closing.holdings_of(g.actor, now=now)
    return render_template(
        "account/close_account.html",
        form=form,
        held=held,
        alerts=own_alerts(guard.account()),
        user=guard.account(),
        is_staff=g.actor.is_staff,
    )
