"""Keeping or ending interest by the link of a mail, without signing in."""

from flask import current_app, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from recruit.accounts.mail_codes import user_of_mail_code
from recruit.core import clock
from recruit.core.calendar import long_date
from recruit.core.errors import Gone
from recruit.core.transaction import transaction
from recruit.interest import service
from recruit.interest.queries import interest_of
from recruit.web.account.blueprint import blueprint
from recruit.web.account.forms import ButtonForm


@blueprint.route("/interest/link/<code>", methods=["GET", "POST"])
def answer_interest(code: str) -> ResponseReturnValue:
    """Where the mails' link leads.  Opening it changes nothing: scanners do.  A button keeps it, another ends it."""
    secrets = (current_app.config["SECRET_KEY"], *(current_app.config["SECRET_KEY_FALLBACKS"] or ()))
    user, now = user_of_mail_code(service.LINK, code, *secrets), clock.now()
    interest = interest_of(user.id, now=now) if user else None
    if interest is None:
        raise Gone("The link was never one of ours, or the interest has ended and what you told us is deleted.")
    form = ButtonForm()
    if form.validate_on_submit():
        is_ended = request.form.get("answer") == "end"
        with transaction():
            if is_ended:
                service.end_interest(interest)
            else:
                service.keep_interest(interest, now=now)
        if is_ended:
            return render_template("account/answer_interest.html", form=form, is_ended=True, until="")
        flash("We keep it for another 12 months")
        return redirect(request.path)
    return render_template(
        "account/answer_interest.html",
        form=form,
        is_ended=False,
        until=long_date(interest.expires_at),
        consent=interest.consent,
    )
