"""What interviewers note about a history, who may, and what an appointment asks where something is left."""

import pytest

from recruit.applications.models import Snapshot
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.interviews.models import PromptNote, SlotInterviewer
from recruit.interviews.prompting import Told, note_answers, prompts_for, unexplained
from recruit.panels import setup
from recruit.panels.deciding import PromptsOpen, decide
from recruit.panels.holding import held_interview
from recruit.panels.models import SiftEvent
from recruit.rules.lifecycle import ApplicationStatus
from tests.interviews.planning import held, planned
from tests.panels.sifting import closed_vacancy

pytestmark = pytest.mark.usefixtures("session")
GAP = "gap 2014-08"


def leave_gap(application):
    """Let the studies end a month earlier than the work began."""
    snapshot = db.session.get_one(Snapshot, application.id)
    history = snapshot.content["history"]
    entries = [
        {**row, "ended_month": "2014-07-01"} if row["activity"] == "education" else row for row in history["entries"]
    ]
    with transaction():
        snapshot.content = {**snapshot.content, "history": {**history, "entries": entries}}


@pytest.fixture
def interview(session):
    interviews = planned(1, people=3)
    application = interviews.applications[0]
    leave_gap(application)
    slot = held(interviews, application)
    with transaction():
        for member in interviews.members[:2]:
            db.session.add(SlotInterviewer(slot_id=slot.id, user_id=member.id))
    return interviews, application, slot


def note(interview, member, words, *, is_explained=True):
    actor = member.as_actor()
    with transaction():
        return note_answers(
            actor, held_interview(actor, interview[2].id), {GAP: Told(words, is_explained)}, now=clock.now()
        )


def appoint(interview, target=ApplicationStatus.APPOINTED, why=""):
    interviews, application, _ = interview
    with transaction():
        decide(
            interviews.hr.as_actor(), application, target, needs_scores=False, unexplained=why,
            seen_version=application.version, now=clock.now(),
        )  # fmt: skip


def test_notes_stay_and_the_last_says_whether_it_is_explained(interview):
    interviews, application, _ = interview
    first, second, _ = interviews.members
    assert [one.key for one in unexplained(application)] == [GAP]

    assert note(interview, first, "Moved house, she says", is_explained=False) == 1
    assert note(interview, first, "Moved house, she says", is_explained=False) == 0
    assert note(interview, second, "  ") == 0
    assert unexplained(application)
    assert note(interview, second, "Her landlord’s letter says so too") == 1

    (asked,) = prompts_for(application)
    assert [one.author_id for one in asked.notes] == [first.id, second.id]
    assert not unexplained(application)


def test_only_who_interviews_this_person_notes_and_sees_it(interview):
    interviews, application, slot = interview
    first, _, other = interviews.members
    with pytest.raises(NotFound):
        held_interview(other.as_actor(), slot.id)
    with pytest.raises(NotAllowed), transaction():
        note_answers(other.as_actor(), held_interview(first.as_actor(), slot.id), {}, now=clock.now())
    with transaction():
        for actor in (interviews.members[2],):
            setup.choose_chair(interviews.hr.as_actor(), interviews.vacancy, actor.id, now=clock.now())
        setup.remove_member(interviews.hr.as_actor(), interviews.vacancy, first.id, now=clock.now())
    with pytest.raises(NotFound, match="HR may have changed who interviews"):
        held_interview(first.as_actor(), slot.id)


def test_there_is_nothing_to_ask_before_the_shortlist(session):
    _, (one,) = closed_vacancy(1)
    leave_gap(one)

    assert prompts_for(one) == []


def test_notes_are_refused_where_they_are_too_long_or_come_after_the_decision(interview):
    with pytest.raises(Incomplete, match="1,000 characters"):
        note(interview, interview[0].members[0], "a" * 1001)
    appoint(interview, ApplicationStatus.RESERVE)
    with pytest.raises(Conflict, match="decided or withdrawn"):
        note(interview, interview[0].members[0], "Late")

    assert db.session.query(PromptNote).count() == 0


def test_an_appointment_asks_why_where_something_is_not_explained(interview):
    application = interview[1]
    with pytest.raises(PromptsOpen, match="Something in the history is not explained"):
        appoint(interview)
    with pytest.raises(Conflict, match="2,000 characters"):
        appoint(interview, why="a" * 2001)
    assert application.status == ApplicationStatus.SHORTLISTED

    appoint(interview, why="We ask the employer before the offer")

    assert application.status == ApplicationStatus.APPOINTED
    event = db.session.query(SiftEvent).order_by(SiftEvent.id.desc()).first()
    assert (event.what, event.note) == (
        "Appointed although the history leaves something to explain",
        "We ask the employer before the offer",
    )


def test_an_appointment_asks_nothing_once_all_is_explained(interview):
    note(interview, interview[0].members[0], "Between two flats")
    appoint(interview)

    assert interview[1].status == ApplicationStatus.APPOINTED
    assert not db.session.query(SiftEvent).filter(SiftEvent.what.contains("although")).count()
