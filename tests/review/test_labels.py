"""Labels: who puts them on and takes them off, what is kept, and what they narrow the queue to."""

import pytest

from recruit.applications.labels import ApplicationLabel, Label, label_names
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.review import bulk, labels
from recruit.review.bulk import Seen
from recruit.review.filters import Filters
from recruit.review.queries import queue_page
from recruit.rules import limits
from recruit.rules.access import NOBODY, Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.at_once import AT_ONCE, all_at_once
from tests.factories import ApplicationFactory, UserFactory, VacancyFactory


@pytest.fixture
def hr(session):
    return UserFactory(name="Harper Reed", email="harper@council.test", roles=[Role.HR]).as_actor()


def named(hr, name):
    with transaction():
        labels.add_label(hr, name)
    return db.session.query(Label).filter_by(name=name).one()


def put(hr, application, label):
    with transaction():
        labels.put_label(hr, application, label, now=clock.now())


def take(hr, application, label):
    with transaction():
        labels.take_label(hr, application, label, now=clock.now())


def acts(application):
    return labels.LABEL_EVENTS.rows(application_id=application.id)


def events(application):
    return [(one.label.name, one.is_on, one.actor.name) for one in acts(application)]


def test_what_is_put_on_and_taken_off_is_kept_once_however_often_it_is_clicked(hr):
    application, label = ApplicationFactory(submitted=True), named(hr, "Second opinion")
    for change in (put, put, take, take, put):
        change(hr, application, label)
    assert events(application) == [("Second opinion", is_on, "Harper Reed") for is_on in (True, False, True)]
    assert [one.name for one in labels.labels_on(acts(application))] == ["Second opinion"]
    assert label_names([application.id]) == {application.id: ["Second opinion"]}


def test_twenty_clicks_at_once_are_one(app, session, hr):
    application, label = ApplicationFactory(submitted=True), named(hr, "Second opinion")
    key, label_key, at = application.id, label.id, clock.now()
    session.remove()

    def click(_number):
        labels.put_label(hr, db.session.get(type(application), key), db.session.get(Label, label_key), now=at)

    assert all_at_once(app, click) == {"done": AT_ONCE}
    assert len(labels.LABEL_EVENTS.rows(application_id=key)) == 1


def test_a_retired_label_stays_where_it_is_and_is_put_on_nothing_more(hr):
    one, two = (ApplicationFactory(submitted=True) for _ in range(2))
    label = named(hr, "Second opinion")
    put(hr, one, label)
    with transaction():
        labels.retire_label(hr, label, now=clock.now())
    with pytest.raises(Conflict, match="‘Second opinion’ was retired"):
        put(hr, two, label)
    assert label_names([one.id, two.id]) == {one.id: ["Second opinion"]}
    take(hr, one, label)
    with transaction():
        labels.bring_back_label(hr, label)
    put(hr, two, label)
    assert label_names([one.id, two.id]) == {two.id: ["Second opinion"]}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (" ", "Enter a name"),
        ("x" * 41, "40 characters"),
        ("second OPINION", "A label has that name"),
        ("Old", "Bring it"),
    ],
)
def test_names_that_are_refused(hr, name, words):
    named(hr, "Second opinion")
    old = named(hr, "Old")
    labels.retire_label(hr, old, now=clock.now())
    with pytest.raises(Incomplete, match=words):
        labels.add_label(hr, name)


def test_there_are_as_many_as_stand_in_a_list(hr, monkeypatch):
    monkeypatch.setattr(limits, "LABELS", 1)
    named(hr, "One")
    with pytest.raises(Conflict, match="which is the most"):
        labels.add_label(hr, "Two")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HR])
def test_nobody_but_hr_and_not_on_their_own_and_not_on_a_draft(hr, role):
    label, draft = named(hr, "Second opinion"), ApplicationFactory()
    sent = ApplicationFactory(submitted=True, candidate=UserFactory(roles=[Role.HR, Role.CANDIDATE]))
    actor = UserFactory(roles=[role]).as_actor()
    for change in (labels.put_label, labels.take_label):
        with pytest.raises(NotAllowed):
            change(actor, sent, label, now=clock.now())
        with pytest.raises(NotAllowed):
            change(sent.candidate.as_actor(), sent, label, now=clock.now())
        with pytest.raises(Conflict, match="not been sent"):
            change(hr, draft, label, now=clock.now())
    with pytest.raises(NotAllowed):
        labels.add_label(actor, "Mine")
    with pytest.raises(NotAllowed):
        labels.retire_label(actor, label, now=clock.now())
    with pytest.raises(NotAllowed):
        labels.bring_back_label(actor, label)


def test_many_are_labelled_at_once_and_what_cannot_be_is_named(hr):
    made = [ApplicationFactory(submitted=True) for _ in range(2)]
    label = named(hr, "Second opinion")
    rows = [*[Seen(one.reference, one.version, 0) for one in made], Seen("A-22222", 1, 0)]
    for is_on in (True, False):
        with transaction():
            results = bulk.label_each(hr, rows, label, is_on=is_on, now=clock.now())
        assert {row.reference for row in results if row.refusal} == {"A-22222"}
        assert db.session.query(ApplicationLabel).count() == 2 * is_on


def references(hr, **filters):
    page = queue_page(hr, Filters(**{"status": None, **filters}), now=clock.now())
    return {row.reference for row in page.rows}


def test_the_queue_is_narrowed_to_a_label_with_every_other_filter_beside_it(hr):
    vacancy, label = VacancyFactory(published=True), named(hr, "Second opinion")
    one = ApplicationFactory(submitted=True, vacancy=vacancy, assigned_to_id=hr.user_id)
    two, bare = ApplicationFactory(submitted=True), ApplicationFactory(submitted=True, vacancy=vacancy)
    for application in (one, two):
        put(hr, application, label)
    assert references(hr, label_id=label.id) == {one.reference, two.reference}
    assert references(hr, label_id=label.id, vacancy_id=vacancy.id) == {one.reference}
    assert references(hr, label_id=label.id, team_id=two.team_id) == {two.reference}
    assert references(hr, label_id=label.id, assigned_to=NOBODY) == {two.reference}
    assert references(hr, label_id=label.id, assigned_to=hr.user_id, is_mine=True) == {one.reference}
    assert references(hr, label_id=label.id, status=ApplicationStatus.SHORTLISTED) == set()
    assert bare.reference not in references(hr, label_id=label.id, unread=True)


def test_pages_of_a_label_follow_each_other(hr):
    label = named(hr, "Second opinion")
    made = [ApplicationFactory(submitted=True) for _ in range(3)]
    for application in made:
        put(hr, application, label)
    first = queue_page(hr, Filters(label_id=label.id), now=clock.now(), size=2)
    second = queue_page(hr, Filters(label_id=label.id), now=clock.now(), size=2, after=first.next)
    back = queue_page(hr, Filters(label_id=label.id), now=clock.now(), size=2, before=second.previous)
    assert {row.reference for row in (*first.rows, *second.rows)} == {one.reference for one in made}
    assert (second.next, back.rows) == (None, first.rows)


def test_ones_own_vacancies_are_those_that_name_one_and_those_of_which_one_has_an_application(hr):
    contact = VacancyFactory(published=True, contact_email="Harper@council.test")
    working = VacancyFactory(published=True, contact_email="")
    named_there = ApplicationFactory(submitted=True, vacancy=contact)
    have = ApplicationFactory(submitted=True, vacancy=working, assigned_to_id=hr.user_id)
    beside = ApplicationFactory(submitted=True, vacancy=working)
    ApplicationFactory(submitted=True)
    assert references(hr, is_mine=True) == {named_there.reference, have.reference, beside.reference}
    assert references(hr, is_mine=True, vacancy_id=working.id) == {have.reference, beside.reference}
    assert references(hr, is_mine=True, assigned_to=hr.user_id) == {have.reference}
    assert references(hr, is_mine=True, team_id=contact.team_id) == {named_there.reference}
    assert references(UserFactory(roles=[Role.HR]).as_actor(), is_mine=True) == set()
