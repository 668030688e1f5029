"""The record of one application: whole, kept before it is shown, and no more than its reader may see."""

from hashlib import sha256

import pytest

from recruit.applications.completeness import SECTION_TITLES
from recruit.applications.letters import Letter
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.record.models import DisclosedApplication, Disclosure, Taking
from recruit.record.sealing import seal_events
from recruit.rules import limits
from recruit.rules.access import Role
from tests.factories import ApplicationFactory, UserFactory
from tests.panels.sifting import open_sift, panel_member, score
from tests.paper import needs_pango, read
from tests.review.sent import open_vacancy, release, sent_application
from tests.self_disclosures.told import put_disclosed

REASON = "For the inspection in May"


def path_of(application) -> str:
    return f"/review/applications/{application.reference}/record"


def record(visitor, application, **given: str):
    return visitor.post(path_of(application), {"reason": REASON, **given}, 200)


def section(page, heading: str) -> str:
    """Return the words under a heading."""
    return " ".join(next(h.parent for h in page.select("section > h2") if h.text == heading).text.split())


def decline(hr, application) -> None:
    data = {
        "version": application.version,
        "criterion": application.vacancy.criteria[0].id,
        "reason": "Say what you did",
        "send": "yes",
    }
    hr.post(f"/review/applications/{application.reference}/unsuccessful", data)


def test_nothing_is_shown_before_a_reason_is_kept(hr):
    application = sent_application(candidate=UserFactory(name="Kim Lee"))

    asked = hr.get(path_of(application))
    refused = record(hr, application, reason="  ")
    too_long = record(hr, application, reason="x" * (limits.NOTE_CHARACTERS + 1))

    for page in (asked, refused, too_long):
        assert page.h1.text == "Take out a record"
        assert "Kim Lee" not in page.text
    assert "Enter why you need it" in refused.text
    assert "The reason must be 2,000 characters or fewer" in too_long.text
    assert db.session.query(Disclosure).count() == 0


def test_it_is_kept_who_took_it_out_and_why_and_it_says_so_itself(hr):
    application = sent_application()

    page = record(hr, application)

    kept = db.session.query(Disclosure.actor_id, Disclosure.taking, Disclosure.number, Disclosure.reason).all()
    assert kept == [(hr.user.id, Taking.RECORD, 1, REASON)]
    assert db.session.query(DisclosedApplication.application_id).all() == [(application.id,)]
    taken = section(page, "Files and records that it was in")
    assert "Record for an auditor" in taken
    assert "Harper Reed" in taken
    assert REASON in taken


def test_it_has_answers_moves_reasons_notes_messages_and_reads(hr):
    application = sent_application(candidate=UserFactory(name="Kim Lee"))
    hr.post(f"/review/applications/{application.reference}/notes", {"text": "Ask about the <gap>"})
    decline(hr, application)

    page = record(hr, application)

    moves = section(page, "Moves, decisions and who had it")
    assert "Sent by the candidate" in moves
    assert "Marked as unsuccessful" in moves
    assert f"{application.vacancy.criteria[0].text}: Say what you did" in moves
    assert "Ask about the <gap>" in section(page, "Notes of HR")
    assert "Harper Reed" in section(page, "Who marked it as read")
    messages = section(page, "Messages to the candidate")
    assert messages.count("Waits to be sent to") == 1
    assert "Not sent: it waits for somebody in HR to release it." in messages
    assert "Say what you did" in messages
    assert section(page, "Scoring by the panel") == "Scoring by the panel No panel has scored it."
    headings = [heading.text for heading in page.select("h3") if heading.text in SECTION_TITLES.values()]
    assert headings == list(SECTION_TITLES.values())


def test_a_letter_that_went_is_there_word_for_word_and_one_that_was_undone_is_not(hr):
    told, undone = sent_application(), sent_application()
    decline(hr, told)
    release(hr.user.as_actor(), told)
    db.session.query(OutboxMessage).update({"sent_at": clock.now(), "context": {}})
    db.session.commit()
    decline(hr, undone)
    hr.post(f"/review/applications/{undone.reference}/undo", {"version": undone.version})

    page = record(hr, told)
    assert db.session.query(Letter).one().text.split() == page.select("section .written")[-1].text.split()
    assert "Message to the candidate released" in section(page, "Moves, decisions and who had it")
    assert "Say what you did" not in section(record(hr, undone), "Messages to the candidate")


def test_scores_are_shown_once_both_are_in(visit_as):
    _vacancy, applications, members, hr = open_sift()
    one = visit_as(hr)
    score(applications[0], members[0], (3, 0, 2))

    before = record(one, applications[0])
    score(applications[0], members[1], (2, 1, 2))
    after = record(one, applications[0])

    assert "Because 3" not in before.text
    assert section(before, "Scores").count("No scores to show.") == 2
    scores = section(after, "Scores")
    assert scores.count("Because") == 6
    assert "Member A: scores in" in scores
    assert "Member B: scores in" in scores


def test_whoever_applied_for_the_vacancy_sees_nothing_of_its_panel(visit_as):
    vacancy, applications, members, _hr = open_sift()
    for member in members:
        score(applications[0], member, (3, 3, 3))
    both = UserFactory(roles=[Role.HR, Role.CANDIDATE])
    ApplicationFactory(candidate=both, vacancy=vacancy)

    page = record(visit_as(both), applications[0])

    assert "Because 3" not in page.text
    assert "You applied for this vacancy yourself" in section(page, "Scoring by the panel")


def test_own_applications_drafts_and_unknown_ones_have_no_record(visit_as):
    both = UserFactory(roles=[Role.HR, Role.CANDIDATE])
    one = visit_as(both)
    for application in (sent_application(candidate=both), ApplicationFactory(vacancy=open_vacancy())):
        one.get(path_of(application), 404)
        one.post(path_of(application), {"reason": REASON}, 404)

    one.post("/review/applications/A-22222/record", {"reason": REASON}, 404)
    assert db.session.query(Disclosure).count() == 0


def test_nobody_sees_that_the_record_of_their_own_application_was_taken_out(hr, visit_as):
    both = UserFactory(roles=[Role.HR, Role.CANDIDATE])
    mine, other = sent_application(candidate=both), sent_application()
    for application in (mine, other):
        record(hr, application)

    seen_by = [visitor.get("/review/export").text for visitor in (hr, visit_as(both))]

    assert [[one.reference in text for one in (mine, other)] for text in seen_by] == [[True, True], [False, True]]


def test_a_panel_member_does_not_get_at_it(visit_as):
    application = sent_application()

    visit_as(panel_member()).post(path_of(application), {"reason": REASON}, 403)


@pytest.mark.parametrize("is_sealed", [True, False])
def test_it_names_the_seal_that_it_can_be_checked_by(hr, is_sealed: bool):
    application = sent_application()
    if is_sealed:
        with transaction():
            seal_events(clock.now())

    said = section(record(hr, application), "How to check it")

    assert ("was number 1, of" in said) is is_sealed
    assert ("Nothing is sealed yet" in said) is not is_sealed


@pytest.mark.parametrize("number", [1, 3])
def test_the_record_costs_the_same_however_much_happened(hr, queries, number: int):
    application = sent_application()
    for place in range(number):
        hr.post(f"/review/applications/{application.reference}/notes", {"text": f"Note {place}"})
        record(hr, application)
    queries.clear()
    token = hr.token()
    asked = len(queries)

    hr.client.post(path_of(application), data={"reason": REASON, "csrf_token": token})

    assert len(queries) - asked == 31


@needs_pango
def test_the_record_comes_as_a_pdf_that_is_kept_with_its_digest(hr):
    application = sent_application(candidate=UserFactory(name="Kim Lee"))
    decline(hr, application)
    put_disclosed(application, "Numbat-disclosed")
    data = {"reason": REASON, "as": "pdf", "csrf_token": hr.token()}

    answer = hr.client.post(path_of(application), data=data)

    assert answer.headers["Content-Disposition"] == f'attachment; filename="record-{application.reference}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    taken = db.session.query(Disclosure).one()
    assert (taken.actor_id, taken.taking, taken.reason) == (hr.user.id, Taking.PDF, REASON)
    assert taken.file_digest == sha256(answer.data).hexdigest()
    assert db.session.query(DisclosedApplication.application_id).all() == [(application.id,)]
    paper = read(answer.data)
    assert (paper.title.partition(" –")[0], paper.language) == (
        f"Record of application {application.reference}",
        "en-GB",
    )
    assert {"H1", "H2", "H3", "Table", "L"} <= paper.tags
    for words in ("Kim Lee", f"Why {REASON}", "Made for Harper Reed", "Marked as unsuccessful", "Say what you did"):
        assert words in paper.text
    assert "The chair opened what they were told" in paper.text
    assert "Numbat" not in paper.text


def test_a_pdf_is_not_handed_out_without_a_reason(hr):
    page = record(hr, sent_application(), reason=" ", **{"as": "pdf"})

    assert "Enter why you need it" in page.text
    assert db.session.query(Disclosure).count() == 0


def test_the_record_names_the_panel_its_training_and_what_scorers_declared(visit_as):
    _vacancy, applications, members, hr = open_sift()
    score(applications[0], members[0], (3, 0, 2))

    page = record(visit_as(hr), applications[0])

    panel = section(page, "The panel")
    assert "Member A Chair. Safer-recruitment training on 5 January 2026, counts until" in panel
    assert "Member B Member. No safer-recruitment training is recorded." in panel
    assert section(page, "Scores").count("that they know of no connection") == 1


def test_the_record_has_the_conversation(hr, visit_as):
    application = sent_application()
    visit_as(application.candidate).post(
        f"/applications/{application.reference}/messages", {"text": "Is it term-time?"}
    )

    assert "Is it term-time?" in section(record(hr, application), "Conversation with the candidate")
