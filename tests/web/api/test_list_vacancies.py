"""The list of the API: its literal answer, pages, filters, refusals, marks."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from flask import Flask

from recruit.rules import limits
from recruit.vacancies.models import Contract, Vacancy
from tests.factories import TeamFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LIST = "/api/v1/vacancies"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


def published(**kwargs) -> Vacancy:
    times = {"opens_at": NOW - DAY, "closes_at": datetime(2026, 5, 28, 23, 0, tzinfo=UTC)}
    return VacancyFactory(published=True, **{**times, **kwargs})


def titles(visitor: Visitor, path: str) -> list[str]:
    answer = visitor.client.get(path)
    assert answer.status_code == 200, answer.text
    return [vacancy["title"] for vacancy in answer.get_json()["vacancies"]]


def test_it_gives_what_a_card_of_the_page_shows_and_no_more(visitor: Visitor):
    published(
        reference="CSW-0042",
        slug="this",
        title="Social worker",
        team=TeamFactory(name="Fostering team", slug="fostering"),
        welcome=WelcomeSchemeVersionFactory(),
        weekly_hours=Decimal("22.2"),
        full_time=False,
        part_time=True,
        contact_email="somebody@people.example",
    )

    answer = visitor.client.get(LIST)

    assert answer.get_json() == {
        "licence": LICENCE,
        "total": 1,
        "page": 1,
        "pages": 1,
        "next": None,
        "previous": None,
        "vacancies": [
            {
                "reference": "CSW-0042",
                "title": "Social worker",
                "url": "http://localhost/jobs/this",
                "api_url": "http://localhost/api/v1/vacancies/CSW-0042",
                "status": "open",
                "team": {"slug": "fostering", "name": "Fostering team"},
                "grade": {"code": "social-worker", "title": "Social worker"},
                "workplace": "Civic Centre, Middlesbrough",
                "salary": {
                    "minimum": 28672,
                    "maximum": 36922,
                    "currency": "GBP",
                    "per": "year",
                    "basis": "full time",
                },
                "salary_of_post": {"minimum": 17203, "maximum": 22153, "currency": "GBP", "per": "year"},
                "welcome_payment": 5000,
                "weekly_hours": 22.2,
                "paid_weeks": None,
                "full_time": False,
                "part_time": True,
                "job_share": False,
                "contract": "permanent",
                "newly_qualified": False,
                "opens_at": "2026-05-11T10:00:00+01:00",
                "closes_at": "2026-05-28T23:59:00+01:00",
            }
        ],
    }
    assert (answer.content_type, answer.headers["Link"]) == ("application/json", f'<{LICENCE}>; rel="license"')


def test_it_has_the_open_ones_newest_first(visitor: Visitor):
    published(title="Older", opens_at=NOW - 2 * DAY)
    published(title="Newer")
    published(title="Closed", closes_at=NOW)
    published(title="Later", opens_at=NOW + DAY)
    VacancyFactory(title="Draft")

    assert titles(visitor, LIST) == ["Newer", "Older"]
    assert titles(visitor, f"{LIST}?sort=closing") == ["Newer", "Older"]


def test_pages_lead_to_each_other(visitor: Visitor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "API_VACANCIES_A_PAGE", 2)
    for number in range(5):
        published(title=f"V{number}", opens_at=NOW - (number + 1) * DAY)
    found = []
    address = f"{LIST}?hours=full_time"
    while address:
        answer = visitor.client.get(address).get_json()
        found.append((answer["page"], answer["pages"], answer["total"], [one["title"] for one in answer["vacancies"]]))
        address = (answer["next"] or "").removeprefix("http://localhost")

    assert found == [(1, 3, 5, ["V0", "V1"]), (2, 3, 5, ["V2", "V3"]), (3, 3, 5, ["V4"])]
    middle = visitor.client.get(f"{LIST}?hours=full_time&page=2")
    first = "http://localhost/api/v1/vacancies?hours=full_time"
    assert (middle.get_json()["next"], middle.get_json()["previous"]) == (f"{first}&page=3", first)
    assert middle.headers["Link"] == f'<{LICENCE}>; rel="license", <{first}&page=3>; rel="next", <{first}>; rel="prev"'


def test_a_page_after_the_last_is_empty(visitor: Visitor):
    published()

    answer = visitor.client.get(f"{LIST}?page=2").get_json()

    assert (answer["vacancies"], answer["total"], answer["page"], answer["pages"]) == ([], 1, 2, 1)
    assert (answer["next"], answer["previous"]) == (None, None)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=fostering", ["Fostering"]),
        ("q=", ["Fostering", "Court"]),
        ("grade=social-worker", ["Fostering", "Court"]),
        ("team=a&team=b", ["Fostering", "Court"]),
        ("team=b", ["Court"]),
        ("team=b&team=b", ["Court"]),
        ("contract=secondment", ["Court"]),
        ("hours=part_time", ["Court"]),
        ("salary_min=40000", ["Court"]),
        ("newly_qualified=1", ["Fostering"]),
        ("welcome_payment=1", ["Court"]),
        ("closing_within=7", ["Court"]),
        ("sort=salary", ["Court", "Fostering"]),
        ("sort=closing", ["Court", "Fostering"]),
        ("sort=relevance", ["Fostering", "Court"]),
    ],
)
def test_it_takes_the_filters_of_the_list_page(visitor: Visitor, query: str, expected: list[str]):
    published(title="Fostering", team=TeamFactory(slug="a"), newly_qualified=True)
    published(
        title="Court", team=TeamFactory(slug="b"), contract=Contract.SECONDMENT, part_time=True,
        salary_max_pence=45_000_00, welcome=WelcomeSchemeVersionFactory(), opens_at=NOW - 2 * DAY,
        closes_at=NOW + 3 * DAY,
    )  # fmt: skip

    assert titles(visitor, f"{LIST}?{query}") == expected


@pytest.mark.parametrize(
    ("query", "name", "detail"),
    [
        ("page=0", "page", "Give a whole number from 1 to 10000."),
        ("page=10001", "page", "Give a whole number from 1 to 10000."),
        ("page=01", "page", "Give a whole number from 1 to 10000."),
        ("page=", "page", "Give a whole number from 1 to 10000."),
        ("page=%D9%A1", "page", "Give a whole number from 1 to 10000."),
        ("page=1&page=2", "page", "Give one value at most."),
        ("salary_min=-1", "salary_min", "Give a whole number from 1 to 1000000."),
        ("salary_min=9999999", "salary_min", "Give a whole number from 1 to 1000000."),
        ("salary_min=1&salary_min=2", "salary_min", "Give one value at most."),
        ("grade=none", "grade", "It can be: social-worker."),
        ("team=", "team", "It can be: fostering."),
        ("team=fostering&team=%00", "team", "It can be: fostering."),
        ("contract=PERMANENT", "contract", "It can be: permanent, fixed_term, secondment."),
        ("hours=all", "hours", "It can be: full_time, part_time, job_share."),
        ("newly_qualified=yes", "newly_qualified", "It can be: 1."),
        ("closing_within=8", "closing_within", "It can be: 7, 14, 30."),
        ("sort=random", "sort", "It can be: newest, closing, salary, relevance."),
        ("q=" + "a" * 201, "q", "Give 200 characters at most."),
        ("q=a&q=b", "q", "Give one value at most."),
        ("&".join(f"team=t{number}" for number in range(21)), "team", "Give 20 values at most."),
    ],
)
def test_what_means_nothing_is_refused_by_name(visitor: Visitor, query: str, name: str, detail: str):
    published(team=TeamFactory(slug="fostering"))

    answer = visitor.client.get(f"{LIST}?{query}")

    assert (answer.status_code, answer.content_type) == (400, "application/problem+json")
    assert answer.get_json() == {
        "type": "about:blank",
        "title": "Bad Request",
        "status": 400,
        "detail": detail,
        "parameter": name,
    }


def test_an_unknown_parameter_is_refused_with_those_there_are(visitor: Visitor):
    answer = visitor.client.get(f"{LIST}?{'x' * 100}=1").get_json()

    assert answer["parameter"] == "x" * 40
    assert answer["detail"] == (
        "There is no such parameter. There are: q, grade, team, contract, hours, salary_min, newly_qualified,"
        " welcome_payment, closing_within, sort, page."
    )


@pytest.mark.parametrize("path", [LIST, f"{LIST}?page=1", "/api/v1/openapi.json"])  # the middle one is not kept
def test_who_has_it_gets_304(visitor: Visitor, path: str):
    published()
    etag = visitor.client.get(path).headers["ETag"]

    for sent, status in ((etag, 304), (f'W/{etag}, "x"', 304), ('"x"', 200)):
        answer = visitor.client.get(path, headers={"If-None-Match": sent})
        assert (answer.status_code, answer.headers["ETag"]) == (status, etag)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_only_addresses_that_we_write_are_kept(visitor: Visitor, app: Flask):
    published(team=TeamFactory(slug="a"))
    for query in ("", "?page=1", "?sort=newest", "?hours=full_time&team=a", "?team=a&hours=full_time"):
        visitor.client.get(LIST + query)

    assert set(app.extensions["public_pages"]._pages) == {(LIST, ""), (LIST, "team=a&hours=full_time")}


@pytest.mark.parametrize("vacancies", [1, 3])
def test_it_costs_no_query_once_the_finder_has_read(visitor: Visitor, queries: list[str], vacancies: int):
    for _ in range(vacancies):
        published()
    visitor.get("/jobs")
    queries.clear()

    assert len(titles(visitor, LIST)) == vacancies
    assert [query for query in queries if "counter" not in query] == []


def test_too_many_are_told_when_to_come_back(visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app.config["SETTINGS"], "api_rate", "2 per minute")
    answers = [visitor.client.get(f"{LIST}?q=a{number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].content_type == "application/problem+json"
    assert answers[-1].get_json()["title"] == "Too Many Requests"
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert visitor.client.get("/jobs").status_code == 200, "pages are counted apart"


def test_kept_answers_are_not_counted(visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app.config["SETTINGS"], "api_rate", "1 per minute")

    assert [visitor.client.get(LIST).status_code for _ in range(5)] == [200] * 5
