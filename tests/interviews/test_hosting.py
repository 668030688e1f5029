"""Setting times, inviting, changing and taking off: what is allowed, and each refusal."""

from datetime import date, time, timedelta

import pytest

from recruit.core import clock
from recruit.core.calendar import london_moment, long_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.interviews import hosting
from recruit.interviews.models import DiaryPiece, InterviewBooking, InterviewEvent, InterviewSlot
from recruit.panels import interviewing
from recruit.rules import limits
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from tests.interviews.planning import LIMIT, day_ahead, mails, planned, posted


def change(interviews, slot, *, seen_version=None, booking=None, **given):
    with transaction():
        interviewing.change_slot(
            interviews.hr.as_actor(),
            interviews.vacancy,
            slot,
            interviews.plan(**given),
            seen_version=slot.version if seen_version is None else seen_version,
            seen_booking_id=booking,
            limit=LIMIT,
            now=clock.now(),
        )


def cancel(interviews, slot, *, booking=None, seen_version=None, now=None):
    with transaction():
        hosting.cancel_slot(
            interviews.hr.as_actor(),
            slot,
            seen_version=slot.version if seen_version is None else seen_version,
            seen_booking_id=booking,
            now=now or clock.now(),
        )


def booking_of(slot):
    return db.session.query(InterviewBooking).filter_by(slot_id=slot.id).one()


def test_times_follow_each_other_with_a_break_and_fill_the_diaries(session):
    interviews = planned()

    slots = interviews.add(3, pause=15, minutes=45)

    day = day_ahead()
    starts = [london_moment(day, time(9, 30)), london_moment(day, time(10, 30)), london_moment(day, time(11, 30))]
    assert [slot.starts_at for slot in slots] == starts
    assert {slot.minutes for slot in slots} == {45}
    assert db.session.query(DiaryPiece).count() == 3 * 3 * 2  # times, quarters of an hour, people
    assert db.session.query(InterviewEvent).one().what.startswith("3 × panel interview set, 45 minutes each: 9:30am on")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"minutes": 50}, "Select how long each lasts"),
        ({"start": time(9, 40)}, "Select when it starts"),
        ({"start": time(7, 45)}, "Select when it starts"),
        ({"day": date(2020, 1, 6)}, "The day and the time must be in the future"),
        ({"day": date(2100, 1, 6)}, "The day must be this year or next year"),
        ({"start": time(17, 30)}, "The last would end after 6pm"),
        ({"place": ""}, "Enter a place or a link, so that people know where to go"),
        ({"link": "http://meet.example/1"}, "Enter the whole link, starting with https://"),
        ({"link": "https://[broken"}, "Enter the whole link, starting with https://"),
        ({"interviewer_ids": frozenset({-1, 2**62})}, "Select interviewers from the list"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(session, given, sentence):
    interviews = planned()

    with pytest.raises(Incomplete, match=f"^{sentence}$"):
        interviews.add(**given)
    assert db.session.query(InterviewSlot).count() == 0


def test_two_of_the_panel_interview_and_one_of_them_is_trained(session):
    interviews = planned()
    trained, second, third = (one.id for one in interviews.members)

    with pytest.raises(Incomplete, match=r"^Select between 2 and 6 interviewers$"):
        interviews.add(interviewer_ids=frozenset({trained}))
    with pytest.raises(Incomplete, match=r"training counts on that day$"):
        interviews.add(interviewer_ids=frozenset({second, third}))
    with pytest.raises(Incomplete, match=r"^Select interviewers from the list$"):
        interviews.add(interviewer_ids=frozenset({trained, second, interviews.hr.id}))
    interviews.add(interviewer_ids=frozenset({trained, third}))


def test_nobody_interviews_in_two_places_at_once(session):
    interviews = planned()
    interviews.add()

    with pytest.raises(Conflict, match=r"^Member A is in another interview at 10am on .*\. Nothing was saved\.$"):
        interviews.add(start=time(10), kind=InterviewKind.PRACTICAL)
    interviews.add(start=time(10, 30))
    assert len(interviews.slots) == db.session.query(InterviewSlot).count() == 2


def test_only_hr_sets_times_and_invites(session):
    interviews = planned(slots=1)

    for user in (interviews.members[0], interviews.applications[0].candidate):
        with pytest.raises(NotAllowed), transaction():
            interviewing.add_slots(
                user.as_actor(), interviews.vacancy, InterviewKind.PRACTICAL, interviews.plan(), now=clock.now()
            )
        with pytest.raises(NotAllowed), transaction():
            hosting.invite_shortlist(user.as_actor(), interviews.vacancy, limit=LIMIT, now=clock.now())
        with pytest.raises(NotAllowed), transaction():
            hosting.cancel_slot(
                user.as_actor(), interviews.slots[0], seen_version=1, seen_booking_id=None, now=clock.now()
            )


def test_no_more_times_than_a_vacancy_may_have(session, monkeypatch):
    interviews = planned()
    monkeypatch.setattr(limits, "INTERVIEW_SLOTS", 2)

    with pytest.raises(Incomplete, match="^A vacancy has 2 times at most$"):
        interviews.add(3, minutes=15)
    with pytest.raises(Incomplete, match="^Set between 1 and 12 times at once$"):
        interviews.add(13, minutes=15)
    interviews.add(2)


def test_everybody_on_the_shortlist_is_invited_once(session):
    interviews = planned(2, slots=2)

    assert interviews.invite() == 2
    assert posted() == [("interview_invited", one.candidate.email) for one in interviews.applications]
    with pytest.raises(Incomplete, match="^Nobody on the shortlist waits for an invitation\\.$"):
        interviews.invite()


def test_invitations_wait_for_enough_times_with_the_promised_notice(session):
    interviews = planned(2)

    with pytest.raises(Incomplete, match="^There are no times yet that they could choose from\\.$"):
        interviews.invite()
    interviews.add(2, day=day_ahead(3))
    with pytest.raises(Incomplete, match="^Panel interview: 2 people need a time, and 0 are free on .* or later"):
        interviews.invite()
    interviews.add(2)
    interviews.add(1, kind=InterviewKind.SAFEGUARDING, start=time(13))
    with pytest.raises(Incomplete, match="^Safeguarding interview: 2 people need a time, and 1 is free on"):
        interviews.invite()
    interviews.add(1, kind=InterviewKind.SAFEGUARDING, start=time(14))
    assert interviews.invite() == 2


def test_nobody_is_invited_before_they_know_that_they_are_on_the_shortlist(session):
    interviews = planned(2, slots=2)
    waiting = interviews.applications[0]
    waiting.told_status, waiting.untold_since = ApplicationStatus.SUBMITTED, clock.now()
    db.session.commit()

    assert interviews.invite() == 1
    assert posted() == [("interview_invited", interviews.applications[1].candidate.email)]


def test_nothing_is_planned_for_a_cancelled_vacancy(session):
    interviews = planned(slots=2)
    interviews.vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()

    with pytest.raises(Conflict, match="^The vacancy was cancelled, so there are no interviews to plan\\.$"):
        interviews.add(start=time(15))
    with pytest.raises(Incomplete, match="^The vacancy was cancelled, so nobody can be invited\\.$"):
        interviews.invite()


def test_a_free_time_is_taken_off_in_silence_and_leaves_the_diaries(session):
    interviews = planned(slots=1)
    (slot,) = interviews.slots

    cancel(interviews, slot)

    assert slot.cancelled_at is not None
    assert (posted(), db.session.query(DiaryPiece).count()) == ([], 0)
    interviews.add()  # the same hour, the same people


def test_who_has_a_time_that_is_taken_off_is_told_and_can_choose_again(session):
    interviews = planned(1, slots=2, invited=True)
    (one,), (slot, other) = interviews.applications, interviews.slots
    interviews.choose(one, slot)
    told = len(posted())

    cancel(interviews, slot, booking=booking_of(slot).id)

    emails = [user.email for user in interviews.members[:2]]
    assert posted()[told:] == [
        ("interview_cancelled", one.candidate.email),
        ("interview_panel_cancelled", emails[0]),
        ("interview_panel_cancelled", emails[1]),
    ]
    interviews.choose(one, other)
    assert interviews.holders() == [None, one.reference]


def test_what_was_chosen_or_changed_meanwhile_is_not_taken_off_or_changed_unseen(session):
    interviews = planned(1, slots=2, invited=True)
    slot, other = interviews.slots
    interviews.choose(interviews.applications[0], slot)

    for action in (cancel, change):
        with pytest.raises(Conflict, match=f"^{hosting.CHANGED}$"):
            action(interviews, slot)
        with pytest.raises(Conflict, match=f"^{hosting.CHANGED}$"):
            action(interviews, other, seen_version=7)
        with pytest.raises(Conflict, match=f"^{hosting.CHANGED}$"):
            action(interviews, other, booking=booking_of(slot).id)
    assert interviews.holders() == [interviews.applications[0].reference, None]


def test_what_has_begun_is_neither_taken_off_nor_changed(session):
    interviews = planned(1, slots=1)
    slot = interviews.slots[0]

    with pytest.raises(Conflict, match="^This interview has begun, so it can no longer be taken off\\.$"):
        cancel(interviews, slot, now=slot.starts_at)
    slot.starts_at = clock.now() - timedelta(minutes=1)
    db.session.commit()
    with pytest.raises(Conflict, match="^This interview has begun, so it can no longer be changed\\.$"):
        change(interviews, slot)


def test_a_change_tells_who_is_in_it_who_leaves_and_who_joins(session):
    interviews = planned(1, slots=1, invited=True)
    (one,), (slot,) = interviews.applications, interviews.slots
    interviews.choose(one, slot)
    told = len(posted())
    first, second, third = interviews.members

    change(
        interviews,
        slot,
        booking=booking_of(slot).id,
        start=time(14),
        place="",
        link="https://meet.example/1",
        interviewer_ids=frozenset({first.id, third.id}),
    )

    assert posted()[told:] == [
        ("interview_booked", one.candidate.email),
        ("interview_panel_cancelled", second.email),
        ("interview_panel_booked", first.email),
        ("interview_panel_booked", third.email),
    ]
    assert booking_of(slot).sequence == 1
    assert slot.starts_at == london_moment(day_ahead(), time(14))
    whose = {user_id for (user_id,) in db.session.query(DiaryPiece.user_id).distinct()}
    assert whose == {one.candidate_id, first.id, third.id}


@pytest.mark.parametrize(("start", "is_said"), [(time(14), True), (None, False)])
def test_when_it_was_to_begin_is_said_where_that_has_changed(session, start, is_said):
    interviews = planned(1, slots=1, invited=True)
    (one,), (slot,) = interviews.applications, interviews.slots
    interviews.choose(one, slot)
    told, was = len(posted()), f"It is no longer at {long_moment(slot.starts_at)}."

    change(interviews, slot, booking=booking_of(slot).id, place="Room 9", **({"start": start} if start else {}))

    assert [(was in words, "This is how it is now" in words) for words in mails()[told:]] == [(is_said, True)] * 3


def test_a_change_of_people_alone_is_a_change_for_whoever_looks_on(session):
    interviews = planned(1, slots=1)
    slot = interviews.slots[0]
    seen = slot.version
    first, _, third = (one.id for one in interviews.members)

    change(interviews, slot, interviewer_ids=frozenset({first, third}))

    with pytest.raises(Conflict, match=f"^{hosting.CHANGED}$"):
        cancel(interviews, slot, seen_version=seen)


def test_a_change_cannot_put_anybody_in_two_places(session):
    interviews = planned(1, slots=2, invited=True)
    slot, other = interviews.slots
    interviews.choose(interviews.applications[0], slot)

    with pytest.raises(Conflict, match="is in another interview at 10:30am"):
        change(interviews, slot, booking=booking_of(slot).id, start=time(10))
    assert slot.starts_at == london_moment(day_ahead(), time(9, 30))
    change(interviews, other, start=time(11))
