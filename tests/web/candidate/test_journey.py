"""From a vacancy to a sent application, page by page, with nothing but what the pages offer."""

import re
from datetime import UTC, datetime

from recruit.applications import queries
from recruit.applications.models import Application
from recruit.core.db import db
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.visitor import Visitor

YEAR = datetime.now(UTC).year


def statuses(page) -> dict[str, str]:
    """Return the task list as words."""
    return {
        item.select_one("a").get_text(strip=True): item.select_one("[id$=status]").get_text(strip=True)
        for item in page.select(".govuk-task-list__item")
    }


def test_from_start_to_confirmation(candidate: Visitor):
    vacancy = factories.VacancyFactory(published=True)
    candidate.get(f"/jobs/{vacancy.slug}/apply")
    candidate.submit(f"/jobs/{vacancy.slug}/apply")
    home = candidate.response.location
    page = candidate.follow()
    assert set(statuses(page).values()) == {"Not started"}

    done = {"finished": "yes"}
    candidate.submit(
        f"{home}/contact-details",
        {"phone": "01632 960 001", "address_line_1": "1 Albert Road", "town": "Middlesbrough", "postcode": "TS1 2PA"}
        | done,
    )
    candidate.submit(
        f"{home}/eligibility", {"right_to_work": "yes", "needs_sponsorship": "no", "works_here": "no"} | done
    )
    candidate.submit(f"{home}/interview-support", {"schemes": "care-leavers"} | done)
    candidate.submit(f"{home}/relationships", {"is_related": "no"} | done)
    candidate.get(f"{home}/registration", 302)
    candidate.submit(f"{home}/registration/situation", {"state": "registered"})
    candidate.submit(f"{home}/registration", {"number": "sw123456", "has_conditions": "no"} | done)
    candidate.submit(
        f"{home}/qualifications/add",
        {"award": "BA Social Work", "institution": "Northshire University", "year": "2014", "is_social_work": "y"},
    )
    candidate.submit(f"{home}/qualifications", done)
    candidate.get(f"{home}/history", 302)
    candidate.submit(f"{home}/history/start", {"since-month": "7", "since-year": "2011"})
    candidate.submit(
        f"{home}/history/add?kind=work",
        {
            "activity": "paid",
            "title": "Social worker",
            "organisation": "Northshire Council",
            "started_month-month": "9",
            "started_month-year": "2014",
            "still": "y",
            "with_children": "yes",
            "reason_for_leaving": "Nearer to home",
        },
    )
    page = candidate.follow()
    (gap,) = page.select(".timeline__event--gap a")
    assert "August 2011 to August 2014" in gap.get_text()
    candidate.submit(gap["href"], {"title": "Studying at home"})
    candidate.submit(f"{home}/history", done)
    page = candidate.get(f"{home}/evidence")
    for link in page.select(".govuk-task-list__link"):
        candidate.submit(link["href"], {"text": "I did this and that."})
    candidate.submit(f"{home}/evidence", done)
    for name in ("Jo Khan", "Ali Reid"):
        candidate.submit(
            f"{home}/referees/add",
            {
                "name": name,
                "job_title": "Team manager",
                "organisation": "Northshire Council",
                "relationship_": "line_manager",
                "email": f"{name.split()[0].lower()}@northshire.example",
                "known_from-month": "9",
                "known_from-year": "2014",
                "still": "y",
                "is_most_recent_employer": "y",
                "contact_before_interview": "yes",
            },
        )
    candidate.submit(f"{home}/referees", done)
    candidate.submit(f"{home}/declaration", {"confirmed": "y"})
    assert candidate.response.location == f"{home}/check"
    assert set(statuses(candidate.get(home)).values()) == {"Completed"}

    page = candidate.get(f"{home}/check")
    assert "Studying at home" in page.get_text()
    candidate.submit(f"{home}/check")
    page = candidate.follow()

    application = db.session.query(Application).one()
    assert application.status == ApplicationStatus.SUBMITTED
    assert page.select_one("h1").get_text() == "Application sent"
    assert application.reference in page.get_text()
    assert queries.snapshot_of(application.id) is not None

    page = candidate.get(home)
    assert page.select_one("h1").get_text() == "With us"
    page = candidate.get(f"{home}/copy")
    assert "I did this and that." in page.get_text()
    candidate.post(f"{home}/equality", {"sex": "Female", "ethnic_group": "Roma"})
    candidate.submit(f"{home}/withdraw", {"reason": "other_job", "detail": "Nearer"})
    assert candidate.follow().select_one("h1").get_text() == "Withdrawn by you"
    assert re.search("other job|another job", queries.events_of(application.id)[-1].reason)
    page = candidate.get("/applications")
    assert len(page.select(".entry")) == 1
