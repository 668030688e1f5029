"""When a sift opens, what comes into it later, and when it is over."""

from datetime import timedelta

import pytest

from recruit.accounts.models import RoleGrant
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.panels import moderation, opening, reading, setup, sheets
from recruit.panels.entry import Entry
from recruit.panels.models import ScoreSheet
from recruit.panels.moderation import Chaired
from recruit.panels.own_panels import own_panels
from recruit.panels.standings import standings_of
from recruit.rules.access import Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.sift import LIVE, SheetStatus
from tests.panels.sifting import closed_vacancy, hr_person, open_sift, panel_member, score, sheet_of, with_panel
from tests.review.sent import open_vacancy, sent_application

pytestmark = pytest.mark.usefixtures("session")


def share():
    with transaction():
        return opening.share_arrivals(clock.now())


def told(notification):
    return [row.recipient for row in db.session.query(OutboxMessage).filter_by(notification=notification)]


def as_candidate(user):
    """Let somebody of the staff apply, too."""
    user.grants.append(RoleGrant(role=Role.CANDIDATE))
    db.session.commit()
    return user


def scorers_of(application):
    rows = db.session.query(ScoreSheet).filter_by(application_id=application.id)
    return sorted(row.scorer_id for row in rows if row.status in LIVE)


def rolling_sift(people=2):
    """Return an open rolling vacancy whose sift is open and empty, its members and HR."""
    vacancy, hr = open_vacancy(is_rolling=True), hr_person()
    members = [panel_member(f"Member {letter}") for letter in "ABC"[:people]]
    with_panel(vacancy, members, hr)
    vacancy.closes_at = clock.now() + timedelta(days=5)
    db.session.commit()
    with transaction():
        opening.open_sift(hr.as_actor(), vacancy, now=clock.now())
    return vacancy, members, hr


def test_a_rolling_sift_opens_before_closing_with_a_whole_panel_and_shares_out_what_arrives():
    vacancy, hr = open_vacancy(is_rolling=True), hr_person()
    with pytest.raises(Incomplete, match="It needs 2 more members"), transaction():
        opening.open_sift(hr.as_actor(), vacancy, now=clock.now())
    vacancy, members, _ = rolling_sift()

    assert told(Notification.PANEL_TO_SCORE) == []
    first = sent_application(vacancy=vacancy)
    assert scorers_of(first) == []
    assert share() is False
    second = sent_application(vacancy=vacancy)
    share()
    share()

    for application in (first, second):
        assert scorers_of(application) == [member.id for member in members]
    assert [one.reference for one in standings_of(vacancy.id, vacancy.criteria)] == sorted(
        [first.reference, second.reference]
    )
    assert sorted(told(Notification.PANEL_TO_SCORE)) == sorted(member.email for member in members)  # once, not twice


def test_members_are_written_to_again_once_they_had_nothing_left_to_score():
    vacancy, members, _ = rolling_sift()
    first = sent_application(vacancy=vacancy)
    share()
    score(first, members[0], [2, 2, 2])

    sent_application(vacancy=vacancy)
    share()

    assert sorted(told(Notification.PANEL_TO_SCORE)) == sorted([members[0].email, members[0].email, members[1].email])


def test_what_arrives_at_a_closed_sift_or_another_vacancy_is_left():
    vacancy, (one, _), _, _ = open_sift(2)
    unopened, (other,) = closed_vacancy(1)
    vacancy.status = VacancyStatus.CANCELLED
    db.session.query(ScoreSheet).filter_by(application_id=one.id).delete()
    db.session.commit()

    share()

    assert scorers_of(one) == scorers_of(other) == []


def test_a_member_who_applies_is_off_the_panel_at_once_and_their_scores_count_no_more():
    vacancy, members, hr = rolling_sift(people=3)
    first = sent_application(vacancy=vacancy)
    share()
    leaver = next(member for member in members[1:] if member.id in scorers_of(first))
    sheet = score(first, leaver, [3, 3, 3])
    as_candidate(leaver)
    leaver_application = sent_application(vacancy=vacancy, candidate=leaver)
    share()
    actor = leaver.as_actor()

    assert leaver.id not in scorers_of(leaver_application)
    assert own_panels(actor) == []
    with pytest.raises(NotFound):
        reading.own_panel(actor, vacancy.reference)
    with pytest.raises(NotFound):
        reading.own_sheet(actor, vacancy.reference, first.reference)
    with transaction():
        setup.remove_member(hr.as_actor(), vacancy, leaver.id, now=clock.now())
    assert sheet.status == SheetStatus.REMOVED
    assert scorers_of(first) == sorted(member.id for member in members if member is not leaver)


def test_somebody_in_hr_who_applied_opens_nothing_of_that_vacancy():
    vacancy, _, _ = rolling_sift()
    hr = as_candidate(hr_person())
    hr_application = sent_application(vacancy=vacancy, candidate=hr)

    with pytest.raises(NotFound):
        reading.panel_for_hr(hr.as_actor(), hr_application.vacancy.reference)


@pytest.mark.parametrize("status", [VacancyStatus.CANCELLED, VacancyStatus.UNFILLED])
def test_nothing_is_scored_or_settled_after_the_vacancy_is_over(status):
    vacancy, (one, two), (chair, second), hr = open_sift(2)
    sheet = score(one, chair, [2, 2, 2], submit=False)
    score(two, chair, [3, 2, 2])
    score(two, second, [1, 2, 2])
    vacancy.status, vacancy.filled = status, (0 if status == VacancyStatus.UNFILLED else None)
    db.session.commit()
    actor, key = chair.as_actor(), vacancy.criteria[0].id

    for submit in (True, False):
        with pytest.raises(Conflict, match="The sift has closed"), transaction():
            sheets.save_scores(
                actor, sheet, {key: Entry(3, "Why")}, seen_version=sheet.version, now=clock.now(), submit=submit
            )
    with pytest.raises(Conflict, match="The sift has closed"), transaction():
        moderation.moderate(actor, Chaired(vacancy, chair.id), two.id, {key: Entry(2, "Why")}, now=clock.now())
    with pytest.raises(Conflict), transaction():
        opening.open_sift(hr.as_actor(), vacancy, now=clock.now())
    assert reading.entries_of(sheet)[key] == Entry(2, "Because 2")


def test_what_arrives_after_a_member_applied_lacks_a_scorer_and_hr_is_written_to_once():
    vacancy, (_, member), hr = rolling_sift()
    sent_application(vacancy=vacancy, candidate=as_candidate(member))
    share()
    assert told(Notification.PANEL_LACKS_SCORER) == [hr.email]
    sent_application(vacancy=vacancy)
    share()
    share()
    assert told(Notification.PANEL_LACKS_SCORER) == [hr.email]


def test_a_member_without_the_role_any_more_scores_nothing_and_hr_reads_why(visit_as):
    vacancy, (one,), members, hr = open_sift(1)
    scorer = visit_as(members[0])
    address = f"/panel/{vacancy.reference}/{one.reference}"
    scorer.post(f"{address}/declaration", {"connection": "none"})
    page = scorer.get(address)
    key, version = vacancy.criteria[0].id, page.select_one("[name=version]")["value"]
    members[0].grants = [grant for grant in members[0].grants if grant.role != Role.PANEL]
    db.session.commit()

    scorer.post(f"{address}/scores", {"version": version, f"score_{key}": "3"}, 403)
    scorer.post(f"{address}/scores", {"version": version}, 403, headers={"Accept": "application/json"})

    assert reading.entries_of(sheet_of(one, members[0])) == {}
    text = visit_as(hr).get(f"/review/vacancies/{vacancy.reference}/panel").text
    assert "Member A has no panel member’s account any more." in text


def test_a_scorer_taken_off_with_the_page_open_saves_nothing_and_another_has_it(visit_as):
    vacancy, (one,), people, hr = open_sift(1, people=3)
    first = next(person for person in people if person.id == scorers_of(one)[0])
    score(one, first, [2, 2, 2], submit=False)
    scorer, address = visit_as(first), f"/panel/{vacancy.reference}/{one.reference}"
    version = scorer.get(address).select_one("[name=version]")["value"]
    with transaction():
        sheets.remove_scorer(hr.as_actor(), sheet_of(one, first), "A cousin of the candidate", now=clock.now())

    page = scorer.post(f"{address}/scores", {"version": version, "submit": "yes"}, 404)

    assert "There is no application of that reference for you to score" in page.text
    assert first.id not in scorers_of(one)
    assert len(scorers_of(one)) == 2
