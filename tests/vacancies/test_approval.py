"""Sending a vacancy for approval, approving it, asking for changes, taking it back, and writing about it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from recruit.accounts.models import User
from recruit.core.calendar import closing_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, DomainError, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import approval, service
from recruit.vacancies.approval_queries import number_to_approve, vacancies_to_approve
from recruit.vacancies.authoring_queries import comments_of
from recruit.vacancies.details import wording_of
from recruit.vacancies.models import Vacancy, VacancyEvent
from recruit.vacancies.readiness import NotReady, worth_a_look_before_approval
from tests import factories
from tests.factories import NOW

CHANGED = "This has changed since you opened the page, so that is no longer possible."
TOO_SHORT = "The closing date must be at least 7 days after the vacancy opens"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def author(session) -> User:
    return factories.UserFactory(name="Robin Carter", email="robin@council.test", roles=[Role.RECRUITER])


@pytest.fixture
def draft(author: User) -> Vacancy:
    return factories.VacancyFactory(
        author_id=author.id,
        contact_role="Team manager",
        contact_email="team@council.test",
        pay_table=factories.PayTableFactory(),
        closes_at=closing_moment(date(2026, 4, 7)),
        interview_on=date(2026, 5, 5),
    )


@pytest.fixture
def recruiter(author: User, draft: Vacancy) -> Actor:
    return author.as_actor(frozenset({draft.team_id}))


@pytest.fixture
def officer(session) -> Actor:
    return factories.UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()


@pytest.fixture
def waiting(recruiter: Actor, draft: Vacancy) -> Vacancy:
    _send(recruiter, draft)
    return draft


def _send(actor: Actor, vacancy: Vacancy, comment: str = "", **given: Any) -> None:
    with transaction():
        approval.send_for_approval(actor, vacancy, comment, **{"now": NOW, **given})


def _approve(actor: Actor, vacancy: Vacancy, **given: Any) -> None:
    with transaction():
        approval.approve_vacancy(actor, vacancy, **{"seen_version": vacancy.version, "now": LATER, **given})


def _request_changes(actor: Actor, vacancy: Vacancy, comment: str = "Say more.", **given: Any) -> None:
    with transaction():
        approval.request_changes(actor, vacancy, comment, **{"seen_version": vacancy.version, "now": LATER, **given})


def _take_back(actor: Actor, vacancy: Vacancy, **given: Any) -> None:
    with transaction():
        approval.take_back(actor, vacancy, **{"now": LATER, **given})


def _comment(actor: Actor, vacancy: Vacancy, text: str = "Is the car allowance agreed?") -> None:
    with transaction():
        approval.add_comment(actor, vacancy, text, now=LATER)


def _edit(actor: Actor, vacancy: Vacancy, seen: int | None = None) -> None:
    with transaction():
        seen = vacancy.version if seen is None else seen
        terms = service.terms_of(vacancy)
        service.edit_vacancy(actor, vacancy, wording_of(vacancy), terms, seen_version=seen, now=LATER)


def _events() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(select(VacancyEvent).order_by(VacancyEvent.id))
    return [(event.source, event.target, event.reason) for event in rows]


def _mails() -> list[tuple[str, str]]:
    rows = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(message.notification.value, message.recipient) for message in rows]


def test_a_draft_is_sent_and_waits_without_being_public(recruiter: Actor, draft: Vacancy):
    _send(recruiter, draft, "The date is fixed with the panel.")

    assert (draft.status, draft.sent_at, draft.sent_by_id) == (VacancyStatus.AWAITING_APPROVAL, NOW, recruiter.user_id)
    assert (draft.published_at, draft.salary_min_pence) == (None, None)
    assert draft.is_public(NOW + timedelta(days=365)) is False
    assert _events() == [("draft", "awaiting_approval", ""), ("awaiting_approval", "awaiting_approval", "Commented")]
    assert [(comment.author.name, comment.text) for comment in comments_of(draft)] == [
        ("Robin Carter", "The date is fixed with the panel.")
    ]
    assert _mails() == []


def test_hr_approves_and_the_author_is_told(officer: Actor, waiting: Vacancy):
    _approve(officer, waiting)

    assert (waiting.status, waiting.opens_at, waiting.published_at) == (VacancyStatus.PUBLISHED, LATER, LATER)
    assert (waiting.point_min, waiting.point_max) == (24, 33)
    assert (waiting.salary_min_pence, waiting.salary_max_pence) == (28_672_00, 36_922_00)
    assert waiting.is_open(LATER)
    assert _events()[-1] == ("awaiting_approval", "published", "")
    assert _mails() == [("vacancy_approved", "robin@council.test")]
    context = db.session.scalars(select(OutboxMessage.context)).one()
    assert (context["who"], context["opens"]) == ("Harper Reed", "now")


def test_what_opens_later_is_scheduled_by_approval(recruiter: Actor, officer: Actor, draft: Vacancy):
    opens_at = NOW + timedelta(days=5)
    draft.opens_at = opens_at
    db.session.commit()
    _send(recruiter, draft)

    _approve(officer, draft)

    assert draft.opens_at == opens_at
    assert (draft.is_public(LATER), draft.is_public(opens_at)) == (False, True)
    context = db.session.scalars(select(OutboxMessage.context)).one()
    assert context["opens"] == "from 9:30am on Sunday 15 March 2026"


def test_changes_are_asked_for_made_and_sent_again(recruiter: Actor, officer: Actor, waiting: Vacancy):
    _request_changes(officer, waiting, "Say what happens after 18 months.")
    assert waiting.status is VacancyStatus.CHANGES_REQUESTED
    assert _mails() == [("vacancy_changes_requested", "robin@council.test")]

    _edit(recruiter, waiting)
    _send(recruiter, waiting, now=LATER)
    _approve(officer, waiting)

    assert [event for event in _events() if event[0] != event[1]] == [
        ("draft", "awaiting_approval", ""),
        ("awaiting_approval", "changes_requested", "Say what happens after 18 months."),
        ("changes_requested", "awaiting_approval", ""),
        ("awaiting_approval", "published", ""),
    ]
    assert [comment.text for comment in comments_of(waiting)] == ["Say what happens after 18 months."]


@pytest.mark.parametrize("comment", ["", " \n\x00", "x" * (limits.COMMENT_CHARACTERS + 1)])
def test_changes_need_a_comment_of_a_bounded_length(officer: Actor, waiting: Vacancy, comment: str):
    with pytest.raises(Incomplete):
        _request_changes(officer, waiting, comment)

    assert (waiting.status, list(comments_of(waiting)), _mails()) == (VacancyStatus.AWAITING_APPROVAL, [], [])


def test_its_team_takes_it_back_and_changes_it(recruiter: Actor, officer: Actor, waiting: Vacancy):
    _take_back(recruiter, waiting)

    assert waiting.status is VacancyStatus.DRAFT
    _edit(recruiter, waiting)
    with pytest.raises(Conflict, match=f"^{CHANGED}$"):
        _approve(officer, waiting)


def test_what_waits_is_not_changed_or_deleted_but_taken_back_first(recruiter: Actor, waiting: Vacancy):
    with pytest.raises(Conflict) as refusal:
        _edit(recruiter, waiting)

    assert str(refusal.value) == service.WAITING
    with pytest.raises(Conflict, match=f"^{CHANGED}$"), transaction():
        service.cancel_vacancy(recruiter, waiting, now=LATER)


def test_what_was_sent_back_can_be_deleted(recruiter: Actor, officer: Actor, waiting: Vacancy):
    _request_changes(officer, waiting)

    with transaction():
        service.cancel_vacancy(recruiter, waiting, now=LATER)

    assert _events()[-1] == ("changes_requested", "cancelled", "")


def test_a_changed_draft_is_not_approved(recruiter: Actor, officer: Actor, waiting: Vacancy):
    seen = waiting.version
    _take_back(recruiter, waiting)
    _edit(recruiter, waiting)
    _send(recruiter, waiting, now=LATER)

    for attempt in (_approve, _request_changes):
        with pytest.raises(Conflict) as refusal:
            attempt(officer, waiting, seen_version=seen)
        assert str(refusal.value) == (
            "Robin Carter sent this vacancy for approval at 10:30am on Tuesday 10 March 2026, after you opened it."
            " Nothing of yours was saved over theirs."
        )
    assert waiting.status is VacancyStatus.AWAITING_APPROVAL


def test_a_comment_changes_nothing_that_was_read(recruiter: Actor, officer: Actor, waiting: Vacancy):
    seen = waiting.version
    _comment(recruiter, waiting)

    _approve(officer, waiting, seen_version=seen)

    assert waiting.status is VacancyStatus.PUBLISHED


def test_hr_cannot_take_back_and_recruiters_cannot_approve(recruiter: Actor, officer: Actor, waiting: Vacancy):
    with pytest.raises(NotAllowed):
        _take_back(officer, waiting)
    for attempt in (_approve, _request_changes):
        with pytest.raises(NotAllowed):
            attempt(recruiter, waiting)


@pytest.mark.parametrize("part", ["author_id", "edited_by_id", "sent_by_id"])
def test_nobody_approves_what_they_started_saved_last_or_sent(officer: Actor, waiting: Vacancy, part: str):
    setattr(waiting, part, officer.user_id)
    db.session.commit()
    everything = Actor(officer.user_id, frozenset(Role), frozenset({waiting.team_id}), "Harper Reed")

    for attempt in (_approve, _request_changes):
        with pytest.raises(NotAllowed):
            attempt(everything, waiting)


def test_who_saves_a_draft_last_is_kept(recruiter: Actor, draft: Vacancy):
    colleague = factories.UserFactory(roles=[Role.RECRUITER]).as_actor(recruiter.team_ids)

    _edit(colleague, draft)

    assert (draft.author_id, draft.edited_by_id) == (recruiter.user_id, colleague.user_id)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HR, Role.RECRUITER}))
def test_nobody_else_does_anything(waiting: Vacancy, role: Role):
    other = Actor(factories.UserFactory().id, frozenset({role}), frozenset({waiting.team_id}))

    for attempt in (_take_back, _approve, _request_changes, _comment):
        with pytest.raises(NotAllowed):
            attempt(other, waiting)


def test_another_team_s_recruiter_does_nothing(session, recruiter: Actor, waiting: Vacancy):
    other = Actor(factories.UserFactory().id, frozenset({Role.RECRUITER}), frozenset({waiting.team_id + 1}))

    for attempt in (_send, _take_back, _comment):
        with pytest.raises(NotAllowed):
            attempt(other, waiting)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda recruiter, officer, vacancy: _send(recruiter, vacancy),
        lambda recruiter, officer, vacancy: _take_back(recruiter, vacancy),
        lambda recruiter, officer, vacancy: _approve(officer, vacancy),
        lambda recruiter, officer, vacancy: _request_changes(officer, vacancy),
    ],
)
def test_what_was_approved_is_decided(recruiter: Actor, officer: Actor, waiting: Vacancy, attempt: Callable[..., None]):
    _approve(officer, waiting)

    with pytest.raises(Conflict, match=f"^{CHANGED}$"):
        attempt(recruiter, officer, waiting)


def test_what_was_checked_is_what_is_sent(recruiter: Actor, draft: Vacancy):
    seen = draft.version
    _edit(recruiter, draft)

    with pytest.raises(Conflict, match="^Robin Carter saved this vacancy at 10:30am on Tuesday 10 March 2026"):
        _send(recruiter, draft, seen_version=seen)


def test_days_that_went_by_while_it_waited_are_pointed_out_to_hr_and_refuse_nothing(
    recruiter: Actor, officer: Actor, draft: Vacancy
):
    draft.closes_at = NOW + timedelta(days=8)
    draft.interview_on = date(2026, 5, 5)
    db.session.commit()
    _send(recruiter, draft)
    late = NOW + timedelta(days=2)

    assert [finding.message for finding in worth_a_look_before_approval(draft, now=late)] == [TOO_SHORT]
    _approve(officer, draft, now=late)

    assert draft.is_open(late)


def test_a_closing_date_that_is_too_near_is_not_sent(recruiter: Actor, draft: Vacancy):
    draft.closes_at = NOW + timedelta(days=6)
    db.session.commit()

    with pytest.raises(NotReady) as refusal:
        _send(recruiter, draft)

    assert [finding.message for finding in refusal.value.findings] == [TOO_SHORT]


@pytest.mark.parametrize(
    ("part", "value", "message"),
    [
        ("closes_at", LATER, "The closing date must be in the future."),
        ("opens_at", NOW - timedelta(days=1), "The opening date has passed: choose to open now, or a later date."),
        ("summary", "", "Enter the summary."),
    ],
)
def test_everything_is_checked_again_at_approval(officer: Actor, waiting: Vacancy, part: str, value: Any, message: str):
    setattr(waiting, part, value)
    db.session.commit()

    with pytest.raises(NotReady) as refusal:
        _approve(officer, waiting)

    assert str(refusal.value) == message
    assert waiting.status is VacancyStatus.AWAITING_APPROVAL


def test_a_pay_table_that_lacks_a_point_is_refused_at_sending_and_at_approval(
    recruiter: Actor, officer: Actor, waiting: Vacancy
):
    waiting.grade.point_max = 37
    db.session.commit()

    with pytest.raises(Incomplete, match="has no point 37"):
        _approve(officer, waiting)
    _take_back(recruiter, waiting)
    with pytest.raises(Incomplete, match="has no point 37"):
        _send(recruiter, waiting)


def test_hr_s_comment_is_mailed_to_the_author_and_the_author_s_is_not(
    recruiter: Actor, officer: Actor, waiting: Vacancy
):
    _comment(recruiter, waiting, "Please read it today.")
    assert _mails() == []

    _comment(officer, waiting)

    assert _mails() == [("vacancy_commented", "robin@council.test")]
    assert [comment.author.name for comment in comments_of(waiting)] == ["Robin Carter", "Harper Reed"]
    assert _events()[1:] == [("awaiting_approval", "awaiting_approval", "Commented")] * 2


def test_who_sent_it_is_told_besides_the_author_and_who_left_is_not(author: User, officer: Actor, draft: Vacancy):
    sender = factories.UserFactory(email="kim@council.test", roles=[Role.RECRUITER])
    _send(sender.as_actor(frozenset({draft.team_id})), draft)
    _comment(officer, draft)
    author.disabled_at = NOW
    db.session.commit()

    _approve(officer, draft)

    assert _mails() == [
        ("vacancy_commented", "robin@council.test"),
        ("vacancy_commented", "kim@council.test"),
        ("vacancy_approved", "kim@council.test"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Enter a comment"),
        (" \x00", "Enter a comment"),
        ("x" * 2_001, "Your comment must be 2,000 characters or fewer"),
    ],
)
def test_a_comment_says_something_of_a_bounded_length(officer: Actor, waiting: Vacancy, text: str, words: str):
    with pytest.raises(Incomplete, match=f"^{words}$"):
        _comment(officer, waiting, text)


def test_a_thread_ends_with_approval(recruiter: Actor, officer: Actor, draft: Vacancy):
    with pytest.raises(Conflict, match="^This vacancy is not waiting for approval"):
        _comment(recruiter, draft)
    _send(recruiter, draft)
    _approve(officer, draft)
    with pytest.raises(Conflict, match="^This vacancy is not waiting for approval"):
        _comment(recruiter, draft)


def test_a_thread_does_not_grow_for_ever(recruiter: Actor, waiting: Vacancy, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "COMMENTS", 1)
    _comment(recruiter, waiting)

    with pytest.raises(Conflict, match="^There are too many comments"):
        _comment(recruiter, waiting)


def test_hr_may_cancel_what_is_published(officer: Actor, waiting: Vacancy):
    _approve(officer, waiting)

    with transaction():
        service.cancel_vacancy(officer, waiting, "The post was filled.", now=LATER)

    assert waiting.status is VacancyStatus.CANCELLED


def test_the_one_that_waits_longest_comes_first(session):
    later = factories.VacancyFactory(waiting=True, sent_at=LATER)
    first = factories.VacancyFactory(waiting=True, sent_at=NOW)
    factories.VacancyFactory()
    factories.VacancyFactory(published=True)

    assert [vacancy.id for vacancy in vacancies_to_approve()] == [first.id, later.id]
    assert number_to_approve() == 2


def test_twenty_decisions_of_two_officers_at_once_have_one_effect(app: Flask, session, waiting: Vacancy):
    officers = [factories.UserFactory(name=name, roles=[Role.HR]).id for name in ("Harper Reed", "Hollis Green")]
    vacancy_id, seen = waiting.id, waiting.version
    db.session.commit()

    def decide(number: int) -> str:
        with app.app_context():
            actor = db.session.get_one(User, officers[number % 2]).as_actor()
            vacancy = db.session.get_one(Vacancy, vacancy_id)
            try:
                (_approve if number // 2 % 2 else _request_changes)(actor, vacancy, seen_version=seen)
            except DomainError as refusal:
                return str(refusal)
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: Context().run(decide, number), range(20)))

    assert answers.count("done") == 1
    assert {answer.split(" this vacancy")[0].split(" ", 2)[2] for answer in answers if answer != "done"} <= {
        "approved",
        "asked for changes to",
    }
    assert len([event for event in _events() if event[0] == "awaiting_approval"]) == 1
    assert len(_mails()) == 1
