"""What a person sees of their own account."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts import passkeys, sessions
from recruit.alerts.own_data import own_alerts
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.rules.access import Role
from recruit.web import guard
from recruit.web.account.blueprint import blueprint, signed_in

ROLE_WORDS = {
    Role.CANDIDATE: "Candidate: you apply for jobs and follow your applications",
    Role.RECRUITER: "Recruiter: you write vacancies for your teams and send them for approval",
    Role.HR: "HR: you approve vacancies and work through applications",
    Role.PANEL: "Panel member: you score applications without knowing whose they are",
    Role.SAFEGUARDING: "Safeguarding: nothing is open to you here yet",
    Role.ADMIN: "Administrator: you look after accounts, teams and pay tables",
}


@blueprint.get("/account")
@signed_in
def show_account() -> ResponseReturnValue:
    """Name, email address, roles in words, and what can be done about the password and the sessions."""
    roles = [words for role, words in ROLE_WORDS.items() if role in g.actor.roles]
    browsers = sessions.browsers_of(g.actor.user_id, guard.current_token(), now=clock.now())
    user = guard.account()
    return render_template(
        "account/show_account.html",
        user=user,
        roles=roles,
        alerts=own_alerts(user),
        browsers=browsers,
        passkeys=passkeys.passkeys_of(user.id),
        is_candidate=Role.CANDIDATE in g.actor.roles,
    )


@blueprint.post("/account/sign-out-other")
@signed_in
def sign_out_other() -> ResponseReturnValue:
    """End the session of one browser of this person."""
    name = request.form.get("browser", "")
    with transaction():
        owner = guard.account()
        was_there = sessions.end_browser(owner, name)
    flash("That device is signed out" if was_there else "That device was signed out already")
    return redirect(url_for(".show_account"))
