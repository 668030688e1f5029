"""The passkeys of an account: a list, adding one after the password, removing one with the password."""

from flask import abort, flash, g, json, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts import passkey_sign_in, passkeys
from recruit.accounts.models import Passkey
from recruit.accounts.signing_in import Outcome
from recruit.core import clock
from recruit.core.errors import Incomplete
from recruit.core.transaction import transaction
from recruit.web import guard
from recruit.web.account import answers
from recruit.web.account.blueprint import blueprint, device, signed_in
from recruit.web.account.checking import check_password
from recruit.web.account.forms import AddPasskeyForm, OwnPasswordForm
from recruit.web.account.passkey_party import Given, give, given_challenge, party, party_or_none, take


@blueprint.get("/account/passkeys")
@signed_in
def list_passkeys() -> ResponseReturnValue:
    """Each passkey with its name, since when it is there and when it was last used."""
    return render_template(
        "account/list_passkeys.html",
        passkeys=passkeys.passkeys_of(g.actor.user_id),
        can_be_added=party_or_none() is not None,
    )


@blueprint.route("/account/passkeys/new", methods=["GET", "POST"])
@signed_in
def start_passkey() -> ResponseReturnValue:
    """Ask for the password; then this browser gets a challenge, and with it ten minutes."""
    home, form = party(), OwnPasswordForm()
    if form.validate_on_submit():
        owner, now = guard.account(), clock.now()
        checked, attempt = check_password(owner, form.current.data or "", now=now)
        if checked.outcome is Outcome.SIGNED_IN:
            with transaction():
                passkeys.confirm(owner, checked, attempt)
            give(Given.TO_ADD, now=now)
            return redirect(url_for(".add_passkey"))
        form.current.errors = [answers.WRONG_PASSWORD]
    return render_template("account/start_passkey.html", form=form, email=guard.account().email, host=home.host)


@blueprint.route("/account/passkeys/new/create", methods=["GET", "POST"])
@signed_in
def add_passkey() -> ResponseReturnValue:
    """Let the device make a passkey and keep what it sends.  Without a challenge the password comes first."""
    home, owner, now = party(), guard.account(), clock.now()
    challenge = given_challenge(Given.TO_ADD)
    if challenge is None or challenge.until <= now:
        flash("Enter your password again: more than ten minutes went by, or this was done already.", "notice")
        return redirect(url_for(".start_passkey"))
    form = AddPasskeyForm(name=device())
    if form.validate_on_submit():
        try:
            answer = passkey_sign_in.read_answer(form.credential.data or "")
        except Incomplete as error:
            form.credential.data, form.form_errors = "", [str(error)]
            return _adding(form, passkeys.options_to_add(owner, challenge, home), home.host), 400
        take(Given.TO_ADD)
        with transaction():
            fault = passkeys.add_passkey(owner, form.name.data or "", answer, challenge, home, now=now)
        if fault:
            flash(fault, "notice")
            return redirect(url_for(".list_passkeys"))
        flash("Your passkey is added. You can sign in with it from now on.")
        return redirect(url_for(".list_passkeys"))
    return _adding(form, passkeys.options_to_add(owner, challenge, home), home.host)


def _adding(form: AddPasskeyForm, options: str, host: str) -> str:
    return render_template("account/add_passkey.html", form=form, options=json.loads(options), host=host)


@blueprint.route("/account/passkeys/<int:passkey_id>/remove", methods=["GET", "POST"])
@signed_in
def remove_passkey(passkey_id: int) -> ResponseReturnValue:
    """Ask for the password and forget the passkey."""
    passkey, form = _own(passkey_id), OwnPasswordForm()
    if form.validate_on_submit():
        owner, now = guard.account(), clock.now()
        checked, attempt = check_password(owner, form.current.data or "", now=now)
        if checked.outcome is Outcome.SIGNED_IN:
            with transaction():
                passkeys.remove_passkey(owner, passkey, checked, attempt, now=now)
            flash("The passkey is removed. Nobody can sign in with it any more.")
            return redirect(url_for(".list_passkeys"))
        form.current.errors = [answers.WRONG_PASSWORD]
    return render_template("account/remove_passkey.html", form=form, passkey=passkey, email=guard.account().email)


def _own(passkey_id: int) -> Passkey:
    own = passkeys.passkeys_of(g.actor.user_id)
    return next((one for one in own if one.id == passkey_id), None) or abort(404)
