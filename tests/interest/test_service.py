"""Registering interest: what is kept and for how long, who reads it, and the application that begins with it."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from recruit.applications import queries as kept
from recruit.applications import service as applications
from recruit.applications.models import Registration, SectionState
from recruit.applications.personal import EligibilityAnswer
from recruit.applications.progress import FROM_INTEREST, draft_of
from recruit.applications.saving import Entered, SavedElsewhere, version_of
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.interest import rounds, service, starting
from recruit.interest.models import Interest
from recruit.interest.queries import interest_of, interested_people
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Role
from tests import factories
from tests.applications.answers import complete_application, open_vacancy
from tests.factories import NOW
from tests.interest.telling import AGREED, SECRET, registered, told

pytestmark = pytest.mark.usefixtures("session")
YEAR = limits.INTEREST_KEPT


def mails() -> list[str]:
    return [message.notification.value for message in db.session.query(OutboxMessage).order_by(OutboxMessage.id)]


def reader(*roles: Role, team=None):
    user = factories.UserFactory(roles=list(roles))
    return user.as_actor(frozenset({team.id}) if team else frozenset())


def test_it_is_kept_for_a_year_with_the_words_agreed_to_and_confirmed_once():
    interest = registered()
    registered(interest.candidate, now=NOW + timedelta(days=9), seen=version_of(interest), hours_wanted="20 hours")

    assert (interest.number, interest.consent) == ("SW12345", AGREED)
    assert interest.expires_at == NOW + timedelta(days=9) + YEAR
    assert mails() == ["interest_registered"]


@pytest.mark.parametrize(
    ("state", "number", "expected_on"),
    [
        (Registration.OVERSEAS, "", date(2026, 9, 1)),
        (Registration.RENEWING, "SW12345", None),
        (Registration.NOT_REQUIRED, "", None),
    ],
)
def test_a_situation_keeps_what_it_asks_for(state, number, expected_on):
    interest = registered(state=state, expected_on=date(2026, 9, 1))

    assert (interest.number, interest.expected_on) == (number, expected_on)


@pytest.mark.parametrize(
    ("state", "left"),
    [(Registration.APPLIED, {"number": "SW12345"}), (Registration.RENEWING, {"expected_on": date(2026, 9, 1)})],
)
def test_the_database_keeps_nothing_that_a_situation_does_not_ask_for(state, left):
    interest = registered(state=state, number="")
    for name, value in left.items():
        setattr(interest, name, value)

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_nothing_is_kept_without_a_yes_nor_for_staff_nor_over_another_window():
    candidate, officer = factories.UserFactory(), factories.UserFactory(roles=[Role.HR])
    with pytest.raises(Incomplete):
        service.save_interest(candidate.as_actor(), candidate, Entered(told()), "", secret=SECRET, now=NOW)
    with pytest.raises(NotAllowed):
        service.save_interest(officer.as_actor(), officer, Entered(told()), AGREED, secret=SECRET, now=NOW)
    with pytest.raises(NotAllowed):
        service.save_interest(
            factories.UserFactory().as_actor(), candidate, Entered(told()), AGREED, secret=SECRET, now=NOW
        )
    registered(candidate)
    with pytest.raises(SavedElsewhere):
        registered(candidate, hours_wanted="other")

    assert db.session.query(Interest).one().hours_wanted == "30 hours"


@pytest.mark.parametrize(
    "wrong", [{"number": "SW0"}, {"number": " "}, {"teams": ["no-such-team"]}, {"grades": ["no-such-grade"]}]
)
def test_what_cannot_be_so_is_not_kept(wrong):
    with pytest.raises(Incomplete):
        registered(**wrong)

    assert db.session.query(Interest).count() == 0


def test_it_is_asked_about_once_at_eleven_months_and_goes_when_nobody_answers():
    kept_one, silent = registered(), registered().candidate_id
    asked = NOW + YEAR - limits.INTEREST_ASKED_BEFORE
    with transaction():
        rounds.ask_or_forget(SECRET, now=asked - timedelta(seconds=1))
    assert mails() == ["interest_registered"] * 2
    for _ in range(2):
        with transaction():
            rounds.ask_or_forget(SECRET, now=asked)
    assert mails()[2:] == ["interest_renewal"] * 2
    with transaction():
        service.keep_interest(kept_one, now=asked)
    with transaction():
        rounds.ask_or_forget(SECRET, now=NOW + YEAR)

    assert [one.candidate_id for one in db.session.query(Interest)] == [kept_one.candidate_id]
    assert interest_of(silent, now=NOW) is None
    with pytest.raises(Conflict):
        service.keep_interest(kept_one, now=kept_one.expires_at)


def test_what_has_ended_is_registered_anew_before_it_is_deleted():
    candidate = registered(now=NOW - YEAR, state=Registration.NOT_REQUIRED, hours_wanted="10 hours").candidate
    interest = registered(candidate)

    assert (interest.consented_at, interest.hours_wanted, interest.asked_at) == (NOW, "30 hours", None)
    assert mails() == ["interest_registered"] * 2


def test_another_yes_is_consent_from_then_on_to_the_same_words():
    interest, later = registered(), NOW + timedelta(days=340)
    with transaction():
        service.keep_interest(interest, now=later)

    assert (interest.consented_at, interest.expires_at, interest.consent) == (later, later + YEAR, AGREED)


def test_hr_reads_all_and_a_recruiter_those_of_their_teams():
    team, other = factories.TeamFactory(), factories.TeamFactory()
    any_team, theirs = registered(), registered(teams=[team.slug])
    others = registered(teams=[other.slug], now=NOW + timedelta(days=1))
    registered(now=NOW - YEAR)  # over

    def read(actor, **asked):
        return {one.interest.candidate_id for one in interested_people(actor, now=NOW + timedelta(days=2), **asked)}

    hr = reader(Role.HR)
    assert read(hr) == {any_team.candidate_id, theirs.candidate_id, others.candidate_id}
    assert read(hr, team=other.slug) == {any_team.candidate_id, others.candidate_id}
    assert read(reader(Role.RECRUITER, team=team)) == {any_team.candidate_id, theirs.candidate_id}
    for role in (Role.RECRUITER, Role.CANDIDATE, Role.PANEL, Role.ADMIN, Role.SAFEGUARDING):
        with pytest.raises(NotAllowed):
            read(reader(role))


def test_a_list_is_filled_with_those_asked_for_however_many_others_are_newer(monkeypatch):
    monkeypatch.setattr(limits, "INTERESTS_SHOWN", 2)
    team, other = factories.TeamFactory(), factories.TeamFactory()
    lower = factories.GradeFactory(code="other", title="Other")
    theirs = [registered(teams=[team.slug], now=NOW + timedelta(days=days)) for days in (0, 2, 1)]
    senior = registered(teams=[other.slug], grades=[factories.GradeFactory().code])
    for days in range(3, 6):
        registered(teams=[other.slug], grades=[lower.code], now=NOW + timedelta(days=days))

    def read(actor, **asked):
        return [one.interest.candidate_id for one in interested_people(actor, now=NOW + timedelta(days=9), **asked)]

    newest = [theirs[1].candidate_id, theirs[2].candidate_id]
    assert read(reader(Role.RECRUITER, team=team)) == newest
    assert read(reader(Role.HR), team=team.slug) == newest
    assert senior.candidate_id in read(reader(Role.HR), team=other.slug, grade=senior.grades[0])


def test_an_application_begins_with_it_and_each_answer_is_to_be_checked():
    interest = registered()
    with transaction():
        application = starting.start_application(
            interest.candidate.as_actor(), interest.candidate, open_vacancy(), now=NOW
        )

    registration, eligibility = kept.registration_of(application), kept.personal_of(application, EligibilityAnswer)
    assert (registration.state, registration.number) == (Registration.REGISTERED, "SW12345")
    assert (eligibility.right_to_work, eligibility.works_here, eligibility.hours_wanted) == (True, None, "30 hours")
    tasks = {task.section.value: (task.status, task.hint) for task in draft_of(application, now=NOW).tasks}
    for section in ("registration", "eligibility"):
        assert tasks[section] == ("Check it", FROM_INTEREST)
    assert tasks["history"] == ("Not started", "")


def test_an_earlier_application_says_more_and_comes_first():
    interest = registered(number="SW99")
    owner = interest.candidate
    complete_application(factories.ApplicationFactory(candidate=owner, vacancy=open_vacancy()))
    with transaction():
        application = starting.start_application(owner.as_actor(), owner, open_vacancy(), now=NOW)

    assert kept.registration_of(application).number == "SW123456"
    assert db.session.query(SectionState).filter_by(is_from_interest=True).all() == []


def test_what_has_ended_fills_nothing():
    interest = registered(now=NOW - YEAR)
    with transaction():
        application = starting.start_application(
            interest.candidate.as_actor(), interest.candidate, open_vacancy(), now=NOW
        )

    assert kept.registration_of(application) is None
    assert applications.queries.personal_of(application, EligibilityAnswer) is None
