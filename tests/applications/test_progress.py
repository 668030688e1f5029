"""What candidates read about an application that they have sent."""

from datetime import date, timedelta

import pytest

from recruit.applications.progress import standing_of
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from tests import factories
from tests.applications.answers import open_vacancy
from tests.factories import NOW

A, NOTHING = ApplicationStatus, "There is nothing to wait for"


def sent(status: ApplicationStatus = A.SUBMITTED, **vacancy):
    return factories.ApplicationFactory(status=status, submitted_at=NOW, vacancy=open_vacancy(**vacancy))


@pytest.mark.parametrize(
    ("status", "words", "by_when", "can_withdraw"),
    [
        (A.SUBMITTED, "With us", "by Thursday 2 April 2026", True),
        (A.SHORTLISTED, "Shortlisted", "by Tuesday 17 March 2026", True),
        (A.NOT_SHORTLISTED, "Not taken forward", NOTHING, False),
        (A.APPOINTED, "We want to appoint you", "No day is set for that yet, so ask us", True),
        (A.RESERVE, "On our reserve list", "No day is set for either, so do not wait for us", True),
        (A.NOT_APPOINTED, "Not appointed this time", NOTHING, False),
        (A.WITHDRAWN, "Withdrawn by you", NOTHING, False),
        (A.VACANCY_CANCELLED, "The vacancy was cancelled", NOTHING, False),
    ],
)
def test_every_status_says_where_it_is_what_comes_and_by_when(
    session, status: ApplicationStatus, words: str, by_when: str, can_withdraw: bool
):
    standing = standing_of(sent(status), now=NOW)

    assert (standing.words, standing.can_withdraw) == (words, can_withdraw)
    assert standing.where
    assert by_when in standing.next
    assert "reject" not in f"{standing.where} {standing.next}".casefold()


def test_a_sent_application_is_promised_a_day(session):
    # closes at 9:30am on Thursday 19 March 2026: ten working days later is Thursday 2 April
    standing = standing_of(sent(), now=NOW)

    assert standing.where == "We received your application on Tuesday 10 March 2026."
    assert standing.next == (
        "We compare every application with the criteria, and tell you about interviews by Thursday 2 April 2026."
    )


def test_a_promise_that_was_missed_is_owned(session):
    standing = standing_of(sent(), now=NOW + timedelta(days=40))

    assert standing.next == (
        "You should have heard from us by Thursday 2 April 2026. We are late. Please ask us how it stands."
    )


@pytest.mark.parametrize(
    ("interview_on", "words"),
    [
        (None, "We will write to you by Tuesday 17 March 2026 to agree a day for your interview."),
        (
            date(2026, 4, 14),
            "Interviews are on Tuesday 14 April 2026. "
            "We will write to you by Tuesday 17 March 2026 with the time and the place.",
        ),
        (date(2026, 3, 9), "We will write to you by Tuesday 17 March 2026 to agree a day for your interview."),
    ],
)
def test_a_shortlisted_application_is_told_of_the_interview(session, interview_on, words: str):
    assert standing_of(sent(A.SHORTLISTED, interview_on=interview_on), now=NOW).next == words


def test_who_was_on_the_shortlist_on_the_day_of_the_interviews_hears_what_came_of_them(session):
    application = sent(A.SHORTLISTED, interview_on=date(2026, 3, 11))

    said = "We will write to you about the outcome of the interviews by Tuesday 17 March 2026."
    assert standing_of(application, now=NOW + timedelta(days=2)).next == said


def test_a_decision_is_not_told_before_a_person_releases_it(session):
    application = sent(A.NOT_SHORTLISTED)
    application.told_status, application.untold_since = A.SUBMITTED, NOW - timedelta(days=400)

    assert standing_of(application, now=NOW).status == A.SUBMITTED


def test_a_cancelled_vacancy_is_told(session):
    application = sent()
    application.vacancy.status = VacancyStatus.CANCELLED

    standing = standing_of(application, now=NOW)

    assert standing.next.startswith("The vacancy has been cancelled")
