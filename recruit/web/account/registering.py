"""Registering, and confirming the address."""

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts import attempts, credentials, links, registration, signing_in
from recruit.accounts.addresses import email_key
from recruit.accounts.attempts import Purpose, Verdict
from recruit.accounts.models import TokenPurpose
from recruit.accounts.signing_in import Outcome
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.web import guard
from recruit.web.account import answers
from recruit.web.account.blueprint import asker, blueprint, device, home_of, wanted
from recruit.web.account.forms import ConfirmForm, RegisterForm, SendLinkForm


@blueprint.route("/register", methods=["GET", "POST"])
def register() -> ResponseReturnValue:
    """Ask for name, email address and password.  The answer does not say whether the address has an account."""
    form = RegisterForm(next=wanted(request.args.get("next")))
    goes_to = wanted(form.next.data)
    if request.method == "GET" and g.actor.is_signed_in:
        return redirect(goes_to or home_of(g.actor.roles))
    if form.validate_on_submit():
        email, name, now = form.email.data or "", form.name.data or "", clock.now()
        with transaction():
            verdict = attempts.begin(asker(), Purpose.MAIL, email_key(email), now=now).verdict
        if verdict is not Verdict.ADDRESS_LIMIT:  # a hash is costly, so a flood from one network gets none
            password_hash = credentials.hash_password(form.password.data or "")
        if verdict is Verdict.ALLOWED:
            with transaction():
                registration.register(email, name, password_hash, goes_to=goes_to, now=now)
        return answers.mail_is_on_its_way(verdict)
    return render_template("account/register.html", form=form, goes_to=goes_to)


@blueprint.get("/check-email")
def show_check_email() -> ResponseReturnValue:
    """What to do now: the same words whether or not a mail was sent."""
    return render_template("account/show_check_email.html")


@blueprint.route("/confirm-email", methods=["GET", "POST"])
def confirm_email() -> ResponseReturnValue:
    """Where the mail's link leads.  Opening it changes nothing: scanners do.  The password confirms and signs in."""
    form = ConfirmForm(token=request.args.get("token", ""), next=wanted(request.args.get("next")))
    token, goes_to, now = form.token.data or "", wanted(form.next.data), clock.now()
    user = links.user_of_link(token, TokenPurpose.CONFIRM, now=now)
    if user is None:
        return answers.link_ended(url_for(".send_confirmation", next=goes_to or None))
    if form.validate_on_submit():
        with transaction():
            attempt = attempts.begin(asker(), Purpose.SIGN_IN, user.email_key, now=now)
        checked = signing_in.check_user(user, form.password.data or "", attempt)
        if checked.outcome is Outcome.UNCONFIRMED:
            with transaction():
                session = registration.confirm(
                    token, checked, attempt, leaving=guard.current_token(), device=device(), now=now
                )
                home = home_of(user.as_actor().roles)
            guard.remember(session)
            return redirect(goes_to or home)
        form.password.errors = [answers.WRONG_PASSWORD]
    return render_template("account/confirm_email.html", form=form, email=user.email, goes_to=goes_to)


@blueprint.route("/confirm-email/send", methods=["GET", "POST"])
def send_confirmation() -> ResponseReturnValue:
    """Send the confirmation link again."""
    form = SendLinkForm(next=wanted(request.args.get("next")))
    goes_to = wanted(form.next.data)
    if form.validate_on_submit():
        email, now = form.email.data or "", clock.now()
        with transaction():
            verdict = attempts.begin(asker(), Purpose.MAIL, email_key(email), now=now).verdict
            if verdict is Verdict.ALLOWED:
                registration.send_confirmation_to(email, goes_to=goes_to, now=now)
        return answers.mail_is_on_its_way(verdict)
    return render_template("account/send_confirmation.html", form=form, is_unconfirmed=False)
