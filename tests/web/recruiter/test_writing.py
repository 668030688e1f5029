"""Writing vacancies: drafts, copies, changes."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from recruit.applications.phone import WRONG_PHONE
from recruit.core.db import db
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Contract, Vacancy
from tests import factories
from tests.visitor import Visitor

NEW = "/recruiter/vacancies/new"
TOO_FEW_CASES = "Most cases must be the same as or more than the typical caseload"
NOT_REAL = "Date of the figures must be a real date"
MIDNIGHT = "Closing time cannot be midnight, which people take for the wrong day. Use 11:59pm"
TOO_SOON = "Closing date must be after the opening date"
NO_INTERVIEW = "Interview date must be after the closing date"
SKIPPED = "Clocks go forward over that time: choose another"


def _errors(page: Any) -> list[str]:
    return [link.get_text(strip=True) for link in page.select(".govuk-error-summary__list li")]


@pytest.fixture
def least(recruiter: Visitor) -> dict[str, Any]:
    """The least that makes a draft."""
    factories.PayTableFactory()
    return {"title": "Social worker", "grade_id": str(factories.GradeFactory().id)}


def _path(vacancy: Vacancy, end: str = "edit") -> str:
    return f"/recruiter/vacancies/{vacancy.reference}/{end}"


def _only() -> Vacancy:
    db.session.rollback()
    return db.session.scalars(select(Vacancy)).one()


def test_a_title_a_team_and_a_grade_are_enough_for_a_draft(recruiter: Visitor, least):
    recruiter.submit(NEW, least)

    assert recruiter.follow().h1.get_text() == "Before you can send it"
    vacancy = _only()
    assert (vacancy.reference, vacancy.title, vacancy.team_id) == ("CSW-0001", "Social worker", recruiter.team.id)
    assert (vacancy.status, vacancy.weekly_hours, vacancy.contract) == (VacancyStatus.DRAFT, 37, Contract.PERMANENT)


def test_nothing_but_the_least_is_asked_for(recruiter: Visitor):
    page = recruiter.submit(NEW, {"title": " \x00 ", "posts": "", "weekly_hours": "", "full_time": []}, status=200)

    assert _errors(page) == [
        "Enter the title",
        "Enter the number of posts",
        "Select a grade",
        "Select full time, part time or job share",
        "Enter the hours a week",
    ]
    assert page.title.get_text().startswith("Error: ")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"team_id": "999"}, "Select a team"),
        ({"team_id": "²"}, "Select a team"),
        ({"grade_id": "9" * 30}, "Select a grade"),
        ({"posts": "-1"}, "Posts must be a whole number, like 1"),
        ({"posts": "51"}, "Posts must be between 1 and 50"),
        ({"posts": "٣"}, "Posts must be a whole number, like 1"),
        ({"title": "x" * 201}, "Title must be 200 characters or fewer"),
        ({"summary": "x" * 301}, "Summary must be 300 characters or fewer"),
        ({"weekly_hours": "37.5"}, "Hours a week must be more than 0 and at most 37"),
        ({"weekly_hours": "22.2"}, "Hours a week must be 37 while full time is selected"),
        ({"paid_weeks": "19.99"}, "Paid weeks must be between 20 and 52. Leave it empty for all of the year"),
        ({"paid_weeks": "52.1"}, "Paid weeks must be between 20 and 52. Leave it empty for all of the year"),
        ({"paid_weeks": "-44"}, "Paid weeks must be a number, like 44.6"),
        ({"weekly_hours": "-22.2"}, "Hours a week must be a number, like 37 or 22.2"),
        ({"weekly_hours": "0"}, "Hours a week must be more than 0 and at most 37"),
        ({"weekly_hours": "NaN"}, "Hours a week must be a number, like 37 or 22.2"),
        ({"weekly_hours": "1e9"}, "Hours a week must be a number, like 37 or 22.2"),
        ({"contract": "zero_hours"}, "Select the contract"),
        ({"opening": "never"}, "Select when it opens"),
        ({"contract": "fixed_term"}, "Enter how many months the contract is for"),
        ({"contract": "fixed_term", "fixed_term_months": "61"}, "Months must be between 1 and 60"),
        ({"essential": ["Listens", "listens"]}, "Essential criterion is there twice"),
        ({"desirable": ["x" * 301]}, "Desirable criterion must be 300 characters or fewer"),
        ({"essential": [f"Criterion {number}" for number in range(13)]}, "There can be at most 12"),
        ({"caseload_typical": "18", "caseload_maximum": "15"}, TOO_FEW_CASES),
        ({"caseload_typical": "0"}, "Typical caseload must be between 1 and 200"),
        ({"promise_as_of-day": "31", "promise_as_of-month": "2", "promise_as_of-year": "2026"}, NOT_REAL),
        ({"contact_email": "nobody"}, "Enter an email address in the correct format, like name@example.com"),
        ({"contact_phone": "ring me"}, WRONG_PHONE),
        ({"opening": "later"}, "Enter the opening date"),
        ({"closes_on-day": "31", "closes_on-month": "4", "closes_on-year": "2027"}, "Closing date must be a real date"),
        ({"closing_time": "5pm"}, "Enter the closing date beside the closing time"),
        ({"closing_time": "teatime"}, "Closing time must be a time, like 5pm or 11:59pm"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(recruiter: Visitor, least, typed, message):
    page = recruiter.submit(NEW, {**least, **typed}, status=200)

    assert _errors(page) == [message]
    assert page.select_one(".govuk-error-summary__list a")["href"].removeprefix("#") in [
        tag["id"] for tag in page.select("[id]")
    ]
    assert page.select_one("#title")["value"] == {**least, **typed}["title"]
    assert db.session.scalar(select(func.count()).select_from(Vacancy)) == 0


def _day(name: str, day: str) -> dict[str, str]:
    year, month, number = day.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ({"opening": "later", **_day("opens_on", "2027-05-10"), **_day("closes_on", "2027-05-09")}, TOO_SOON),
        ({**_day("closes_on", "2027-05-09"), **_day("interview_on", "2027-05-09")}, NO_INTERVIEW),
        ({**_day("closes_on", "2027-05-09"), "closing_time": "12am"}, MIDNIGHT),
        ({**_day("closes_on", "2027-03-28"), "closing_time": "1:30am"}, SKIPPED),
    ],
)  # fmt: skip
def test_dates_fit_each_other(recruiter: Visitor, least, dates, message):
    assert _errors(recruiter.submit(NEW, {**least, **dates}, status=200)) == [message]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("", ""), ("5pm", "5pm"), ("5.30 p.m.", "5:30pm"), ("17:05", "5:05pm"), ("midday", "12pm"), ("11:59pm", "")],
)
def test_what_is_saved_is_what_the_form_shows_again(recruiter: Visitor, least, typed: str, shown: str):
    sent = {
        **least, **_day("closes_on", "2027-05-09"), **_day("opens_on", "2027-04-09"), "opening": "later",
        "closing_time": typed, "weekly_hours": "22.20", "full_time": [], "part_time": "y",
        "essential": ["", "Listens", "", "Writes"],
        "contract": "fixed_term", "fixed_term_months": "12", "description": "## The role\n\nYou listen.", "posts": "2",
    }  # fmt: skip
    recruiter.submit(NEW, sent)

    page = recruiter.get(_path(_only()))

    assert page.select_one("#closing_time")["value"] == shown
    assert [page.select_one(f"#closes_on-{part}")["value"] for part in ("day", "month", "year")] == ["9", "5", "2027"]
    assert [page.select_one(f"#opens_on-{part}")["value"] for part in ("day", "month", "year")] == ["9", "4", "2027"]
    assert page.select_one("#weekly_hours")["value"] == "22.2"
    assert [box.get_text(strip=True) for box in page.select("[name=essential]")][:3] == ["Listens", "Writes", ""]
    assert page.select_one("#description").get_text().strip().splitlines() == ["## The role", "", "You listen."]
    recruiter.submit(_path(_only()))
    assert recruiter.get(_path(_only())).select_one("#closing_time")["value"] == shown


def test_more_boxes_come_without_losing_what_was_typed(recruiter: Visitor, least):
    page = recruiter.submit(NEW, {"title": "Half", "essential": ["Listens"], "again": "essential"}, status=200)

    assert (len(page.select("[name=essential]")), page.select("[name=essential]")[0].get_text(strip=True)) == (
        12,
        "Listens",
    )
    assert page.select("[name=again][value=essential]") == []
    assert page.select_one("#title")["value"] == "Half"
    assert _errors(page) == []


@pytest.mark.parametrize("made_up", ["", "abc", "-1", "0", "9" * 9, "9" * 23, "1.5", "١", "\x00"])
def test_no_pay_is_worked_out_for_a_made_up_grade_and_a_made_up_table_is_none(recruiter: Visitor, least, made_up: str):
    shown = {"grade_id": "Choose a grade to see the pay.", "pay_table_id": "£28,672 to £36,922 a year"}
    for name, words in shown.items():
        page = recruiter.submit(NEW, {**least, name: made_up, "again": "pay"}, status=200)

        assert page.select_one(".govuk-inset-text").text.strip().splitlines()[0] == words
        assert _errors(page) == []


def test_pay_is_worked_out_before_anything_is_saved(recruiter: Visitor, least):
    page = recruiter.submit(NEW, {**least, "weekly_hours": "18.5", "again": "pay"}, status=200)

    assert " ".join(page.select_one(".govuk-inset-text").get_text(" ").split()) == (
        "£28,672 to £36,922 a year Points 24 to 33, pay table of 1 April 2020"
        " £14,336 to £18,461 a year for 18.5 hours a week"
    )
    assert db.session.scalar(select(func.count()).select_from(Vacancy)) == 0


def test_extra_fields_change_nothing(recruiter: Visitor, least, other_team):
    sent = {
        "status": "published",
        "salary_min_pence": "1",
        "reference": "CSW-7777",
        "slug": "x",
        "published_at": "2020-01-01",
    }
    recruiter.submit(NEW, {**least, **sent, "version": "77", "author_id": "1"})

    vacancy = _only()

    assert (vacancy.reference, vacancy.slug) == ("CSW-0001", "social-worker-0001")
    assert (vacancy.status, vacancy.salary_min_pence, vacancy.published_at) == (VacancyStatus.DRAFT, None, None)
    assert (vacancy.author_id, vacancy.version) == (recruiter.user.id, 1)
    assert _errors(recruiter.submit(NEW, {**least, "team_id": str(other_team.id)}, status=200)) == ["Select a team"]


def test_the_second_of_two_is_told_and_keeps_what_they_typed(recruiter: Visitor, mine, visit_as):
    vacancy = mine()
    colleague = factories.UserFactory(name="Kim Lowe", roles=["recruiter"])
    factories.TeamMemberFactory(team_id=recruiter.team.id, user_id=colleague.id)
    seen = recruiter.get(_path(vacancy)).select_one("[name=version]")["value"]
    visit_as(colleague).submit(_path(vacancy), {"title": "Theirs"})

    page = recruiter.submit(_path(vacancy), {"title": "Mine", "version": seen}, status=409)

    assert _errors(page)[0].startswith("Kim Lowe saved this vacancy at ")
    assert page.select_one("#title")["value"] == "Mine"
    assert _only().title == "Theirs"
    recruiter.submit(_path(vacancy), {"title": "Mine after all", "version": page.select_one("[name=version]")["value"]})
    assert _only().title == "Mine after all"


def test_a_published_vacancy_offers_its_wording_only(recruiter: Visitor, mine):
    vacancy = mine(published=True, contact_role="Manager", contact_email="a@demo.example")

    page = recruiter.get(_path(vacancy))

    names = {control["name"].partition("-")[0] for control in page.select("main [name]")}
    assert names == {
        "csrf_token", "version", "title", "summary", "description", "workplace", "hybrid", "caseload_typical",
        "caseload_maximum", "caseload_of", "supervision", "promise_source", "promise_as_of", "contact_role",
        "contact_times", "contact_email", "contact_phone", "interview_on",
    }  # fmt: skip


def test_terms_sent_for_a_published_vacancy_change_nothing(recruiter: Visitor, mine):
    vacancy = mine(published=True, contact_role="Manager", contact_email="a@demo.example")
    before = (vacancy.grade_id, vacancy.weekly_hours, vacancy.closes_at, [line.text for line in vacancy.criteria])

    recruiter.submit(
        _path(vacancy),
        {
            "title": "New words",
            "grade_id": "1",
            "weekly_hours": "1",
            "essential": ["x"],
            **_day("closes_on", "2030-01-01"),
        },
    )

    after = _only()
    assert after.title == "New words"
    assert (after.grade_id, after.weekly_hours, after.closes_at, [line.text for line in after.criteria]) == before


def test_a_published_vacancy_must_stay_whole(recruiter: Visitor, mine):
    vacancy = mine(published=True, contact_role="Manager", contact_email="a@demo.example")

    page = recruiter.submit(_path(vacancy), {"summary": "", "contact_email": "", "supervision": "weekly"}, status=200)

    assert _errors(page) == [
        "Enter the summary",
        "Enter where the figures for caseload and supervision come from",
        "Enter the date of the figures for caseload and supervision",
        "Enter an email address or a phone number for an informal chat",
    ]
    assert _only().summary == "Work with children and their families."


def test_any_vacancy_can_be_copied(recruiter: Visitor, mine):
    vacancy = mine(title="Again", published=True)

    recruiter.post(_path(vacancy, "copy"))

    assert recruiter.follow().select_one("#title")["value"] == "Again"
    recruiter.get(_path(vacancy, "copy"), status=405)


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_however_much_it_offers(recruiter: Visitor, mine, queries: list[str], count: int):
    for number in range(count):
        factories.GradeFactory(code=f"grade-{number}")
    vacancy = mine()
    queries.clear()

    recruiter.get(_path(vacancy))

    # The session and the teams; the vacancy and its criteria; the choices of team, grade and pay table; the pay.
    assert len(queries) == 9, queries


ODD = st.text(max_size=60) | st.sampled_from(
    ["\x00", "\ud800", "9" * 40, "-1", "NaN", "<script>", "\u202eabc", "²", "1e999"]
)
NAMES = (
    "title", "team_id", "posts", "summary", "description", "grade_id", "pay_table_id", "full_time", "weekly_hours",
    "contract", "fixed_term_months", "has_welcome_payment", "essential", "desirable", "caseload_typical",
    "caseload_maximum", "promise_as_of-day", "promise_as_of-year", "contact_email", "contact_phone", "opening",
    "opens_on-day", "closes_on-day", "closes_on-month", "closes_on-year", "closing_time", "interview_on-day", "version",
    "again", "then", "essential-²-text",
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(st.sampled_from(NAMES), ODD | st.lists(ODD, max_size=3), max_size=12))
def test_nothing_that_is_typed_breaks_the_form(recruiter: Visitor, least, sent: dict[str, Any]):
    token = getattr(recruiter, "kept_token", None) or recruiter.token()
    recruiter.kept_token = token
    sent = {name: _sendable(value) for name, value in {**least, **sent}.items()}

    answer = recruiter.client.post(NEW, data={"csrf_token": token, "full_time": "y", **sent})

    assert answer.status_code in (200, 302)


def _sendable(value: Any) -> Any:
    """A lone surrogate cannot be sent as UTF-8; what a broken client sends instead can."""
    if isinstance(value, list):
        return [_sendable(item) for item in value]
    return value.encode("utf-8", "replace").decode()
