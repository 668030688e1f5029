"""A published vacancy is extended, ended early, paused and resumed, and its outcome is recorded."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications import service, vacancy_life, vacancy_outcome
from recruit.applications.models import Application
from recruit.applications.saving import closed_words, is_editable
from recruit.applications.submitting import send_application
from recruit.core.calendar import closing_moment, closing_words, london_day
from recruit.core.db import db
from recruit.core.errors import Conflict, DomainError, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render, text_of
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import ENDED, VacancyStatus
from recruit.rules.outcomes import OutcomeReason
from recruit.vacancies.approval_queries import ends_counted
from recruit.vacancies.authoring_queries import events_of
from recruit.vacancies.models import Vacancy
from recruit.vacancies.readiness import NotReady
from recruit.vacancies.revisions import start_revision
from tests import factories
from tests.applications.answers import complete_application
from tests.review.sent import SENDER

LONGER = 30  # days from today; the factory's vacancy closes in 20
CHANGED = "This has changed since you opened the page, so that is no longer possible."


@pytest.fixture
def vacancy(session) -> Vacancy:
    return factories.VacancyFactory(published=True, posts=2)


@pytest.fixture
def draft(vacancy: Vacancy) -> Application:
    return complete_application(factories.ApplicationFactory(vacancy=vacancy))


@pytest.fixture
def recruiter(vacancy: Vacancy) -> Actor:
    user = factories.UserFactory(name="Robin Carter", roles=[Role.RECRUITER])
    return user.as_actor(frozenset({vacancy.team_id}))


@pytest.fixture
def officer(session) -> Actor:
    return factories.UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()


def in_days(days: int) -> datetime:
    return closing_moment(london_day(datetime.now(UTC)) + timedelta(days=days))


def given(vacancy: Vacancy, values: dict[str, Any]) -> dict[str, Any]:
    return {"seen_version": vacancy.version, "now": datetime.now(UTC), **values}


def extend(actor: Actor, vacancy: Vacancy, days: int = LONGER, reason: str = "Few applied.", **values: Any) -> None:
    with transaction():
        values = {"interview_on": None, **values}
        vacancy_life.extend_vacancy(actor, vacancy, in_days(days), reason, **given(vacancy, values))


def end(actor: Actor, vacancy: Vacancy, reason: str = "The team moves.", **values: Any) -> None:
    with transaction():
        vacancy_life.end_vacancy(actor, vacancy, reason, **given(vacancy, values))


def pause(actor: Actor, vacancy: Vacancy, reason: str = "The budget is looked at.", **values: Any) -> None:
    with transaction():
        vacancy_life.pause_vacancy(actor, vacancy, reason, **given(vacancy, values))


def resume(actor: Actor, vacancy: Vacancy, closes_at: datetime | None = None, **values: Any) -> None:
    with transaction():
        values = {"interview_on": None, **values}
        vacancy_life.resume_vacancy(actor, vacancy, closes_at, **given(vacancy, values))


def record(actor: Actor, vacancy: Vacancy, filled: int = 2, comment: str = "", **values: Any) -> None:
    with transaction():
        values = {"why": OutcomeReason.OFFER_DECLINED, **values}
        vacancy_outcome.record_outcome(actor, vacancy, filled, comment, **given(vacancy, values))


def take_back(actor: Actor, vacancy: Vacancy, **values: Any) -> None:
    with transaction():
        vacancy_outcome.take_back_outcome(actor, vacancy, **given(vacancy, values))


STEPS: dict[str, Callable[..., None]] = {
    "extend": extend, "end": end, "pause": pause, "resume": resume, "record": record, "take_back": take_back,
}  # fmt: skip


def standing(vacancy: Vacancy, how: str) -> Vacancy:
    """Return `vacancy` as it is after what `how` says."""
    now = datetime.now(UTC)
    if how == "closed":
        vacancy.closes_at = now - timedelta(hours=1)
    elif how == "scheduled":
        vacancy.opens_at = now + timedelta(days=2)
    elif how == "paused":
        vacancy.status = VacancyStatus.PAUSED
    elif how == "filled":
        vacancy.status, vacancy.filled, vacancy.closes_at = VacancyStatus.FILLED, 2, now - timedelta(hours=1)
    elif how == "draft":
        vacancy.status = VacancyStatus.DRAFT
    elif how == "cancelled":
        vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()
    return vacancy


def mails() -> list[tuple[str, str]]:
    messages = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    return [(message.notification.value, message.recipient) for message in messages]


def history(vacancy: Vacancy) -> list[tuple[str, str, str]]:
    return [(event.source, event.target, event.reason) for event in reversed(events_of(vacancy))]


def test_extending_gives_everybody_who_has_started_longer(recruiter, vacancy, draft):
    before = closing_words(vacancy.closes_at)
    day = london_day(in_days(LONGER)) + timedelta(days=20)
    extend(recruiter, vacancy, interview_on=day)

    after = closing_words(in_days(LONGER))
    message = db.session.scalars(select(OutboxMessage)).one()
    assert (vacancy.closes_at, vacancy.interview_on, vacancy.status) == (in_days(LONGER), day, VacancyStatus.PUBLISHED)
    assert history(vacancy) == [
        ("published", "published", f"Closing date extended to {after}, from {before}\nFew applied.")
    ]
    assert mails() == [("vacancy_extended", draft.candidate.email)]
    assert (message.context["closes"], message.context["before"]) == (after, before)
    assert "Few applied." not in str(message.context)


def test_who_sent_or_closed_an_account_is_not_written_to(recruiter, vacancy):
    factories.ApplicationFactory(vacancy=vacancy, submitted=True)
    gone = factories.ApplicationFactory(vacancy=vacancy)
    gone.candidate.disabled_at = datetime.now(UTC)
    db.session.commit()
    pause(recruiter, vacancy)

    assert mails() == []


def test_ending_early_closes_at_once(officer, vacancy, draft):
    now, before = datetime.now(UTC), closing_words(vacancy.closes_at)
    end(officer, vacancy, now=now)

    assert (vacancy.closes_at, vacancy.is_open(now), vacancy.is_public(now)) == (now, False, True)
    assert history(vacancy) == [
        ("published", "published", f"Ended early; it was to close at {before}\nThe team moves.")
    ]
    assert mails() == [("vacancy_ended", draft.candidate.email)]
    with pytest.raises(Conflict):
        submit(draft)


def submit(draft: Application) -> None:
    with transaction():
        send_application(draft.candidate.as_actor(), draft, now=datetime.now(UTC))


def test_a_paused_vacancy_takes_nothing_and_keeps_what_was_begun(recruiter, vacancy, draft):
    pause(recruiter, vacancy)
    now = datetime.now(UTC)

    assert (vacancy.is_open(now), vacancy.is_public(now), is_editable(draft, now)) == (False, True, False)
    assert closed_words(draft) == (
        "This vacancy is paused, so this application cannot be changed or sent for now."
        " It is kept, and we email you when you can go on."
    )
    with pytest.raises(Conflict, match="This vacancy is paused, so we cannot take your application now"):
        submit(draft)
    other = factories.UserFactory()
    with pytest.raises(Conflict, match="This vacancy is paused"), transaction():
        service.start_application(other.as_actor(), other, vacancy, now=now)
    resume(recruiter, vacancy)
    submit(draft)

    assert history(vacancy) == [
        ("published", "paused", "The budget is looked at."),
        ("paused", "published", f"It closes at {closing_words(vacancy.closes_at)}"),
    ]
    assert [kind for kind, _ in mails()] == ["vacancy_paused", "vacancy_resumed", "application_submitted"]


def test_a_paused_vacancy_that_passed_its_closing_date_needs_a_new_one(recruiter, vacancy, draft):
    pause(recruiter, vacancy)
    vacancy.closes_at = datetime.now(UTC) - timedelta(days=1)
    db.session.commit()
    with pytest.raises(NotReady) as refusal:
        resume(recruiter, vacancy)
    assert [finding.message for finding in refusal.value.findings] == [
        "Enter a new closing date: the old one passed while it was paused"
    ]
    resume(recruiter, vacancy, in_days(10))

    assert (vacancy.status, vacancy.closes_at) == (VacancyStatus.PUBLISHED, in_days(10))
    assert is_editable(draft, datetime.now(UTC))


@pytest.mark.parametrize(
    ("step", "values", "is_told"),
    [
        ("extend", {}, True),
        ("end", {}, True),
        ("resume", {"closes_at": in_days(LONGER)}, True),
        ("resume", {}, False),
        ("pause", {}, False),
    ],
)
def test_who_asks_for_a_change_is_told_when_another_closing_date_has_overtaken_it(
    officer, recruiter, vacancy, step, values, is_told
):
    before = closing_words(vacancy.closes_at)
    with transaction():
        start_revision(recruiter, vacancy, now=datetime.now(UTC))
    standing(vacancy, "paused" if step == "resume" else "open")
    STEPS[step](officer, vacancy, **values)

    author = db.session.get(User, recruiter.user_id)
    assert mails() == ([("vacancy_change_overtaken", author.email)] if is_told else [])
    if is_told:
        mail = text_of(render(db.session.scalars(select(OutboxMessage)).one(), SENDER, at=datetime.now(UTC)))
        closes = f"it closes at {closing_words(vacancy.closes_at)} now, and closed at {before} before"
        assert f"Harper Reed changed {vacancy.title}, {vacancy.reference}: {closes}." in " ".join(mail.split())


@pytest.mark.parametrize(
    ("filled", "status", "words"),
    [
        (0, VacancyStatus.UNFILLED, "0 of 2 posts filled. An offer was declined"),
        (1, VacancyStatus.PART_FILLED, "1 of 2 posts filled. An offer was declined"),
        (2, VacancyStatus.FILLED, "2 of 2 posts filled"),
    ],
)
def test_the_outcome_is_how_many_posts_were_filled(officer, vacancy, filled, status, words):
    standing(vacancy, "closed")
    record(officer, vacancy, filled, "Start in June.")

    assert (vacancy.status, vacancy.filled) == (status, filled)
    assert vacancy.outcome_reason is (None if filled == 2 else OutcomeReason.OFFER_DECLINED)
    assert history(vacancy) == [("published", status.value, f"{words}. Start in June.")]
    assert mails() == []


def test_a_paused_vacancy_ends_with_its_outcome(recruiter, vacancy, draft):
    standing(vacancy, "paused")
    now = datetime.now(UTC)
    record(recruiter, vacancy, 0, now=now)

    assert (vacancy.status, vacancy.closes_at) == (VacancyStatus.UNFILLED, now)
    assert mails() == [("vacancy_ended", draft.candidate.email)]


@pytest.mark.parametrize(
    ("filled", "why", "comment", "message"),
    [
        (0, None, "", "Select the main reason"),
        (1, OutcomeReason.NOBODY_APPLIED, "", "Select the main reason"),
        (0, OutcomeReason.MISTAKE, "", "Select the main reason"),
        (0, OutcomeReason.OTHER, " ", "Write what the other reason is"),
    ],
)
def test_posts_that_stay_empty_have_a_reason_that_can_be(recruiter, vacancy, filled, why, comment, message):
    standing(vacancy, "closed")

    with pytest.raises(Incomplete, match=message):
        record(recruiter, vacancy, filled, comment, why=why)


def test_how_vacancies_ended_is_counted_in_one_statement(recruiter, vacancy, queries):
    standing(vacancy, "closed")
    record(recruiter, vacancy, 0)
    factories.VacancyFactory(published=True, status=VacancyStatus.CANCELLED)
    factories.VacancyFactory(status=VacancyStatus.CANCELLED)  # a draft that was deleted
    queries.clear()

    assert ends_counted() == {
        (VacancyStatus.UNFILLED, OutcomeReason.OFFER_DECLINED): 1,
        (VacancyStatus.CANCELLED, None): 1,
    }
    assert len(queries) == 1


def test_an_outcome_recorded_by_mistake_is_taken_back(recruiter, vacancy):
    standing(vacancy, "closed")
    record(recruiter, vacancy, 0)
    take_back(recruiter, vacancy)

    assert (vacancy.status, vacancy.filled) == (VacancyStatus.PUBLISHED, None)
    assert vacancy.outcome_reason is None
    assert not vacancy.is_open(datetime.now(UTC))


REFUSED = [
    ("extend", "closed", "so its closing date cannot be extended. You can relist it as a copy."),
    ("extend", "paused", CHANGED),
    ("extend", "filled", CHANGED),
    ("extend", "draft", CHANGED),
    ("extend", "cancelled", CHANGED),
    ("end", "closed", "so it cannot be ended early."),
    ("end", "scheduled", "This vacancy has not opened yet, so it cannot be ended early. You can cancel it."),
    ("end", "paused", CHANGED),
    ("end", "filled", CHANGED),
    ("pause", "closed", "so it cannot be paused."),
    ("pause", "scheduled", "This vacancy has not opened yet, so it cannot be paused. You can cancel it."),
    ("pause", "paused", CHANGED),
    ("pause", "filled", CHANGED),
    ("resume", "open", CHANGED),
    ("resume", "filled", "This vacancy is not paused, so it cannot be resumed."),
    ("resume", "cancelled", CHANGED),
    ("record", "open", "This vacancy has not closed. End it early first, then record the outcome."),
    ("record", "filled", CHANGED),
    ("record", "cancelled", CHANGED),
    ("take_back", "open", CHANGED),
    ("take_back", "paused", "No outcome is recorded for this vacancy, so there is none to take back."),
]


@pytest.mark.parametrize(("step", "how", "words"), REFUSED)
def test_a_step_that_does_not_fit_is_refused_in_words(recruiter, vacancy, step, how, words):
    standing(vacancy, how)
    before = vacancy.status, vacancy.closes_at
    with pytest.raises(Conflict) as refusal:
        STEPS[step](recruiter, vacancy)

    db.session.refresh(vacancy)
    assert str(refusal.value).endswith(words)
    assert (vacancy.status, vacancy.closes_at) == before
    assert (mails(), history(vacancy)) == ([], [])


@pytest.mark.parametrize(
    ("days", "interview_in", "message"),
    [
        (10, None, "The new closing date must be after "),
        (-1, None, "The new closing date must be in the future"),
        (limits.MAXIMUM_ADVERT_DAYS + 2, None, "The new closing date must be at most "),
        (LONGER, LONGER - 1, "The interview"),
    ],
)
def test_a_new_closing_date_must_fit(recruiter, vacancy, days, interview_in, message):
    day = None if interview_in is None else london_day(datetime.now(UTC)) + timedelta(days=interview_in)
    with pytest.raises(NotReady) as refusal:
        extend(recruiter, vacancy, days, interview_on=day)

    assert refusal.value.findings[0].message.startswith(message)
    assert (mails(), history(vacancy)) == ([], [])


@pytest.mark.parametrize("step", ["extend", "end", "pause"])
@pytest.mark.parametrize(
    ("reason", "words"), [(" \n", "Enter why it "), ("w" * (limits.COMMENT_CHARACTERS + 1), "The reason is too long")]
)
def test_a_reason_is_needed(recruiter, vacancy, step, reason, words):
    with pytest.raises(Incomplete) as refusal:
        STEPS[step](recruiter, vacancy, reason=reason)

    assert str(refusal.value).startswith(words)


@pytest.mark.parametrize("filled", [-1, 3, 10**12])
def test_no_more_posts_are_filled_than_there_are(recruiter, vacancy, filled):
    standing(vacancy, "closed")
    with pytest.raises(Incomplete) as refusal:
        record(recruiter, vacancy, filled)

    assert str(refusal.value) == "Posts filled must be between 0 and 2"


@pytest.mark.parametrize("step", STEPS)
def test_another_team_and_a_candidate_may_not(vacancy, session, step):
    stranger = factories.UserFactory(roles=[Role.RECRUITER]).as_actor(frozenset({factories.TeamFactory().id}))
    for actor in (stranger, factories.UserFactory().as_actor()):
        with pytest.raises(NotAllowed):
            STEPS[step](actor, vacancy)


@pytest.mark.parametrize("step", STEPS)
def test_who_comes_second_is_told_after_whom(officer, recruiter, vacancy, step):
    seen = vacancy.version
    pause(officer, vacancy)
    with pytest.raises(Conflict) as refusal:
        STEPS[step](recruiter, vacancy, seen_version=seen)

    assert str(refusal.value).startswith("Harper Reed paused this vacancy at ")


def test_of_two_at_once_one_is_told(app: Flask, officer, recruiter, vacancy, draft):
    seen, number = vacancy.version, vacancy.id
    db.session.commit()

    def in_a_thread(actor: Actor, step: Callable[..., None]) -> str:
        with app.app_context():
            try:
                step(actor, db.session.get_one(Vacancy, number), seen_version=seen)
            except DomainError as refusal:
                return type(refusal).__name__
            return "done"

    with ThreadPoolExecutor(2) as pool:
        steps = [(officer, pause), (recruiter, end)]
        done = [pool.submit(Context().run, in_a_thread, *pair) for pair in steps]
        answers = sorted(one.result(timeout=30) for one in done)
    db.session.rollback()

    assert answers == ["Conflict", "done"]
    assert len(history(vacancy)) == len(mails()) == 1


def test_what_ended_is_what_the_table_says():
    assert [status.value for status in ENDED] == ["filled", "part_filled", "unfilled"]
