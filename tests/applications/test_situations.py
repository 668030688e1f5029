"""How people stand with Social Work England: what each is asked, what is missing, from when they can start."""

from datetime import date, timedelta
from typing import Any

import pytest

from recruit.applications import queries, sections
from recruit.applications.models import Application, Registration, RegistrationAnswer, Section
from recruit.applications.reading import chapters_of
from recruit.applications.reading_registration import registration_lines
from recruit.applications.registration import SupportedYear
from recruit.applications.saving import Entered, version_of
from recruit.applications.situations import ASKED, earliest_start, next_renewal
from recruit.applications.snapshot import snapshot_of
from recruit.applications.words import PANEL_REGISTRATION_WORDS
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.review.registration import registration_flags, registration_rows
from tests import factories
from tests.applications.answers import open_vacancy
from tests.factories import NOW

TODAY = NOW.date()
LATER = TODAY + timedelta(days=100)
ALL = {
    "number": "SW123456", "has_conditions": True, "conditions": "Supervised", "qualifies_on": TODAY,
    "country": "Spain", "left_on": date(2021, 11, 1), "has_applied": True, "expected_on": LATER,
    "supported_year": SupportedYear.COMPLETED, "supported_until": date(2020, 8, 1),
}  # fmt: skip
AGAIN = " Look at the register again on Tuesday 1 December 2026, and before they start."
R = Registration


@pytest.fixture
def draft(session) -> Application:
    """A draft for a vacancy that is open at NOW."""
    return factories.ApplicationFactory(vacancy=open_vacancy())


def save(application: Application, values: dict[str, Any]) -> list[str]:
    seen = version_of(queries.registration_of(application))
    with transaction():
        found = sections.save_registration(
            application.candidate.as_actor(), application, Entered(values, seen, finished=True), now=NOW
        )
    return [problem.field for problem in found]


def choose(application: Application, state: Registration) -> None:
    seen = version_of(queries.registration_of(application))
    with transaction():
        sections.save_situation(application.candidate.as_actor(), application, Entered({"state": state}, seen), now=NOW)


def frozen(application: Application) -> dict[str, Any]:
    return dict(snapshot_of(queries.answers_of(application))[Section.REGISTRATION])


@pytest.mark.parametrize(
    ("state", "needed"),
    [
        (R.REGISTERED, ["number", "has_conditions"]),
        (R.RENEWING, ["number", "has_conditions", "has_applied"]),
        (R.NEWLY_QUALIFIED, ["qualifies_on", "has_applied", "expected_on"]),
        (R.OVERSEAS, ["country", "has_applied", "expected_on"]),
        (R.RETURNING, ["left_on", "has_applied", "expected_on"]),
    ],
)
def test_each_situation_needs_its_own_answers_and_no_others(draft: Application, state: Registration, needed: list[str]):
    assert save(draft, {"state": state}) == needed
    assert save(draft, {name: ALL[name] for name in ASKED[state]}) == []
    assert frozen(draft).keys() == {"state", *ASKED[state]}


@pytest.mark.parametrize("is_needed", [True, False])
def test_not_being_registered_is_an_answer_only_where_the_role_does_not_need_it(draft: Application, is_needed: bool):
    draft.vacancy.registration_required = is_needed
    db.session.commit()

    assert save(draft, {"state": R.NOT_REQUIRED}) == (["state"] if is_needed else [])


def test_what_was_answered_before_the_situations_were_told_apart_is_asked_again(draft: Application):
    assert save(draft, {"state": R.APPLIED, "expected_on": LATER}) == ["state"]


@pytest.mark.parametrize(
    ("state", "answers", "faulty"),
    [
        (R.REGISTERED, {"number": "SW0123"}, ["number"]),
        (R.RETURNING, {"number": "SW0123"}, ["number"]),
        (R.RETURNING, {"number": ""}, []),
        (R.RENEWING, {"has_applied": False}, []),
        (R.REGISTERED, {"conditions": ""}, ["conditions"]),
        (R.REGISTERED, {"conditions": "word " * 151}, ["conditions"]),
        (R.REGISTERED, {"has_conditions": False, "conditions": ""}, []),
        (R.NEWLY_QUALIFIED, {"expected_on": TODAY}, []),
        (R.NEWLY_QUALIFIED, {"expected_on": TODAY - timedelta(days=1)}, ["expected_on"]),
        (R.NEWLY_QUALIFIED, {"qualifies_on": LATER + timedelta(days=1)}, ["expected_on"]),
        (R.NEWLY_QUALIFIED, {"qualifies_on": LATER}, []),
        (R.OVERSEAS, {"qualifies_on": LATER + timedelta(days=1)}, []),
        (R.RETURNING, {"left_on": TODAY + timedelta(days=30)}, ["left_on"]),
        (R.RETURNING, {"left_on": TODAY.replace(day=1)}, []),
        (R.REGISTERED, {"supported_until": TODAY + timedelta(days=31)}, ["supported_until"]),
        (R.REGISTERED, {"supported_year": SupportedYear.UNDER_WAY, "supported_until": LATER}, []),
        (R.REGISTERED, {"supported_year": None, "supported_until": None}, []),
    ],
)
def test_wrong_answers_are_named(draft: Application, state: Registration, answers: dict[str, Any], faulty: list[str]):
    assert save(draft, {"state": state, **ALL, **answers}) == faulty


def test_another_situation_is_finished_anew_and_forgets_nothing(draft: Application):
    assert save(draft, {"state": R.REGISTERED, **ALL}) == []
    assert queries.state_of(draft, Section.REGISTRATION).is_complete

    choose(draft, R.REGISTERED)
    assert queries.state_of(draft, Section.REGISTRATION).is_complete

    choose(draft, R.OVERSEAS)
    assert not queries.state_of(draft, Section.REGISTRATION).is_complete
    assert db.session.get(RegistrationAnswer, draft.id).number == "SW123456"
    assert "number" not in frozen(draft)


@pytest.mark.parametrize("state", list(R))
def test_whoever_is_not_on_the_register_cannot_start_before_they_are(state: Registration):
    waits = state in (R.NEWLY_QUALIFIED, R.OVERSEAS, R.RETURNING, R.APPLIED)
    assert earliest_start(state, LATER) == (LATER if waits else None)


@pytest.mark.parametrize(
    ("day", "renewal"),
    [
        (date(2026, 1, 1), date(2026, 12, 1)),
        (date(2026, 11, 30), date(2026, 12, 1)),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 2), date(2027, 12, 1)),
    ],
)
def test_the_registration_year_begins_on_1_december(day: date, renewal: date):
    assert next_renewal(day) == renewal


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (R.REGISTERED, "When the checks are done"),
        (R.RENEWING, "When the checks are done, while the register shows the registration"),
        (R.OVERSEAS, "From Thursday 18 June 2026, once on the register"),
    ],
)
def test_candidate_and_hr_read_the_earliest_start(draft: Application, state: Registration, said: str):
    save(draft, {"state": state, **ALL})
    content = snapshot_of(queries.answers_of(draft))
    (chapter,) = [one for one in chapters_of(content) if one.section == Section.REGISTRATION]

    assert {line.question: line.answer for line in chapter.parts[0].lines}["Earliest start"] == said
    assert dict(registration_rows(content[Section.REGISTRATION]))["Earliest start"] == said


@pytest.mark.parametrize(
    ("year", "said"),
    [(SupportedYear.COMPLETED, ["Completed", "August 2020"]), (SupportedYear.NOT_FOR_ME, ["Does not apply"])],
)
def test_when_the_supported_year_ended_is_read_only_of_a_completed_one(year: SupportedYear, said: list[str]):
    lines = registration_lines({"state": "registered", "supported_year": year, "supported_until": "2020-08-01"})

    assert [answer for question, answer in lines if "ASYE" in question] == said


@pytest.mark.parametrize(
    ("answers", "flags"),
    [
        ({"state": "registered", "has_conditions": False}, []),
        (
            {"state": "registered", "has_conditions": True},
            ["Has conditions on their registration. Read them before you decide."],
        ),
        (
            {"state": "renewing", "has_applied": True},
            ["Is renewing the registration." + AGAIN],
        ),
        (
            {"state": "renewing", "has_applied": False},
            ["Is renewing the registration and has not applied for it yet." + AGAIN],
        ),
        (
            {"state": "returning", "has_applied": False, "expected_on": "2026-06-18"},
            ["Coming back to social work, not registered now. Has not applied for it yet."
             " Can start from Thursday 18 June 2026, once on the register."
             " Registration must be there before they start."],
        ),
        (
            {"state": "applied", "expected_on": None},
            ["Applied for, not registered yet. Registration must be there before they start."],
        ),
        (
            {"state": "not_required"},
            ["Not registered with Social Work England. Check that the role does not need it."],
        ),
        ({}, []),
    ],
)  # fmt: skip
def test_hr_is_told_what_to_look_at(answers: dict[str, Any], flags: list[str]):
    assert registration_flags(answers, TODAY) == flags


def test_a_panel_reads_only_whether_somebody_is_registered():
    assert set(PANEL_REGISTRATION_WORDS) == set(Registration)
    assert {PANEL_REGISTRATION_WORDS[state] for state in (R.NEWLY_QUALIFIED, R.OVERSEAS, R.RETURNING, R.APPLIED)} == {
        "Not registered yet"
    }
