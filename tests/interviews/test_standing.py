"""What a candidate on the shortlist reads at each stage of interviews: what comes next, and by when."""

from datetime import UTC, datetime

import pytest

from recruit.core.calendar import closing_moment
from recruit.core.db import db
from recruit.interviews.models import InterviewBooking, InterviewInvitation, InterviewSlot
from recruit.interviews.standing import own_overview, standing_of
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import OUTCOMES, ApplicationStatus, VacancyStatus
from tests import factories
from tests.applications.answers import open_vacancy
from tests.factories import NOW

A = ApplicationStatus
LATE = "We are late. Please ask us how it stands."


def march(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


@pytest.fixture
def application(session):
    """An application on the shortlist of which the candidate was told, to be invited by 17 March."""
    return factories.ApplicationFactory(
        status=A.SHORTLISTED, submitted_at=NOW, due_at=closing_moment(march(17).date()), vacancy=open_vacancy()
    )


def invite(application, *starts: datetime) -> None:
    """Let its candidate be invited, and have an hour of each kind that a start is given for."""
    db.session.add(
        InterviewInvitation(application_id=application.id, invited_by_id=application.candidate_id, invited_at=NOW)
    )
    for kind, start in zip(InterviewKind, starts, strict=False):
        end = start.replace(hour=start.hour + 1)
        slot = InterviewSlot(
            vacancy_id=application.vacancy_id, kind=kind, starts_at=start, ends_at=end, place="Civic Centre"
        )
        db.session.add(
            InterviewBooking(key=f"{start.day:032x}", slot=slot, application=application, kind=kind, booked_at=NOW)
        )
    db.session.commit()


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (march(16), "We will write to you by Tuesday 17 March 2026 to agree a day for your interview."),
        (march(18), f"You should have heard from us by Tuesday 17 March 2026. {LATE}"),
    ],
)
def test_who_is_to_be_invited(application, now: datetime, words: str):
    standing = standing_of(application, now=now)

    assert (standing.next, standing.has_interviews) == (words, False)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (
            march(17),
            "Choose a time for your interview by Tuesday 17 March 2026."
            " If you have not chosen by then, we ask you about it.",
        ),
        (
            march(18),
            "We asked you to choose a time by Tuesday 17 March 2026. Choose one now, or tell us if none suits you.",
        ),
    ],
)
def test_who_has_a_time_to_choose(application, now: datetime, words: str):
    invite(application)
    standing = standing_of(application, now=now)

    assert (standing.next, standing.has_interviews) == (words, True)


BOTH = (
    "Your panel interview is at 10am on Friday 20 March 2026, and your safeguarding interview is at 10am on "
    "Tuesday 24 March 2026. You will hear from us by Friday 27 March 2026 what came of it."
)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (march(19), BOTH),
        (
            march(23),
            "Your safeguarding interview is at 10am on Tuesday 24 March 2026. "
            "You will hear from us by Friday 27 March 2026 what came of it.",
        ),
        (march(27), "You will hear from us by Friday 27 March 2026 what came of it."),
        (march(28), f"You should have heard from us by Friday 27 March 2026. {LATE}"),
    ],
)
def test_who_has_times(application, now: datetime, words: str):
    invite(application, march(20, 10), march(24, 10))
    application.due_at = closing_moment(march(27).date())
    standing = standing_of(application, now=now)
    (line,) = own_overview(application.candidate.as_actor(), now=now)[1]

    assert (standing.next, standing.has_interviews) == (words, True)
    assert line.standing == standing
    for status in OUTCOMES:  # what came of it waits to be released: nothing shows
        application.status, application.told_status = status, A.SHORTLISTED
        with db.session.no_autoflush:
            assert standing_of(application, now=now) == standing


def test_a_cancelled_vacancy_has_no_interviews(application):
    invite(application, march(20, 10))
    application.vacancy.status = VacancyStatus.CANCELLED

    standing = standing_of(application, now=march(19))

    assert standing.next.startswith("The vacancy has been cancelled, so there will be no interviews for it.")
    assert not standing.has_interviews
