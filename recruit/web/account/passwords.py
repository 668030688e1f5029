"""Choosing a new password: with a link from a mail, or with the old password."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts import attempts, credentials, links, password_changes
from recruit.accounts.addresses import email_key
from recruit.accounts.attempts import Purpose, Verdict
from recruit.accounts.models import TokenPurpose
from recruit.accounts.signing_in import Outcome
from recruit.core import clock
from recruit.core.transaction import end_reading, transaction
from recruit.web import guard
from recruit.web.account import answers
from recruit.web.account.blueprint import asker, blueprint, device, signed_in, wanted
from recruit.web.account.checking import check_password
from recruit.web.account.forms import ChangePasswordForm, ChoosePasswordForm, SendLinkForm


@blueprint.route("/reset-password", methods=["GET", "POST"])
def reset_password() -> ResponseReturnValue:
    """Ask where to send a link.  The answer does not say whether the address has an account."""
    form = SendLinkForm(next=wanted(request.args.get("next")))
    goes_to = wanted(form.next.data)
    if form.validate_on_submit():
        email, now = form.email.data or "", clock.now()
        with transaction():  # one for known and unknown alike: each waits for one commit
            verdict = attempts.begin(asker(), Purpose.MAIL, email_key(email), now=now).verdict
            if verdict is Verdict.ALLOWED:
                password_changes.send_reset(email, goes_to=goes_to, now=now)
        return answers.mail_is_on_its_way(verdict)
    return render_template("account/reset_password.html", form=form, goes_to=goes_to)


@blueprint.route("/reset-password/new", methods=["GET", "POST"])
def choose_password() -> ResponseReturnValue:
    """Where the mail's link leads.  Opening it changes nothing; the new password uses it up."""
    now = clock.now()
    token = request.form.get("token", "") if request.method == "POST" else request.args.get("token", "")
    user = links.user_of_link(token, TokenPurpose.RESET, now=now)
    if user is None:
        return answers.link_ended(url_for(".reset_password", next=wanted(request.values.get("next")) or None))
    about = (user.name, user.email)
    form = ChoosePasswordForm(about=about, token=token, next=wanted(request.args.get("next")))
    goes_to = wanted(form.next.data)
    if form.validate_on_submit():
        end_reading()
        password_hash = credentials.hash_password(form.password.data or "")
        with transaction():
            owner = password_changes.reset_password(token, password_hash, now=now)
            attempts.forgive(asker(), Purpose.SIGN_IN, owner.email_key)
        guard.forget()
        flash("Your password is changed. Sign in with the new one.")
        return redirect(url_for(".sign_in", next=goes_to or None))
    return render_template("account/choose_password.html", form=form, email=user.email)


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Ask for the old password and a new one.  Every other session ends."""
    owner = guard.account()
    form = ChangePasswordForm(about=(owner.name, owner.email))
    if form.validate_on_submit():
        now, new = clock.now(), form.password.data or ""
        checked, attempt = check_password(owner, form.current.data or "", now=now)
        if checked.outcome is Outcome.SIGNED_IN:
            end_reading()
            password_hash = credentials.hash_password(new)
            with transaction():
                token = password_changes.change_password(
                    owner, password_hash, checked, attempt, device=device(), now=now
                )
            guard.remember(token)
            flash("Your password is changed. You are signed out on every other device.")
            return redirect(url_for(".show_account"))
        form.current.errors = [answers.WRONG_PASSWORD]
    return render_template("account/change_password.html", form=form, email=owner.email)
