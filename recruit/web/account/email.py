"""Changing the email address of an account."""

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts import attempts, email_changes
from recruit.accounts.addresses import email_key
from recruit.accounts.attempts import Purpose, Verdict
from recruit.accounts.signing_in import Outcome
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.web import guard
from recruit.web.account import answers
from recruit.web.account.blueprint import asker, blueprint, device, signed_in
from recruit.web.account.checking import check_password
from recruit.web.account.forms import ButtonForm, ChangeEmailForm

TOO_OFTEN = f"We send at most {limits.MAIL_TRIES_ACCOUNT} of these emails an hour. Try again later"


@blueprint.route("/account/email", methods=["GET", "POST"])
@signed_in
def change_email() -> ResponseReturnValue:
    """Ask for the new address and the password.  The answer does not say whether the address has an account."""
    owner = guard.account()
    form = ChangeEmailForm(own_key=owner.email_key)
    if form.validate_on_submit():
        now, email = clock.now(), form.email.data or ""
        checked, attempt = check_password(owner, form.current.data or "", now=now)
        if checked.outcome is not Outcome.SIGNED_IN:
            form.current.errors = [answers.WRONG_PASSWORD]
            return _asking(form)
        with transaction():
            own = attempts.begin(asker(), Purpose.MAIL, owner.email_key, now=now).verdict
            theirs = attempts.begin(asker(), Purpose.MAIL, email_key(email), now=now).verdict
            if own is theirs is Verdict.ALLOWED:
                email_changes.ask(owner, email, checked, attempt, now=now)
        if Verdict.ADDRESS_LIMIT in (own, theirs):
            abort(429)
        if own is Verdict.ACCOUNT_LIMIT:
            form.email.errors = [TOO_OFTEN]
            return _asking(form)
        return redirect(url_for(".show_email_change"))
    return _asking(form)


def _asking(form: ChangeEmailForm) -> ResponseReturnValue:
    return render_template("account/change_email.html", form=form, user=guard.account())


@blueprint.get("/account/email/sent")
@signed_in
def show_email_change() -> ResponseReturnValue:
    """What to do now: the same words whether or not the address has an account."""
    return render_template("account/show_email_change.html", user=guard.account())


@blueprint.route("/account/email/confirm", methods=["GET", "POST"])
@signed_in
def confirm_email_change() -> ResponseReturnValue:
    """Where the link to the new address leads.  Only the account's owner can use it, and opening it changes nothing."""
    form = ButtonForm(token=request.args.get("token", ""))
    token, now = form.token.data or "", clock.now()
    change = email_changes.change_to_confirm(g.actor.user_id, token, now=now)
    if change is None:
        return answers.link_ended(url_for(".change_email"))
    if form.validate_on_submit():
        with transaction():
            session = email_changes.confirm(guard.account(), token, device=device(), now=now)
        guard.remember(session)
        flash("Your email address is changed. You are signed out on every other device.")
        return redirect(url_for(".show_account"))
    return render_template("account/confirm_email_change.html", form=form, email=change.new_email)


@blueprint.route("/account/email/undo", methods=["GET", "POST"])
def undo_email_change() -> ResponseReturnValue:
    """Where the link to the old address leads, for whoever did not ask for the change: no password is needed."""
    form = ButtonForm(token=request.args.get("token", ""))
    token, now = form.token.data or "", clock.now()
    change = email_changes.change_to_undo(token, now=now)
    if change is None:
        return answers.link_ended(url_for(".reset_password"))
    if form.validate_on_submit():
        with transaction():
            email_changes.undo(token, now=now)
        guard.forget()
        return redirect(url_for(".show_check_email"))
    return render_template("account/undo_email_change.html", form=form, change=change)
