"""Templates of messages as pages, and messages that begin with one: to one candidate, or to many."""

from datetime import timedelta

import pytest

from recruit.conversation.models import ConversationMessage, MessageTemplate
from recruit.core import clock
from recruit.core.db import db
from tests.factories import UserFactory
from tests.review.sent import open_vacancy, sent_application

TEXT = "Dear {candidate_name}, about {application_reference}: please ring us."


@pytest.fixture
def template(hr):
    hr.submit("/review/templates/add", {"name": "Ring us", "text": TEXT})
    return db.session.query(MessageTemplate).one()


def errors(page):
    return [one.text.strip() for one in page.select(".govuk-error-summary li")]


def test_a_template_is_listed_changed_and_deleted(hr, template):
    assert TEXT in hr.get("/review/templates").text
    address = f"/review/templates/{template.id}"
    hr.submit(address, {"name": "Ring", "text": "Ring {contact_phone}"})
    assert "Ring {contact_phone}" in hr.get("/review/templates").text
    hr.post(f"{address}/delete")
    assert "No templates yet." in hr.get("/review/templates").text
    hr.get(address, status=404)


def test_an_unknown_field_is_refused_and_what_was_typed_stays(hr):
    page = hr.submit("/review/templates/add", {"name": "Ring", "text": "Hello {nmae}"}, status=200)
    assert errors(page)[0].startswith("There is no field {nmae}.")
    assert page.select_one("#text").text.strip() == "Hello {nmae}"


def test_one_message_begins_with_a_template_as_the_candidate_reads_it(hr, template):
    application = sent_application(candidate=UserFactory(name="Kim Lee"))
    address = f"/review/applications/{application.reference}/messages"
    use = {"use": "yes", "template": template.id}
    page = hr.submit(address, use, status=200)
    expected = f"Dear Kim, about {application.reference}: please ring us."
    assert page.select_one("textarea").text.strip() == expected
    page = hr.post(address, {**use, "text": "Thank you, Kim."}, status=200)
    assert page.select_one("textarea").text.split("\n\n") == ["\nThank you, Kim.", expected]
    page = hr.post(address, {**use, "text": "Thank you.", "template": "999"}, status=200)
    assert errors(page) == ["There is no such template. Somebody may have deleted it."]
    assert page.select_one("textarea").text.strip() == "Thank you."
    assert db.session.query(ConversationMessage).count() == 0


def test_many_are_written_to_after_each_message_was_looked_at(hr, template):
    vacancy = open_vacancy()
    made = [sent_application(vacancy=vacancy, candidate=UserFactory(name=name)) for name in ("Kim Lee", "Ro Ash")]
    query = {"do": "message", "which": "ticked", "ticked": [one.reference for one in made]}
    page = hr.get("/review/bulk", query_string=query)
    rows = [field["value"] for field in page.select("input[name=row]")]
    assert errors(hr.post("/review/bulk", {"do": "message", "row": rows, "text": ""}, status=200)) == [
        "Enter a message"
    ]
    use = {"do": "message", "row": rows, "use": "yes", "template": template.id}
    for typed, expected in (("", TEXT), ("Hello again.", f"Hello again.\n\n{TEXT}"), (f"{TEXT} Kim", f"{TEXT} Kim")):
        page = hr.post("/review/bulk", {**use, "text": typed}, status=200)
        assert page.select_one("textarea").text.strip() == expected
        assert [field["value"] for field in page.select("input[name=row]")] == rows
    page = hr.post("/review/bulk", {**use, "text": "Hello", "template": "999"}, status=200)
    assert errors(page) == ["There is no such template. Somebody may have deleted it."]
    looked = hr.post("/review/bulk", {"do": "message", "row": rows, "text": TEXT}, status=200)
    letters = sorted(one.text for one in looked.select(".letter"))
    assert letters[0] == f"Dear Kim, about {made[0].reference}: please ring us."
    assert db.session.query(ConversationMessage).count() == 0
    again = hr.post(
        "/review/bulk", {"do": "message", "row": rows, "text": TEXT, "change": "yes", "send": "yes"}, status=200
    )
    assert again.select_one("textarea").text.strip() == TEXT
    hr.post("/review/bulk", {"do": "message", "row": rows, "text": TEXT, "send": "yes"}, status=302)
    assert sorted(one.text for one in db.session.query(ConversationMessage)) == letters
    twice = hr.post("/review/bulk", {"do": "message", "row": rows, "text": TEXT, "send": "yes"}, status=409)
    assert all("You wrote the same a moment ago" in line for line in errors(twice))


def test_a_day_that_has_passed_is_named_only_where_a_message_with_it_is_sent(hr):
    late, coming, nowhere = made = [
        sent_application(vacancy=open_vacancy(contact_phone=phone)) for phone in ("01632 960001", "01632 960002", "")
    ]
    late.due_at = nowhere.due_at = clock.now() - timedelta(days=2)
    coming.due_at = clock.now() + timedelta(days=2)
    db.session.commit()
    rows = [f"{one.reference}:{one.version}:0" for one in made]

    text = "You hear by {hear_by}, or ring {contact_phone}."
    page = hr.post("/review/bulk", {"do": "message", "row": rows, "text": text}, status=200)
    said = {one.a.text: one.text for one in page.select(".bulk-rows > li")}
    is_late = {reference: "that was our promise" in words for reference, words in said.items()}
    assert is_late == {late.reference: True, coming.reference: False, nowhere.reference: False}
    assert "Nothing is sent" in said[nowhere.reference]
    page = hr.post("/review/bulk", {"do": "message", "row": rows, "text": "Ring {contact_email}."}, status=200)
    assert "that was our promise" not in page.text


def test_a_message_of_the_candidate_is_marked_in_the_queue_and_on_the_application(hr, visit_as):
    application = sent_application()
    address = f"/review/applications/{application.reference}"
    candidate = visit_as(application.candidate)
    candidate.submit(f"/applications/{application.reference}/messages", {"text": "Where do I park?"})
    for path in ("/review", address, f"{address}/messages"):
        assert "Message to answer" in hr.get(path).text
    top = hr.get(address).select_one(f".dossier > p a[href='{address}/messages']")
    assert top.text == "Read and answer it"
    hr.post(f"{address}/messages/dealt-with")
    assert "Message to answer" not in hr.get("/review").text
