"""What is there: grades, teams, the welcome payment and accounts, to read."""

import re

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.accounts.directory import accounts_page
from recruit.core import clock
from recruit.pay import queries as pay
from recruit.rules.access import Role
from recruit.rules.terms import TERMS_WORDS, TermsStatus
from recruit.vacancies import authoring_queries as vacancies
from recruit.web.admin.blueprint import blueprint
from recruit.web.delivery_words import to_colleagues

ROLE_WORDS = {
    Role.CANDIDATE: "Candidate",
    Role.RECRUITER: "Recruiter",
    Role.HR: "HR",
    Role.PANEL: "Panel member",
    Role.SAFEGUARDING: "Safeguarding",
    Role.ADMIN: "Administrator",
}

_ID = re.compile(r"[0-9]{1,18}")  # fits 64 bits


@blueprint.get("")
def show_administration() -> ResponseReturnValue:
    """The parts of the area, with what each is for."""
    return render_template("admin/show_administration.html")


@blueprint.get("/grades")
def list_grades() -> ResponseReturnValue:
    """The council's grades, and what each pays on the newest pay table."""
    tables = pay.pay_tables_with_points()
    newest = tables[0] if tables else None
    points = {point.point: point.annual_pence for point in newest.points} if newest else {}
    return render_template("admin/list_grades.html", grades=pay.grades(), newest=newest, points=points)


@blueprint.get("/teams")
def list_teams() -> ResponseReturnValue:
    """The teams, and how many people write for each."""
    return render_template("admin/list_teams.html", teams=vacancies.teams_with_recruiters())


@blueprint.get("/welcome-payment")
def list_welcome_payments() -> ResponseReturnValue:
    """Every version of the terms of the welcome payment."""
    versions = pay.welcome_versions()
    drafted = {version.scheme_id for version in versions if version.status is TermsStatus.DRAFT}
    schemes = {version.scheme_id: version.scheme for version in versions}
    return render_template(
        "admin/list_welcome_payments.html",
        versions=versions,
        words=TERMS_WORDS,
        continued=[scheme for key, scheme in schemes.items() if key not in drafted],
    )


@blueprint.get("/emails")
def list_emails() -> ResponseReturnValue:
    """Emails to colleagues that did not arrive, about their accounts too."""
    return render_template("admin/list_emails.html", colleagues=to_colleagues(g.actor, clock.now()))


@blueprint.get("/accounts")
def list_accounts() -> ResponseReturnValue:
    """Accounts, the newest first, a page at a time."""
    asked, before = request.args.get("role", ""), request.args.get("before", "")
    role = Role(asked) if asked in list(Role) else None
    accounts, has_more = accounts_page(role=role, before=int(before) if _ID.fullmatch(before) else None)
    return render_template(
        "admin/list_accounts.html",
        accounts=accounts,
        role=role,
        role_words=ROLE_WORDS,
        first=url_for(".list_accounts", role=role) if before else None,
        next=url_for(".list_accounts", role=role, before=accounts[-1].id) if has_more else None,
    )
