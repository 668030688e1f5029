"""Decisions that wait for a panel, and shortlisting from its ranking."""

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.panels import setup
from recruit.panels.deciding import ScoresMissing, decide
from recruit.panels.models import SiftEvent
from recruit.panels.shortlisting import GONE, Ticked, shortlist
from recruit.review import service
from recruit.review.rows import RowResult
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification
from tests.factories import UserFactory
from tests.panels.sifting import closed_vacancy, hr_person, open_sift, score
from tests.review.sent import sent_application

pytestmark = pytest.mark.usefixtures("session")


def shortlisting(hr, application, *, needs_scores=False, without=""):
    with transaction():
        decide(
            hr.as_actor(),
            application,
            ApplicationStatus.SHORTLISTED,
            needs_scores=needs_scores,
            without_scores=without,
            seen_version=application.version,
            now=clock.now(),
        )


def wait_for_scores(hr, vacancy, *, needed=True):
    with transaction():
        setup.choose_scores_first(hr.as_actor(), vacancy, needed=needed, now=clock.now())


def from_ranking(hr, vacancy, ticked):
    with transaction():
        return shortlist(hr.as_actor(), vacancy, ticked, now=clock.now())


def ticks(*applications):
    return [Ticked(one.reference, one.version) for one in applications]


@pytest.mark.parametrize(
    ("by_service", "by_vacancy", "waits"),
    [(False, None, False), (False, True, True), (True, None, True), (True, False, False)],
)
def test_a_decision_waits_where_the_vacancy_or_else_the_service_says_so(by_service, by_vacancy, waits):
    vacancy, (one,) = closed_vacancy(1)
    hr = hr_person()
    if by_vacancy is not None:
        wait_for_scores(hr, vacancy, needed=by_vacancy)

    if waits:
        with pytest.raises(ScoresMissing, match="Both scores are not in yet"):
            shortlisting(hr, one, needs_scores=by_service)
        assert one.status == ApplicationStatus.SUBMITTED
    else:
        shortlisting(hr, one, needs_scores=by_service)
        assert one.status == ApplicationStatus.SHORTLISTED


@pytest.mark.parametrize(
    ("first", "second", "waits"),
    [([2, 2, 2], None, True), ([3, 2, 2], [1, 2, 2], True), ([2, 2, 2], [2, 3, 2], False)],
)
def test_it_waits_until_both_scores_are_in_and_settled(first, second, waits):
    vacancy, (one,), members, hr = open_sift(1)
    wait_for_scores(hr, vacancy)
    for member, points in zip(members, (first, second), strict=True):
        if points:
            score(one, member, points)

    if waits:
        with pytest.raises(ScoresMissing):
            shortlisting(hr, one)
    else:
        shortlisting(hr, one)
        assert one.status == ApplicationStatus.SHORTLISTED


def test_who_may_not_decide_and_who_has_seen_another_version_is_told_that_first():
    vacancy, (one,), members, hr = open_sift(1)
    wait_for_scores(hr, vacancy)
    seen = {"needs_scores": True, "seen_version": one.version, "now": clock.now()}
    with pytest.raises(NotAllowed):
        decide(members[0].as_actor(), one, ApplicationStatus.SHORTLISTED, **seen)
    shortlisting(hr, one, without="Asked for by the head of service")
    with pytest.raises(Conflict, match="You shortlisted this application at"):
        decide(hr.as_actor(), one, ApplicationStatus.SHORTLISTED, **seen)


def test_a_reason_is_kept_where_somebody_does_not_wait():
    vacancy, (one,), _, hr = open_sift(1)
    wait_for_scores(hr, vacancy)

    with pytest.raises(ScoresMissing):
        shortlisting(hr, one, without="  ")
    with pytest.raises(Conflict, match="characters or fewer"):
        shortlisting(hr, one, without="x" * 20_000)
    shortlisting(hr, one, without="The only candidate who can start in June")

    event = db.session.query(SiftEvent).order_by(SiftEvent.id.desc()).first()
    assert (event.what, event.note, event.application_id) == (
        "Decided before the panel’s scores were in", "The only candidate who can start in June", one.id,
    )  # fmt: skip


def test_whoever_wants_to_decide_alone_is_asked_why_beside_the_form(hr):
    vacancy, (one,), _, officer = open_sift(1)
    wait_for_scores(officer, vacancy)
    address = f"/review/applications/{one.reference}"

    page = hr.post(f"{address}/shortlist", {"version": str(one.version), "reason": "Good"}, 409)
    assert "Both scores are not in yet" in page.select_one("#without_scores-error").text
    assert page.select_one("[name=reason]").text.strip() == "Good"
    key = str(vacancy.criteria[0].id)
    sent = {"version": str(one.version), "criterion": key, "reason": "More examples", "send": "yes"}
    assert "Both scores are not in yet" in hr.post(f"{address}/unsuccessful", sent, 409).text
    hr.post(f"{address}/unsuccessful", {**sent, "without_scores": "Not registered, and the post needs it"})

    assert one.status == ApplicationStatus.NOT_SHORTLISTED
    events = [event.note for event in db.session.query(SiftEvent).filter_by(application_id=one.id)]
    assert events[-1] == "Not registered, and the post needs it"


def test_hr_says_on_the_panels_page_that_decisions_wait(hr):
    vacancy, (one,), _, _ = open_sift(1)
    base = f"/review/vacancies/{vacancy.reference}/panel"
    assert not hr.get(base).select_one("[name=needed]").has_attr("checked")
    assert not hr.get(f"/review/applications/{one.reference}").select("[name=without_scores]")

    hr.post(f"{base}/scores-first", {"needed": "y"})

    page = hr.get(base)
    assert page.select_one("[name=needed]").has_attr("checked")
    assert "Decisions wait for both scores, or say why not" in page.text
    assert hr.get(f"/review/applications/{one.reference}").select("[name=without_scores]")


def test_all_that_are_ticked_are_shortlisted_in_one_step_and_the_one_that_cannot_be_is_named():
    vacancy, applications, members, hr = open_sift(3)
    one, two, three = applications
    for application in applications:
        for member in members:
            score(application, member, [2, 2, 2])
    other = sent_application()
    seen = [*ticks(one, two), Ticked(three.reference, three.version - 1), *ticks(other)]

    results = {row.reference: row.refusal for row in from_ranking(hr, vacancy, seen)}

    assert results == {
        one.reference: "",
        two.reference: "",
        three.reference: results[three.reference],
        other.reference: GONE,
    }
    assert [one.status, two.status, other.status] == [
        ApplicationStatus.SHORTLISTED, ApplicationStatus.SHORTLISTED, ApplicationStatus.SUBMITTED,
    ]  # fmt: skip
    assert db.session.query(OutboxMessage).filter_by(notification=Notification.APPLICATION_SHORTLISTED).count() == 0
    with transaction():
        service.undo_move(hr.as_actor(), one, seen_version=one.version, now=clock.now())
    assert from_ranking(hr, vacancy, ticks(one, two)) == sorted(
        [RowResult(one.reference), RowResult(two.reference, GONE)], key=lambda row: row.reference
    )


def test_nothing_that_is_not_scored_is_shortlisted_from_the_ranking_and_only_by_hr():
    vacancy, (one,), members, hr = open_sift(1)
    score(one, members[0], [3, 3, 3])

    assert from_ranking(hr, vacancy, ticks(one)) == [RowResult(one.reference, GONE)]
    with pytest.raises(NotAllowed):
        from_ranking(members[0], vacancy, ticks(one))


def test_of_many_at_once_only_those_whose_panel_is_to_come_first_are_left(hr):
    vacancy, (first,) = closed_vacancy(1)
    other = sent_application()
    wait_for_scores(hr_person(), vacancy)
    rows = [f"{one.reference}:{one.version}:0" for one in (first, other)]

    hr.post("/review/bulk", {"do": "shortlist", "ticked": rows, "row": rows, "confirm": "yes"}, 409)

    db.session.expire_all()
    assert [one.status for one in (first, other)] == [ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED]


def test_beside_the_decision_it_says_how_many_scores_are_in_without_another_statement(hr, queries):
    vacancy, (one,), members, _ = open_sift(1)
    address, link, said, taken = f"/review/applications/{one.reference}", panel_link(vacancy), [], set()
    hr.get(address)
    for member in (None, *members):
        if member:
            score(one, member, [2, 2, 2])
        queries.clear()
        page = hr.get(address)
        taken.add(len(queries))
        said.append(page.select_one(link).parent.text)

    assert said == [f"In the panel’s sift: {number} of 2 scores in" for number in range(3)]
    assert taken == {4}


def test_it_says_nothing_of_scores_where_no_sift_was_opened_nor_to_who_applied(hr, visit_as):
    vacancy, (one,) = closed_vacancy(1)
    assert not hr.get(f"/review/applications/{one.reference}").select(panel_link(vacancy))

    other, (two,), _, _ = open_sift(1)
    assert hr.get(f"/review/applications/{two.reference}").select(panel_link(other))
    both = sent_application(vacancy=other, candidate=UserFactory(roles=[Role.CANDIDATE, Role.HR])).candidate
    assert not visit_as(both).get(f"/review/applications/{two.reference}").select(panel_link(other))


def panel_link(vacancy):
    return f"#decide a[href='/review/vacancies/{vacancy.reference}/panel']"
