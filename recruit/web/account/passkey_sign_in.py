"""Signing in with a passkey: a challenge for the script of the sign-in page, and the form that it sends back."""

from flask import Response, redirect, render_template
from flask.typing import ResponseReturnValue

from recruit.accounts import passkey_sign_in
from recruit.accounts.passkey_sign_in import Asking, Outcome
from recruit.core import clock
from recruit.core.errors import Incomplete
from recruit.core.transaction import transaction
from recruit.web import guard
from recruit.web.account import answers
from recruit.web.account.blueprint import asker, blueprint, device, home_of, wanted
from recruit.web.account.forms import PasskeySignInForm, SignInForm
from recruit.web.account.passkey_party import Given, give, party, take

REFUSED = f"We could not sign you in with this passkey. Try again, or use your password. {answers.WAIT}"
COPIED = (
    "We did not sign you in: this passkey may have been copied, as your device counts fewer uses of it than we do. "
    "Sign in with your password, remove this passkey and add a new one. We have sent you an email about it"
)


@blueprint.post("/sign-in/passkey/options")
def offer_passkey() -> ResponseReturnValue:
    """Give this browser something to sign.  It says nothing of anybody and leaves no row behind."""
    home, challenge = party(), give(Given.TO_SIGN_IN, now=clock.now())
    return Response(passkey_sign_in.options_to_sign_in(challenge, home), mimetype="application/json")


@blueprint.post("/sign-in/passkey")
def sign_in_with_passkey() -> ResponseReturnValue:
    """Sign in, or show the sign-in page with what is wrong: the same words for everything that a stranger could try."""
    home, sent, now = party(), PasskeySignInForm(), clock.now()
    goes_to = wanted(sent.next.data)
    try:
        answer = passkey_sign_in.read_answer(sent.credential.data or "")
    except Incomplete as error:
        return _sign_in_page(str(error), goes_to), 400
    asking = Asking(asker(), take(Given.TO_SIGN_IN), guard.current_token(), device())
    with transaction():
        result = passkey_sign_in.sign_in(answer, asking, home, now=now)
        next_page = goes_to or home_of(result.user.as_actor().roles) if result.user else ""
    if result.outcome is Outcome.SIGNED_IN:
        guard.remember(result.token)
        return redirect(next_page)
    return _sign_in_page(COPIED if result.outcome is Outcome.COPIED else REFUSED, goes_to)


def _sign_in_page(fault: str, goes_to: str) -> str:
    form = SignInForm(formdata=None, next=goes_to)
    form.form_errors = [fault]
    passkey_form = PasskeySignInForm(formdata=None, next=goes_to)
    return render_template(
        "account/sign_in.html", form=form, passkey_form=passkey_form, goes_to=goes_to, passkey_host=party().host
    )
