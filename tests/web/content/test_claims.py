"""HR looks after claims, and readers see them as they stand."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from recruit.accounts.models import User
from recruit.content.models import ContentKind, WhenStale
from recruit.content.queries import find_claim
from recruit.rules.access import Role
from tests.content.writing import a_claim, published
from tests.factories import UserFactory
from tests.visitor import Visitor
from tests.web.content.later import LaterVisitor

FORM = {
    "slug": "agency-2026",
    "text": "In June 2026, 9% of staff came through agencies.",
    "source_name": "Workforce report",
    "source_url": "https://council.test/workforce",
    "as_of_on-day": "14",
    "as_of_on-month": "6",
    "as_of_on-year": "2022",
}


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


@pytest.fixture
def visitor(app: Flask, session) -> Visitor:
    return LaterVisitor(app)


@pytest.fixture
def officer(session) -> User:
    return UserFactory(name="Noor Khan", roles=[Role.HR])


def test_a_claim_is_added_and_owned_by_whoever_added_it(hr: Visitor):
    hr.submit("/content/new-claim", FORM)

    row = hr.follow().select_one(".worklist__item")
    assert "In June 2026, 9% of staff came through agencies. Workforce report , as of 14 June 2022." in words(row)
    assert "Harper Reed" in words(row)
    assert "No page cites it" in words(row)


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"slug": "Agency 2026"}, "slug", "Name must be lower-case letters"),
        ({"text": ""}, "text", "Enter the claim"),
        ({"text": "x" * 501}, "text", "Claim must be 500 characters or fewer"),
        ({"source_url": "council"}, "source_url", "“council” must begin with https://"),
        ({"as_of_on-year": "2099"}, "as_of_on", "Date of the claim must be today or in the past"),
        ({"as_of_on-day": "31"}, "as_of_on", "Date of the claim must be a real date"),
        ({"as_of_on-day": "", "as_of_on-month": "", "as_of_on-year": ""}, "as_of_on", "Enter the date of the claim"),
        ({"stale_after_days": "12"}, "stale_after_days", "Select when it must be checked again"),
        ({"owner_id": "999999"}, "owner_id", "Select who checks it"),
        ({"when_stale": "perhaps"}, "when_stale", "Select what readers see of it then"),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(hr: Visitor, given, field, message):
    page = hr.submit("/content/new-claim", {**FORM, **given}, status=200)

    assert message in words(page.select_one(f"#{field}-error"))
    if field != "source_name":
        assert page.select_one("#source_name")["value"] == "Workforce report"


def test_a_change_is_public_at_once_and_the_second_editor_is_told(hr: Visitor, visitor: Visitor, officer):
    claim = a_claim(officer)
    published(officer, ContentKind.PAGE, "living-here", body="- {{ claim agency }}")
    seen = str(claim.version)
    assert "26% came through agencies. Source: Report , as of 14 June 2022." in words(visitor.get("/living-here").main)

    form = {**FORM, "stale_after_days": "90", "when_stale": "hide", "owner_id": str(officer.id), "version": seen}
    hr.post("/content/claims/agency", {**form, "text": "In June 2026, 9% did."})

    assert "In June 2026, 9% did. Source: Workforce report , as of 14 June 2022." in words(
        visitor.get("/living-here").main
    )
    page = hr.post("/content/claims/agency", {**form, "text": "Mine."}, status=409)
    assert "Harper Reed changed this claim at" in words(page.select_one(".govuk-error-summary"))
    assert page.select_one("#text").get_text().strip() == "Mine."


@pytest.mark.parametrize(("when_stale", "is_shown"), [(WhenStale.HIDE, False), (WhenStale.SHOW, True)])
def test_a_claim_is_flagged_and_hidden_or_shown_with_its_date_until_it_is_checked(
    hr: Visitor, visitor: Visitor, officer, when_stale: WhenStale, is_shown: bool
):
    a_claim(officer, when_stale=when_stale)
    published(officer, ContentKind.PAGE, "living-here", body="Facts:\n\n- {{ claim agency }}")

    with time_machine.travel(datetime.now(UTC) + timedelta(days=91), tick=False):
        hr.sign_in(hr.user)
        assert ("as of 14 June 2022" in words(visitor.get("/living-here").main)) is is_shown
        page = hr.get("/content/claims")
        assert "1 claim must be checked now" in words(page.main)
        assert "Check since" in words(page.select_one(".worklist__item"))
        assert "1 claim must be checked" in words(hr.get("/content").main)
        hr.post("/content/claims/agency/check", {"version": page.select_one("li [name=version]")["value"]})
        assert "None must be checked now" in words(hr.follow().main)
        assert "as of 14 June 2022" in words(visitor.get("/living-here").main)


def test_the_list_can_be_narrowed_to_ones_own(hr: Visitor, officer):
    a_claim(officer, "theirs")
    a_claim(hr.user, "mine")

    page = hr.get("/content/claims?owner=me")

    assert [words(link) for link in page.select(".worklist__title a")] == ["mine"]
    assert "You look after no claims" not in words(page.main)


def test_a_claim_that_no_page_cites_is_retired(hr: Visitor, officer):
    claim = a_claim(officer)
    published(officer, ContentKind.PAGE, "living-here", body="{{ claim agency }}")
    hr.post("/content/claims/agency/retire", {"version": str(claim.version)}, status=409)
    assert "Retire" not in words(hr.get("/content/claims/agency").main)

    other = a_claim(officer, "unused")
    hr.post("/content/claims/unused/retire", {"version": str(other.version)})

    assert find_claim("unused").retired_at is not None
    assert "This claim is retired" in words(hr.get("/content/claims/unused").main)
    assert "unused" not in words(hr.get("/content/claims").main)
