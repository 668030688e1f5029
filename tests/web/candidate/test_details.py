"""The details before a start as their candidate meets them: part by part, checked, sent once, and hidden afterwards."""

import pytest

from recruit.appointments.employment_models import EmploymentDetails, EmploymentPart
from recruit.core.db import db
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.appointments.asked import ACCOUNT, NI, SORT_CODE, add_home, answer_all, quickly_appointed
from tests.visitor import Visitor

YES, NO = {"finished": "yes"}, {"finished": "no"}
BORN = {"born_on-day": "5", "born_on-month": "6", "born_on-year": "1987"}
HOME = {
    "address_line_1": "1 High Street",
    "town": "Middlesbrough",
    "postcode": "ts12pa",
    "from_month-month": "1",
    "from_month-year": "2015",
    "still": "y",
}
NOBODY = {"born_on-day": "", "born_on-month": "", "born_on-year": "", "ni_number": ""}
BANK = {"account_name": "A Sample", "sort_code": "30-94-30", "account_number": ACCOUNT}


@pytest.fixture
def application(session):
    return quickly_appointed()


@pytest.fixture
def details(application) -> EmploymentDetails:
    return db.session.get_one(EmploymentDetails, application.id)


@pytest.fixture
def mine(visit_as, application) -> Visitor:
    return visit_as(application.candidate)


@pytest.fixture
def base(application) -> str:
    return f"/applications/{application.reference}/before-you-start"


def error(page, field: str) -> str:
    return page.select_one(f"#{field}-error").get_text(strip=True).removeprefix("Error:")


def test_from_the_page_of_the_application_to_a_copy_with_nothing_to_steal(mine: Visitor, application, base):
    assert mine.get(f"/applications/{application.reference}").select_one(f"main a[href='{base}']")
    assert mine.get("/applications").select_one(f"main a[href='{base}']")
    prefilled = mine.get(f"{base}/addresses")
    assert "We took your address from your application" in prefilled.text
    mine.submit(f"{base}/addresses/0", HOME)
    mine.submit(f"{base}/addresses", YES)
    mine.submit(f"{base}/identity", {**BORN, "ni_number": "ab 12 34 56 c", **YES})
    mine.submit(f"{base}/dbs-certificate", {"on_update_service": "no", **YES})
    mine.submit(f"{base}/right-to-work", {"proof": "share_code", "share_code": "w8a 6cx 7d2", **YES})
    mine.submit(f"{base}/time-abroad", {"has_stayed": "no", **YES})
    mine.submit(f"{base}/occupational-health", {"wants_contact": "no", **YES})
    mine.submit(f"{base}/bank-details?from=check", {**BANK, **YES})

    check = mine.follow()
    assert NI in check.text
    assert "1 High Street, Middlesbrough, TS1 2PA" in check.text
    assert not [number for number in (SORT_CODE, "30-94-30", ACCOUNT) if number in str(check)]
    stale = mine.submit(f"{base}/check", {"version": "1"}, 409)
    assert "Check again, then send them" in stale.text
    mine.submit(f"{base}/check")

    copy = mine.follow()
    assert "You sent these details on" in copy.text
    assert "•••••••6C" in copy.text
    assert not [number for number in (NI, SORT_CODE, ACCOUNT, "W8A6CX7D2") if number in str(copy)]
    mine.post(f"{base}/check")
    assert mine.response.headers["Location"].endswith("/before-you-start")
    late = mine.post(f"{base}/identity", {**BORN, **NO}, 409)
    assert "You have sent these details" in late.text
    page, file = mine.get("/account/data").text, mine.client.get("/account/data.json").text
    assert [number in page for number in (NI, ACCOUNT)] == [False, False]
    assert [number in file for number in (NI, ACCOUNT)] == [True, True]


WRONG = [
    ({**BORN, "born_on-month": "13"}, "born_on", "Your date of birth must be a real date"),
    ({**BORN, "born_on-year": "1850"}, "born_on", "must have a year between"),
    ({**BORN, "born_on-year": "2099"}, "born_on", "must be in the past"),
    ({**BORN, "born_on-year": "1901"}, "born_on", "16 to 100 years ago"),
    ({**BORN, "ni_number": "QQ123456C"}, "ni_number", "in the right format"),
    ({**BORN}, "ni_number", "or say that you do not have one yet"),
    ({**BORN, "ni_number": NI, "has_no_ni": "y"}, "ni_number", "Clear the number, or clear"),
    ({"ni_number": NI}, "born_on", "Enter your date of birth"),
]
WRONG_ADDRESSES = [
    ({**HOME, "from_month-month": "13"}, "from_month", "must be a real month"),
    ({**HOME, "still": "", "to_month-month": "1", "to_month-year": "2014"}, "to_month", "the first month or later"),
    ({**HOME, "still": "", "to_month-month": "1", "to_month-year": "2099"}, "to_month", "this month or earlier"),
    ({**HOME, "still": ""}, "to_month", "Enter the last month"),
    ({**HOME, "postcode": "nowhere"}, "postcode", "Enter a full UK postcode"),
    ({**HOME, "address_line_1": ""}, "address_line_1", "Enter the first line"),
]
WRONG_ACCOUNTS = [
    ({"sort_code": "1"}, "sort_code"),
    ({"account_number": "1"}, "account_number"),
    ({"roll_number": "<"}, "roll_number"),
]


@pytest.mark.one_database
def test_what_is_wrong_is_told_beside_it_with_what_was_typed(mine: Visitor, base):
    for given, field, words in WRONG:
        page = mine.submit(f"{base}/identity", {**NOBODY, **given, **YES}, 200)
        assert words in error(page, field)
        for name, typed in given.items():
            assert page.select_one(f"[name='{name}']")["value"] == typed


@pytest.mark.one_database
def test_an_address_or_an_account_that_cannot_be_is_not_kept(mine: Visitor, base):
    for given, field, words in WRONG_ADDRESSES:
        sent = {name: value for name, value in given.items() if value or name != "still"}
        assert words in error(mine.submit(f"{base}/addresses/add", sent, 200), field)
    for wrong, field in WRONG_ACCOUNTS:
        assert error(mine.submit(f"{base}/bank-details", {**BANK, **wrong, **NO}, 200), field)
    assert db.session.query(EmploymentPart).count() == 0


@pytest.mark.one_database
def test_what_another_answer_hides_is_no_fault(mine: Visitor, base):
    wrong = {"share_code": "zzz", "certificate_number": "1", "issued_on-month": "13"}
    for path, given in (
        ("right-to-work", {"proof": "passport"}),
        ("dbs-certificate", {"on_update_service": "no"}),
    ):
        mine.submit(f"{base}/{path}", {**wrong, **given, **YES})
        assert mine.response.headers["Location"].endswith("/before-you-start")
    assert "zzz" not in mine.get(f"{base}/right-to-work").text


@pytest.mark.one_database
def test_a_saved_account_is_never_shown_again_and_stays_where_nothing_is_typed(mine: Visitor, base):
    mine.submit(f"{base}/bank-details", {**BANK, **NO})
    page = mine.get(f"{base}/bank-details")
    assert "••••••21" in page.text
    assert not [number for number in (SORT_CODE, ACCOUNT) if number in str(page)]
    mine.submit(f"{base}/bank-details", YES)
    assert (
        mine.follow().find("a", string="Bank details").find_next("div", class_="govuk-task-list__status").text.strip()
        == "Completed"
    )


@pytest.mark.one_database
def test_another_window_is_told_of_and_shows_no_account(mine: Visitor, base, details):
    old = mine.get(f"{base}/bank-details").select_one("[name=version]")["value"]
    mine.submit(f"{base}/bank-details", {**BANK, **NO})
    page = mine.post(f"{base}/bank-details", {**BANK, "account_number": "11111111", "version": old, **NO}, 409)
    assert "Saved in the other window" in page.text
    assert ACCOUNT not in str(page)
    add_home(details)
    page = mine.post(f"{base}/addresses/0", {**HOME, "version": "0"}, 409)
    assert "You saved other answers here in another window" in page.text


@pytest.mark.one_database
def test_months_abroad_are_added_and_a_no_takes_them_out(mine: Visitor, base):
    months = {"from_month-month": "1", "from_month-year": "2024", "to_month-month": "6", "to_month-year": "2024"}
    mine.submit(f"{base}/time-abroad/add", {"country": "Spain", **months})
    assert "January 2024 to June 2024" in mine.follow().text
    assert "Spain" in mine.get(f"{base}/time-abroad/0/remove").text
    mine.submit(f"{base}/time-abroad", {"has_stayed": "no", **YES})
    mine.get(f"{base}/time-abroad/0", 404)
    mine.submit(f"{base}/time-abroad/add", {"country": "Spain", **months})
    mine.submit(f"{base}/time-abroad/0/remove")
    page = mine.submit(f"{base}/time-abroad", {"has_stayed": "yes", **YES}, 200)
    assert "Add each country, with the months" in page.text


@pytest.mark.one_database
def test_to_others_there_is_nothing(candidate: Visitor, mine: Visitor, hr: Visitor, base, application):
    for path in ("", "/identity", "/addresses", "/addresses/0", "/time-abroad", "/bank-details", "/check"):
        candidate.get(f"{base}{path}", 404)
        hr.get(f"{base}{path}", 403)
    candidate.post(f"{base}/bank-details", BANK, 404)
    application.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    mine.get(f"{base}/identity", 302)
    assert "We do not ask you for these details" in mine.follow().text
    other = quickly_appointed(candidate=factories.UserFactory())
    mine.get(f"/applications/{other.reference}/before-you-start", 404)


@pytest.mark.one_database
def test_a_page_costs_the_same_however_much_is_in_it(mine: Visitor, base, details, queries):
    for added in (1, 2):  # 1 and 3 addresses
        for _ in range(added):
            add_home(details)
        for path, cost in {"": 4, "/addresses": 6, "/check": 4}.items():
            queries.clear()
            mine.get(f"{base}{path}")
            assert len(queries) == cost, path


@pytest.mark.one_database
def test_withdrawing_says_what_becomes_of_it(mine: Visitor, base, details, application):
    answer_all(details)
    mine.submit(f"/applications/{application.reference}/withdraw", {"reason": "other_job"}, status=302)
    page = mine.get(f"/applications/{application.reference}")
    assert "What you had entered and not sent has been deleted" in page.text
