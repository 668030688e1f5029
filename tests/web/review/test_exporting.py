"""HR takes a list out as a file: what is in it, who may, and that it is kept."""

import csv
from datetime import timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest

from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.db import db
from recruit.record.exporting import HEADINGS
from recruit.record.models import DisclosedApplication, Disclosure, Taking
from recruit.rules import limits
from recruit.rules.access import Role
from tests import factories
from tests.paper import needs_pango, read
from tests.review.sent import open_vacancy, sent_application
from tests.self_disclosures.told import put_disclosed

ADDRESS = "/review/export"


def export(visitor, query: str = "", **given: str):
    data = {"taking": "csv", "reason": "For the panel’s meeting", **given, "csrf_token": visitor.token()}
    return visitor.client.post(ADDRESS + query, data=data)


def rows(answer) -> list[list[str]]:
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"), newline="")))


def kept() -> list[tuple]:
    return db.session.query(Disclosure.actor_id, Disclosure.taking, Disclosure.number, Disclosure.reason).all()


def test_a_file_has_what_the_list_has_in_its_order(hr):
    later = sent_application(days_ago=1)
    first = sent_application(days_ago=9, candidate=factories.UserFactory(name="Zoë Field"))
    first.due_at -= timedelta(days=1)
    db.session.commit()

    answer = export(hr)

    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    today = clock.now().date().isoformat()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="applications-{today}.csv"'
    assert "no-store" in answer.headers["Cache-Control"]
    found = rows(answer)
    assert tuple(found[0]) == HEADINGS
    assert [row[0] for row in found[1:]] == [first.reference, later.reference]
    assert [row[3] for row in found[1:]] == [due_day(one.due_at).isoformat() for one in (first, later)]
    assert all(len(row) == len(HEADINGS) for row in found)


def test_a_file_is_of_the_filters_in_its_address(hr):
    vacancy = open_vacancy()
    wanted, _other = sent_application(vacancy=vacancy), sent_application()

    answer = export(hr, f"?vacancy={vacancy.reference}&status=any")

    assert [row[0] for row in rows(answer)[1:]] == [wanted.reference]
    assert db.session.query(Disclosure.content).scalar() == (
        f"All that were sent, {vacancy.title} ({vacancy.reference})"
    )


def test_an_excel_file_is_one(hr):
    sent_application()

    answer = export(hr, taking="xlsx")

    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert "xl/worksheets/sheet1.xml" in ZipFile(BytesIO(answer.data)).namelist()


def test_what_is_taken_is_kept_with_who_why_and_which(hr):
    application = sent_application()

    answer = export(hr)

    assert kept() == [(hr.user.id, Taking.CSV, 1, "For the panel’s meeting")]
    assert db.session.query(Disclosure.file_digest).scalar() == sha256(answer.data).hexdigest()
    assert db.session.query(DisclosedApplication.application_id).all() == [(application.id,)]


def test_own_applications_and_drafts_are_in_no_file(visit_as):
    both = factories.UserFactory(roles=[Role.HR, Role.CANDIDATE])
    sent_application(candidate=both)
    factories.ApplicationFactory()
    seen = sent_application()

    assert [row[0] for row in rows(export(visit_as(both), "?status=any"))[1:]] == [seen.reference]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reason": "  "}, "Enter why you need it"),
        ({"reason": "x" * (limits.NOTE_CHARACTERS + 1)}, "The reason must be 2,000 characters or fewer"),
        ({"taking": "exe"}, "Select a file"),
        ({"taking": ""}, "Select a file"),
    ],
)
def test_nothing_is_handed_out_without_a_reason_and_a_kind(hr, given: dict[str, str], message: str):
    sent_application()

    answer = export(hr, **given)

    assert answer.mimetype == "text/html"
    assert message in answer.text
    assert kept() == []


def test_an_empty_list_is_not_handed_out(hr):
    answer = export(hr)

    assert "There is nothing to export" in answer.text
    assert kept() == []


def test_a_list_that_is_too_long_is_not_handed_out(hr, monkeypatch):
    monkeypatch.setattr(limits, "EXPORTED_APPLICATIONS", 2)
    for _ in range(3):
        sent_application()

    page = export(hr)

    assert "more than 2 applications" in page.text
    assert kept() == []


def test_as_many_as_may_be_are_handed_out(hr, monkeypatch):
    monkeypatch.setattr(limits, "EXPORTED_APPLICATIONS", 2)
    sent_application()
    sent_application()

    assert len(rows(export(hr))) == 3


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HR])
def test_nobody_else_takes_anything_out(visit_as, role: Role):
    sent_application()
    visitor = visit_as(factories.UserFactory(roles=[role]))

    assert export(visitor).status_code == 403
    assert kept() == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_however_much_was_taken_out(hr, queries, number: int):
    for place in range(number):
        sent_application(days_ago=place + 1)
        export(hr)
    queries.clear()

    page = hr.get(ADDRESS)

    assert len(queries) == 4  # session, choices, ids, what was taken out
    assert page.text.count("For the panel’s meeting") == number


def test_the_queue_leads_to_the_export_of_what_it_shows(hr):
    vacancy = sent_application().vacancy

    led_to = [
        [link["href"] for link in hr.get(address).select("a[href^='/review/export']")]
        for address in ("/review", "/review?status=any", f"/review/vacancies/{vacancy.reference}")
    ]

    assert led_to == [
        ["/review/export"],
        ["/review/export?status=any"],
        [f"/review/export?vacancy={vacancy.reference}"],
    ]


def test_a_reason_is_shown_as_it_was_typed(hr):
    sent_application()
    export(hr, reason="<b>A & B</b>")

    assert "<b>A & B</b>" in hr.get(ADDRESS).text


def test_what_is_due_is_told_in_the_record(hr):
    application = sent_application()
    application.due_at = clock.now() - timedelta(days=1)
    db.session.commit()
    export(hr, "?due=0&unread=yes")

    assert db.session.query(Disclosure.content).scalar() == "Next to do, all vacancies, overdue, not read by me"


@needs_pango
def test_a_zip_has_each_application_as_it_was_sent_by_reference(hr):
    one, other = sent_application(candidate=factories.UserFactory(name="Zoë Field")), sent_application()
    put_disclosed(one, "Numbat-disclosed")

    answer = export(hr, taking="zip")

    assert answer.content_type == "application/zip"
    assert answer.headers["Content-Disposition"].endswith('.zip"')
    assert "no-store" in answer.headers["Cache-Control"]
    with ZipFile(BytesIO(answer.data)) as file:
        assert sorted(file.namelist()) == sorted([f"{one.reference}.pdf", f"{other.reference}.pdf"])
        paper = read(file.read(f"{one.reference}.pdf"))
    assert paper.title.startswith(f"Application {one.reference} – ")
    assert "Full name Sam Taylor" in paper.text
    assert "Numbat" not in paper.text
    assert kept() == [(hr.user.id, Taking.ZIP, 2, "For the panel’s meeting")]
    assert db.session.query(DisclosedApplication).count() == 2


@needs_pango
def test_a_zip_takes_no_more_than_it_says(hr, monkeypatch):
    monkeypatch.setattr(limits, "ZIPPED_APPLICATIONS", 1)
    sent_application()
    sent_application()

    answer = export(hr, taking="zip")

    assert "A zip takes 1 applications: use the filters to ask for fewer" in answer.text
    assert kept() == []
