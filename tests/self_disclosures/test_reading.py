"""Who may open a self-disclosure, that each opening is kept first, and the list that a lead works through."""

from datetime import timedelta

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.interviews.models import SlotInterviewer
from recruit.panels.models import PanelMember
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import ApplicationStatus as A
from recruit.rules.self_disclosure import Act, Question
from recruit.self_disclosures import concluding, disclosing, reading
from recruit.self_disclosures.models import SelfDisclosureEvent
from recruit.self_disclosures.reading import Group, Place
from tests import factories
from tests.self_disclosures.told import MATTER, asked, booked, cover, lead, opened, sent

ME = 10**6
"""The id of nobody who is there."""


def acts() -> list[Act]:
    return [event.act for event in db.session.query(SelfDisclosureEvent).order_by(SelfDisclosureEvent.id)]


def test_no_other_role_lists_finds_or_opens_one(session):
    application = sent()
    for role in [role for role in Role if role is not Role.SAFEGUARDING]:
        actor = Actor(ME, frozenset({role}))
        for look in (
            lambda: reading.counts(actor),  # noqa: B023  asked at once
            lambda: reading.disclosures(actor, Group.TO_READ),  # noqa: B023
            lambda: reading.disclosure_for(actor, application.reference),  # noqa: B023
            lambda: reading.open_disclosure(actor, cover(application), now=clock.now()),  # noqa: B023
            lambda: reading.content_of(actor, cover(application), now=clock.now()),  # noqa: B023
        ):
            with pytest.raises(NotAllowed):
                look()


def _applied(user, application):
    factories.ApplicationFactory(candidate=user, vacancy=application.vacancy, submitted=True)


def _on_panel(user, application):
    db.session.add(PanelMember(vacancy_id=application.vacancy_id, user_id=user.id, added_at=clock.now()))


def _interviews(user, application):
    slot = booked(application, clock.now())
    db.session.add(SlotInterviewer(slot_id=slot.id, user_id=user.id))


def _left(user, application):
    concluding.leave_to_colleague(user.as_actor(), cover(application), now=clock.now())


@pytest.mark.parametrize("entangle", [_applied, _on_panel, _interviews, _left])
def test_who_has_a_part_in_it_sees_none_of_it_and_a_colleague_does(session, entangle):
    application, user, colleague = sent(), lead(), lead()
    assert len(reading.disclosures(user.as_actor(), Group.TO_READ)) == 1
    entangle(user, application)
    db.session.commit()

    assert reading.disclosures(user.as_actor(), Group.TO_READ) == []
    assert sum(reading.counts(user.as_actor()).values()) == 0
    with pytest.raises(NotFound):
        reading.disclosure_for(user.as_actor(), application.reference)
    assert reading.disclosure_for(colleague.as_actor(), application.reference) is cover(application)


def test_nobody_opens_their_own(session):
    user = lead(roles=[Role.SAFEGUARDING, Role.CANDIDATE])
    application = sent(candidate=user)
    with pytest.raises(NotFound):
        reading.disclosure_for(user.as_actor(), application.reference)
    with pytest.raises(NotAllowed):
        reading.open_disclosure(user.as_actor(), cover(application), now=clock.now())


def test_it_is_read_only_after_an_opening_that_is_kept_and_for_a_quarter_of_an_hour(session):
    application, user = sent(Question.SPENT), lead()
    actor, now = user.as_actor(), clock.now()
    with pytest.raises(NotFound, match="each opening is kept"):
        reading.content_of(actor, cover(application), now=now)
    opened(user, application)
    opened(user, application)  # a second click within it
    content = reading.content_of(actor, cover(application), now=now)

    assert content.answers is not None
    assert content.answers.matters_of(Question.SPENT) == [(1, MATTER)]
    assert acts() == [Act.ASKED, Act.RECEIVED, Act.OPENED]
    for who, at in ((user, now + limits.DISCLOSURE_OPEN + timedelta(seconds=2)), (lead(), now)):
        with pytest.raises(NotFound):
            reading.content_of(who.as_actor(), cover(application), now=at)


def test_what_has_not_come_is_not_opened(session):
    with pytest.raises(NotFound, match="nothing to open"):
        opened(lead(), asked())


def test_what_was_added_since_is_opened_anew(session):
    application, user = sent(), lead()
    opened(user, application)
    with transaction():
        disclosing.add_words(application.candidate.as_actor(), application, "More", now=clock.now())
    with pytest.raises(NotFound):
        reading.content_of(user.as_actor(), cover(application), now=clock.now())
    opened(user, application)

    assert [
        one.words for one in reading.content_of(user.as_actor(), cover(application), now=clock.now()).additions
    ] == ["More"]
    assert acts().count(Act.OPENED) == 2


def test_a_draft_is_its_candidate_s_alone(session):
    application, user = asked(), lead()
    with transaction():
        disclosing.ask_to_talk(application.candidate.as_actor(), application, now=clock.now())
    opened(user, application)

    assert reading.content_of(user.as_actor(), cover(application), now=clock.now()).answers is None


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_has_the_next_interview_first_and_costs_the_same(session, queries, number):
    actor, now = lead().as_actor(), clock.now().replace(microsecond=0)
    applications = [sent() for _ in range(number)]
    for days, application in zip((5, 2), applications, strict=False):
        booked(application, now + timedelta(days=days))
    expected = [applications[place].id for place in ([0] if number == 1 else [1, 0, 2])]
    db.session.expunge_all()
    queries.clear()
    lines = reading.disclosures(actor, Group.TO_READ)
    shown = [(line.disclosure.application.candidate.name, line.disclosure.application.vacancy.title) for line in lines]

    assert [line.disclosure.application_id for line in lines] == expected
    assert (len(shown), len(queries)) == (number, 1)
    for place, line in enumerate(lines):
        rest = reading.disclosures(actor, Group.TO_READ, line.place)
        assert [one.disclosure.application_id for one in rest] == expected[place + 1 :]
    assert reading.disclosures(actor, Group.TO_READ, Place(253_370_764_800, 10**17)) == []


def test_each_stands_where_it_waits_for_something(session):
    user = lead()
    waiting, fresh, ended, talking = asked(), sent(), sent(), asked()
    ended.status = A.WITHDRAWN
    gone = asked()
    gone.status = A.WITHDRAWN
    db.session.commit()
    with transaction():
        disclosing.ask_to_talk(talking.candidate.as_actor(), talking, now=clock.now())
    opened(user, talking)
    found = {
        group: {line.disclosure.application_id for line in reading.disclosures(user.as_actor(), group)}
        for group in Group
    }

    assert found == {
        Group.TO_READ: {fresh.id},
        Group.TO_DISCUSS: {talking.id},
        Group.WAITING: {waiting.id},
        Group.CONCLUDED: {ended.id},
    }
    assert reading.counts(user.as_actor()) == dict.fromkeys(Group, 1)
    opened(user, fresh)
    assert [line.disclosure.application_id for line in reading.disclosures(user.as_actor(), Group.TO_DISCUSS)] == [
        fresh.id,
        talking.id,
    ]
