"""What HR and the chair of a panel read of a self-disclosure, and that nobody else finds a word of it anywhere."""

import re

import pytest
from flask import Flask

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.self_disclosure import Act, DisclosureStatus, Question
from recruit.self_disclosures import concluding, disclosing
from recruit.self_disclosures.asking import ask_shortlisted
from recruit.self_disclosures.standing import events_of, told_to_hr
from tests import factories
from tests.review.sent import sent_application
from tests.self_disclosures.told import answered, chair_of, cover, lead, opened
from tests.visitor import Visitor

TELLING = ("zanzibar", "quokka", "wombat", "quagga")


@pytest.fixture
def disclosed(session):
    """An application whose whole self-disclosure, with all that was written about it, is of words like no others."""
    application = sent_application()
    application.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    with transaction():
        ask_shortlisted(clock.now())
    actor, mark = application.candidate.as_actor(), answered(application, Question.SPENT, more="Quagga-more")
    with transaction():
        disclosing.send(actor, application, confirmed=True, seen_mark=mark, now=clock.now())
    with transaction():
        disclosing.add_words(actor, application, "Quagga-added", now=clock.now())
    return application


@pytest.fixture
def chair(disclosed):
    """The chair of its panel, who was told."""
    chair, user = chair_of(disclosed.vacancy), lead()
    found = opened(user, disclosed)
    with transaction():
        concluding.conclude(
            user.as_actor(), found, DisclosureStatus.RELEASED,
            words="Wombat-note", told="Kookaburra-told", reason="Wombat-why",
            seen_version=found.version, now=clock.now(),
        )  # fmt: skip
    return chair


def telling(text: str) -> list[str]:
    return [word for word in (*TELLING, "kookaburra") if word in text.lower()]


def test_hr_reads_where_it_stands_on_the_application_the_interviews_and_the_record(hr: Visitor, disclosed):
    base, vacancy = f"/review/applications/{disclosed.reference}", disclosed.vacancy.reference
    assert "Self-disclosure: received on" in hr.get(base).main.get_text()
    listed = hr.get(f"/review/vacancies/{vacancy}/interviews").select_one("td[data-label=Self-disclosure]")
    assert listed.get_text(strip=True).startswith("Received on")
    cover(disclosed).status = DisclosureStatus.NO_CONCERN
    db.session.commit()
    assert "Self-disclosure: nothing to discuss" in hr.get(base).main.get_text()


@pytest.mark.one_database
def test_hr_sees_that_it_is_missing_and_an_interview_does_not_wait_for_it(hr: Visitor):
    application = sent_application()
    assert "Self-disclosure" not in hr.get(f"/review/applications/{application.reference}").main.get_text()
    application.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    path = f"/review/vacancies/{application.vacancy.reference}/interviews"

    listed = hr.get(path).select_one("td[data-label=Self-disclosure]")
    assert listed.get_text(strip=True) == "Not received yet"
    assert "Self-disclosure: asked for." in hr.get(f"/review/applications/{application.reference}").main.get_text()


@pytest.mark.one_database
def test_the_record_says_what_was_done_and_by_whom_and_nothing_that_was_told(hr: Visitor, disclosed, chair):
    path = f"/review/applications/{disclosed.reference}/record"
    hr.post(path, {"reason": "An audit"}, status=200)
    text = hr.response.text

    assert "The chair of the panel was told of a matter" in text
    assert "Lee Shaw" in text
    assert telling(text) == []


@pytest.mark.one_database
def test_the_record_keeps_from_hr_that_a_candidate_asked_to_talk(hr: Visitor):
    application, user = sent_application(), lead()
    application.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    with transaction():
        ask_shortlisted(clock.now())
    with transaction():
        disclosing.ask_to_talk(application.candidate.as_actor(), application, now=clock.now())
    opened(user, application)
    with transaction():
        found = cover(application)
        concluding.keep_told_in_person(user.as_actor(), found, "Words", seen_version=found.version, now=clock.now())
    opened(user, application)

    told = told_to_hr(events_of(application.id))
    assert [one.act for one in told] == [Act.ASKED, Act.HEARD]
    hr.post(f"/review/applications/{application.reference}/record", {"reason": "An audit"}, status=200)
    assert "The candidate answered" not in hr.response.text
    assert hr.response.text.count(user.name) == 0


def test_the_chair_opens_the_note_by_a_button_and_others_do_not_have_it(visit_as, disclosed, chair):
    mine, other = visit_as(chair), visit_as(chair_of(disclosed.vacancy, is_chair=False))
    path = f"/interviews/notes/{disclosed.id}"
    assert mine.get("/interviews").select_one(f"a[href='{path}']") is not None
    assert telling(mine.get(path).text) == []
    mine.post(f"{path}/open")
    page = mine.follow()
    assert "Kookaburra-told" in page.main.get_text()
    assert disclosed.candidate.name not in page.title.get_text(), "a browser keeps titles"
    assert [word for word in TELLING if word in mine.response.text.lower()] == []
    assert "Note about" not in other.get("/interviews").text
    for odd in (path, "/interviews/notes/0", "/interviews/notes/99999999999999999999999"):
        other.get(odd, status=404)
    other.post(f"{path}/open", status=404)


@pytest.mark.one_database
def test_hr_finds_no_word_of_it_by_any_address(app: Flask, visit_as, disclosed, chair, capfd):
    """Pages, lists, search and records; what panels are sent is looked through with the rest of it in test_leaks."""
    who = visit_as(factories.UserFactory(roles=[Role.HR, Role.RECRUITER, Role.ADMIN]))
    addresses = {
        re.sub("<[^>]*>", str(disclosed.id), re.sub("<[^>]*reference>", _reference(disclosed, rule.rule), rule.rule))
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and rule.endpoint.startswith(("review.", "interviews.", "sift."))
    }
    found = {}
    for address in sorted(addresses):
        answer = who.client.open(f"{address}?q=zanzibar-shoplifting")
        assert answer.status_code < 500, address
        if words := telling(answer.text.replace("zanzibar-shoplifting", "")):
            found[address] = words
    sent = {"taking": "csv", "reason": "An audit", "csrf_token": who.token()}
    table = who.client.post("/review/export?status=any", data=sent).text
    assert disclosed.reference in table
    found |= {"csv": words} if (words := telling(table)) else {}

    assert found == {}
    logged = capfd.readouterr()
    assert telling((logged.out + logged.err).replace("zanzibar-shoplifting", "")) == []


def _reference(application: Application, rule: str) -> str:
    """Return what an address names: the application, or its vacancy."""
    return application.reference if "/applications/" in rule else application.vacancy.reference


@pytest.mark.one_database
def test_nobody_waits_for_one_of_an_application_that_has_ended(visit_as, hr: Visitor):
    application = sent_application()
    application.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    with transaction():
        ask_shortlisted(clock.now())
    application.status = ApplicationStatus.WITHDRAWN
    db.session.commit()
    page = visit_as(lead()).get(f"/review/disclosures/{application.reference}").main.get_text()
    assert "The application has ended" in page
    assert "reminded" not in page
    assert "Self-disclosure" not in hr.get(f"/review/applications/{application.reference}").main.get_text()
