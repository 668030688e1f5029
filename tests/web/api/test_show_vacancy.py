"""One vacancy of the API, and how every refusal there is JSON."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy.exc import OperationalError

from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyEvent
from recruit.web.api import views
from tests.factories import TeamFactory, VacancyFactory
from tests.visitor import Visitor

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ONE = "/api/v1/vacancies/CSW-0042"


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


def published(**kwargs) -> Vacancy:
    times = {"opens_at": NOW - DAY, "closes_at": datetime(2026, 5, 28, 23, 0, tzinfo=UTC)}
    return VacancyFactory(published=True, **{**times, "reference": "CSW-0042", "slug": "this", **kwargs})


def test_it_gives_what_the_page_shows_and_no_more(visitor: Visitor):
    published(
        title="Social worker",
        description="You **listen**. <script>alert(1)</script>",
        team=TeamFactory(name="Fostering team", slug="fostering"),
        contact_role="Team manager",
        contact_email="somebody@people.example",
        contact_phone="01632 960 100",
        interview_on=date(2026, 6, 18),
        hybrid="2 days at home",
        posts=2,
    )

    assert visitor.client.get(ONE).get_json() == {
        "licence": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "reference": "CSW-0042",
        "title": "Social worker",
        "url": "http://localhost/jobs/this",
        "api_url": f"http://localhost{ONE}",
        "status": "open",
        "team": {"slug": "fostering", "name": "Fostering team"},
        "grade": {"code": "social-worker", "title": "Social worker"},
        "workplace": "Civic Centre, Middlesbrough",
        "salary": {"minimum": 28672, "maximum": 36922, "currency": "GBP", "per": "year", "basis": "full time"},
        "salary_of_post": {"minimum": 28672, "maximum": 36922, "currency": "GBP", "per": "year"},
        "other_payments": [],
        "welcome_payment": None,
        "weekly_hours": 37.0,
        "paid_weeks": None,
        "full_time": True,
        "part_time": False,
        "job_share": False,
        "contract": "permanent",
        "newly_qualified": False,
        "opens_at": "2026-05-11T10:00:00+01:00",
        "closes_at": "2026-05-28T23:59:00+01:00",
        "summary": "Work with children and their families.",
        "description_html": ("<p>You <strong>listen</strong>. &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        "essential_criteria": ["Assesses the needs of children", "Works with risk"],
        "desirable_criteria": ["Knows the family court"],
        "fixed_term_months": None,
        "posts": 2,
        "working_from_home": "2 days at home",
        "registration_required": True,
        "driving_required": False,
        "interview_on": "2026-06-18",
    }


def test_what_is_over_says_so(visitor: Visitor, session):
    published(closes_at=NOW)
    cancelled = published(reference="CSW-0043", slug="other", status=VacancyStatus.CANCELLED)
    session.add(VacancyEvent(vacancy_id=cancelled.id, source="published", target="cancelled", reason="Secret", at=NOW))
    session.commit()

    answers = [visitor.client.get(f"/api/v1/vacancies/{reference}") for reference in ("CSW-0042", "CSW-0043")]

    assert [answer.get_json()["status"] for answer in answers] == ["closed", "cancelled"]
    assert "Secret" not in answers[1].text


@pytest.mark.parametrize(
    "reference", ["CSW-0001", "CSW-0044", "CSW-0045", "csw-0042", "CSW-42", "this", "9" * 300, "%00", "CSW-%D9%A1234"]
)
def test_what_is_not_public_is_not_there(visitor: Visitor, reference: str):
    published()
    VacancyFactory(reference="CSW-0044")
    published(reference="CSW-0045", slug="later", opens_at=NOW + timedelta(seconds=1))

    answer = visitor.client.get(f"/api/v1/vacancies/{reference}")

    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "There is no vacancy at this address.",
    }


def test_what_is_gone_says_so(visitor: Visitor):
    published(opens_at=NOW - 200 * DAY, closes_at=NOW - 90 * DAY)

    answer = visitor.client.get(ONE)

    assert (answer.status_code, answer.content_type) == (410, "application/problem+json")
    assert answer.get_json()["detail"] == "This vacancy ended so long ago that it is no longer shown."


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/", 404),
        ("POST", "/api/v1/vacancies", 405),
        ("DELETE", ONE, 405),
        ("TRACE", "/api/v1/openapi.json", 405),
    ],
)
def test_every_refusal_is_json(visitor: Visitor, method: str, path: str, status: int):
    answer = visitor.client.open(path, method=method)

    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.get_json()["status"] == status
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert (answer.headers.get("Allow") is not None) == (status == 405)


@pytest.mark.parametrize(
    ("fault", "status"), [(OperationalError("select", {}, Exception("away")), 503), (ValueError("broken"), 500)]
)
def test_a_fault_is_json_too(
    visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
):
    def fail(*_args, **_kwargs):
        raise fault

    monkeypatch.setattr(views, "public_slug", fail)
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    answer = visitor.client.get(ONE)

    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert answer.get_json()["detail"] == "The service cannot answer just now."


def test_a_browser_may_ask_first(visitor: Visitor):
    sent = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}

    answer = visitor.client.options("/api/v1/vacancies", headers=sent)

    names = ("Access-Control-Allow-Origin", "Access-Control-Allow-Methods", "Access-Control-Allow-Headers")
    assert [answer.headers.get(name) for name in names] == [
        "*",
        "GET, HEAD, OPTIONS",
        "If-None-Match, If-Modified-Since",
    ]
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("criteria", [1, 3])
def test_it_costs_four_queries_and_then_none(visitor: Visitor, queries: list[str], criteria: int):
    for number in range(criteria):
        published(reference=f"CSW-004{number}", slug=f"v-{number}")
    visitor.get("/jobs")
    counts = []
    for _ in range(2):
        queries.clear()
        assert visitor.client.get("/api/v1/vacancies/CSW-0040").status_code == 200
        counts.append(len([query for query in queries if "counter" not in query]))

    assert counts == [4, 0]


def test_somebody_signed_in_is_answered_as_everybody(candidate: Visitor, visitor: Visitor):
    published()

    assert candidate.client.get(ONE).get_json() == visitor.client.get(ONE).get_json()
