"""An interview as those who hold it see it, and what HR reads of it: pages."""

import pytest

from recruit.accounts.models import RoleGrant
from recruit.applications.personal import RelationshipAnswer
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.interviews.models import PromptNote, SlotInterviewer
from recruit.panels.models import InterviewQuestion, PanelMember
from recruit.panels.rounds import lines_of
from recruit.rules.access import Role
from recruit.rules.interviews import BANK
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import Round
from recruit.web.prompts_shown import field_of
from tests.appointments.asked import CANARIES, answer_all, told_of_appointment
from tests.appointments.asked import send as send_details
from tests.factories import TeamMemberFactory, UserFactory
from tests.interviews.planning import Interviews, held, planned
from tests.interviews.test_prompting import GAP, leave_gap
from tests.panels.interview_scoring import WORDS as ASKED
from tests.panels.interview_scoring import declare, interviewed, score
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
    for member in found.members[:2]:
        declare(member, slot)
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


def test_questions_are_kept_as_a_set_and_used_again(interviews, visit_as):
    officer, chair = visit_as(interviews.hr), visit_as(interviews.members[0])
    hers, theirs = f"{base(interviews)}/questions", f"/interviews/vacancies/{interviews.vacancy.reference}/questions"
    assert "There are no sets of questions for this kind" in officer.get(f"{hers}/sets/competency").text
    officer.submit(f"{hers}/new", {"text": "Tell us about a plan that changed"})
    page = officer.submit(f"{hers}/sets/competency/keep", {"name": ""}, status=200)
    assert errors(page) == ["Enter a name"]
    officer.submit(f"{hers}/sets/competency/keep", {"name": "The usual"})
    assert "Kept as “The usual”." in officer.follow().text

    page = chair.get(f"{theirs}/sets/competency")
    assert "Tell us about a plan that changed" in page.text
    key = page.select_one("[name=set]")["value"]
    assert page.select("form[action$='/retire'], a[href$='/rename']") == []
    chair.get(f"{theirs}/sets/competency/{key}/rename", 403)
    page = chair.post(f"{theirs}/sets/competency", {"set": key}, status=200)
    assert errors(page) == ["All questions of this set are asked already"]
    chair.post(f"{theirs}/{db.session.query(InterviewQuestion).one().id}/remove")
    chair.post(f"{theirs}/sets/competency", {"set": key})
    assert "1 question is added from “The usual”." in chair.follow().text
    chair.post(f"{theirs}/sets/competency", {"set": "²"}, status=404)
    renaming = f"{hers}/sets/competency/{key}/rename"
    assert errors(officer.submit(renaming, {"name": ""}, status=200)) == ["Enter a name"]
    officer.submit(renaming, {"name": "Six questions"})
    assert "“The usual” is called “Six questions” now." in officer.follow().text
    page = officer.post(renaming, {"name": "Mine", "seen": "The usual"}, status=409)
    assert errors(page) == ["Somebody renamed this set to “Six questions” meanwhile. Nothing of yours was saved."]
    assert [page.select_one(f"[name={name}]")["value"] for name in ("name", "seen")] == ["Mine", "Six questions"]
    officer.post(f"{hers}/sets/competency/{key}/retire")
    assert "“Six questions” is retired." in officer.follow().text
    page = chair.post(f"{theirs}/sets/competency", {"set": key}, status=409)
    assert errors(page)[0].startswith("This set was retired meanwhile.")
    visit_as(interviews.members[1]).get(f"{theirs}/sets/competency", 403)


def test_who_interviews_is_told_what_to_ask_and_notes_the_answer(interviews, visit_as):
    visitor = visit_as(interviews.members[0])
    application = interviews.applications[0]
    page = visitor.get("/interviews")
    assert page.select_one(f"a[href='{own(interviews)}']").text == application.candidate.name
    assert "1 thing, 0 explained" in visitor.get(own(interviews)).text
    page = visitor.get(f"{own(interviews)}/history")
    assert "Nothing is entered for August 2014 (1 month)." in page.text
    assert application.reference not in page.text

    page = visitor.post(f"{own(interviews)}/history", {WORDS: "Moved house"}, status=200)
    assert errors(page) == ["Select whether it is explained"]
    page = visitor.post(f"{own(interviews)}/history", {STATE: "explained"}, status=200)
    assert errors(page) == ["Enter what they said"]
    visitor.post(f"{own(interviews)}/history", {WORDS: "Moved house", STATE: "explained"})
    assert "Kept." in visitor.follow().text

    page = visit_as(interviews.hr).get(f"/review/applications/{application.reference}")
    assert "Moved house" in page.text
    assert "All of it is explained." in page.text
    for address in (own(interviews), f"{own(interviews)}/history"):
        visit_as(interviews.members[2]).get(address, 404)


def test_the_chair_alone_reads_whom_the_candidate_is_close_to(interviews, visit_as):
    answer = db.session.get_one(RelationshipAnswer, interviews.applications[0].id)
    answer.details = "My cousin is a clerk"  # kept from before the answer was changed to no
    db.session.commit()
    chair, other = (visit_as(member) for member in interviews.members[:2])
    assert "My cousin" not in chair.get(own(interviews)).text

    answer.is_related = True
    db.session.commit()
    assert "shown to you as the chair: My cousin is a clerk" in chair.get(own(interviews)).text
    assert "My cousin" not in other.get(own(interviews)).text
    assert "My cousin" not in chair.get(f"{own(interviews)}/history").text


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
    answer = visitor.client.post(f"{own(interviews)}/history", data=sent)

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


@pytest.fixture
def asked(session) -> Interviews:
    """Two interviews that two members held, with two questions."""
    return interviewed(2)


def sent(interviews: Interviews, points: str, **given) -> dict[str, str]:
    keys = [line.id for line in lines_of(interviews.vacancy, Round.COMPETENCY)]
    pairs = [(f"score_{key}", point) for key, point in zip(keys, points, strict=True)]
    return {**dict(pairs), **{f"note_{key}": "Said so" for key in keys}, "version": "1", **given}


def test_interviewers_declare_score_and_the_chair_settles(asked, visit_as):
    chair, second, hr = visit_as(asked.members[0]), visit_as(asked.members[1]), visit_as(asked.hr)
    page = chair.get(own(asked))
    assert "Say first whether you know" in page.text
    assert not page.select("textarea")
    page = chair.post(f"{own(asked)}/declaration", {}, status=200)
    assert errors(page) == ["Select whether you know of a connection"]
    chair.get(f"{own(asked)}/history", 409)
    for visitor in (chair, second):
        visitor.post(f"{own(asked)}/declaration", {"connection": "none"})
        assert visitor.follow().select_one("h3").text == ASKED[0]
    bare = sent(asked, "31", version="2", submit="yes") | {f"note_{key_of(asked)}": ""}
    page = chair.post(f"{own(asked)}/scores", bare, status=200)
    assert errors(page)[0].startswith("Enter the evidence for your score of 3")
    chair.post(f"{own(asked)}/scores", sent(asked, "31", version="2", submit="yes"))
    assert "nor you theirs, until all are" in chair.follow().text
    for text in (hr.get(f"{base(asked)}/scores").text, second.get(own(asked)).text):
        assert "Said so" not in text
    second.post(f"{own(asked)}/scores", sent(asked, "11", version="2", submit="yes"))

    assert "the chair of the panel settles those" in chair.get(own(asked)).text
    assert f"Settle {asked.applications[0].candidate.name}" in chair.get("/interviews").text
    second.get(f"{own(asked)}/settle", 404)
    page = chair.post(f"{own(asked)}/settle", {}, status=200)
    assert errors(page) == ["Select the score that counts", "Enter why this is the score"]
    chair.post(f"{own(asked)}/settle", {f"score_{key_of(asked)}": "2", f"note_{key_of(asked)}": "Read together"})
    assert "is settled." in chair.follow().text
    chair.get(f"{own(asked)}/settle", 404)

    for visitor, address in ((second, own(asked)), (hr, f"{base(asked)}/scores")):
        text = visitor.get(address).text
        assert "Settled by the chair: 2" in text
        assert "Read together" in text
    kinds = [kind["value"] for kind in hr.get(f"{base(asked)}/questions/new").select("[name=kind]")]
    assert kinds == ["safeguarding", "practical"]  # the panel interview's questions stay as they are
    row = hr.get(f"{base(asked)}/scores").select("tbody tr")[0]
    assert [cell.text for cell in row.select("td")] == ["2", "1", "7", "Scored", "Shortlisted"]


def key_of(interviews: Interviews) -> int:
    return lines_of(interviews.vacancy, Round.COMPETENCY)[0].id


def test_what_is_typed_is_saved_by_itself_and_two_windows_are_told(asked, visit_as):
    visitor = visit_as(asked.members[0])
    visitor.post(f"{own(asked)}/declaration", {"connection": "none"})
    headers = {"Accept": "application/json"}
    values = sent(asked, "21", version="2", csrf_token=visitor.token())
    answer = visitor.client.post(f"{own(asked)}/scores", data=values, headers=headers)
    assert answer.json["saved"].startswith("Saved at")
    again = visitor.client.post(f"{own(asked)}/scores", data=values, headers=headers)
    assert again.json["version"] == answer.json["version"]  # the answer to the first was lost
    other = sent(asked, "22", version="2", csrf_token=values["csrf_token"])
    assert visitor.client.post(f"{own(asked)}/scores", data=other, headers=headers).status_code == 409
    page = visitor.post(f"{own(asked)}/scores", sent(asked, "33", version="2"), status=409)
    assert errors(page)[0].startswith("You saved these scores in another window since. Nothing of this page was saved.")
    assert [one.strong.text for one in page.select("form .govuk-inset-text")] == [
        f"Saved in the other window: {points}" for points in "21"
    ]
    shown = {one["name"]: one["value"] for one in page.select("main [checked], main [name=version]")}
    typed = sent(asked, "33", version=str(answer.json["version"]))
    assert shown == {name: value for name, value in typed.items() if not name.startswith("note_")}
    visitor.post(f"{own(asked)}/scores", typed)


@pytest.mark.one_database
def test_whoever_interviewed_reads_of_checks_that_they_are_under_review_and_nothing_more(asked, visit_as):
    visitor, application = visit_as(asked.members[0]), asked.applications[0]
    visitor.post(f"{own(asked)}/declaration", {"connection": "none"})
    assert "Checks before the start" not in visitor.get(own(asked)).text
    assert "To be appointed" not in visitor.get("/interviews").text
    details = told_of_appointment(application)
    answer_all(details)
    send_details(details)

    page = visitor.get(own(asked)).text
    assert "Checks before the start" in page
    assert "Under review" in page
    assert [canary for canary in CANARIES if canary in page] == []
    item = visitor.get("/interviews").select_one(f"a[href='{own(asked)}']").find_parent("li")
    assert item.select_one(".govuk-task-list__status").text == "Under review"
    recruiter = UserFactory(roles=[Role.RECRUITER])
    TeamMemberFactory(team_id=asked.vacancy.team_id, user_id=recruiter.id)
    page = visit_as(recruiter).get(f"/recruiter/vacancies/{asked.vacancy.reference}").text
    assert "1 under review" in page
    assert [canary for canary in (*CANARIES, application.reference) if canary in page] == []


def test_scores_after_the_outcome_are_refused_and_shown_to_be_copied(asked, visit_as):
    visitor = visit_as(asked.members[0])
    visitor.post(f"{own(asked)}/declaration", {"connection": "none"})
    with transaction():
        asked.applications[0].status = ApplicationStatus.RESERVE
    page = visitor.post(f"{own(asked)}/scores", sent(asked, "22", version="2", submit="yes"), status=409)

    assert "it is not scored any more" in page.text
    assert "Said so" in page.text


def test_who_knows_the_candidate_is_shown_nothing_more_and_hr_takes_others_off(asked, visit_as):
    visitor, hr = visit_as(asked.members[0]), visit_as(asked.hr)
    visitor.post(f"{own(asked)}/declaration", {"connection": "connected"})
    assert "You do not take part in this interview any more" in visitor.follow().text
    visitor.get(f"{own(asked)}/history", 409)
    assert "Needs another scorer" in hr.get(f"{base(asked)}/scores").text
    address = f"{base(asked)}/{asked.slots[1].id}/scorers/{asked.members[1].id}"
    assert errors(hr.submit(address, {}, status=200)) == ["Enter a reason"]
    hr.submit(address, {"reason": "Was ill"})
    assert "does not count for this interview any more" in hr.follow().text
    hr.post(address, {"reason": "Was ill"}, status=404)


@pytest.mark.parametrize(("rows", "expected"), [(1, 10), (3, 10)])
def test_side_by_side_takes_the_same_queries_for_any_number(session, visit_as, queries, rows, expected):
    found = interviewed(rows)
    for place in range(rows):
        for member in found.members[:2]:
            score(found, member, [2, 2], place=place)
    officer = visit_as(found.hr)
    officer.get(f"{base(found)}/scores")
    queries.clear()
    officer.get(f"{base(found)}/scores")

    assert len(queries) == expected


@pytest.mark.one_database
@pytest.mark.parametrize(("rows", "expected"), [(1, 9), (3, 9)])
def test_who_is_to_be_appointed_takes_the_same_queries_for_any_number(session, visit_as, queries, rows, expected):
    found = interviewed(rows)
    for application in found.applications:
        told_of_appointment(application)
    visitor = visit_as(found.members[0])
    visitor.get("/interviews")
    queries.clear()
    page = visitor.get("/interviews")

    assert len(page.select("#main-content li .govuk-task-list__status, main li .govuk-task-list__status")) == rows
    assert len(queries) == expected
