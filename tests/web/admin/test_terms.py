"""Terms of the welcome payment in pages: a draft by one administrator, approved by another, never edited after that."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from recruit.accounts.models import User
from recruit.core.db import db
from recruit.pay.models import TermsEvent, WelcomeSchemeVersion
from recruit.pay.welcome import ROWS
from recruit.rules.access import Role
from tests.factories import GradeFactory, TeamFactory, UserFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor

LIST, NEW = "/admin/welcome-payment", "/admin/welcome-payment/new"
FILLED: dict[str, Any] = {
    "name": "Team manager payment", "amount": "6,000", "pro_rata": "full",
    "valid_from-day": "1", "valid_from-month": "1", "valid_from-year": "2026", "permanent": "y",
    "rejoin_after_months": "24", "conditions": "You start a permanent post\nYou stay", "terms": "## The terms",
    "instalments-0-amount": "1000", "instalments-0-after_months": "0",
    "instalments-1-amount": "2,000", "instalments-1-after_months": "6",
    "instalments-2-amount": "£3,000", "instalments-2-after_months": "18",
    "repayment-0-months_from": "0", "repayment-0-months_to": "24", "repayment-0-percent": "100",
}  # fmt: skip


@pytest.fixture
def other(visit_as: Callable[[User], Visitor]) -> Visitor:
    return visit_as(UserFactory(name="Sam Archer", roles=[Role.ADMIN]))


def _only() -> WelcomeSchemeVersion:
    db.session.rollback()
    return db.session.scalars(select(WelcomeSchemeVersion)).one()


def _page(version: WelcomeSchemeVersion, end: str = "") -> str:
    return f"{LIST}/{version.id}{end}"


def _move(visitor: Visitor, version: WelcomeSchemeVersion, end: str, status: int = 302) -> Any:
    return visitor.post(_page(version, end), {"version": str(version.version)}, status=status)


def _errors(page: Any) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


def test_one_writes_terms_and_another_approves_them(admin: Visitor, other: Visitor, visitor: Visitor):
    grade = GradeFactory()
    admin.submit(NEW, {**FILLED, "grades": [grade.code]})
    draft = _only()

    assert (draft.status, draft.amount_pence, draft.pro_rata, draft.number) == ("draft", 6_000_00, False, 1)
    assert [(part["pence"], part["after_months"]) for part in draft.instalments] == [
        (1_000_00, 0), (2_000_00, 6), (3_000_00, 18),
    ]  # fmt: skip
    rules = draft.eligibility or {}
    assert (rules["grades"], rules["rejoin_after_months"]) == ([grade.code], 24)
    visitor.get("/welcome-payment/team-manager-payment-1", status=404)
    assert "There is no welcome payment" in visitor.get("/welcome-payment").get_text()
    assert "another administrator approves it" in admin.get(_page(draft)).get_text()
    _move(admin, draft, "/approve", status=403)

    page = other.get(_page(draft))
    assert "After 18 months, Sam is paid £3,000 before tax." in page.get_text()
    _move(other, draft, "/approve")

    approved = _only()
    assert (approved.status, approved.approver_id) == ("approved", other.user.id)
    events = db.session.scalars(select(TermsEvent).order_by(TermsEvent.id)).all()
    assert [(event.target, event.actor_id) for event in events] == [
        ("draft", admin.user.id),
        ("approved", other.user.id),
    ]
    text = " ".join(visitor.get("/welcome-payment/team-manager-payment-1").get_text(" ").split())
    assert "Somebody who works 22.2 hours a week gets £6,000, as for any hours." in text
    assert "It is for posts of these grades: Social worker." in text


def test_approved_terms_are_superseded_and_never_edited(admin: Visitor, other: Visitor):
    first = WelcomeSchemeVersionFactory(number=1)
    admin.get(_page(first, "/edit"), status=409)
    _move(admin, first, "/discard", status=409)

    page = admin.get(f"{NEW}?after=welcome-aboard")
    assert page.select_one("#amount")["value"] == "5,000"
    admin.submit(f"{NEW}?after=welcome-aboard", {
        "amount": "4000", "valid_from-day": "1", "valid_from-month": "1", "valid_from-year": "2026",
        "instalments-0-amount": "2000", "instalments-1-amount": "2000",
    })  # fmt: skip

    second = db.session.scalars(select(WelcomeSchemeVersion).where(WelcomeSchemeVersion.number == 2)).one()
    assert (second.status, second.amount_pence, second.scheme_id) == ("draft", 4_000_00, first.scheme_id)
    assert "There is a draft of new terms already" in admin.submit(
        f"{NEW}?after=welcome-aboard",
        {
            "valid_from-day": "1", "valid_from-month": "1", "valid_from-year": "2027",
        },
        status=200,
    ).get_text()  # fmt: skip
    _move(admin, second, "/discard")
    other.get(_page(second), status=404)


@pytest.mark.parametrize(("kept", "shown"), [(1, 4), (4, 5), (5, 6), (ROWS, ROWS)])
def test_terms_of_many_instalments_are_filled_in_whole_with_room_for_one_more(admin: Visitor, kept: int, shown: int):
    parts = [{"pence": 5_000_00 // kept, "after_months": month} for month in range(kept)]
    parts[-1]["pence"] += 5_000_00 - sum(part["pence"] for part in parts)
    bands = [{"months_from": month, "months_to": month + 1, "percent": 50} for month in range(kept)]
    WelcomeSchemeVersionFactory(number=1, instalments=parts, repayment=bands)

    page = admin.get(f"{NEW}?after=welcome-aboard")
    admin.submit(f"{NEW}?after=welcome-aboard", {
        "valid_from-day": "1", "valid_from-month": "1", "valid_from-year": "2027",
    })  # fmt: skip

    assert [len(page.select(f"[id^={rows}-][id$={last}]")) for rows, last in (
        ("instalments", "after_months"), ("repayment", "percent"),
    )] == [shown, shown]  # fmt: skip
    draft = db.session.scalars(select(WelcomeSchemeVersion).where(WelcomeSchemeVersion.number == 2)).one()
    assert (draft.instalments, draft.repayment) == (parts, bands)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"instalments-2-amount": "2999.99"},
         "The instalments come to £5,999.99. They must come to the amount, £6,000"),
        ({"instalments-2-after_months": "6"}, "Each instalment must be later than the one before it"),
        ({"instalments-2-after_months": ""}, "Enter both the amount and the months, or neither"),
        ({"amount": "-6000"}, "Amount must be an amount in pounds, like 2000 or 2000.50"),
        ({"repayment-0-months_to": "0"}, "A repayment must end after it begins"),
        ({"repayment-1-months_from": "25", "repayment-1-months_to": "36", "repayment-1-percent": "50"},
         "Each repayment must begin where the one before it ends"),
        ({"repayment-0-percent": "101"}, "Percent repaid must be between 0 and 100"),
        ({"valid_until-day": "31", "valid_until-month": "12", "valid_until-year": "2025"},
         "Last day must be on or after the first day"),
        ({"rejoin_after_months": "121"}, "Months after leaving must be between 0 and 120"),
        ({"permanent": []}, "Select at least one kind of contract"),
        ({"permanent": [], "fixed_term_from_months": " "}, "Select at least one kind of contract"),
        ({"permanent": [], "fixed_term_from_months": "61"}, "Shortest fixed term must be between 1 and 60"),
        ({"amount": " "}, "Enter the amount"),
        ({"rejoin_after_months": " "}, "Enter the months, 0 if people count as new at once"),
        ({"name": ""}, "Enter what the payment is called"),
        ({"conditions": ""}, "Enter the conditions, one on each line"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_refused_in_words(admin: Visitor, typed: dict, message: str):
    page = admin.submit(NEW, {**FILLED, **typed}, status=200)

    assert _errors(page) == [message]
    assert page.select_one("#terms").get_text(strip=True) == "## The terms"
    assert db.session.scalars(select(WelcomeSchemeVersion)).all() == []


def test_of_two_who_change_a_draft_the_second_is_told(admin: Visitor, other: Visitor):
    admin.submit(NEW, FILLED)
    draft = _only()
    seen = str(draft.version)
    other.submit(_page(draft, "/edit"), {"conditions": "Theirs"})

    page = admin.submit(_page(draft, "/edit"), {"conditions": "Mine", "version": seen}, status=409)

    assert "Somebody changed these terms after you opened them" in _errors(page)[0]
    assert _only().conditions == ["Theirs"]
    _move(other, _only(), "/approve", status=403)  # who saved it last
    _move(admin, _only(), "/approve", status=403)  # who started it


def test_a_vacancy_comes_only_with_terms_that_are_for_it(recruiter: Visitor):
    rules = WelcomeSchemeVersionFactory.build().eligibility
    version = WelcomeSchemeVersionFactory(eligibility={**rules, "teams": ["fostering"]}, not_with=["retention"])
    draft = VacancyFactory(team=recruiter.team, welcome_id=version.id)
    fostering = VacancyFactory(
        team=TeamFactory(slug="fostering"), welcome_id=version.id,
        additions=[{"kind": "retention", "amount_pence": 1_000_00, "paid": "monthly"}],
    )  # fmt: skip
    send = f"/recruiter/vacancies/{draft.reference}/send"

    page = recruiter.get(send)
    assert f"terms number {version.number}) cannot come with this vacancy: it is not for this team." in page.get_text()

    draft.team.slug = "fostering-two"
    version.eligibility = {**rules, "teams": ["fostering-two"]}
    draft.additions = list(fostering.additions)
    assert "it is not paid together with a retention payment." in recruiter.get(send).get_text()

    draft.additions = []
    assert "cannot come with this vacancy" not in recruiter.get(send).get_text()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(admin: Visitor, queries: list[str], count: int):
    WelcomeSchemeVersionFactory.create_batch(count)
    queries.clear()

    page = admin.get(LIST)

    assert len(page.select("tbody tr")) == count
    assert len([query for query in queries if query.startswith("SELECT")]) == 2  # who asks; the versions
