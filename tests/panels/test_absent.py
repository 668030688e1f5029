"""A member whose account is disabled: HR hears of what waits for them, and nobody gives them more."""

from datetime import timedelta

import pytest
from flask import Flask

from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render
from recruit.notifications.models import OutboxMessage
from recruit.panels import closing, opening
from recruit.panels.models import ScoreSheet
from recruit.panels.moderation import Chaired
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.sift import SheetStatus
from tests.panels.sifting import closed_vacancy, hr_person, open_sift, panel_member, score, with_panel
from tests.review.sent import SENDER, sent_application

pytestmark = pytest.mark.usefixtures("session")


def told():
    return db.session.query(OutboxMessage).filter_by(notification=Notification.PANEL_LACKS_SCORER).all()


def disable(app: Flask, user):
    result = app.test_cli_runner().invoke(args=["accounts", "disable", user.email])
    assert result.exit_code == 0, result.output
    db.session.expire_all()


def test_hr_is_told_whose_scores_will_not_come_and_they_stay_theirs(app):
    vacancy, (one, other), (_, member), hr = open_sift(2)
    score(one, member, [2, 2, 2])

    disable(app, member)

    (message,) = told()
    with app.test_request_context():
        mail = render(message, SENDER, at=clock.now()).get_content()
    assert message.recipient == hr.email
    assert f"The account of {member.name}, who is on the panel for {vacancy.title}, {vacancy.reference}," in mail
    assert "1 application waits there for their scores" in " ".join(mail.split())
    assert f"/review/vacancies/{vacancy.reference}/panel" in mail
    assert other.reference not in mail
    statuses = {
        sheet.application_id: sheet.status for sheet in db.session.query(ScoreSheet).filter_by(scorer_id=member.id)
    }
    assert statuses == {one.id: SheetStatus.SUBMITTED, other.id: SheetStatus.TO_SCORE}


def close_sift(vacancy, chair, hr, _applications):
    with transaction():
        closing.close_sift(hr.as_actor(), Chaired(vacancy, chair.id), now=clock.now())


def cancel_vacancy(vacancy, _chair, _hr, _applications):
    vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()


def decide(_vacancy, _chair, _hr, applications):
    for one in applications:
        one.status = ApplicationStatus.NOT_SHORTLISTED
    db.session.commit()


@pytest.mark.parametrize("end", [close_sift, cancel_vacancy, decide])
def test_nobody_is_told_where_nothing_waits_for_them(app, end):
    vacancy, applications, (chair, member), hr = open_sift(1)
    end(vacancy, chair, hr, applications)

    disable(app, member)

    assert told() == []


def test_nobody_is_told_of_a_sift_that_is_not_open_or_of_somebody_on_no_panel(app):
    vacancy, _ = closed_vacancy(1)
    members = [panel_member("Member A"), panel_member("Member B")]
    with_panel(vacancy, members, hr_person())
    for person in (*members, panel_member("Nobody")):
        disable(app, person)

    assert told() == []


def test_what_arrives_is_given_to_those_who_can_sign_in(app):
    vacancy, _, members, _ = open_sift(1, people=3)
    gone, *others = members
    disable(app, gone)
    arrived = sent_application(vacancy=vacancy)

    with transaction():
        opening.share_arrivals(clock.now())

    given = {sheet.scorer_id for sheet in db.session.query(ScoreSheet).filter_by(application_id=arrived.id)}
    assert given == {member.id for member in others}
    gone.disabled_at = None
    next_one = sent_application(vacancy=vacancy)
    db.session.commit()
    with transaction():
        opening.share_arrivals(clock.now() + timedelta(minutes=1))
    given = {sheet.scorer_id for sheet in db.session.query(ScoreSheet).filter_by(application_id=next_one.id)}
    assert gone.id in given
