"""Nothing that a panel member is sent tells whose application it is: every surface, with a person like no other."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from recruit.accounts.models import User
from recruit.applications import submitting
from recruit.applications.labels import Label
from recruit.applications.models import (
    ContactDetails,
    Evidence,
    HistoryEntry,
    Qualification,
    Referee,
    RegistrationAnswer,
)
from recruit.applications.personal import EligibilityAnswer, Licence, RelationshipAnswer, SupportAnswer, WorksHere
from recruit.appointments.employment_answers import packed
from recruit.appointments.employment_models import EmploymentDetails, EmploymentPart
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.document_requests.models import DocumentRequest
from recruit.documents.receiving import Kept, document_of
from recruit.interviews.models import SlotInterviewer
from recruit.notifications.delivery import Sender, render
from recruit.notifications.models import OutboxMessage
from recruit.panels import opening, redacting
from recruit.panels.models import Sift
from recruit.review import labels
from recruit.rules.employment import Part
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification
from recruit.rules.uploads import FileKind
from recruit.web.pdf import can_make_pdf
from tests import factories
from tests.applications.answers import complete_application
from tests.interviews.planning import Interviews, held, shortlist
from tests.panels.interview_scoring import declare
from tests.panels.sifting import hr_person, panel_member, score, with_panel
from tests.paper import read
from tests.review.sent import open_vacancy, sent_application
from tests.self_disclosures.told import put_disclosed

NAME, ACCOUNT_NAME = "Xanthé Quillfeather", "Xanthe Oldname-Brackenbury"
STATEMENT = (
    "I am Xanthe Quillfeather, and XANTHÉ’s work at Zephyrcouncil is known. Write to xq.private@quirk.example or"
    " 07700 900 417; Ottoline Jabberwock will tell you. I run the Moonflower Choir. Once Brackenbury, of 9 Wombat Row,"
    " ZE9 9ZX, SW987654. I assessed the needs of four children."
)
TELLING = [
    "xanth", "quillfeather", "oldname", "brackenbury", "zephyrcouncil", "xq.private", "quirk.example", "900417",
    "900 417",
    "jabberwock", "moonflower", "wombat", "zanzitown", "qx9 9zx", "987654", "ba 1987", ", 1987",
    "gryphon university", "marlinspike",
    "2003-09", "september 2003", "took a year out",
    "sponsor", "right to work", "driving licence", "through an agency", "fernway", "eleven hours", "lip-read",
    "adjustments", "numbat-disclosed", "quokka label", "disability", "armed forces", "related or close", "great-aunt",
    "sk314256a", "309430", "48151623", "17 april 1988",
]  # fmt: skip
"""What no panel member may read, in small letters: of every field of the form, and of the account."""

RANDOM = re.compile(
    r'csrf_token\\?" value=\\?"[^"]*"|session=[^;]*;|"(request_id": |X-Request-ID", |ETag", "\\)"[^"]*"|(?<=\d)\.\d+'
)
"""What is drawn at random and could spell anything; so could a digest, and the fraction of a second."""


@pytest.fixture
def sift(session):
    """A vacancy with the one application, its chair, the other member, and what HR is."""
    vacancy, at = open_vacancy(driving_required=True), clock.now() - timedelta(days=2)
    who = factories.UserFactory(name=ACCOUNT_NAME, email="xq.private@account.example")
    one = complete_application(factories.ApplicationFactory(candidate=who, vacancy=vacancy), at=at)
    contact = db.session.get_one(ContactDetails, one.id)
    contact.full_name, contact.other_names, contact.email = NAME, "Brackenbury", "xq.private@quirk.example"
    contact.phone, contact.address_line_1, contact.town = "07700 900 417", "9 Wombat Row", "Zanzitown"
    contact.postcode = "ZE9 9ZX"
    db.session.get_one(RegistrationAnswer, one.id).number = "SW987654"
    award = db.session.query(Qualification).filter_by(application_id=one.id).one()
    award.award, award.institution, award.year, award.country = "BA 1987", "Gryphon University", 1987, "Marlinspike"
    for row in db.session.query(HistoryEntry).filter_by(application_id=one.id):
        row.duties, row.country = STATEMENT, "Marlinspike"
        row.organisation = "Zephyrcouncil" if row.ended_month is None else "Gryphon University"
        row.reason_for_leaving = "Took a year out for Xanthé’s health"
    for row in db.session.query(Evidence).filter_by(application_id=one.id):
        row.text = STATEMENT
    for row in db.session.query(Referee).filter_by(application_id=one.id):
        row.organisation, row.phone = "Zephyrcouncil", "01632 960 555"
        row.name = "Ottoline Jabberwock" if row.is_most_recent_employer else row.name
    eligibility = db.session.get_one(EligibilityAnswer, one.id)
    eligibility.right_to_work, eligibility.needs_sponsorship = False, True
    eligibility.licence, eligibility.has_vehicle = Licence.ADJUSTMENT, None
    eligibility.works_here, eligibility.agency, eligibility.hours_wanted = WorksHere.AGENCY, "Fernway", "Eleven hours"
    support = db.session.get_one(SupportAnswer, one.id)
    support.needs_adjustments, support.adjustments = True, "I lip-read"
    support.schemes = ["disability-confident", "armed-forces"]
    relationships = db.session.get_one(RelationshipAnswer, one.id)
    relationships.is_related, relationships.details = True, "My great-aunt is a councillor"
    asked = DocumentRequest(
        application_id=one.id, number=1, name="Quillfeather’s degree", reason=STATEMENT, due_on=at.date(),
        asked_by_id=who.id, asked_at=at,
    )  # fmt: skip
    stored = Kept("xanthe-quillfeather.pdf", FileKind.PDF, 9, "0" * 64, "0" * 32)
    asked.document = document_of(who.as_actor(), stored, "Quillfeather’s degree", now=at)
    db.session.add(asked)
    put_disclosed(one, "Numbat-disclosed")
    submitting.send_application(who.as_actor(), one, now=at)
    db.session.commit()
    db.session.add(EmploymentDetails(application_id=one.id, asked_at=at, due_on=at.date()))
    db.session.flush()
    account = {"account_name": NAME, "sort_code": "309430", "account_number": "48151623"}
    identity = {"born_on": date(1988, 4, 17), "ni_number": "SK314256A"}
    for part, answers in ((Part.BANK, account), (Part.IDENTITY, identity)):
        db.session.add(
            EmploymentPart(application_id=one.id, part=part, answers=packed(answers), is_complete=True, saved_at=at)
        )
    db.session.commit()
    other = sent_application(vacancy=vacancy)
    vacancy.closes_at = clock.now() - timedelta(hours=1)
    db.session.commit()
    chair, member, hr = panel_member("Member A"), panel_member("Member B"), hr_person()
    with_panel(vacancy, [chair, member], hr)
    with transaction():
        labels.add_label(hr.as_actor(), "Quokka label")
    with transaction():
        labels.put_label(hr.as_actor(), one, db.session.query(Label).one(), now=clock.now())
    with transaction():
        redacting.hide_phrase(hr.as_actor(), one, "the Moonflower Choir", now=clock.now())
        opening.open_sift(hr.as_actor(), vacancy, now=clock.now())
    return vacancy, one, other, chair, member


@pytest.fixture
def interview(sift):
    """The address of an interview that chair and member hold with the one, whose candidate knows of the shortlist."""
    vacancy, one, _, chair, member = sift
    shortlist([one], db.session.query(User).filter_by(name="Harper Reed").one())
    slot = held(Interviews(vacancy, [one], [chair, member], chair, []), one)
    with transaction():
        for who in (chair, member):
            db.session.add(SlotInterviewer(slot_id=slot.id, user_id=who.id))
    for who in (chair, member):
        declare(who, slot)
    return f"/interviews/{slot.id}"


def words_of(answer: TestResponse) -> str:
    """Return all that an answer says: its page or file, the names of files in it, and its headers."""
    headers = json.dumps(list(answer.headers), default=str)
    if answer.mimetype == "application/zip":
        with ZipFile(BytesIO(answer.data)) as file:
            return headers + " ".join(f"{name} {read(file.read(name))}" for name in file.namelist())
    return headers + (str(read(answer.data)) if answer.mimetype == "application/pdf" else answer.text)


def telling(text: str) -> list[str]:
    plain = RANDOM.sub("", text).lower()
    return [word for word in TELLING if word in plain]


def test_nothing_random_is_taken_for_what_it_spells_now_and_then():
    header = json.dumps([["X-Request-ID", "ab309430"], ["ETag", '"987654ab"']])
    line = '{"request_id": "ab309430", "ms": 3.309430, "timestamp": "2026-03-02T09:00:00.987654Z"}'

    assert telling(header + line) == []
    assert telling("SW987654, 30.94.30, 309430, session=309430; the rest") == ["987654", "309430"]


def pages(app: Flask, vacancy: str, *applications: str) -> list[str]:
    """Return every address of the panel's area."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("panel."):
            for application in applications:
                found.append(rule.rule.replace("<reference>", vacancy).replace("<application>", application))
    return sorted(set(found))


def test_no_page_of_the_panel_tells_who_it_is(app, sift, visit_as, capfd):
    vacancy, one, other, chair, member = sift
    leaked, answered, files = {}, set(), Counter()
    addresses = pages(app, vacancy.reference, one.reference, other.reference, "A-22222")

    def walk(when: str) -> None:
        for who in (chair, member):
            visitor = visit_as(who)
            sent = {"csrf_token": visitor.token(), "connection": "odd", "reason": "x" * 1500}
            for address in addresses:
                for method, data in (("GET", None), ("POST", sent)):
                    answer = visitor.client.open(address, method=method, data=data)
                    files[answer.mimetype] += 1
                    if found := telling(words_of(answer)):
                        leaked[f"{when} {method} {address}"] = found
                    answered.add(answer.status_code)
        db.session.query(Sift).update({"closed_at": None})  # the chair has closed it on the way
        db.session.commit()

    walk("undeclared")
    for application in (one, other):
        score(application, chair, [3, 3, 3])
    walk("one in")
    for application in (one, other):
        score(application, member, [0, 3, 3])
    walk("both in")

    assert leaked == {}
    assert {200, 404} <= answered
    assert max(answered) < 500
    assert files["application/zip"] == (3 if can_make_pdf() else 0)  # the chair's, twice, and the other member's
    logged = capfd.readouterr()
    assert telling(logged.out + logged.err) == []


def test_the_panel_reads_the_work_and_sees_that_words_are_hidden(sift, visit_as):
    vacancy, one, _, chair, _ = sift
    score(one, chair, [2, 2, 2], submit=False)

    text = visit_as(chair).get(f"/panel/{vacancy.reference}/{one.reference}").text

    assert "I assessed the needs of four children." in text
    assert "I am [hidden], and [hidden] work at [hidden] is known." in text
    assert "I run [hidden by HR]." in text
    assert "Some words are hidden because they could tell who this is" in text


def test_nobody_of_a_panel_gets_at_names_by_another_way(app, sift, visit_as, visitor, capfd):
    """Every address of the service: search, exports, files, records, calendars, next and previous, mistakes."""
    vacancy, one, other, chair, _ = sift
    member, leaked, answered = visit_as(chair).client, {}, set()
    names = {"reference": [vacancy.reference, one.reference], "application": [one.reference, other.reference]}

    def told(client: FlaskClient, address: str) -> set[str]:
        answer = client.get(address)
        answered.add(answer.status_code)
        return set(telling(words_of(answer)))

    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint == "static":
            continue
        addresses = [rule.rule]
        for part, values in names.items():
            mark = f"<{part}>"
            addresses = [one.replace(mark, value) for one in addresses for value in values]
        for address in sorted(set(addresses)):
            asked = re.sub("<[^>]*>", "1", address) + "?q=xanthe&after=1&before=1&line=1"
            if found := told(member, asked) - told(visitor.client, asked):  # what anybody is told names nobody
                leaked[asked] = found

    assert leaked == {}
    assert {200, 403, 404} <= answered
    assert max(answered) < 500
    logged = capfd.readouterr()
    assert telling(logged.out + logged.err) == []


IN_INTERVIEW = ["xanth", "oldname", "brackenbury", "zephyrcouncil", "jabberwock", "lip-read"]
"""What those who interview read: the name of the account, the adjustment, and the names of referees."""


def test_who_interviews_reads_the_names_of_referees_and_not_how_to_reach_them(sift, interview, visit_as):
    _, one, _, chair, member = sift
    reach = [
        part for row in db.session.query(Referee).filter_by(application_id=one.id) for part in (row.email, row.phone)
    ]
    asked, chaired = visit_as(member), visit_as(chair)
    page, settled = asked.get(interview).text, chaired.get(interview).text

    assert telling(page) == IN_INTERVIEW
    assert telling(settled) == [*IN_INTERVIEW, "related or close", "great-aunt"]
    assert "Ottoline Jabberwock" in page
    assert [part for part in reach if part in page + settled] == []
    assert "before an interview" not in page + settled

    with transaction():
        one.told_status, one.untold_since = ApplicationStatus.SUBMITTED, clock.now()  # as before the release
    assert "jabberwock" not in telling(asked.get(interview).text)


def test_no_message_to_a_panel_tells_who_it_is(app, sift):
    vacancy, one, other, chair, member = sift
    for application in (one, other):
        score(application, chair, [3, 3, 3])
        score(application, member, [0, 3, 3])

    sender = Sender("jobs@council.example", {"name": "Jobs", "organisation": "Council", "public_url": "http://jobs"})
    theirs = db.session.query(OutboxMessage).filter(OutboxMessage.recipient.in_([chair.email, member.email])).all()
    with app.test_request_context():
        mails = [render(message, sender, at=clock.now()).as_string() for message in theirs]

    assert Counter(message.notification for message in theirs) == {
        Notification.PANEL_JOINED: 2,
        Notification.PANEL_TO_SCORE: 2,
        Notification.PANEL_TO_SETTLE: 1,
    }
    assert [mail for mail in mails if telling(mail)] == []
    assert [mail for mail in mails if one.reference in mail or other.reference in mail] == []
