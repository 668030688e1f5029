"""What a person sees of their own account."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from recruit.alerts.own_data import own_alerts
from recruit.rules.access import Role
from recruit.web import guard
from recruit.web.account.blueprint import blueprint, signed_in

ROLE_WORDS = {
    Role.CANDIDATE: "Candidate: you apply for jobs and follow your applications",
    Role.RECRUITER: "Recruiter: you write vacancies for your teams and send them for approval",
    Role.HR: "HR: you approve vacancies and work through applications",
    Role.PANEL: "Panel member: nothing is open to you here yet",
    Role.SAFEGUARDING: "Safeguarding: nothing is open to you here yet",
    Role.ADMIN: "Administrator: you look after accounts, teams and pay tables",
}


@blueprint.get("/account")
@signed_in
def show_account() -> ResponseReturnValue:
    """Name, email address, roles in words, and what can be done about the password and the sessions."""
    roles = [words for role, words in ROLE_WORDS.items() if role in g.actor.roles]
    user = guard.account()
    return render_template("account/show_account.html", user=user, roles=roles, alerts=own_alerts(user))
