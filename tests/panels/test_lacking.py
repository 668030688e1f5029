"""Applications that nobody of the panel is left to score."""

from datetime import date

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render
from recruit.notifications.models import OutboxMessage
from recruit.panels import closing, setup, sheets
from recruit.panels.lacking import lacking_of
from recruit.panels.models import ScoreSheet, Sift
from recruit.panels.moderation import Chaired
from recruit.panels.standings import in_sift
from recruit.rules.access import Role
from recruit.rules.notifications import Notification
from recruit.rules.sift import LIVE, SheetStatus
from tests.factories import UserFactory
from tests.panels.sifting import open_sift, panel_member, score, sheet_of
from tests.review.sent import SENDER, sent_application

pytestmark = pytest.mark.usefixtures("session")
REASON = "She is my neighbour’s daughter"


@pytest.fixture
def sift():
    """A sift with one application, of which the second of two members declared a connection."""
    vacancy, (one,), (chair, member), hr = open_sift(1)
    score(one, chair, [2, 2, 2])
    with transaction():
        sheets.leave(member.as_actor(), sheet_of(one, member), SheetStatus.CONNECTED, REASON, now=clock.now())
    return vacancy, one, chair, member, hr


def sheets_of(application):
    """Return the sheets of an application that count."""
    return [one for one in db.session.query(ScoreSheet).filter_by(application_id=application.id) if one.status in LIVE]


def words_of(page):
    return " ".join(page.main.text.split())


def test_hr_is_told_whom_it_needs_and_why_beside_the_application(sift, visit_as):
    vacancy, one, chair, member, hr = sift
    page = visit_as(hr).get(f"/review/vacancies/{vacancy.reference}/panel")
    assert f"Add a member: {one.reference} has one scorer" in words_of(page)
    assert "The panel is complete" not in page.text
    cell = page.select_one("[data-label=Scorers]").text
    assert " ".join(cell.split()) == f"{chair.name}: scores in; {member.name}: connection declared ({REASON})"


def test_the_chair_is_told_what_to_ask_for_and_neither_who_stopped_nor_why(sift, visit_as):
    vacancy, one, chair, member, _ = sift
    page = visit_as(chair).get(f"/panel/{vacancy.reference}")
    assert f"Ask HR to add a member: {one.reference} has one scorer" in words_of(page)
    for word in ("Nothing is to be settled", member.name, REASON):
        assert word not in page.text


def test_it_is_said_until_another_member_has_it_and_not_once_nobody_scores_any_more(sift, visit_as):
    vacancy, one, chair, _, hr = sift
    visitor, address = visit_as(hr), f"/review/vacancies/{vacancy.reference}/panel"
    with transaction():
        closing.close_sift(hr.as_actor(), Chaired(vacancy, chair.id), now=clock.now())
    assert "The panel is complete" in visitor.get(address).text
    assert "Ask HR" not in visit_as(chair).get(f"/panel/{vacancy.reference}").text
    with transaction():
        closing.reopen_sift(hr.as_actor(), Chaired(vacancy, chair.id), "Closed too early", now=clock.now())
    assert "Add a member" in words_of(visitor.get(address))
    with transaction():
        setup.add_member(hr.as_actor(), vacancy, panel_member("Member C").id, now=clock.now())
    page = visitor.get(address)
    assert "The panel is complete" in page.text
    scorers = page.select_one("[data-label=Scorers]").text
    assert ("connection declared" in scorers, REASON in scorers) == (True, False)  # why is on the application's page


def test_of_two_who_stopped_the_reasons_are_each_beside_its_name(sift):
    vacancy, one, chair, member, hr = sift
    with transaction():
        sheets.remove_scorer(hr.as_actor(), sheet_of(one, chair), "A cousin", now=clock.now())
    (lacking,) = lacking_of(vacancy, db.session.get(Sift, vacancy.id), in_sift(vacancy.id, vacancy.asked))
    assert lacking.words == f"{one.reference} has no scorer"
    assert {stopped.name: stopped.reason for stopped in lacking.stopped} == {
        chair.name: "A cousin",
        member.name: REASON,
    }


def told():
    """Return who of HR was written to that a member is to be added, and empty the outbox."""
    wanted = db.session.query(OutboxMessage).filter_by(notification=Notification.PANEL_LACKS_SCORER)
    found = sorted(one.recipient for one in wanted)
    wanted.delete()
    db.session.commit()
    return found


def leave(application, member, status=SheetStatus.CONNECTED):
    with transaction():
        sheets.leave(member.as_actor(), sheet_of(application, member), status, REASON, now=clock.now())


def hr_too(name):
    return UserFactory(name=name, email=f"{name.lower()}@hr.test", roles=[Role.HR])


def test_hr_is_written_to_once_until_nothing_lacks_a_scorer_any_more():
    vacancy, (one, other), (_, member), hr = open_sift(2)
    leave(one, member)
    assert told() == [hr.email]
    leave(other, member, SheetStatus.ABSTAINED)  # another waits while the first does
    assert told() == []

    third = panel_member("Member C")
    with transaction():
        setup.add_member(hr.as_actor(), vacancy, third.id, now=clock.now())
    assert told() == []
    leave(one, third)
    assert told() == [hr.email]


def test_an_application_that_loses_its_other_scorer_too_is_not_told_again(sift):
    _, one, chair, _, hr = sift
    assert told() == [hr.email]
    leave(one, chair)
    assert told() == []


def test_nobody_is_written_to_while_somebody_else_on_the_panel_can_score_it():
    _, (one,), members, _ = open_sift(1, people=3)
    leave(one, next(member for member in members if member.id in {sheet.scorer_id for sheet in sheets_of(one)}))
    assert told() == []


@pytest.mark.parametrize(
    ("assigned", "expected"), [(True, ["hana@hr.test"]), (False, ["hana@hr.test", "hugo@hr.test"])]
)
def test_whoever_has_it_is_written_to_else_everybody_in_hr_who_works_and_did_not_apply(assigned, expected):
    vacancy, (one,), (_, member), hr = open_sift(1)
    hana, gone, applicant = hr_too("Hana"), hr_too("Gone"), hr_too("Applicant")
    hr_too("Hugo")
    hr.disabled_at = gone.disabled_at = clock.now()
    sent_application(vacancy=vacancy).candidate_id = applicant.id
    one.assigned_to_id = hana.id if assigned else None
    db.session.commit()
    leave(one, member)
    assert told() == expected


def test_a_member_who_leaves_the_panel_is_told_to_the_colleague_who_has_it_and_not_to_whoever_did_it():
    vacancy, (one,), members, hr = open_sift(1, people=3)
    scorers = {sheet.scorer_id for sheet in sheets_of(one)}
    (free,) = (member for member in members if member.id not in scorers)
    first, last = (member for member in members if member.id in scorers)
    leave(one, last)  # the third has it now
    hana = hr_too("Hana")
    one.assigned_to_id = hana.id
    db.session.commit()
    with transaction():
        setup.record_training(hr.as_actor(), vacancy, first.id, date(2026, 1, 5), now=clock.now())
        setup.choose_chair(hr.as_actor(), vacancy, first.id, now=clock.now())
        setup.remove_member(hr.as_actor(), vacancy, free.id, now=clock.now())
    assert told() == ["hana@hr.test"]


def test_whoever_takes_a_scorer_off_and_may_add_one_is_not_written_to():
    _, (one,), (_, member), hr = open_sift(1)
    hr_too("Hana")
    with transaction():
        sheets.remove_scorer(hr.as_actor(), sheet_of(one, member), "A cousin", now=clock.now())
    assert told() == []


def test_a_sift_that_is_reopened_and_still_lacks_a_scorer_is_told_again(sift):
    vacancy, _, chair, _, hr = sift
    told()
    panel = Chaired(vacancy, chair.id)
    with transaction():
        closing.close_sift(hr.as_actor(), panel, now=clock.now())
    with transaction():
        closing.reopen_sift(chair.as_actor(), panel, "Closed too early", now=clock.now())
    assert told() == [hr.email]


def test_the_mail_names_no_candidate_and_leads_to_the_panel(app, sift):
    vacancy, one, chair, member, _ = sift
    mail = db.session.query(OutboxMessage).filter_by(notification=Notification.PANEL_LACKS_SCORER).one()
    with app.test_request_context():
        words = render(mail, SENDER, at=clock.now()).as_string()
    assert f"/review/vacancies/{vacancy.reference}/panel" in words
    for hidden in (one.reference, one.candidate.name, chair.name, member.name, REASON):
        assert hidden not in words
    assert mail.about is None
