"""The services do at each stage what the table of stages says, and nothing else."""

from datetime import time

import pytest

from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.interviews import hosting
from recruit.interviews.models import InterviewBooking
from recruit.panels import interviewing
from recruit.review.filters import Filters
from recruit.review.queries import queue_page
from recruit.rules.interview_stages import INTERVIEW_MOVES, InterviewAct, InterviewStage
from tests.interviews.planning import LIMIT, at_each_stage, posted

ACT, STAGE = InterviewAct, InterviewStage
REFUSED = {
    ACT.INVITE: (),  # whoever is to be invited is; the others are passed over
    ACT.CHOOSE: (STAGE.TO_INVITE, STAGE.INTERVIEWED),
    ACT.CHANGE: (STAGE.TO_INVITE, STAGE.INTERVIEWED),
    ACT.GIVE_UP: (STAGE.TO_INVITE, STAGE.INVITED, STAGE.INTERVIEWED),
    ACT.MOVE: (STAGE.INTERVIEWED,),  # at other stages there is no time to do it to
    ACT.TAKE_OFF: (STAGE.INTERVIEWED,),
}


def do(act, interviews, application):
    booking = db.session.query(InterviewBooking).filter_by(application_id=application.id).one_or_none()
    slot = booking.slot if booking else interviews.slots[1]
    if act == ACT.INVITE:
        interviews.invite()
    elif act in (ACT.CHOOSE, ACT.CHANGE):
        interviews.choose(application, interviews.slots[2])
    elif act == ACT.GIVE_UP:
        interviews.give_up(application, slot)
    else:
        hr, seen = interviews.hr.as_actor(), {"seen_version": slot.version, "seen_booking_id": booking.id}
        with transaction():
            if act == ACT.TAKE_OFF:
                hosting.cancel_slot(hr, slot, **seen, now=clock.now())
            else:
                plan = interviews.plan(start=time(16))
                interviewing.change_slot(hr, interviews.vacancy, slot, plan, **seen, limit=LIMIT, now=clock.now())


def stages(interviews):
    """Return how far each is, as HR's queue says."""
    db.session.expire_all()
    rows = queue_page(interviews.hr.as_actor(), Filters(vacancy_id=interviews.vacancy.id, status=None), now=clock.now())
    by_reference = {row.reference: row.stage for row in rows.rows}
    return [by_reference[one.reference] for one in interviews.applications]


@pytest.mark.parametrize("act", InterviewAct)
def test_an_act_leads_where_its_row_says_and_tells_whom_it_says(session, act):
    interviews, move = at_each_stage(), INTERVIEW_MOVES[act]
    applications = dict(zip(InterviewStage, interviews.applications, strict=True))
    for stage in REFUSED[act]:
        with pytest.raises(Conflict):
            do(act, interviews, applications[stage])
    assert stages(interviews) == list(InterviewStage)
    told, one = len(posted()), applications[move.source]

    do(act, interviews, one)

    assert stages(interviews) == [move.target if stage == move.source else stage for stage in InterviewStage]
    panel = [(move.panel_told, person.email) for person in interviews.members[:2] if move.panel_told]
    assert posted()[told:] == [(move.notification, one.candidate.email), *panel]


def test_nobody_is_invited_twice(session):
    interviews = at_each_stage()
    interviews.invite()

    with pytest.raises(Incomplete, match=r"^Nobody on the shortlist waits for an invitation\.$"):
        interviews.invite()
