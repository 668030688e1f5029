"""Payments beside salary and paid weeks: written on a draft, shown to candidates apart, settled by approval."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from recruit.core.db import db
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy
from tests.factories import PayTableFactory, TeamFactory, VacancyFactory
from tests.visitor import Visitor

FILLED: dict[str, Any] = {
    "amount": "£2,000", "paid": "monthly", "review_on-day": "1", "review_on-month": "4", "review_on-year": "2099",
}  # fmt: skip
KEPT = {
    "kind": "market_supplement", "amount_pence": 2_000_00, "paid": "monthly", "after_months": None, "conditions": "",
    "review_on": "2099-04-01", "ends_on": None,
}  # fmt: skip
NO_DATES = {f"review_on-{part}": "" for part in ("day", "month", "year")}


@pytest.fixture
def draft(recruiter: Visitor) -> Vacancy:
    PayTableFactory()
    return VacancyFactory(team=recruiter.team)


def _path(vacancy: Vacancy, end: str = "/market_supplement") -> str:
    return f"/recruiter/vacancies/{vacancy.reference}/beside-salary{end}"


def _kept(vacancy: Vacancy) -> list[dict[str, Any]]:
    db.session.expire_all()
    return db.session.get_one(Vacancy, vacancy.id).additions


def test_a_payment_is_added_changed_and_removed(recruiter: Visitor, draft: Vacancy):
    recruiter.submit(_path(draft), FILLED)
    assert _kept(draft) == [KEPT]

    recruiter.submit(_path(draft), {"amount": "2,500.50", "conditions": " You stay "})
    assert _kept(draft) == [{**KEPT, "amount_pence": 2_500_50, "conditions": "You stay"}]

    page = recruiter.get(_path(draft, ""))
    assert "£2,500.50 a year, paid monthly, reviewed on 1 April 2099" in page.get_text()
    recruiter.post(_path(draft, "/market_supplement/remove"), {"version": str(draft.version)})
    assert _kept(draft) == []


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"amount": ""}, "Enter the amount"),
        ({"amount": " "}, "Enter the amount"),
        ({"amount": "-2000"}, "Amount must be an amount in pounds, like 2000 or 2000.50"),
        ({"amount": "0"}, "Amount must be between £1 and £50,000"),
        ({"paid": []}, "Select when it is paid"),
        ({"paid": "once"}, "Enter how many months after the start it is paid, 0 for at the start"),
        (NO_DATES, "Enter the date on which the market supplement is reviewed or ends"),
        ({"ends_on-day": "31", "ends_on-month": "3", "ends_on-year": "2099"},
         "Last day must be on or after the date of the review"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_the_field(recruiter: Visitor, draft: Vacancy, typed: dict, message: str):
    page = recruiter.submit(_path(draft), {**FILLED, **typed}, status=200)

    assert [link.get_text(strip=True) for link in page.select(".govuk-error-summary__list li")] == [message]
    assert _kept(draft) == []


def test_of_two_who_write_at_once_the_second_is_told(recruiter: Visitor, draft: Vacancy):
    seen = {**FILLED, "version": str(draft.version)}
    recruiter.submit(_path(draft), seen)

    page = recruiter.submit(_path(draft), {**seen, "amount": "9999"}, status=409)

    assert "after you opened it" in page.select_one(".govuk-error-summary").get_text()
    assert page.select_one("#amount")["value"] == "9999"
    assert _kept(draft) == [KEPT]


def test_it_is_there_for_a_writable_vacancy_of_the_team_alone(recruiter: Visitor):
    settled = VacancyFactory(team=recruiter.team, published=True)
    waiting = VacancyFactory(team=recruiter.team, waiting=True)

    for vacancy in (settled, waiting):
        recruiter.get(_path(vacancy), status=409)
        recruiter.post(_path(vacancy, "/market_supplement/remove"), {"version": str(vacancy.version)}, status=409)
    recruiter.get(_path(VacancyFactory(team=TeamFactory())), status=404)
    recruiter.get(_path(settled, "/bonus"), status=404)


def test_a_payment_whose_review_has_passed_keeps_a_vacancy_from_approval(recruiter: Visitor, draft: Vacancy):
    draft.additions = [{**KEPT, "review_on": "2020-04-01"}]

    page = recruiter.get(f"/recruiter/vacancies/{draft.reference}/send")

    fault = "Market supplement: the date on which it is reviewed or ends has passed"
    assert page.find("a", string=fault)["href"] == _path(draft, "")


def test_the_public_reads_it_apart_from_salary(visitor: Visitor):
    moving = {**KEPT, "kind": "relocation", "paid": "claimed", "amount_pence": 8_000_00, "review_on": None}
    vacancy = VacancyFactory(published=True, slug="this", additions=[KEPT, moving])

    page = visitor.get("/jobs/this")

    words = " ".join(page.get_text(" ").split())
    assert page.select_one(".key-facts__amount").get_text(strip=True) == "£28,672 to £36,922a year"
    assert "£2,000 a year, paid monthly, before tax and for full time. It is reviewed on 1 April 2099." in words
    assert "First year: salary and market supplement £30,672" in words
    assert "Not counted, because it depends on conditions or on dates: relocation, up to £8,000" in words
    given = visitor.client.get(f"/api/v1/vacancies/{vacancy.reference}").get_json()
    assert [(one["kind"], one["amount"], one["review_on"]) for one in given["other_payments"]] == [
        ("market_supplement", 2000, "2099-04-01"),
        ("relocation", 8000, None),
    ]
    assert given["salary"]["minimum"] == given["salary_of_post"]["minimum"] == 28672
    assert '"minValue":28672,"maxValue":36922' in page.select_one("script[type='application/ld+json']").get_text()


def test_a_copy_keeps_it(recruiter: Visitor):
    vacancy = VacancyFactory(team=recruiter.team, published=True, additions=[KEPT])

    recruiter.post(f"/recruiter/vacancies/{vacancy.reference}/copy")

    copies = db.session.scalars(select(Vacancy).where(Vacancy.status == VacancyStatus.DRAFT)).all()
    assert [copy.additions for copy in copies] == [[KEPT]]


def test_a_term_time_post_is_paid_its_weeks_everywhere(visitor: Visitor):
    VacancyFactory(published=True, slug="this", reference="CSW-0042", paid_weeks=Decimal("44.6"))

    page, listed = visitor.get("/jobs/this"), visitor.get("/jobs")

    share = "£24,524 to £31,581 a year for 37 hours a week, 44.6 paid weeks a year"
    assert share in page.select_one(".key-facts__share").get_text()
    assert (page.select_one("[data-pay=year]").get_text(), page.select_one(".your-pay")["data-weeks"]) == (
        "£24,524",
        "4460",
    )
    assert '"minValue":24524,"maxValue":31581' in page.select_one("script[type='application/ld+json']").get_text()
    assert "term time (44.6 paid weeks a year)" in listed.select_one(".vacancy").get_text()
    given = visitor.client.get("/api/v1/vacancies/CSW-0042").get_json()
    assert (given["paid_weeks"], given["salary_of_post"]["maximum"]) == (44.6, 31581)
