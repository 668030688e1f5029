"""The pages about Social Work England: the situation first, then the questions of that one."""

import pytest

from recruit.applications import queries as kept
from recruit.applications.models import Application, Registration, RegistrationAnswer, Section
from recruit.core.db import db
from tests.visitor import Visitor

SUPPORTED = ["supported_year", "supported_until-month", "supported_until-year"]
QUESTIONS = {
    "registered": ["number", "has_conditions", "conditions", *SUPPORTED],
    "renewing": ["number", "has_conditions", "conditions", "has_applied", *SUPPORTED],
    "newly_qualified": ["qualifies_on-day", "qualifies_on-month", "qualifies_on-year", "has_applied"],
    "overseas": ["country", "has_applied"],
    "returning": ["number", "left_on-month", "left_on-year", "has_applied"],
    "not_required": [],
}
EXPECTED = ["expected_on-day", "expected_on-month", "expected_on-year"]


def errors(page) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


def choose(candidate: Visitor, draft: Application, state: str) -> str:
    address = f"/applications/{draft.reference}/registration"
    candidate.submit(f"{address}/situation", {"state": state})
    assert candidate.response.location == address
    return address


@pytest.mark.parametrize("state", QUESTIONS)
def test_each_situation_is_asked_its_own_questions(candidate: Visitor, draft: Application, state: str):
    draft.vacancy.registration_required = False
    db.session.commit()

    page = candidate.get(choose(candidate, draft, state))

    names = list(dict.fromkeys(control["name"] for control in page.select("main [name]")))
    waits = EXPECTED if state in ("newly_qualified", "overseas", "returning") else []
    after = SUPPORTED if state == "returning" else []
    assert names == ["csrf_token", "version", *QUESTIONS[state], *waits, *after, "finished"]
    assert page.select_one("main a[href$=situation]") is not None


@pytest.mark.parametrize(
    ("state", "answers", "messages"),
    [
        (
            "registered",
            {"number": "SW0123", "has_conditions": "no"},
            ["Enter a Social Work England registration number in the correct format, like SW123456"],
        ),
        (
            "registered",
            {},
            [
                "Enter your Social Work England registration number",
                "Select whether there are conditions on your registration",
            ],
        ),
        ("registered", {"number": "SW12", "has_conditions": "yes"}, ["Enter the conditions on your registration"]),
        (
            "renewing",
            {"number": "SW12", "has_conditions": "no", "has_applied": "perhaps"},
            ["Select whether you have applied to renew your registration"],
        ),
        (
            "newly_qualified",
            {"has_applied": "no"},
            [
                "Enter the date your course ends or ended, like 27 6 2026",
                "Enter the date you expect to be registered, like 27 9 2027",
            ],
        ),
        (
            "overseas",
            {"expected_on-day": "31", "expected_on-month": "2", "expected_on-year": "2030"},
            [
                "Enter the country you qualified in",
                "Select whether you have applied to register",
                "The date you expect to be registered must be a real date",
            ],
        ),
        (
            "returning",
            {
                "has_applied": "yes", "left_on-month": "13", "left_on-year": "2019",
                "expected_on-day": "1", "expected_on-month": "2", "expected_on-year": "2020",
            },
            [
                "The month you left the register must be a real month and year, like 9 2019",
                "The date you expect to be registered must be today or in the future",
            ],
        ),
    ],
)  # fmt: skip
def test_a_page_says_how_to_mend(candidate: Visitor, draft: Application, state: str, answers, messages: list[str]):
    page = candidate.submit(choose(candidate, draft, state), {**answers, "finished": "yes"}, 200)

    assert errors(page) == messages


@pytest.mark.parametrize("state", ["", "emperor", "applied", "not_required"])  # the last is not offered for this role
def test_only_a_situation_that_is_offered_is_taken(candidate: Visitor, draft: Application, state: str):
    page = candidate.submit(f"/applications/{draft.reference}/registration/situation", {"state": state}, 200)

    assert errors(page) == ["Select how you stand with Social Work England"]
    assert kept.registration_of(draft) is None


@pytest.mark.parametrize("state", [None, Registration.APPLIED, Registration.NOT_REQUIRED])
def test_whoever_has_no_situation_that_counts_is_asked_for_it(candidate: Visitor, draft: Application, state):
    db.session.add(RegistrationAnswer(application_id=draft.id, state=state))
    db.session.commit()

    candidate.get(f"/applications/{draft.reference}/registration?from=check", 302)

    assert candidate.response.location == f"/applications/{draft.reference}/registration/situation?from=check"


def test_a_newly_qualified_candidate_finishes(candidate: Visitor, draft: Application):
    answers = {
        "qualifies_on-day": "27", "qualifies_on-month": "6", "qualifies_on-year": "2099", "has_applied": "no",
        "expected_on-day": "27", "expected_on-month": "9", "expected_on-year": "2099", "finished": "yes",
    }  # fmt: skip
    candidate.submit(choose(candidate, draft, "newly_qualified"), answers)

    assert candidate.response.location == f"/applications/{draft.reference}"
    assert kept.state_of(draft, Section.REGISTRATION).is_complete
    page = candidate.get(f"/applications/{draft.reference}/check")
    assert "From Sunday 27 September 2099, once on the register" in page.get_text()


def test_a_situation_that_another_window_chose_is_not_overwritten(candidate: Visitor, draft: Application):
    address = f"/applications/{draft.reference}/registration/situation"
    version = candidate.get(address).select_one("[name=version]")["value"]
    choose(candidate, draft, "overseas")

    page = candidate.post(address, {"version": version, "state": "renewing"}, 409)

    assert page.select_one("[aria-labelledby=elsewhere]") is not None
    assert kept.registration_of(draft).state == Registration.OVERSEAS
