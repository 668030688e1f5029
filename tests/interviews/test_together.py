"""Twenty clicks at one moment: nobody and nothing is booked twice, and everybody is told how it ended."""

from datetime import time

import pytest
from sqlalchemy.exc import IntegrityError

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.db import db
from recruit.interviews import choosing, diaries, hosting
from recruit.interviews.models import DiaryPiece, InterviewBooking, InterviewSlot
from recruit.panels import interviewing
from recruit.rules.interviews import InterviewKind
from recruit.vacancies.models import Vacancy
from tests.at_once import AT_ONCE, all_at_once
from tests.interviews.planning import LIMIT, planned, posted, shortlist
from tests.panels.sifting import with_panel
from tests.review.sent import sent_application


def choose(application_id, slot_id):
    application = db.session.get(Application, application_id)
    choosing.choose_slot(application.candidate.as_actor(), application, slot_id, limit=LIMIT, now=clock.now())


def test_twenty_clicks_of_four_people_for_one_time_give_it_to_one(app, session):
    interviews = planned(4, slots=4, invited=True)
    keys, slot = [one.id for one in interviews.applications], interviews.slots[0].id
    session.remove()

    ended = all_at_once(app, lambda number: choose(keys[number % 4], slot))

    winner = db.session.query(InterviewBooking).one()
    assert (winner.slot_id, winner.sequence) == (slot, 0)
    assert ended.pop("done") == 5  # the winner’s five clicks are one choice
    assert {words.split(" was taken by ")[1] for words in ended} == {"somebody else a moment ago. Choose another time."}
    assert db.session.query(DiaryPiece).filter_by(user_id=winner.application.candidate_id).count() == 4
    assert sum(kind == "interview_booked" for kind, _ in posted()) == 1


def test_twenty_clicks_of_one_person_for_four_times_leave_them_one(app, session):
    interviews = planned(4, slots=4, invited=True)
    key, slots = interviews.applications[0].id, [slot.id for slot in interviews.slots]
    session.remove()

    ended = all_at_once(app, lambda number: choose(key, slots[number % 4]))

    booking = db.session.query(InterviewBooking).one()
    pieces = {
        piece.slot_id for piece in db.session.query(DiaryPiece).filter_by(user_id=booking.application.candidate_id)
    }
    assert ended == {"done": AT_ONCE}
    assert pieces == {booking.slot_id}


def test_one_person_on_two_shortlists_is_in_one_of_two_interviews_at_one_hour(app, session):
    first, second = planned(1, slots=1, invited=True), planned(1)
    candidate = first.applications[0].candidate
    another = sent_application(vacancy=second.vacancy, candidate=candidate)
    shortlist([another], second.hr)
    second.add(2, start=time(9, 30), minutes=30)
    second.invite()
    wants = [(first.applications[0].id, first.slots[0].id), (another.id, second.slots[0].id)]
    candidate_id = candidate.id
    session.remove()

    ended = all_at_once(app, lambda number: choose(*wants[number % 2]))

    booking = db.session.query(InterviewBooking).one()
    assert ended.pop("done") == AT_ONCE // 2
    assert sum(ended.values()) == AT_ONCE // 2
    assert all(words.startswith("You have another interview at ") for words in ended), ended
    assert {piece.slot_id for piece in db.session.query(DiaryPiece).filter_by(user_id=candidate_id)} == {
        booking.slot_id
    }


def test_twenty_times_set_at_once_for_the_same_people_are_one(app, session):
    first, second = planned(1), planned(1)
    with_panel(second.vacancy, first.members[:2], first.hr)
    plan, vacancies = first.plan(), [first.vacancy.id, second.vacancy.id]
    hr = first.hr.id
    session.remove()

    def add(number):
        interviewing.add_slots(
            db.session.get(User, hr).as_actor(),
            db.session.get(Vacancy, vacancies[number % 2]),
            InterviewKind.COMPETENCY,
            plan,
            now=clock.now(),
        )

    ended = all_at_once(app, add)

    assert ended.pop("done") == 1
    assert all(words.startswith("Member A is in another interview at 9:30am") for words in ended), ended
    assert db.session.query(InterviewSlot).count() == 1
    assert db.session.query(DiaryPiece).count() == 8


def test_choosing_and_taking_off_at_once_end_in_one_of_the_two(app, session):
    interviews = planned(2, slots=2, invited=True)
    keys, slot, hr = [one.id for one in interviews.applications], interviews.slots[0], interviews.hr.id
    slot_id, version = slot.id, slot.version
    session.remove()

    def act(number):
        if number % 2:
            choose(keys[number // 2 % 2], slot_id)
            return
        found = db.session.get(InterviewSlot, slot_id)
        actor = db.session.get(User, hr).as_actor()
        hosting.cancel_slot(actor, found, seen_version=version, seen_booking_id=None, now=clock.now())

    ended = all_at_once(app, act)

    bookings = db.session.query(InterviewBooking).count()
    is_off = db.session.get(InterviewSlot, slot_id).cancelled_at is not None
    assert (bookings, is_off) in {(1, False), (0, True)}
    assert set(ended) <= {
        "done",
        hosting.CHANGED,
        choosing.NOT_OFFERED,
        *(words for words in ended if "was taken by somebody else a moment ago" in words),
    }


@pytest.mark.parametrize("what", ["slot", "person", "kind"])
def test_the_database_refuses_by_itself_what_is_booked_twice(session, what):
    interviews = planned(2, slots=2, invited=True)
    one, two = interviews.applications
    interviews.choose(one, interviews.slots[0])
    slot, other = interviews.slots

    application, taken = (two, slot) if what == "slot" else (one, other)
    again = {"key": "0" * 32, "slot_id": taken.id, "application_id": application.id, "kind": taken.kind}
    if what == "person":
        with pytest.raises(IntegrityError):
            diaries.occupy(other.id, [one.candidate_id], slot.starts_at, slot.ends_at)
        return
    db.session.add(InterviewBooking(**again, booked_at=clock.now()))
    with pytest.raises(IntegrityError):
        db.session.flush()
