"""A change of a published vacancy: asked for by its team, read and approved by HR, seen by who has a draft."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Vacancy
from tests.databases import end_connections
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.extremes import app_of
from tests.journeys.mailbox import link_in
from tests.journeys.visiting import NARROW, follow, press, sign_in

pytestmark = pytest.mark.browser


def a_draft(service: Service) -> tuple[str, str]:
    """Return the reference and the title of a vacancy for which the demonstration's candidate has a draft."""
    with app_of(service.environment).app_context():
        statement = (
            select(Vacancy.reference, Vacancy.title)
            .join(Application, Application.vacancy_id == Vacancy.id)
            .join(User, User.id == Application.candidate_id)
            .where(User.email == "candidate@demo.example", Application.status == ApplicationStatus.DRAFT)
        )
        reference, title = db.session.execute(statement).tuples().first() or ("", "")
        db.session.remove()
        end_connections()
    return reference, title


def test_hours_and_a_criterion_change_by_approval_and_the_drafts_owner_sees_it(open_page, service):
    reference, title = a_draft(service)
    team, officer, candidate = open_page(javascript=False), open_page(), open_page(width=NARROW)
    sign_in(team, "recruiter", PASSWORD)
    team.goto(f"/recruiter/vacancies/{reference}")
    press(team, "Change pay, hours, posts, criteria or dates")
    follow(team, "Change hours or contract")
    team.get_by_label("Full time").uncheck()
    team.get_by_label("Part time").check()
    team.get_by_label("Hours a week").fill("29.6")
    press(team, "Save")
    follow(team, "Change the criteria")
    follow(team, "Add a criterion")
    team.get_by_label("Criterion", exact=True).fill("Chairs with calm")
    press(team, "Add criterion")
    team.goto(f"/recruiter/vacancies/{reference}/change")
    team.get_by_label("Why should it change?").fill("Few applied.")
    press(team, "Send the change for approval")

    sign_in(officer, "hr", PASSWORD)
    follow(officer, "waiting for approval")
    officer.locator("main a", has_text=title).first.click()
    expect(officer.locator("main .changes")).to_contain_text("29.6 hours a week, part time")
    press(officer, "Approve the change")
    expect(officer.locator("main")).to_contain_text("everybody with a draft is told")

    mail = service.mailbox.wait_for("candidate@demo.example", f"This vacancy has changed: {title}")
    assert "29.6 hours a week, part time" in " ".join(mail.split())
    sign_in(candidate, "candidate", PASSWORD)
    candidate.goto(link_in(mail))
    candidate.goto(f"{candidate.url}/evidence")
    expect(candidate.locator("main")).to_contain_text("Chairs with calm")
