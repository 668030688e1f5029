"""A candidate chooses a time, changes it and gives it up: what is allowed, and each refusal."""

from datetime import time, timedelta

import pytest

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.core.transaction import transaction
from recruit.interviews import choosing, leaving
from recruit.interviews.models import DiaryPiece, InterviewBooking, InterviewEvent
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from tests.interviews.planning import LIMIT, day_ahead, mails, planned, posted, shortlist
from tests.review.sent import sent_application


def emails(people):
    return [person.email for person in people]


def with_two_times():
    """Return interviews, their members, who is invited, and two times: the first member holds both, the others one."""
    interviews = planned(1, invited=False)
    first, _, third = interviews.members
    interviews.add(1)
    interviews.add(1, start=time(13), interviewer_ids=frozenset({first.id, third.id}))
    interviews.invite()
    return interviews, interviews.members, interviews.applications[0], *interviews.slots


def test_a_time_is_chosen_and_both_sides_are_told(session):
    interviews = planned(2, slots=2, invited=True)
    one, slot = interviews.applications[0], interviews.slots[0]
    told = len(posted())

    interviews.choose(one, slot)

    assert interviews.holders() == [one.reference, None]
    panel = emails(interviews.members[:2])
    assert posted()[told:] == [
        ("interview_booked", one.candidate.email),
        ("interview_panel_booked", panel[0]),
        ("interview_panel_booked", panel[1]),
    ]
    assert db.session.query(DiaryPiece).filter_by(user_id=one.candidate_id).count() == 4
    last = db.session.query(InterviewEvent).order_by(InterviewEvent.id.desc()).first()
    assert last.what == f"Panel interview chosen: {long_moment(slot.starts_at)}"


def test_choosing_the_same_time_again_does_nothing(session):
    interviews = planned(1, slots=1, invited=True)
    interviews.choose(interviews.applications[0], interviews.slots[0])
    told = len(posted())

    interviews.choose(interviews.applications[0], interviews.slots[0])

    assert len(posted()) == told
    assert db.session.query(InterviewBooking).one().sequence == 0


def test_a_change_gives_the_old_time_back_and_keeps_the_entry_in_the_calendar(session):
    interviews, (first, second, third), one, old, new = with_two_times()
    interviews.choose(one, old)
    key, told = db.session.query(InterviewBooking).one().key, len(posted())

    interviews.choose(one, new)

    assert interviews.holders() == [None, one.reference]
    booking = db.session.query(InterviewBooking).one()
    assert (booking.key, booking.sequence) == (key, 1)
    assert posted()[told:] == [
        ("interview_booked", one.candidate.email),
        ("interview_panel_cancelled", second.email),
        ("interview_panel_booked", first.email),
        ("interview_panel_booked", third.email),
    ]


def test_a_change_says_when_it_was_to_begin_to_whoever_was_told_before(session):
    interviews, (first, second, third), one, old, new = with_two_times()
    interviews.choose(one, old)
    told, was = len(posted()), f"It is no longer at {long_moment(old.starts_at)}."

    interviews.choose(one, new)

    assert [was in words for words in mails()[:told]] == [False] * told
    assert dict(
        zip([person for _, person in posted()[told:]], [was in words for words in mails()[told:]], strict=True)
    ) == {
        one.candidate.email: True,
        second.email: False,  # theirs is cancelled
        first.email: True,
        third.email: False,  # theirs is new
    }


def test_one_time_of_each_kind(session):
    interviews = planned(1, slots=1)
    interviews.add(1, kind=InterviewKind.SAFEGUARDING, start=time(14))
    interviews.invite()
    (one,) = interviews.applications

    for slot in interviews.slots:
        interviews.choose(one, slot)

    assert interviews.holders() == [one.reference, one.reference]


def test_a_time_that_is_taken_is_told_and_what_one_had_stands(session):
    interviews = planned(2, slots=2, invited=True)
    (one, two), (slot, other) = interviews.applications, interviews.slots
    interviews.choose(one, slot)

    when = long_moment(slot.starts_at)
    with pytest.raises(Conflict, match=f"^{when} was taken by somebody else a moment ago\\. Choose another time\\.$"):
        interviews.choose(two, slot)
    interviews.choose(two, other)
    stands = f"Your time at {long_moment(other.starts_at)} stands\\.$"
    with pytest.raises(Conflict, match=stands):
        interviews.choose(two, slot)
    assert interviews.holders() == [one.reference, two.reference]


def test_until_the_limit_and_not_after(session):
    interviews = planned(1, slots=2, invited=True)
    (one,), (slot, other) = interviews.applications, interviews.slots
    at_limit = slot.starts_at - LIMIT
    late = at_limit + timedelta(seconds=1)

    with pytest.raises(Conflict, match="is less than 24 hours away\\.$"):
        interviews.choose(one, slot, now=late)
    interviews.choose(one, slot, now=at_limit)
    for act in (interviews.choose, interviews.give_up):
        with pytest.raises(Conflict, match="less than 24 hours away, so it can no longer be changed here\\."):
            act(one, slot if act == interviews.give_up else other, now=late)
    assert interviews.holders() == [one.reference, None]
    interviews.give_up(one, slot, now=at_limit)
    assert interviews.holders() == [None, None]


def test_a_time_is_given_up_and_is_free_for_others(session):
    interviews = planned(2, slots=2, invited=True)
    (one, two), (slot, _) = interviews.applications, interviews.slots
    interviews.choose(one, slot)
    told = len(posted())

    interviews.give_up(one, slot)

    panel = emails(interviews.members[:2])
    assert posted()[told:] == [
        ("interview_cancelled", one.candidate.email),
        ("interview_panel_cancelled", panel[0]),
        ("interview_panel_cancelled", panel[1]),
    ]
    with pytest.raises(Conflict, match="^You do not have that time any more\\."):
        interviews.give_up(one, slot)
    interviews.choose(two, slot)


def test_nobody_is_in_two_interviews_at_once_also_of_two_vacancies(session):
    interviews, others = planned(1, slots=1, invited=True), planned(1)
    (one,) = interviews.applications
    second = sent_application(vacancy=others.vacancy, candidate=one.candidate)
    shortlist([second], others.hr)
    others.add(2, start=time(10))
    others.invite()
    interviews.choose(one, interviews.slots[0])

    with pytest.raises(Conflict, match="^You have another interview at 10am on"):
        others.choose(second, others.slots[0])
    others.choose(second, others.slots[1])


@pytest.mark.parametrize("change", ["not invited", "withdrawn", "not told", "decided", "vacancy"])
def test_only_who_is_on_the_shortlist_and_invited_chooses(session, change):
    interviews = planned(1, slots=1, invited=change != "not invited")
    (one,) = interviews.applications
    refusal = "^There are no times to choose for this application\\.$"
    if change == "vacancy":
        interviews.vacancy.status = VacancyStatus.CANCELLED
        refusal = "^The vacancy has been cancelled, so there are no interviews for it\\.$"
    elif change == "not told":
        one.told_status, one.untold_since = ApplicationStatus.SUBMITTED, clock.now()
    elif change in ("withdrawn", "decided"):
        status = {"withdrawn": ApplicationStatus.WITHDRAWN, "decided": ApplicationStatus.NOT_APPOINTED}[change]
        db.session.query(Application).update({"status": status})
    db.session.commit()

    with pytest.raises(Conflict, match=refusal):
        interviews.choose(one, interviews.slots[0])


def test_no_time_of_another_vacancy_or_of_none_or_one_taken_off(session):
    interviews, others = planned(1, slots=1, invited=True), planned(1)
    others.add(1)
    (one,) = interviews.applications
    interviews.slots[0].cancelled_at = clock.now()
    db.session.commit()

    for slot_id in (others.slots[0].id, 2**62, -1, interviews.slots[0].id):
        with (
            pytest.raises(Conflict, match="^That time is not offered any more\\. Choose another one\\.$"),
            transaction(),
        ):
            choosing.choose_slot(one.candidate.as_actor(), one, slot_id, limit=LIMIT, now=clock.now())


def test_nobody_chooses_for_another(session):
    interviews = planned(2, slots=2, invited=True)
    one, two = interviews.applications
    interviews.choose(one, interviews.slots[0])

    for actor in (two.candidate.as_actor(), interviews.hr.as_actor()):
        with pytest.raises(NotAllowed), transaction():
            choosing.choose_slot(actor, one, interviews.slots[1].id, limit=LIMIT, now=clock.now())
        with pytest.raises(NotAllowed), transaction():
            choosing.give_up_slot(actor, one, interviews.slots[0].id, limit=LIMIT, now=clock.now())
    assert interviews.holders() == [one.reference, None]


def test_who_withdraws_gives_back_what_is_to_come(session):
    interviews = planned(1, slots=2, invited=True)
    (one,) = interviews.applications
    interviews.choose(one, interviews.slots[0])
    told = len(posted())

    with transaction():
        leaving.withdraw_application(one.candidate.as_actor(), one, reason="Another job", now=clock.now())

    assert one.status == ApplicationStatus.WITHDRAWN
    assert interviews.holders() == [None, None]
    panel = emails(interviews.members[:2])
    assert posted()[told:] == [
        ("interview_cancelled", one.candidate.email),
        ("interview_panel_cancelled", panel[0]),
        ("interview_panel_cancelled", panel[1]),
    ]
    assert day_ahead() == interviews.slots[0].starts_at.date()
