"""Answers that several views give in the same words, so that they tell nothing apart."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from recruit.accounts.attempts import Verdict
from recruit.rules import limits

WAIT = (
    f"After {limits.SIGN_IN_TRIES_ACCOUNT} failed tries, wait "
    f"{int(limits.SIGN_IN_WINDOW.total_seconds() // 60)} minutes before you try again"
)
REFUSED = f"The email address or the password is wrong, or there were too many tries. {WAIT}"
WRONG_PASSWORD = f"This is not your password, or there were too many tries. {WAIT}"


def mail_is_on_its_way(verdict: Verdict) -> ResponseReturnValue:
    """The same answer for every email address, its own limit included.

    Only whoever asks too often from one network is told so: that says nothing about an account.
    """
    if verdict is Verdict.ADDRESS_LIMIT:
        abort(429)
    return redirect(url_for(".show_check_email"))


def link_ended(href: str) -> ResponseReturnValue:
    """Answer somebody whose link was used, has expired or was never one: where to get a new one."""
    way_on = Markup('<p class="govuk-body"><a class="govuk-link" href="{}">Get a new link</a></p>').format(href)
    title, message = "This link no longer works", "It was used, its time is over, or we sent you a newer one."
    return render_template("errors/refused.html", title=title, message=message, what_next=way_on, status=410), 410
