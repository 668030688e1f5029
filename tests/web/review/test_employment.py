"""Details before a start as HR meets them: closed until opened, the account apart, checks written down, no one else."""

import pytest

from recruit.appointments.employment_checks import findings_of
from recruit.appointments.employment_models import EmploymentDetails
from recruit.appointments.employment_queries import events_of
from recruit.core.db import db
from recruit.rules.access import Role
from recruit.rules.employment import Act, Check, Finding
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.appointments.asked import ACCOUNT, CANARIES, NI, SORT_CODE, answer_all, quickly_appointed, send
from tests.visitor import Visitor


@pytest.fixture
def application(session):
    application = quickly_appointed()
    details = db.session.get_one(EmploymentDetails, application.id)
    answer_all(details)
    send(details)
    return application


@pytest.fixture
def base(application) -> str:
    return f"/review/applications/{application.reference}/employment"


def seen_in(page) -> list[str]:
    return [canary for canary in CANARIES if canary in str(page)]


def acts(application) -> list[Act]:
    return [one.act for one in events_of(application.id)][-2:]


def test_answers_are_opened_by_a_button_and_the_account_by_another(hr: Visitor, application, base):
    assert hr.get(f"/review/applications/{application.reference}").select_one(f"a[href='{base}']")
    assert seen_in(hr.get(base)) == []

    opened = hr.post(f"{base}/answers", status=200)
    assert {NI, "5 June 1987"} <= set(seen_in(opened))
    assert {SORT_CODE, ACCOUNT}.isdisjoint(seen_in(opened))
    shown = hr.post(f"{base}/bank", status=200)

    assert set(seen_in(shown)) == {SORT_CODE, ACCOUNT}
    assert acts(application) == [Act.OPENED, Act.BANK_SHOWN]
    assert "Had the bank details shown" in hr.get(base).text


@pytest.mark.one_database
def test_nobody_reads_them_before_they_are_sent(hr: Visitor, base, application):
    details = db.session.get_one(EmploymentDetails, application.id)
    details.sent_at = None
    db.session.commit()
    assert "7 of 7 parts finished" in hr.get(base).text
    page = hr.post(f"{base}/answers", status=409)
    assert seen_in(page) == []
    assert "nobody can read them yet" in page.text


@pytest.mark.one_database
def test_the_area_is_closed_to_everybody_else(visit_as, base):
    for role in set(Role) - {Role.HR}:
        other = visit_as(factories.UserFactory(roles=[role]))
        other.get(base, 403)
        for path in ("answers", "bank", "ask"):
            other.post(f"{base}/{path}", status=403)


def error(page, field: str) -> str:
    return page.select_one(f"#{field}-error").get_text()


@pytest.mark.one_database
def test_hr_reads_nothing_of_their_own(visit_as):
    own = factories.UserFactory(roles=[Role.CANDIDATE, Role.HR])
    application = quickly_appointed(candidate=own)
    path = f"/review/applications/{application.reference}/employment"
    visit_as(own).get(path, 404)
    visit_as(own).post(f"{path}/bank", status=404)


def test_a_finding_is_written_down_and_two_people_do_not_write_over_each_other(hr: Visitor, base, application):
    path = f"{base}/checks/right_to_work"
    page = hr.submit(path, {"finding": "clear", "evidence": " "}, 200)
    assert "Enter what you have seen" in error(page, "evidence")
    wrong = hr.submit(path, {"finding": "clear", "evidence": "Passport", "checked_on-year": "2099"}, 200)
    assert "today or in the past" in error(wrong, "checked_on")
    hr.submit(path, {"finding": "clear", "evidence": "Passport, original"})
    assert "Seen: Passport, original." in hr.follow().text
    stale = hr.post(path, {"finding": "not_clear", "evidence": "X", "version": "0", **today(hr, path)}, 409)
    assert "Somebody has written down another finding" in stale.text
    assert [(one.kind, one.finding) for one in findings_of(application.id)] == [(Check.RIGHT_TO_WORK, Finding.CLEAR)]
    hr.get(f"{base}/checks/nonsense", 404)


def today(hr: Visitor, path: str) -> dict[str, str]:
    page = hr.get(path)
    return {
        f"checked_on-{part}": page.select_one(f"[name='checked_on-{part}']")["value"]
        for part in ("day", "month", "year")
    }


@pytest.mark.one_database
def test_a_correction_is_asked_for_in_words(hr: Visitor, base, application):
    assert "Say what should be put right" in hr.submit(f"{base}/correction", {"reason": ""}, 200).text
    hr.submit(f"{base}/correction", {"reason": "The month you moved"})
    page = hr.follow()
    assert "Being corrected" in page.text
    assert page.select_one(f"form[action='{base}/answers']") is None
    assert seen_in(hr.post(f"{base}/answers", status=409)) == []
    assert "nothing to correct" in hr.submit(f"{base}/correction", {"reason": "Again"}, 409).text


@pytest.mark.one_database
def test_what_was_never_asked_can_be_asked_by_a_button(hr: Visitor, application, base):
    db.session.delete(db.session.get_one(EmploymentDetails, application.id))
    db.session.commit()
    assert "Nobody has asked for the details yet" in hr.get(base).text
    hr.get(f"{base}/checks/dbs", 404)
    hr.post(f"{base}/ask")
    assert "0 of 7 parts finished" in hr.follow().text
    application.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    assert "Nobody was asked" in hr.post(f"{base}/ask", status=409).text


@pytest.mark.one_database
def test_no_other_page_or_file_of_hr_has_an_answer_and_the_record_has_the_checks(hr: Visitor, application, base):
    hr.submit(f"{base}/checks/dbs", {"finding": "under_review"})
    hr.post(f"{base}/bank", status=200)
    record = f"/review/applications/{application.reference}/record"
    pages = [
        hr.get("/review?status=any"),
        hr.get(f"/review/applications/{application.reference}"),
        hr.get(f"/review/search?q={application.reference}"),
        hr.get(base),
        hr.post(record, {"reason": "For the inspection"}, 200),
    ]
    assert [seen_in(page) for page in pages] == [[]] * len(pages)
    assert "Enhanced DBS certificate: under review, checked on" in pages[-1].text
    assert "Had the bank details shown" in pages[-1].text


@pytest.mark.one_database
def test_the_page_costs_the_same_however_much_was_found(hr: Visitor, base, queries):
    for added in (1, 2):  # 1 and 3 findings
        for _ in range(added):
            hr.submit(f"{base}/checks/dbs", {"finding": "clear", "evidence": "Certificate"})
        queries.clear()
        hr.get(base)
        assert len(queries) == 6
