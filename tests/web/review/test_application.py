"""One application as a page, and what is done from there."""

import json
from contextvars import Context
from datetime import timedelta
from urllib.parse import parse_qsl, quote_plus, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruit.applications.labels import Label
from recruit.applications.letters import Letter
from recruit.applications.models import ApplicationEvent, Registration, RegistrationAnswer, Snapshot
from recruit.applications.openings import Opening
from recruit.core import clock
from recruit.core.db import db
from recruit.review.models import ApplicationRead
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.models import Assessment
from tests.applications.answers import complete_application
from tests.factories import ApplicationFactory, UserFactory
from tests.review.sent import open_vacancy, release, sent_application


@pytest.fixture
def application(session):
    return sent_application(candidate=UserFactory(name="Kim Lee"), days_ago=3)


@pytest.fixture
def other_hr(visit_as):
    return visit_as(UserFactory(name="Hollis Grant", roles=[Role.HR]))


@pytest.fixture
def token(hr):
    return hr.token()


def path_of(application, verb=""):
    return f"/review/applications/{application.reference}{verb}"


def shortlist(visitor, application, status=302, **data):
    return visitor.post(path_of(application, "/shortlist"), {"version": application.version, **data}, status)


def decline(visitor, application, status=200, **data):
    values = {
        "version": application.version,
        "criterion": application.vacancy.criteria[0].id,
        "reason": "Say what you did",
    }
    return visitor.post(path_of(application, "/unsuccessful"), {**values, **data}, status)


def status_of(application):
    db.session.expire_all()
    return application.status


@pytest.mark.parametrize(("days", "tags"), [(-9, 1), (1, 0)])
def test_an_application_says_that_it_is_overdue(hr, application, days, tags):
    application.due_at = clock.now() + timedelta(days=days)
    db.session.commit()
    found = hr.get(path_of(application)).select(".dossier .tag--bad")
    assert ["working days overdue" in one.text for one in found] == [True] * tags


@pytest.mark.parametrize("rows", [1, 3])
def test_an_application_takes_five_queries_however_much_happened(hr, queries, application, rows):
    for number in range(rows):
        hr.post(path_of(application, "/notes"), {"text": f"Note {number}"})
        hr.post(path_of(application, "/assign"), {"seen": "0", "assignee": hr.user.id})
    path, taken = path_of(application), []
    for _ in range(2):
        queries.clear()
        hr.get(path)
        taken.append(len(queries))
        assert queries[-1].startswith("INSERT INTO opening ")
    # session, application, what was sent (the first time), what happened with people and labels; that it was opened
    assert taken == [5, 4]


def test_all_that_was_sent_is_on_the_page(hr, application):
    page = " ".join(hr.get(path_of(application)).select_one("main").text.split())
    expected = (
        "Sam Taylor", "01632 960 001", "1 Albert Road, Middlesbrough, TS1 2PA", "SW123456", "BA Social Work, 2014",
        "Social worker, Northshire Council", "September 2014 to now", "To work nearer to home",
        "How I show it: Works with risk", "Jo Khan", "jo.khan@northshire.example", "Declared true and complete",
        "Sent by the candidate",
    )  # fmt: skip
    assert [words for words in expected if words not in page] == []


def test_the_page_is_what_was_sent_and_not_what_was_changed_since(hr, application):
    application.vacancy.criteria[0].text = "Changed since"
    db.session.commit()
    assert "Changed since" not in hr.get(path_of(application)).text


def test_the_title_names_nobody(hr, application):
    page = hr.get(path_of(application))
    assert page.h1.text == f"Application {application.reference}"
    assert "Kim" not in page.title.text
    assert "Kim" not in hr.response.request.path


def test_an_own_application_a_draft_and_an_unknown_one_are_not_found(hr, visit_as):
    own = sent_application(candidate=UserFactory(roles=[Role.CANDIDATE, Role.HR]))
    both = visit_as(own.candidate)
    both.get(path_of(own), status=404)
    for verb in ("read", "next", "shortlist", "unsuccessful", "undo", "assign", "notes"):
        both.post(path_of(own, f"/{verb}"), status=404)
    hr.get(path_of(own))
    hr.get(path_of(ApplicationFactory()), status=404)
    for reference in ("A-22222", "nonsense", "9" * 23, "%00", "A-١٢٣٤٥"):
        hr.get(f"/review/applications/{reference}", status=404)


def test_opening_the_page_changes_nothing(hr, application):
    hr.get(path_of(application))
    hr.get(path_of(application, "/unsuccessful"))
    assert db.session.query(ApplicationRead).count() == 0


def test_a_button_or_a_script_marks_as_read_for_me(hr, other_hr, application):
    page = hr.get(path_of(application))
    form = page.select_one("form[data-module=mark-read]")
    hr.post(form["action"], {"quietly": "yes"}, status=204)
    other_hr.post(form["action"])
    assert db.session.query(ApplicationRead).count() == 2
    assert "You have read this application." in hr.get(path_of(application)).text


@pytest.mark.parametrize("verb", ["next", "notes", "assign", "shortlist"])
def test_whatever_is_done_marks_as_read(hr, application, verb):
    hr.post(
        path_of(application, f"/{verb}"),
        {"text": "x", "seen": "0", "assignee": hr.user.id, "version": application.version},
    )
    assert db.session.query(ApplicationRead.user_id).all() == [(hr.user.id,)]


def test_save_and_next_leads_to_the_next_oldest_of_the_same_list(hr):
    vacancy = open_vacancy()
    first, second = (sent_application(vacancy=vacancy, days_ago=days) for days in (9, 5))
    sent_application(days_ago=7)
    query = f"?vacancy={vacancy.reference}"
    hr.post(path_of(first, "/shortlist") + query, {"version": first.version})
    assert hr.response.headers["Location"] == path_of(second) + query
    assert (
        f"{first.reference} is shortlisted. The candidate is not told until you release the message."
        in hr.follow().text
    )
    hr.post(path_of(second, "/next") + query)
    assert hr.response.headers["Location"] == "/review" + query
    assert "You have reached the end of this list" in hr.follow().text


@pytest.mark.parametrize(
    ("verb", "leads"),
    [
        ("", 5),
        ("/messages", 2),
        ("/documents", 1),
        ("/documents/ask", 2),
        ("/openings", 1),
        ("/record", 1),
        ("/reopen", 1),
        ("/unsuccessful", 1),
    ],
)
def test_the_pages_of_an_application_lead_to_each_other_with_the_list_it_was_opened_from(hr, application, verb, leads):
    asked = {"status": "any", "assigned": "nobody", "before": "1795000000000000-7"}
    page = hr.get(path_of(application, verb), query_string=asked)
    own = [link["href"] for link in page.main.parent.select("a") if path_of(application) in link["href"]]
    assert len(own) >= leads
    for address in own:
        assert dict(parse_qsl(urlsplit(address).query)) == asked, address


def test_what_is_done_on_a_page_of_an_application_keeps_the_list_it_was_opened_from(hr, application):
    hr.post(path_of(application, "/messages?status=any"), {"text": "Please ring us."})
    assert hr.response.headers["Location"] == path_of(application, "/messages?status=any")
    hr.post(path_of(application, "/messages/dealt-with?assigned=me"))
    assert hr.response.headers["Location"] == path_of(application, "/messages?assigned=me")
    hr.post(path_of(application, "/messages/dealt-with"))
    assert hr.response.headers["Location"] == path_of(application, "/messages")


def test_a_decision_is_undone_from_the_page(hr, application):
    shortlist(hr, application)
    page = hr.get(path_of(application))
    assert "The candidate is not told until somebody releases the message." in page.text
    assert [tag.text for tag in page.select(".dossier__who .tag")] == ["Shortlisted", "Message not released"]
    form = page.select_one("form[action$='/undo']")
    hr.post(form["action"], {"version": form.select_one("[name=version]")["value"]})
    assert "is undone. The candidate was not told of it." in hr.follow().text
    assert status_of(application) == ApplicationStatus.SUBMITTED


def test_what_the_candidate_was_told_is_not_undone(hr, application):
    shortlist(hr, application)
    release(hr.user.as_actor(), application)
    page = hr.get(path_of(application))
    assert page.select("form[action$='/undo']") == []
    assert "Shortlisted, and the candidate knows." in page.text
    assert [tag.text for tag in page.select(".dossier__who .tag")] == ["Shortlisted"]
    page = hr.post(path_of(application, "/undo"), {"version": application.version}, status=409)
    assert "The candidate knows of the decision" in page.select_one(".govuk-error-summary").text


def test_marking_as_unsuccessful_shows_the_message_before_anything_is_done(hr, application):
    page = decline(hr, application, reason="Say what <b>you</b> decided")
    letter = page.select_one(".letter")
    assert "Say what <b>you</b> decided" in letter.text
    assert application.vacancy.criteria[0].text in letter.text
    assert status_of(application) == ApplicationStatus.SUBMITTED
    page = decline(hr, application, send="yes", change="yes")
    assert page.select_one("textarea").text.strip() == "Say what you did"
    assert status_of(application) == ApplicationStatus.SUBMITTED
    decline(hr, application, 302, send="yes")
    assert status_of(application) == ApplicationStatus.NOT_SHORTLISTED


def test_who_wrote_a_no_while_somebody_else_decided_is_told_at_the_preview_and_shown_no_other_letter(hr, application):
    seen = application.version
    shortlist(hr, application)
    page = decline(hr, application, 409, version=seen)

    assert "You shortlisted this application at" in page.select_one(".govuk-error-summary").text
    assert "Nothing of yours was saved." in page.text
    assert page.h1.text == "Decided meanwhile"
    assert "Say what you did" in page.text
    assert not page.select(".letter, main form")


def test_that_the_last_decision_is_to_be_released_first_is_said_when_a_no_to_it_is_opened(hr, application):
    shortlist(hr, application)
    for page in (hr.get(path_of(application, "/unsuccessful")), decline(hr, application)):
        assert "Release its message, or undo it first." in page.select_one(".govuk-inset-text").text
        assert page.select_one(f"main a[href='/review/ready#{application.reference}']")
        assert not page.select("main form")


def test_a_no_is_written_with_the_name_the_kinds_of_criteria_and_the_evidence_in_view(hr, application):
    application.vacancy.criteria[-1].assessed_at = Assessment.INTERVIEW
    db.session.commit()
    page = hr.get(path_of(application, "/unsuccessful"))
    assert application.candidate.name in page.select_one(".govuk-caption-l").text
    assert "How I show it: Works with risk" in page.select_one(".govuk-details").text
    hints = [one.text for one in page.select(".govuk-radios__hint")]
    assert (hints[0], len(hints)) == ("Essential", len(application.vacancy.criteria) - 1)
    assert db.session.query(Opening).filter_by(application_id=application.id).count() == 1
    assert page.find("label", string="What would you have liked to read?")


def test_a_no_after_interviews_asks_what_would_have_been_heard_also_by_what_only_they_judge(hr, application):
    application.vacancy.criteria[-1].assessed_at = Assessment.INTERVIEW
    db.session.commit()
    shortlist(hr, application)
    release(hr.user.as_actor(), application)
    page = hr.get(path_of(application, "/unsuccessful"))

    assert page.find("label", string="What would you have liked to hear?")
    assert page.select(".govuk-radios__hint")[-1].text.endswith(", judged at the interview")
    page = decline(hr, application, reason="")
    assert "Enter what you would have liked to hear" in page.select_one(".govuk-error-summary").text


def test_the_message_is_sent_as_it_was_shown(hr, application, mail_folder):
    shown = decline(hr, application).select_one(".letter .written").text
    decline(hr, application, 302, send="yes")
    hr.post("/review/ready", {"ticked": hr.get("/review/ready").select_one("[name=ticked]")["value"]})
    assert " ".join(db.session.query(Letter).one().text.split()) == " ".join(shown.split())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"criterion": ""}, "Select the criterion that decided it"),
        ({"criterion": "9" * 23}, "Not a valid choice"),
        ({"reason": " \n "}, "Enter what you would have liked to read"),
        ({"reason": "x" * 2001}, "What you write must be 2,000 characters or fewer"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(hr, application, data, words):
    page = decline(hr, application, send="yes", **data)
    assert words in page.select_one(".govuk-error-summary").text
    assert status_of(application) == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize("decision", ["shortlist", "decline"])
def test_whoever_is_second_is_told_and_loses_nothing_that_they_wrote(hr, other_hr, application, decision):
    seen = application.version
    shortlist(hr, application)
    written = {"version": seen, "reason": "Two pages of careful thought"}
    page = (
        shortlist(other_hr, application, 409, **written)
        if decision == "shortlist"
        else decline(other_hr, application, 409, send="yes", **written)
    )
    assert "Harper Reed shortlisted this application at" in page.select_one(".govuk-error-summary").text
    assert "Two pages of careful thought" in page.text
    assert db.session.query(ApplicationEvent).filter_by(application_id=application.id).count() == 2


def test_what_is_faulty_and_too_late_is_told_as_too_late_alone(hr, other_hr, application):
    seen, typed = application.version, "x" * (limits.NOTE_CHARACTERS + 1)
    assert shortlist(hr, application, 200, reason=typed).select_one(".govuk-error-summary a")["href"] == "#reason"
    shortlist(hr, application)

    page = shortlist(other_hr, application, 409, version=seen, reason=typed)

    summary = page.select_one(".govuk-error-summary")
    assert "Harper Reed shortlisted this application at" in summary.text
    assert summary.select("a") == []
    assert page.select_one("#decide .govuk-inset-text").text == typed


def test_a_reason_for_an_outcome_that_somebody_else_decided_meanwhile_is_kept_to_be_copied(hr, application):
    application.status = ApplicationStatus.NOT_APPOINTED
    db.session.commit()
    written = {"version": 1, "outcome": "appointed", "outcome_reason": "The best answer on safety plans"}

    page = hr.post(path_of(application, "/outcome"), written, status=200)

    assert "kept here, so that you can copy it" in page.select_one("#decide").text
    assert page.select_one("#decide .govuk-inset-text").text == written["outcome_reason"]


@pytest.mark.parametrize("version", ["", "nonsense", "-1", "9" * 23, "١"])
def test_a_made_up_version_does_no_harm(hr, application, version):
    shortlist(hr, application)
    shortlist(hr, application, 409, version=version)


@pytest.mark.parametrize("status", [VacancyStatus.PUBLISHED, VacancyStatus.FILLED])
def test_a_decision_with_more_to_say_is_too_high_to_stay_in_sight(hr, application, status):
    application.vacancy.status = status
    if status == VacancyStatus.FILLED:
        application.vacancy.filled = 1
    db.session.commit()
    panel = hr.get(path_of(application)).select_one("#decide")
    assert ("decide--long" in panel["class"]) == ("take back the outcome" in panel.text) == (status != "published")


def test_two_who_assign_at_once_are_told(hr, other_hr, application):
    hr.post(path_of(application, "/assign"), {"seen": "0", "assignee": hr.user.id})
    assert "is assigned to Harper Reed" in hr.follow().text
    assert "Harper Reed has it." in hr.get(path_of(application)).text
    data = {"seen": "0", "assignee": other_hr.user.id}
    page = other_hr.post(path_of(application, "/assign"), data, status=409)
    assert "Harper Reed has it now" in page.select_one(".govuk-error-summary").text
    hr.post(path_of(application, "/assign"), {"seen": hr.user.id, "assignee": "0"})
    assert "is assigned to nobody" in hr.follow().text
    assert [title.text for title in hr.get(path_of(application)).select(".timeline__title")] == [
        "Sent by the candidate",
        "Assigned to Harper Reed",
        "Assigned to nobody",
    ]


@pytest.mark.parametrize("assignee", ["", "-1", "9" * 23, "nonsense"])
def test_a_made_up_assignee_is_refused_beside_the_field(hr, application, assignee):
    page = hr.post(path_of(application, "/assign"), {"seen": "0", "assignee": assignee}, status=200)
    assert "Select a person from the list" in page.select_one(".govuk-error-summary").text


def test_notes_are_shared_within_hr_and_seen_by_no_candidate(hr, other_hr, visit_as, application):
    hr.post(path_of(application, "/notes"), {"text": "Rings <true>\r\nsecond line"})
    note = other_hr.get(path_of(application)).select_one(".note")
    assert note.select_one(".written").text == "Rings <true>\nsecond line"
    assert "Harper Reed" in note.text
    assert "Rings" not in visit_as(application.candidate).get(f"/applications/{application.reference}").text


def test_what_is_for_people_to_judge_is_flagged_and_refuses_nobody(hr, application):
    same = sent_application()  # another account with the same registration number
    snapshot = db.session.get(Snapshot, application.id)
    content = json.loads(json.dumps(snapshot.content))
    content["registration"] |= {"state": "registered", "has_conditions": True, "conditions": "Supervised"}
    content["referees"][0] |= {"email": "jo@gmail.com", "organisation": "Southshire Council"}
    content["history"]["entries"][0]["started_month"] = "2015-01-01"
    snapshot.content = content
    db.session.commit()
    flags = hr.get(path_of(application)).select_one(".dossier__flags").text
    expected = (
        same.reference,
        "SW123456",
        "conditions",
        "Jo Khan has a private email",
        "names “Southshire Council”; the latest post is with “Northshire Council”",
        "September 2014 to December 2014",
    )
    assert [words for words in expected if words not in flags] == []
    shortlist(hr, application)


def test_a_number_is_flagged_of_other_accounts_that_sent_it_and_to_hr_alone(hr, visit_as, application):
    again = sent_application(candidate=application.candidate)
    draft = complete_application(ApplicationFactory(vacancy=open_vacancy()))
    assert hr.get(path_of(application)).select_one(".dossier__flags") is None

    other = sent_application()
    flags = hr.get(path_of(application)).select_one(".dossier__flags").text

    assert other.reference in flags
    assert again.reference not in flags
    assert draft.reference not in flags
    candidate = visit_as(application.candidate)
    for path in ("", "/copy", "/confirmation"):
        assert other.reference not in candidate.get(f"/applications/{application.reference}{path}").text


def test_a_number_that_the_situation_does_not_ask_for_is_no_match(hr, application):
    other = sent_application()
    db.session.get(RegistrationAnswer, other.id).state = Registration.OVERSEAS
    db.session.commit()

    assert hr.get(path_of(application)).select_one(".dossier__flags") is None
    assert other.reference not in hr.get("/review/search?q=SW123456").text
    assert application.reference in hr.get("/review/search?q=SW123456").text


def test_a_short_snapshot_is_a_whole_page(hr, application):
    empty = {"contact-details": {}, "registration": {}, "qualifications": [], "history": {"since": None, "entries": []}}
    db.session.get(Snapshot, application.id).content = {
        "format": 1, "vacancy": {}, **empty, "evidence": [], "referees": [], "declaration": {},
    }  # fmt: skip
    db.session.commit()
    assert "Nothing was entered." in hr.get(path_of(application)).text


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300) | st.sampled_from(["\x00", "\ud800", "<script>", "\u202egnp", "x" * 5000, "‘;--"]))
def test_any_text_as_note_or_reason_is_kept_or_refused_in_words(hr, application, token, written):
    address = path_of(application, "/")
    raw = written.encode("utf-8", "surrogatepass")
    db.session.rollback()
    for verb, data in (
        ("notes", {"text": raw}),
        ("unsuccessful", {"version": "1", "criterion": "1", "reason": raw}),
        ("shortlist", {"version": raw, "reason": b"x" * 2001 + raw}),
        ("assign", {"seen": raw, "assignee": raw}),
        ("undo", {"version": raw}),
    ):
        body = "&".join(f"{name}={quote_plus(value)}" for name, value in {"csrf_token": token, **data}.items())
        answer = Context().run(
            hr.client.post, address + verb, data=body, content_type="application/x-www-form-urlencoded"
        )
        assert answer.status_code in (200, 302, 409), (verb, answer.status_code)


@pytest.mark.parametrize("is_told", [False, True])
@pytest.mark.parametrize(
    "status", [ApplicationStatus.SUBMITTED, ApplicationStatus.SHORTLISTED, ApplicationStatus.APPOINTED]
)
def test_each_link_and_form_of_the_page_is_an_address_of_the_service(app, hr, application, status, is_told):
    label = Label(name="Second opinion")
    db.session.add(label)
    db.session.commit()
    hr.post(path_of(application, "/labels"), {"label": label.id})
    application.status, application.message_waits = status, True
    application.told_status = None if is_told else ApplicationStatus.SUBMITTED
    application.untold_since = None if is_told else clock.now()
    db.session.commit()

    path = f"/review/applications/{application.reference.lower()}?unread=yes"  # however it is written
    main = hr.get(path).select_one("main")
    addresses = [("GET", link["href"]) for link in main.select("a[href^='/']")]
    addresses += [("POST", form["action"]) for form in main.select("form[action]")]
    routes = app.url_map.bind("localhost")

    assert len(addresses) > 10
    for method, address in addresses:
        routes.match(urlsplit(address).path, method)  # raises for one that is no address of the service
        if f"/{application.reference}/" in address:
            assert parse_qsl(urlsplit(address).query) == [("unread", "yes")], address
