"""Writing vacancies part by part: drafts, copies, changes."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

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
WEEKS = "Paid weeks must be between 20 and 52. Leave it empty for all of the year"
SKIPPED = "Clocks go forward over that time: choose another"


def _errors(page: Any) -> list[str]:
    return [link.get_text(strip=True) for link in page.select(".govuk-error-summary__list li")]


@pytest.fixture
def least(recruiter: Visitor) -> dict[str, Any]:
    """The least that makes a draft."""
    factories.PayTableFactory()
    return {"title": "Social worker", "grade_id": str(factories.GradeFactory().id)}


def _day(name: str, day: str) -> dict[str, str]:
    year, month, number = day.split("-")
    return {f"{name}-day": number, f"{name}-month": month, f"{name}-year": year}


def _path(vacancy: Vacancy, end: str = "edit/post") -> str:
    return f"/recruiter/vacancies/{vacancy.reference}/{end}"


def _only() -> Vacancy:
    db.session.rollback()
    return db.session.scalars(select(Vacancy)).one()


def test_a_title_a_team_and_a_grade_make_a_draft_and_lead_to_the_next_part(recruiter: Visitor, least):
    recruiter.submit(NEW, {**least, "driving_required": "y"})

    assert recruiter.follow().h1.get_text() == "Pay and hours"
    vacancy = _only()
    assert vacancy.driving_required
    assert "Yes, or adjustments" in recruiter.get(_path(vacancy, "send")).text
    assert (vacancy.reference, vacancy.title, vacancy.team_id) == ("CSW-0001", "Social worker", recruiter.team.id)
    assert (vacancy.status, vacancy.weekly_hours, vacancy.contract) == (VacancyStatus.DRAFT, 37, Contract.PERMANENT)


def test_nothing_but_the_least_is_asked_for(recruiter: Visitor, mine):
    page = recruiter.submit(NEW, {"title": " \x00 ", "posts": ""}, status=200)

    assert _errors(page) == ["Enter the title", "Select a grade", "Enter the number of posts"]
    assert page.title.get_text().startswith("Error: ")
    page = recruiter.submit(_path(mine(), "edit/pay"), {"weekly_hours": "", "full_time": []}, status=200)
    assert _errors(page) == ["Select full time, part time or job share", "Enter the hours a week"]


@pytest.mark.parametrize(
    ("part", "typed", "message"),
    [
        ("post", {"team_id": "999"}, "Select a team"),
        ("post", {"team_id": "²"}, "Select a team"),
        ("post", {"grade_id": "9" * 30}, "Select a grade"),
        ("post", {"posts": " "}, "Enter the number of posts"),
        ("pay", {"weekly_hours": " "}, "Enter the hours a week"),
        ("post", {"posts": "-1"}, "Posts must be a whole number, like 1"),
        ("post", {"posts": "51"}, "Posts must be between 1 and 50"),
        ("post", {"posts": "٣"}, "Posts must be a whole number, like 1"),
        ("post", {"title": "x" * 201}, "Title must be 200 characters or fewer"),
        ("work", {"summary": "x" * 301}, "Summary must be 300 characters or fewer"),
        ("pay", {"weekly_hours": "37.5"}, "Hours a week must be more than 0 and at most 37"),
        ("pay", {"weekly_hours": "22.2"}, "Hours a week must be 37 while full time is selected"),
        ("pay", {"paid_weeks": "19.99"}, WEEKS),
        ("pay", {"paid_weeks": "52.1"}, WEEKS),
        ("pay", {"paid_weeks": "-44"}, "Paid weeks must be a number, like 44.6"),
        ("pay", {"weekly_hours": "-22.2"}, "Hours a week must be more than 0 and at most 37"),
        ("pay", {"weekly_hours": "0"}, "Hours a week must be more than 0 and at most 37"),
        ("pay", {"weekly_hours": "NaN"}, "Hours a week must be a number, like 37 or 22.2"),
        ("pay", {"weekly_hours": "1e9"}, "Hours a week must be a number, like 37 or 22.2"),
        ("pay", {"contract": "zero_hours"}, "Select the contract"),
        ("pay", {"contract": "fixed_term"}, "Enter how many months the contract is for"),
        ("pay", {"contract": "fixed_term", "fixed_term_months": "61"}, "Months must be between 1 and 60"),
        ("work", {"caseload_typical": "18", "caseload_maximum": "15"}, TOO_FEW_CASES),
        ("work", {"caseload_typical": "0"}, "Typical caseload must be between 1 and 200"),
        ("work", {"promise_as_of-day": "31", "promise_as_of-month": "2", "promise_as_of-year": "2026"}, NOT_REAL),
        ("dates", {"contact_email": "nobody"}, "Enter an email address in the correct format, like name@example.com"),
        ("dates", {"contact_phone": "ring me"}, WRONG_PHONE),
        ("dates", {"opening": "never"}, "Select when it opens"),
        ("dates", {"opening": "later"}, "Enter the opening date"),
        ("dates", {**_day("closes_on", "2027-4-31")}, "Closing date must be a real date"),
        ("dates", {"closing_time": "5pm"}, "Enter the closing date beside the closing time"),
        ("dates", {"closing_time": "teatime"}, "Closing time must be a time, like 5pm or 11:59pm"),
        ("dates", {"opening": "later", **_day("opens_on", "2027-05-10"), **_day("closes_on", "2027-05-09")}, TOO_SOON),
        ("dates", {**_day("closes_on", "2027-05-09"), **_day("interview_on", "2027-05-09")}, NO_INTERVIEW),
        ("dates", {**_day("closes_on", "2027-05-09"), "closing_time": "12am"}, MIDNIGHT),
        ("dates", {**_day("closes_on", "2027-03-28"), "closing_time": "1:30am"}, SKIPPED),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(recruiter: Visitor, mine, part, typed, message):
    vacancy = mine()
    before = vacancy.version

    page = recruiter.submit(_path(vacancy, f"edit/{part}"), typed, status=200)

    assert _errors(page) == [message]
    assert page.select_one(".govuk-error-summary__list a")["href"].removeprefix("#") in [
        tag["id"] for tag in page.select("[id]")
    ]
    for name, text in typed.items():
        if (box := page.select_one(f"input#{name}[type=text]")) is not None:
            assert box["value"] == text.strip()
    assert _only().version == before


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("", ""), ("5pm", "5pm"), ("5.30 p.m.", "5:30pm"), ("17:05", "5:05pm"), ("midday", "12pm"), ("11:59pm", "")],
)
def test_what_is_saved_is_what_the_form_shows_again(recruiter: Visitor, mine, typed: str, shown: str):
    path = _path(mine(), "edit/dates")
    dates = {**_day("closes_on", "2027-05-09"), **_day("opens_on", "2027-04-09"), "opening": "later"}
    recruiter.submit(path, {**dates, "closing_time": typed})

    page = recruiter.get(path)

    assert page.select_one("#closing_time")["value"] == shown
    assert [page.select_one(f"#closes_on-{part}")["value"] for part in ("day", "month", "year")] == ["9", "5", "2027"]
    assert [page.select_one(f"#opens_on-{part}")["value"] for part in ("day", "month", "year")] == ["9", "4", "2027"]
    recruiter.submit(path)
    assert recruiter.get(path).select_one("#closing_time")["value"] == shown


def test_one_part_changes_no_other(recruiter: Visitor, mine):
    factories.PayTableFactory()
    vacancy = mine(summary="Kept", closes_at=datetime(2027, 5, 9, 22, 59, tzinfo=UTC), hybrid="2 days")
    sent = {
        "full_time": [],
        "part_time": "y",
        "weekly_hours": "22.20",
        "contract": "fixed_term",
        "fixed_term_months": "9",
    }

    recruiter.submit(_path(vacancy, "edit/pay"), sent)

    after = _only()
    assert (after.summary, after.hybrid, after.closes_at) == (
        "Kept",
        "2 days",
        datetime(2027, 5, 9, 22, 59, tzinfo=UTC),
    )
    assert (after.weekly_hours, after.full_time, after.part_time, after.fixed_term_months) == (
        Decimal("22.2"),
        False,
        True,
        9,
    )
    assert [line.text for line in after.criteria][0] == "Assesses the needs of children"
    assert recruiter.get(_path(vacancy, "edit/pay")).select_one("#weekly_hours")["value"] == "22.2"


def _statuses(page: Any) -> dict[str, str]:
    return {
        item.select_one("a").get_text(): " ".join(item.select_one(".govuk-task-list__status").get_text().split())
        for item in page.select(".govuk-task-list__item")
    }


def test_the_overview_says_how_far_each_part_is_and_goes_on_with_the_next(recruiter: Visitor, least):
    recruiter.submit(NEW, least)
    vacancy = _only()
    recruiter.submit(_path(vacancy, "edit/pay"))
    recruiter.submit(_path(vacancy, "edit/work"), {"summary": "Meet families.", "then": "later"})

    page = recruiter.get(_path(vacancy, "edit"))

    assert _statuses(page) == {
        "The post and its team": "There is a problem",
        "Pay and hours": "Completed",
        "About the work": "In progress",
        "Person specification": "Not started",
        "Dates and contact": "Not started",
        "Documents": "Optional",
    }
    assert page.select_one(".govuk-task-list__hint").get_text() == "Enter the workplace"
    assert page.select_one(".form__actions .govuk-button").get_text() == "Go on with: The post and its team"
    recruiter.submit(_path(vacancy, "edit/post"), {"workplace": "Civic Centre"})
    assert recruiter.follow().h1.get_text() == "About the work"


def test_saving_often_is_one_line_of_what_happened(recruiter: Visitor, mine, visit_as):
    vacancy = mine()
    colleague = factories.UserFactory(roles=["recruiter"])
    factories.TeamMemberFactory(team_id=recruiter.team.id, user_id=colleague.id)
    for who, title in ((recruiter, "A"), (recruiter, "B"), (visit_as(colleague), "C"), (recruiter, "D")):
        who.submit(_path(vacancy), {"title": title})

    page = recruiter.get(f"/recruiter/vacancies/{vacancy.reference}")

    assert [title.get_text() for title in page.select("#history + ol .timeline__title")] == [
        "Draft saved", "Draft saved", "Draft saved 2 times",
    ]  # fmt: skip


def test_whoever_comes_back_to_a_part_reads_what_it_lacks(recruiter: Visitor, mine):
    path = _path(mine(description="", contact_role="Manager"), "edit/work")
    assert "this part needs" not in recruiter.get(path).get_text()
    recruiter.submit(path, {"supervision": "every 4 weeks", "promise_source": "A report", "description": " "})

    links = recruiter.get(path).select(".govuk-inset-text a")

    assert [(link.get_text(), link["href"]) for link in links] == [
        ("Enter the description", "#description"),
        ("Enter the date of the figures for caseload and supervision", "#promise_as_of-day"),
    ]


def test_what_cannot_be_saved_yet_is_kept_as_typed_and_resumed(recruiter: Visitor, mine, visit_as):
    vacancy = mine(summary="Before", closes_at=None, contact_role="Manager", contact_email="a@demo.example")
    typed = {**_day("closes_on", "2027-13-40"), "contact_email": "team at demo", "then": "later"}

    recruiter.submit(_path(vacancy, "edit/dates"), typed)

    assert "What you typed is kept as it is." in recruiter.follow().get_text()
    assert _only().contact_email == "a@demo.example"
    assert _statuses(recruiter.get(_path(vacancy, "edit")))["Dates and contact"] == "In progress"
    colleague = factories.UserFactory(roles=["recruiter"])
    factories.TeamMemberFactory(team_id=recruiter.team.id, user_id=colleague.id)
    page = visit_as(colleague).get(_path(vacancy, "edit/dates"))
    assert [page.select_one(f"#closes_on-{part}")["value"] for part in ("day", "month")] == ["40", "13"]
    assert page.select_one("#contact_email")["value"] == "team at demo"
    assert "It is not saved yet" in page.get_text()
    assert "Finish “Dates and contact”" in recruiter.get(_path(vacancy, "send")).get_text()
    recruiter.submit(
        _path(vacancy, "edit/dates"), {**_day("closes_on", "2027-05-09"), "contact_email": "b@demo.example"}
    )
    assert _only().contact_email == "b@demo.example"
    assert "Finish “Dates" not in recruiter.get(_path(vacancy, "send")).get_text()


def test_what_somebody_else_kept_as_typed_is_not_overwritten(recruiter: Visitor, mine, visit_as):
    vacancy = mine()
    colleague = factories.UserFactory(name="Kim Lowe", roles=["recruiter"])
    factories.TeamMemberFactory(team_id=recruiter.team.id, user_id=colleague.id)
    path, later = _path(vacancy, "edit/dates"), {"then": "later"}
    seen = recruiter.get(path).select_one("[name=version]")["value"]
    visit_as(colleague).submit(path, {"contact_email": "team at theirs", **later})

    page = recruiter.submit(path, {"contact_email": "team at mine", "version": seen, **later}, status=409)

    assert any(error.startswith("Kim Lowe saved this vacancy at ") for error in _errors(page))
    assert page.select_one("#contact_email")["value"] == "team at mine"
    assert recruiter.get(path).select_one("#contact_email")["value"] == "team at theirs"
    assert "Kept what was typed" in recruiter.get(_path(vacancy, "")).get_text()


def test_a_part_opened_from_the_check_page_leads_back_to_it(recruiter: Visitor, mine):
    vacancy = mine()
    link = recruiter.get(_path(vacancy, "send")).select_one("a[href$='#closes_on-day']")["href"].partition("#")[0]

    recruiter.submit(link, _day("closes_on", "2027-05-09"))

    assert recruiter.response.headers["Location"] == _path(vacancy, "send")


@pytest.mark.parametrize("made_up", ["abc", "-1", "0", "9" * 9, "9" * 23, "1.5", "١", "\x00"])
def test_a_made_up_pay_table_is_none(recruiter: Visitor, mine, made_up: str):
    factories.PayTableFactory()

    page = recruiter.submit(_path(mine(), "edit/pay"), {"pay_table_id": made_up, "again": "pay"}, status=200)

    assert page.select_one(".govuk-inset-text").text.strip().splitlines()[0] == "£28,672 to £36,922 a year"
    assert _errors(page) == []


def test_pay_is_worked_out_before_anything_is_saved(recruiter: Visitor, mine):
    factories.PayTableFactory()

    page = recruiter.submit(_path(mine(), "edit/pay"), {"weekly_hours": "18.5", "again": "pay"}, status=200)

    assert " ".join(page.select_one(".govuk-inset-text").get_text(" ").split()) == (
        "£28,672 to £36,922 a year Points 24 to 33, pay table of 1 April 2020"
        " £14,336 to £18,461 a year for 18.5 hours a week"
    )
    assert _only().weekly_hours == 37


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


def test_what_was_typed_into_a_draft_that_a_colleague_deleted_comes_back(recruiter: Visitor, mine, visit_as):
    vacancy = mine()
    colleague = factories.UserFactory(roles=["recruiter"])
    factories.TeamMemberFactory(team_id=recruiter.team.id, user_id=colleague.id)
    seen = recruiter.get(_path(vacancy)).select_one("[name=version]")["value"]
    visit_as(colleague).submit(f"/recruiter/vacancies/{vacancy.reference}/cancel")

    page = recruiter.post(_path(vacancy), {"title": "Mine", "version": seen}, status=404)

    assert "It is not saved. Copy what you want to keep" in page.get_text()
    assert page.select_one("main textarea").get_text(strip=True) == "Mine"


def test_a_published_vacancy_offers_its_wording_only(recruiter: Visitor, mine):
    vacancy = mine(published=True, contact_role="Manager", contact_email="a@demo.example")

    parts = [link["href"] for link in recruiter.get(_path(vacancy, "edit")).select("main ul a")]
    names = {
        control["name"].partition("-")[0] for part in parts for control in recruiter.get(part).select("main [name]")
    }

    assert names == {
        "csrf_token", "version", "title", "summary", "description", "workplace", "hybrid", "caseload_typical",
        "caseload_maximum", "caseload_of", "supervision", "promise_source", "promise_as_of", "contact_role",
        "contact_times", "contact_email", "contact_phone", "interview_on",
    }  # fmt: skip
    recruiter.get(_path(vacancy, "edit/pay"), status=409)


def test_terms_sent_for_a_published_vacancy_change_nothing(recruiter: Visitor, mine):
    vacancy = mine(published=True, contact_role="Manager", contact_email="a@demo.example")
    before = (vacancy.grade_id, vacancy.weekly_hours, vacancy.closes_at, vacancy.posts)

    recruiter.submit(_path(vacancy), {"title": "New words", "grade_id": "1", "weekly_hours": "1", "posts": "9"})
    recruiter.submit(_path(vacancy, "edit/dates"), {**_day("closes_on", "2030-01-01"), "opening": "now"})

    after = _only()
    assert after.title == "New words"
    assert (after.grade_id, after.weekly_hours, after.closes_at, after.posts) == before


def test_a_published_vacancy_must_stay_whole(recruiter: Visitor, mine):
    vacancy = mine(published=True, contact_role="Manager", contact_email="a@demo.example")

    page = recruiter.submit(_path(vacancy, "edit/work"), {"summary": "", "supervision": "weekly"}, status=200)

    assert _errors(page) == [
        "Enter the summary",
        "Enter where the figures for caseload and supervision come from",
        "Enter the date of the figures for caseload and supervision",
    ]
    page = recruiter.submit(_path(vacancy, "edit/dates"), {"contact_email": ""}, status=200)
    assert _errors(page) == ["Enter an email address or a phone number for an informal chat"]
    assert _only().summary == "Work with children and their families."


def test_any_vacancy_can_be_copied_and_each_part_is_to_be_checked(recruiter: Visitor, mine):
    vacancy = mine(title="Again", published=True)

    recruiter.post(_path(vacancy, "copy"))

    page = recruiter.follow()
    assert "Again" in page.select_one(".govuk-caption-l").get_text()
    assert set(_statuses(page).values()) == {"Check it", "Optional"}
    assert "4 of 5 parts are filled in, 4 of them from before: look through them." in page.text
    assert "Enter who candidates can talk to" in page.select_one(".govuk-task-list").text
    recruiter.get(_path(vacancy, "copy"), status=302)  # to the vacancy: only the button copies


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("end", "number"), [("edit/post", 7), ("edit/pay", 7), ("edit", 6)])
def test_a_page_costs_the_same_however_much_it_offers(
    recruiter: Visitor, mine, queries: list[str], end: str, number: int, count: int
):
    for place in range(count):
        factories.GradeFactory(code=f"grade-{place}")
    vacancy = mine()
    queries.clear()

    recruiter.get(_path(vacancy, end))

    # The session and the teams; the vacancy and its criteria; its parts; the choices of the form; the pay.
    assert len(queries) == number, queries


ODD = st.text(max_size=60) | st.sampled_from(
    ["\x00", "\ud800", "9" * 40, "-1", "NaN", "<script>", "\u202eabc", "²", "1e999"]
)
NAMES = (
    "title", "team_id", "posts", "summary", "description", "grade_id", "pay_table_id", "full_time", "weekly_hours",
    "contract", "fixed_term_months", "has_welcome_payment", "caseload_typical", "caseload_maximum",
    "promise_as_of-day", "promise_as_of-year", "contact_email", "contact_phone", "opening", "opens_on-day",
    "closes_on-day", "closes_on-month", "closes_on-year", "closing_time", "interview_on-day", "again", "title-²",
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    part=st.sampled_from(["post", "pay", "work", "dates"]),
    later=st.booleans(),
    sent=st.dictionaries(st.sampled_from(NAMES), ODD | st.lists(ODD, max_size=3), max_size=12),
)
def test_nothing_that_is_typed_breaks_a_part_or_is_lost(recruiter: Visitor, mine, part, later, sent: dict[str, Any]):
    vacancy = getattr(recruiter, "kept_vacancy", None) or mine()
    token = getattr(recruiter, "kept_token", None) or recruiter.token()
    recruiter.kept_token, recruiter.kept_vacancy = token, vacancy
    path = f"/recruiter/vacancies/{vacancy.reference}/edit/{part}"
    fields = {name: _sendable(value) for name, value in sent.items()} | ({"then": "later"} if later else {})

    version = _only().version
    answer = recruiter.client.post(path, data={"csrf_token": token, "version": str(version), **fields})

    assert answer.status_code in ({302} if later and "again" not in fields else {200, 302})
    assert recruiter.client.get(path).status_code == 200


def _sendable(value: Any) -> Any:
    """A lone surrogate cannot be sent as UTF-8; what a broken client sends instead can."""
    if isinstance(value, list):
        return [_sendable(item) for item in value]
    return value.encode("utf-8", "replace").decode()
