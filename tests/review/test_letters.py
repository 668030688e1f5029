"""The words of a letter that waits: who may change them, what stays, and what the second of two is told."""

from datetime import timedelta

import pytest

from recruit.applications import service as candidates
from recruit.applications.letters import Letter, LetterDraft
from recruit.applications.queries import events_of
from recruit.core import clock
from recruit.core.calendar import london_day, long_date
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.review import letters
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import UserFactory
from tests.review.sent import release, sent_application
from tests.review.test_service import decide, undo

S = ApplicationStatus
WORDS = {"opening": "Thank you.", "next_steps": "Nothing for now.", "feedback": "Your second example was clear."}


@pytest.fixture
def hr(session):
    return UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()


@pytest.fixture
def application(hr):
    found = sent_application()
    decide(hr, found, S.NOT_SHORTLISTED, reason="Say what you did")
    return found


def first_seen(application):
    """Return the letter of the last decision as it is before anybody changes it."""
    decided = [event for event in events_of(application.id) if event.source != event.target]
    return letters.SeenLetter(decided[-1].id, 1)


def edit(actor, application, seen=None, **given):
    seen = seen or first_seen(application)
    with transaction():
        letters.edit_letter(actor, application, **{**WORDS, "seen": seen, "now": clock.now(), **given})


def set_aside(actor, application, reason="By phone on Monday", seen=None):
    with transaction():
        letters.set_aside(actor, application, reason, seen=seen or first_seen(application), now=clock.now())


def text(application):
    return db.session.query(Letter).filter_by(application_id=application.id).one().text


def test_people_word_what_is_around_the_facts_and_these_stay(hr, application):
    edit(hr, application)
    release(hr, application)
    sent = text(application)

    for fact in (application.vacancy.criteria[0].text, "Say what you did", *WORDS.values()):
        assert fact in sent
    assert "We are not taking your application forward" not in sent
    assert f"/applications/{application.reference}" in sent


def test_what_nobody_changed_stays_ours_and_follows_what_changes_before_it_goes(hr, application):
    own = letters.words_of(application, letters.draft_of(application), now=clock.now())
    edit(hr, application, next_steps=own["next_steps"].replace("\n", "\r\n"))  # as a browser sends lines
    draft = letters.draft_of(application)

    assert (draft.opening, draft.next_steps, draft.feedback) == ("Thank you.", "", WORDS["feedback"])
    assert letters.words_of(application, draft, now=clock.now()) == {**WORDS, "next_steps": own["next_steps"]}


def test_a_letter_that_was_released_and_has_not_gone_is_called_back_with_the_application(hr):
    application = sent_application()
    decide(hr, application)
    release(hr, application)
    with transaction():
        candidates.withdraw_application(
            application.candidate.as_actor(), application, reason="Another job", now=clock.now()
        )
    posted = db.session.query(OutboxMessage).filter_by(notification="application_shortlisted").one()
    assert (posted.cancelled_at is not None, posted.context) == (True, {})


def test_a_letter_that_nobody_words_says_what_we_would(hr, application):
    release(hr, application)

    assert "We are not taking your application forward this time." in text(application)


def test_the_second_of_two_who_word_a_letter_is_told_and_overwrites_nothing(hr, application):
    edit(hr, application)
    other = UserFactory(roles=[Role.HR]).as_actor()
    with pytest.raises(Conflict, match=r"^Harper Reed changed the message at .* Nothing of yours was saved\.$"):
        edit(other, application, opening="Mine")
    assert letters.draft_of(application).opening == "Thank you."


@pytest.mark.parametrize("late", [edit, set_aside])
def test_who_has_read_the_letter_of_another_decision_is_told_though_its_version_is_the_same(hr, application, late):
    seen = first_seen(application)
    undo(hr, application)
    decide(hr, application)
    draft = letters.draft_of(application)
    assert draft.version == seen.version

    with pytest.raises(Conflict, match="another decision was made"):
        late(UserFactory(roles=[Role.HR]).as_actor(), application, seen=seen)
    db.session.refresh(application)
    assert (application.status, application.told_status, draft.opening) == (S.SHORTLISTED, S.SUBMITTED, "")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"opening": " \n"}, "The opening cannot be empty"),
        ({"next_steps": ""}, "What happens next cannot be empty"),
        ({"feedback": "x" * 4001}, "Each part must be 4,000 characters or fewer"),
    ],
)
def test_words_that_are_refused(hr, application, given, words):
    with pytest.raises(Incomplete, match=words):
        edit(hr, application, **given)


def test_what_is_released_or_undone_is_not_worded_or_set_aside(hr, application):
    release(hr, application)
    for late in (edit, set_aside):
        with pytest.raises(Conflict, match="released or undone meanwhile"):
            late(hr, application)


def test_set_aside_the_decision_stands_and_the_candidate_sees_it_without_a_message(hr, application):
    set_aside(hr, application)
    event = events_of(application.id)[-1]

    assert (event.reason, event.message_id, event.actor_id) == ("By phone on Monday", None, hr.user_id)
    assert application.status_for_candidate() == S.NOT_SHORTLISTED
    assert (db.session.query(LetterDraft).count(), db.session.query(Letter).count()) == (0, 0)


def test_setting_aside_needs_how_the_candidate_was_told(hr, application):
    with pytest.raises(Incomplete, match="Enter how the candidate was told"):
        set_aside(hr, application, " ")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HR])
def test_nobody_but_hr_words_or_sets_aside(application, role):
    actor = UserFactory(roles=[role]).as_actor()
    for refused in (edit, set_aside):
        with pytest.raises(NotAllowed):
            refused(actor, application)


def test_nobody_words_the_letter_about_their_own_application(hr):
    own = sent_application(candidate=UserFactory(roles=[Role.CANDIDATE, Role.HR]))
    decide(hr, own)
    for refused in (edit, set_aside):
        with pytest.raises(NotAllowed):
            refused(own.candidate.as_actor(), own)


def test_whoever_withdraws_is_sent_nothing_of_the_decision(hr, application):
    with transaction():
        candidates.withdraw_application(application.candidate.as_actor(), application, reason="-", now=clock.now())

    assert db.session.query(LetterDraft).count() == 0
    assert [row.refusal.startswith("The candidate withdrew") or row.refusal for row in release(hr, application)] == [
        "There is no message to release."
    ]


@pytest.fixture
def shortlisted(hr):
    found = sent_application()
    decide(hr, found)
    return found


def own_words_of(application, days):
    """Return what our own words say comes next, of interviews in so many days."""
    application.vacancy.interview_on = london_day(clock.now()) + timedelta(days=days)
    return letters.words_of(application, letters.draft_of(application), now=clock.now())["next_steps"]


@pytest.mark.parametrize(
    ("days", "said", "not_said"),
    [
        (30, "The interview is planned for", "We will agree a day"),
        (30, "what to bring at least 5 working days before.", "as soon as we can"),
        (1, "what to bring as soon as we can.", "working days before"),
        (0, "We will agree a day for the interview with you.", "planned for"),
        (-5, "We will agree a day for the interview with you. You will have at least 5 working days’", "planned for"),
    ],
)
def test_our_words_name_no_day_that_has_passed_and_no_notice_that_cannot_be_kept(shortlisted, days, said, not_said):
    words = own_words_of(shortlisted, days)

    assert said in words
    assert not_said not in words


def test_a_day_that_people_wrote_and_that_has_passed_before_the_letter_goes_is_found(hr, shortlisted):
    draft, now = letters.draft_of(shortlisted), clock.now()
    day = london_day(now) + timedelta(days=3)
    edit(hr, shortlisted, next_steps=f"We meet on {long_date(day)}.", feedback="")

    assert letters.passed_day(shortlisted, draft, now=now) == ""
    assert letters.passed_day(shortlisted, draft, now=now + timedelta(days=4)) == long_date(day)
