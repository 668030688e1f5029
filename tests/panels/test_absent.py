"""A member whose account is disabled: HR hears of what waits for them, and nobody gives them more."""

from datetime import date, timedelta

import pytest
from flask import Flask

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render
from recruit.notifications.models import OutboxMessage
from recruit.panels import closing, opening, setup, sheets
from recruit.panels.composition import members_of
from recruit.panels.lacking import lacking_of
from recruit.panels.models import ScoreSheet, Sift
from recruit.panels.moderation import Chaired
from recruit.panels.standings import in_sift
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.sift import Round, SheetStatus
from tests.interviews.planning import planned
from tests.panels.sifting import closed_vacancy, hr_person, open_sift, panel_member, score, sheet_of, with_panel
from tests.review.sent import SENDER, sent_application

pytestmark = pytest.mark.usefixtures("session")


def told():
    wanted = db.session.query(OutboxMessage).filter_by(notification=Notification.PANEL_LACKS_SCORER)
    return wanted.order_by(OutboxMessage.id).all()


def disable(app: Flask, user, command="disable"):
    result = app.test_cli_runner().invoke(args=["accounts", command, user.email])
    assert result.exit_code == 0, result.output
    db.session.expire_all()


def enable(app: Flask, user):
    disable(app, user, "enable")


def scorers_of(application):
    return {sheet.scorer_id for sheet in db.session.query(ScoreSheet).filter_by(application_id=application.id)}


def arrive(vacancy):
    """Send an application, and let the worker share it out."""
    application = sent_application(vacancy=vacancy)
    with transaction():
        opening.share_arrivals(clock.now())
    return application


def test_hr_is_told_whose_scores_will_not_come_and_they_stay_theirs(app):
    vacancy, (one, other), (_, member), hr = open_sift(2)
    score(one, member, [2, 2, 2])

    disable(app, member)

    (message,) = told()
    with app.test_request_context():
        mail = render(message, SENDER, at=clock.now()).get_content()
    assert message.recipient == hr.email
    assert f"The account of {member.name}, who is on the panel for {vacancy.title}, {vacancy.reference}," in mail
    assert "1 application waits for their scores." in " ".join(mail.split())
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

    for person in (member, chair):
        disable(app, person)

    assert told() == []


def test_nobody_is_told_of_a_sift_that_is_not_open_or_of_somebody_on_no_panel(app):
    vacancy, _ = closed_vacancy(1)
    members = [panel_member("Member A"), panel_member("Member B")]
    with_panel(vacancy, members, hr_person())
    for person in (*members, panel_member("Nobody")):
        disable(app, person)

    assert told() == []


def test_what_arrives_is_given_to_those_who_can_sign_in(app):
    vacancy, _, (gone, *others), _ = open_sift(1, people=3)
    disable(app, gone)

    assert scorers_of(arrive(vacancy)) == {member.id for member in others}
    enable(app, gone)
    assert gone.id in scorers_of(arrive(vacancy))


def test_whoever_comes_back_is_given_what_lacks_a_scorer(app):
    vacancy, _, (chair, gone), hr = open_sift(1)
    disable(app, gone)
    arrived = arrive(vacancy)
    assert (scorers_of(arrived), [one.recipient for one in told()]) == ({chair.id}, [hr.email] * 2)

    enable(app, gone)

    assert scorers_of(arrived) == {chair.id, gone.id}
    sift = db.session.get(Sift, vacancy.id)
    assert lacking_of(vacancy, sift, in_sift(vacancy.id, vacancy.asked)) == []


def mails(app):
    with app.test_request_context():
        return [" ".join(render(one, SENDER, at=clock.now()).get_content().split()) for one in told()]


def test_hr_is_told_of_all_that_waits_for_somebody(app):
    _, _, (chair, member), _ = open_sift(1)
    disable(app, chair)
    disable(app, member)

    first, second = mails(app)

    waits = "1 application waits for their scores. "
    assert f"{waits}They are the chair, who settles where two scorers differ. If they" in first
    assert f"{waits}Nobody else on the panel can score what arrives. If they" in second


def test_a_chair_whose_own_scores_are_in_is_missed_while_others_may_differ(app):
    _, (one,), (chair, _), _ = open_sift(1)
    score(one, chair, [2, 2, 2])
    disable(app, chair)
    enable(app, chair)
    one.status = ApplicationStatus.NOT_SHORTLISTED
    db.session.commit()
    disable(app, chair)

    assert ["They are the chair" in words for words in mails(app)] == [True]


@pytest.fixture
def interviews(session):
    """Interviews of the first and second member: one that somebody has, a free time, and one that was taken off."""
    planned_ones = planned(1, slots=3, invited=True)
    planned_ones.choose(planned_ones.applications[0], planned_ones.slots[0])
    planned_ones.slots[2].cancelled_at = clock.now()
    db.session.commit()
    return planned_ones


def begin(slot):
    slot.starts_at, slot.ends_at = (moment - timedelta(days=60) for moment in (slot.starts_at, slot.ends_at))
    db.session.commit()


def test_hr_is_told_of_interviews_to_come_and_whoever_has_the_application_alone(app, interviews):
    officer = hr_person()
    interviews.applications[0].assigned_to_id = officer.id
    db.session.commit()
    for person in interviews.members:
        disable(app, person)

    said = mails(app)

    assert ["They interview at 2 times to come." in words for words in said] == [True, True]  # the third at none
    assert ["They are the chair" in words for words in said] == [True, False]
    assert [message.recipient for message in told()] == [officer.email] * 2


def test_hr_is_told_of_an_interview_that_was_held_and_not_scored(app, interviews):
    for slot in interviews.slots[:2]:
        begin(slot)
    disable(app, interviews.members[1])

    (words,) = mails(app)

    assert "was disabled. 1 interview that they held waits for their scores. If they" in words


@pytest.mark.parametrize("end", ["scored", "decided"])
def test_nobody_is_told_of_an_interview_that_waits_for_nothing(app, interviews, end):
    (application,), member = interviews.applications, interviews.members[1]
    for slot in interviews.slots[:2]:
        begin(slot)
    if end == "decided":
        application.status = ApplicationStatus.APPOINTED
    else:
        sheet = ScoreSheet(application_id=application.id, scorer_id=member.id, given_at=clock.now())
        sheet.round, sheet.status, sheet.declared_at = Round.COMPETENCY, SheetStatus.SUBMITTED, clock.now()
        db.session.add(sheet)
    db.session.commit()

    disable(app, member)

    assert told() == []


def test_whoever_comes_back_does_not_have_hr_told_again_of_what_it_knows(app):
    _, (one,), members, _ = open_sift(1, people=3)
    first, second = (member for member in members if member.id in scorers_of(one))
    (third,) = (member for member in members if member not in (first, second))
    for member in (first, third):  # what the first leaves is the third's
        with transaction():
            actor, sheet = member.as_actor(), sheet_of(one, member)
            sheets.leave(actor, sheet, SheetStatus.ABSTAINED, "A neighbour", now=clock.now())

    disable(app, third)
    enable(app, third)

    assert ["Please add a member" in words for words in mails(app)] == [True]


def test_where_somebody_who_comes_back_is_not_enough_hr_is_told(app):
    vacancy, _, members, hr = open_sift(1)
    for member in members:
        disable(app, member)
    arrive(vacancy)
    before = len(told())

    enable(app, members[0])

    assert [one.recipient for one in told()[before:]] == [hr.email]


def test_members_who_once_applied_for_another_vacancy_score_what_arrives(app):
    vacancy, _, members, _ = open_sift(1)
    for member in members:
        sent_application().candidate_id = member.id
    db.session.commit()

    assert scorers_of(arrive(vacancy)) == {member.id for member in members}


def test_whoever_applied_for_the_vacancy_is_no_loss_to_its_panel(app):
    vacancy, _, (_, member), _ = open_sift(1)
    sent_application(vacancy=vacancy).candidate_id = member.id
    db.session.commit()

    disable(app, member)

    assert told() == []


@pytest.mark.parametrize("people", [3, 4])
def test_nobody_who_can_score_is_taken_off_where_fewer_than_two_would_be_left(app, people):
    vacancy, _, members, hr = open_sift(1, people=people)
    for member in members[2:]:
        disable(app, member)

    with pytest.raises(Conflict, match=f"without {members[1].name} the panel is not complete"), transaction():
        setup.remove_member(hr.as_actor(), vacancy, members[1].id, now=clock.now())


def test_where_nobody_is_left_to_score_hr_is_told_and_sees_what_waits(app):
    vacancy, (one,), members, hr = open_sift(1)
    for member in members:
        score(one, member, [2, 2, 2])
        disable(app, member)

    *_, message = told()
    with app.test_request_context():
        mail = " ".join(render(message, SENDER, at=clock.now()).get_content().split())
    assert f"The account of {members[-1].name}," in mail
    assert "Nobody else on the panel can score what arrives." in mail
    arrived = arrive(vacancy)
    assert scorers_of(arrived) == set()
    sift = db.session.get(Sift, vacancy.id)
    assert [one.words for one in lacking_of(vacancy, sift, in_sift(vacancy.id, vacancy.asked))] == [
        f"{arrived.reference} has no scorer"
    ]


def test_what_nobody_can_be_given_keeps_nobody_else_waiting(app, monkeypatch):
    monkeypatch.setattr(opening, "ARRIVALS_A_STEP", 1)
    empty, _, gone, _ = open_sift(1)
    vacancy, _, members, _ = open_sift(1)
    for member in gone:
        disable(app, member)
    sent_application(vacancy=empty)

    assert scorers_of(arrive(vacancy)) == {member.id for member in members}


def test_of_two_who_are_gone_each_can_be_taken_off_once_there_are_others(app):
    vacancy, _, gone, hr = open_sift(1)
    for member in gone:
        disable(app, member)
    others = [panel_member("Member C"), panel_member("Member D")]
    with transaction():
        for one in others:
            setup.add_member(hr.as_actor(), vacancy, one.id, now=clock.now())
        setup.record_training(hr.as_actor(), vacancy, others[0].id, date(2026, 1, 5), now=clock.now())
        setup.choose_chair(hr.as_actor(), vacancy, others[0].id, now=clock.now())

    with transaction():
        for member in gone:
            setup.remove_member(hr.as_actor(), vacancy, member.id, now=clock.now())

    assert [member.name for member in members_of(vacancy.id)] == ["Member C", "Member D"]
    with pytest.raises(Conflict, match="without Member D the panel is not complete"), transaction():
        setup.remove_member(hr.as_actor(), vacancy, others[1].id, now=clock.now())
