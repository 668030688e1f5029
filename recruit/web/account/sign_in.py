"""Signing in and out."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts import attempts, sessions, signing_in
from recruit.accounts.addresses import email_key
from recruit.accounts.attempts import Purpose
from recruit.accounts.signing_in import Outcome
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.web import guard
from recruit.web.account import answers
from recruit.web.account.blueprint import asker, blueprint, device, home_of, signed_in, wanted
from recruit.web.account.forms import PasskeySignInForm, SendLinkForm, SignInForm
from recruit.web.account.passkey_party import party_or_none


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for email address and password.  Whatever is wrong, the answer is the same."""
    form = SignInForm(next=wanted(request.args.get("next")))
    goes_to = wanted(form.next.data)
    if request.method == "GET" and g.actor.is_signed_in:
        return redirect(goes_to or home_of(g.actor.roles))
    if form.validate_on_submit():
        email, now = form.email.data or "", clock.now()
        with transaction():
            attempt = attempts.begin(asker(), Purpose.SIGN_IN, email_key(email), now=now)
        checked = signing_in.check(email, form.password.data or "", attempt)
        with transaction():
            token = signing_in.finish(checked, attempt, leaving=guard.current_token(), device=device(), now=now)
            home = home_of(checked.user.as_actor().roles) if checked.user else ""
        if token:
            guard.remember(token)
            return redirect(goes_to or home)
        if checked.outcome is Outcome.UNCONFIRMED:
            again = SendLinkForm(formdata=None, email=email, next=goes_to)
            return render_template("account/send_confirmation.html", form=again, is_unconfirmed=True)
        form.email.errors = [answers.REFUSED]
    party = party_or_none()
    return render_template(
        "account/sign_in.html",
        form=form,
        passkey_form=PasskeySignInForm(formdata=None, next=goes_to),
        passkey_host=party.host if party else "",
        goes_to=goes_to,
    )


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End this browser's session, here and on the server."""
    token = guard.current_token()
    if token:
        with transaction():
            sessions.end_session(token)
    guard.forget()
    flash("You are signed out")
    return redirect(url_for(".sign_in"))


@blueprint.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """End every session of this person."""
    with transaction():
        sessions.end_all_sessions(guard.account())
    guard.forget()
    flash("You are signed out on every device")
    return redirect(url_for(".sign_in"))
