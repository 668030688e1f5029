"""What stands in the queue, in which order, and how its pages follow one another."""

from datetime import UTC, date, datetime, timedelta

import pytest

from recruit.core.calendar import closing_moment
from recruit.core.db import db
from recruit.review.choices import choices_for
from recruit.review.filters import Filters, Place
from recruit.review.models import ApplicationRead
from recruit.review.queries import next_in_queue, queue_page
from recruit.rules.access import NOBODY, Actor, Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import NOW, ApplicationFactory, UserFactory, VacancyFactory


@pytest.fixture
def reviewer(session):
    return UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()


@pytest.fixture
def vacancy(session):
    return VacancyFactory(published=True)


def waiting(vacancy, days_ago=1, **given):
    """Return an application whose promise was broken so many days ago."""
    usual = {"status": ApplicationStatus.SUBMITTED, "submitted_at": NOW, "due_at": NOW - timedelta(days=days_ago)}
    return ApplicationFactory(vacancy=vacancy, **{**usual, **given})


def shown(actor: Actor, filters: Filters | None = None, **place):
    return [row.reference for row in queue_page(actor, filters or Filters(), now=NOW, **place).rows]


def test_the_first_due_stands_first_and_of_equals_the_first_kept(reviewer, vacancy):
    late, early, equal = waiting(vacancy, 1), waiting(vacancy, 9), waiting(vacancy, 9)
    assert shown(reviewer) == [early.reference, equal.reference, late.reference]


def test_a_draft_is_never_in_the_queue(reviewer, vacancy):
    ApplicationFactory(vacancy=vacancy)
    assert shown(reviewer, Filters(status=None)) == []
    assert shown(reviewer, Filters(status=None, vacancy_id=vacancy.id)) == []
    with pytest.raises(ValueError, match="a draft is in no queue"):
        Filters(status=ApplicationStatus.DRAFT)


@pytest.mark.parametrize(
    "narrowing",
    [{}, {"assigned_to": NOBODY}, {"unread": True}, {"due_within": 0}],
    ids=["all", "nobody", "unread", "overdue"],
)
@pytest.mark.parametrize("scope", ["all", "team", "vacancy"])
def test_ones_own_application_is_never_in_the_queue(reviewer, vacancy, scope, narrowing):
    own = {"vacancy_id": vacancy.id} if scope == "vacancy" else {"team_id": vacancy.team_id} if scope == "team" else {}
    waiting(vacancy, 5, candidate=db.session.get(type(UserFactory()), reviewer.user_id))
    others = waiting(vacancy, 5)
    assert shown(reviewer, Filters(status=None, **own, **narrowing)) == [others.reference]


def test_each_filter_narrows_the_queue_down_and_together_they_do_too(reviewer, vacancy):
    elsewhere = waiting(VacancyFactory(published=True), 5)
    colleague = UserFactory(roles=[Role.HR])
    mine = waiting(vacancy, 20, assigned_to_id=reviewer.user_id)
    theirs = waiting(vacancy, 10, assigned_to_id=colleague.id)
    nobodys = waiting(vacancy, 2)
    listed = waiting(vacancy, 4, status=ApplicationStatus.SHORTLISTED)
    db.session.add(ApplicationRead(application_id=theirs.id, user_id=reviewer.user_id, at=NOW))
    db.session.add(ApplicationRead(application_id=mine.id, user_id=colleague.id, at=NOW))
    db.session.commit()
    a, b, c, d, e = (row.reference for row in (mine, theirs, elsewhere, listed, nobodys))

    expected = {
        Filters(): [a, b, c, e],
        Filters(status=None): [a, b, c, d, e],
        Filters(status=ApplicationStatus.SHORTLISTED): [d],
        Filters(vacancy_id=vacancy.id): [a, b, e],
        Filters(team_id=vacancy.team_id, status=None): [a, b, d, e],
        Filters(status=None, waiting=True): [a, b, c, d, e],
        Filters(due_within=0): [a, b, c, e],
        Filters(assigned_to=reviewer.user_id): [a],
        Filters(assigned_to=colleague.id): [b],
        Filters(assigned_to=NOBODY): [c, e],
        Filters(assigned_to=NOBODY, status=None, team_id=vacancy.team_id): [d, e],
        Filters(assigned_to=NOBODY, vacancy_id=vacancy.id): [e],
        Filters(assigned_to=reviewer.user_id, team_id=vacancy.team_id): [a],
        Filters(assigned_to=reviewer.user_id, team_id=elsewhere.team_id): [],
        Filters(unread=True): [a, c, e],
        Filters(unread=True, vacancy_id=vacancy.id, due_within=0, assigned_to=reviewer.user_id, status=None): [a],
    }
    assert {filters: shown(reviewer, filters) for filters in expected} == expected


def test_what_nobody_waits_for_comes_last_and_is_not_to_do(reviewer, vacancy):
    told = ApplicationFactory(vacancy=vacancy, status=ApplicationStatus.NOT_SHORTLISTED, submitted_at=NOW)
    late = waiting(vacancy, 1)
    assert shown(reviewer, Filters(status=None)) == [late.reference, told.reference]
    assert shown(reviewer, Filters(status=None, waiting=True)) == [late.reference]


def test_due_soon_ends_with_the_day_that_is_meant(reviewer, vacancy):
    friday = datetime(2022, 5, 6, 9, tzinfo=UTC)  # Monday 9 and Tuesday 10 May come after it
    overdue = waiting(vacancy, due_at=friday)
    on_tuesday = waiting(vacancy, due_at=closing_moment(date(friday.year, 5, 10)))
    waiting(vacancy, due_at=closing_moment(date(friday.year, 5, 11)))

    def due(days):
        return [row.reference for row in queue_page(reviewer, Filters(due_within=days), now=friday).rows]

    assert due(0) == [overdue.reference]
    assert due(2) == [overdue.reference, on_tuesday.reference]


@pytest.mark.parametrize("status", [ApplicationStatus.SUBMITTED, None], ids=["one status", "any status"])
def test_pages_follow_one_another_forwards_and_back_without_loss(reviewer, vacancy, status):
    statuses = [ApplicationStatus.SUBMITTED] if status else [ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED]
    wanted = [waiting(vacancy, 30 - n // 2, status=statuses[n % len(statuses)]).reference for n in range(7)]
    filters = Filters(status=status)

    first = queue_page(reviewer, filters, now=NOW, size=3)
    second = queue_page(reviewer, filters, now=NOW, size=3, after=first.next)
    third = queue_page(reviewer, filters, now=NOW, size=3, after=second.next)
    assert [row.reference for page in (first, second, third) for row in page.rows] == wanted
    assert (first.previous, third.next) == (None, None)

    back = queue_page(reviewer, filters, now=NOW, size=3, before=third.previous)
    assert back == second
    assert queue_page(reviewer, filters, now=NOW, size=3, before=back.previous) == first


def test_a_page_keeps_its_place_when_what_it_began_with_is_decided(reviewer, vacancy):
    one, two, three = (waiting(vacancy, 9 - n) for n in range(3))
    place = Place(one.due_at, one.id)
    one.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    assert shown(reviewer, after=place) == [two.reference, three.reference]


def test_the_next_is_the_one_that_follows_in_the_same_list(reviewer, vacancy):
    one, _other_team, two = waiting(vacancy, 9), waiting(VacancyFactory(published=True), 8), waiting(vacancy, 7)
    filters = Filters(team_id=vacancy.team_id)
    assert next_in_queue(reviewer, filters, Place(one.due_at, one.id), now=NOW) == two.reference
    assert next_in_queue(reviewer, filters, Place(two.due_at, two.id), now=NOW) is None


def test_a_row_says_who_for_what_and_whether_i_have_read_it(reviewer, vacancy):
    application = waiting(vacancy, 2, candidate=UserFactory(name="Kim Lee"), assigned_to_id=reviewer.user_id)
    row = queue_page(reviewer, Filters(), now=NOW).rows[0]
    said = (row.candidate, row.vacancy, row.vacancy_reference, row.team, row.assignee, row.is_read)
    assert said == ("Kim Lee", vacancy.title, vacancy.reference, vacancy.team.name, "Harper Reed", False)
    db.session.add(ApplicationRead(application_id=application.id, user_id=reviewer.user_id, at=NOW))
    db.session.commit()
    assert queue_page(reviewer, Filters(), now=NOW).rows[0].is_read


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_queue_takes_one_statement_however_long_it_is(reviewer, vacancy, queries, rows):
    for _ in range(rows):
        waiting(vacancy)
    queries.clear()
    queue_page(reviewer, Filters(status=None, unread=True, due_within=0), now=NOW)
    assert len(queries) == 1


def test_an_application_knows_the_team_of_its_vacancy(session, vacancy):
    assert waiting(vacancy).team_id == vacancy.team_id


def test_choices_are_teams_people_of_hr_and_a_published_vacancy_in_one_statement(reviewer, vacancy, queries):
    UserFactory(name="Robin", roles=[Role.RECRUITER])
    UserFactory(name="Gone", roles=[Role.HR], disabled_at=NOW)
    draft = VacancyFactory()
    vacancy_reference, draft_reference = vacancy.reference, draft.reference
    queries.clear()
    choices = choices_for(reviewer, vacancy_reference)
    assert len(queries) == 1
    assert [person.name for person in choices.people.values()] == ["Harper Reed"]
    assert choices.vacancy.key == vacancy_reference
    assert choices_for(reviewer, draft_reference).vacancy is None
    assert choices_for(reviewer, None).vacancy is None
