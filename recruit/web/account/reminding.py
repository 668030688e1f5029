"""Reminders of drafts: wanted or not, in the account or by the link of a mail."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import reminders
from recruit.core.errors import NotFound
from recruit.core.transaction import transaction
from recruit.web import guard
from recruit.web.account.blueprint import blueprint, signed_in
from recruit.web.account.forms import ButtonForm


@blueprint.post("/account/reminders")
@signed_in
def choose_reminders() -> ResponseReturnValue:
    """Keep whether somebody wants reminders."""
    wants = request.form.get("wants") == "yes"
    with transaction():
        reminders.want_reminders(guard.account(), wants=wants)
    flash("We will remind you before a vacancy closes" if wants else "We will send you no reminders")
    return redirect(url_for(".show_account"))


@blueprint.route("/reminders/stop/<code>", methods=["GET", "POST"])
def stop_reminders(code: str) -> ResponseReturnValue:
    """Where a reminder's link leads.  Opening it changes nothing: scanners do.  Its button, or the one click of a mail
    program (RFC 8058: a POST without cookies), ends them; the address itself is the proof, so no token is needed.
    """
    secrets = (current_app.config["SECRET_KEY"], *(current_app.config["SECRET_KEY_FALLBACKS"] or ()))
    try:
        user = reminders.user_of_code(code, *secrets)
    except NotFound:
        if request.method == "POST":
            abort(400)
        raise
    if request.method == "POST":
        with transaction():
            reminders.want_reminders(user, wants=False)
    is_ended = request.method == "POST" or not user.wants_reminders
    return render_template("account/stop_reminders.html", form=ButtonForm(), is_ended=is_ended, code=code)
