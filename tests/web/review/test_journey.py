"""The main path: HR finds an application, reads it, shortlists it; the candidate is told when HR releases it."""

from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification
from tests.factories import UserFactory
from tests.review.sent import sent_application


def test_hr_shortlists_from_the_queue_and_the_candidate_is_told_once_hr_releases_it(hr, visit_as):
    application = sent_application(candidate=UserFactory(name="Kim Lee"), days_ago=3)
    reference, candidate = application.reference, visit_as(application.candidate)

    row = hr.get("/review").select_one("table.queue tbody tr")
    assert "Kim Lee" in row.text
    assert "3 days ago" in row.text
    page = hr.get(row.select_one("th a")["href"])
    assert "How I show it: Works with risk" in page.text
    form = page.select_one("form[action$='/shortlist']")
    hr.post(form["action"], {"version": form.select_one("[name=version]")["value"], "reason": "All six met"})
    assert "is shortlisted" in hr.follow().text

    db.session.expire_all()
    assert application.status == ApplicationStatus.SHORTLISTED
    told = db.session.query(OutboxMessage).filter_by(notification=Notification.APPLICATION_SHORTLISTED)
    assert told.count() == 0
    assert "Shortlisted" not in candidate.get(f"/applications/{reference}").select_one("main").text
    waits = hr.get("/review").main.get_text(" ")
    assert "1 decision waits to be released , the oldest since" in " ".join(waits.split())
    ticked = hr.get("/review/ready").select_one("[name=ticked]")["value"]
    hr.post("/review/ready", {"ticked": ticked})

    assert "1 message is on the way." in hr.follow().text
    assert told.one().recipient == application.candidate.email
    assert "Shortlisted" in candidate.get(f"/applications/{reference}").select_one("main").text
    assert "to be released" not in hr.get("/review").text
