"""An interview as those who hold it see it, and what HR reads of it: pages."""

import pytest

from recruit.accounts.models import RoleGrant
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.interviews.models import PromptNote, SlotInterviewer
from recruit.panels.models import InterviewQuestion, PanelMember
from recruit.rules.interviews import BANK
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.prompts_shown import field_of
from tests.interviews.planning import Interviews, held, planned
from tests.interviews.test_prompting import GAP, leave_gap
from tests.web.interviews.test_pages import base, errors

WORDS, STATE = f"words_{field_of(GAP)}", f"state_{field_of(GAP)}"


@pytest.fixture
def interviews(session) -> Interviews:
    """One interview that two of three members held, with a gap in the candidate's history."""
    found = planned(1, people=3)
    leave_gap(found.applications[0])
    slot = held(found, found.applications[0])
    with transaction():
        for member in found.members[:2]:
            db.session.add(SlotInterviewer(slot_id=slot.id, user_id=member.id))
    found.slots.append(slot)
    return found


def own(interviews: Interviews) -> str:
    return f"/interviews/{interviews.slots[0].id}"


def test_hr_and_the_chair_write_what_is_asked(interviews, visit_as):
    officer, chair = visit_as(interviews.hr), visit_as(interviews.members[0])
    officer.submit(f"{base(interviews)}/questions/new", {"text": "Tell us about a plan that changed"})
    assert "Tell us about a plan that changed" in officer.follow().text
    page = officer.submit(
        f"{base(interviews)}/questions/new", {"text": "tell us about a plan that changed"}, status=200
    )
    assert errors(page) == ["This question is asked already"]
    assert page.select_one("[name=text]").text.strip() == "tell us about a plan that changed"

    theirs = f"/interviews/vacancies/{interviews.vacancy.reference}/questions"
    page = chair.submit(f"{theirs}/bank", {}, status=200)
    assert errors(page) == ["Select at least one question"]
    chair.submit(f"{theirs}/bank", {"taken": ["power", "anger"]})
    assert BANK["power"] in chair.follow().text
    visit_as(interviews.members[1]).get(theirs, 403)

    key = db.session.query(InterviewQuestion).order_by(InterviewQuestion.id).first().id
    chair.submit(f"{theirs}/{key}", {"text": "Other words"})
    page = officer.post(f"{base(interviews)}/questions/{key}", {"text": "Mine", "version": "1"}, status=409)
    assert errors(page)[0].startswith("This question was changed or taken out meanwhile.")
    assert "It stands as: “Other words”" in page.text
    officer.post(f"{base(interviews)}/questions/{key}/remove")
    officer.post(f"{base(interviews)}/questions/{key}/remove", status=404)
    assert "Other words" not in officer.get(f"{base(interviews)}/questions").text


def test_who_interviews_is_told_what_to_ask_and_notes_the_answer(interviews, visit_as):
    visitor = visit_as(interviews.members[0])
    application = interviews.applications[0]
    page = visitor.get("/interviews")
    assert page.select_one(f"a[href='{own(interviews)}']").text == application.candidate.name
    page = visitor.get(own(interviews))
    assert "Nothing is entered for August 2014 (1 month)." in page.text
    assert application.reference not in page.text

    page = visitor.post(f"{own(interviews)}/prompts", {WORDS: "Moved house"}, status=200)
    assert errors(page) == ["Select whether it is explained"]
    page = visitor.post(f"{own(interviews)}/prompts", {STATE: "explained"}, status=200)
    assert errors(page) == ["Enter what they said"]
    visitor.post(f"{own(interviews)}/prompts", {WORDS: "Moved house", STATE: "explained"})
    assert "Kept." in visitor.follow().text

    page = visit_as(interviews.hr).get(f"/review/applications/{application.reference}")
    assert "Moved house" in page.text
    assert "All of it is explained." in page.text
    visit_as(interviews.members[2]).get(own(interviews), 404)


@pytest.mark.parametrize("lost", ["role", "panel", "decided"])
def test_whoever_lost_the_interview_with_the_page_open_is_told_and_keeps_the_words(interviews, visit_as, lost):
    member, application = interviews.members[1], interviews.applications[0]
    visitor = visit_as(member)
    sent = {"csrf_token": visitor.token(), WORDS: "Moved house, and said so", STATE: "explained"}
    with transaction():
        if lost == "role":
            db.session.query(RoleGrant).filter_by(user_id=member.id).delete()
        elif lost == "panel":
            db.session.delete(db.session.get_one(PanelMember, (interviews.vacancy.id, member.id)))
        else:
            application.status = ApplicationStatus.WITHDRAWN
    answer = visitor.client.post(f"{own(interviews)}/prompts", data=sent)

    assert answer.status_code == {"role": 403, "panel": 404, "decided": 409}[lost]
    assert "Moved house, and said so" in answer.text
    assert {"role": "people with another role", "panel": "HR may have changed", "decided": "withdrawn"}[
        lost
    ] in answer.text
    assert db.session.query(PromptNote).count() == 0


def test_hr_is_asked_why_before_appointing_with_something_unexplained(interviews, visit_as):
    officer, application = visit_as(interviews.hr), interviews.applications[0]
    address = f"/review/applications/{application.reference}"
    page = officer.get(address)
    assert "1 thing in the history is not explained" in page.text
    sent = {"version": str(application.version), "outcome": "appointed", "outcome_reason": "Best answers"}
    page = officer.post(f"{address}/outcome", sent, status=409)
    assert "Enter why you appoint all the same" in page.select_one("#unexplained-error").text
    assert page.select_one("[name=outcome_reason]").text.strip() == "Best answers"

    officer.post(f"{address}/outcome", {**sent, "unexplained": "We ask the employer"})
    assert application.status == ApplicationStatus.APPOINTED
