"""The API keeps to its own description: checked by validators that know nothing of us, and by made-up requests."""

import re
from contextvars import Context
from datetime import UTC, datetime, timedelta

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from schemathesis.checks import CHECKS

from recruit.vacancies.models import Vacancy
from tests.factories import TeamFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor

DOCUMENT = "/api/v1/openapi.json"
EXAMPLES = 60  # requests made up for each operation, the same each time


@pytest.fixture
def vacancies(session) -> list[Vacancy]:
    now = datetime.now(UTC)
    return [
        VacancyFactory(
            published=True,
            reference="CSW-0042",
            team=TeamFactory(slug="fostering"),
            welcome=WelcomeSchemeVersionFactory(),
            interview_on=now.date(),
        ),
        VacancyFactory(published=True, reference="CSW-0043", closes_at=now - timedelta(hours=1)),
        VacancyFactory(
            published=True,
            reference="CSW-0044",
            opens_at=now - timedelta(days=200),
            closes_at=now - timedelta(days=100),
        ),
    ]


@pytest.fixture
def document(visitor: Visitor, vacancies: list[Vacancy]) -> dict:
    found = visitor.client.get(DOCUMENT).get_json()
    assert isinstance(found, dict)
    return found


def test_it_is_valid_openapi(document: dict):
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_a_service_without_teams_has_a_valid_one_too(visitor: Visitor, session):
    found = visitor.client.get(DOCUMENT).get_json()

    assert list(OpenAPIV31SpecValidator(found).iter_errors()) == []


def test_it_says_who_may_use_it_and_how_often(document: dict):
    info = document["info"]

    assert info["license"] == {
        "name": "Open Government Licence v3.0",
        "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    }
    assert "120 per minute" in info["description"]
    assert (document["openapi"], document["servers"]) == ("3.1.0", [{"url": "http://localhost"}])


def test_it_describes_every_route_and_no_other(app: Flask, document: dict):
    routes = {re.sub("<(.+?)>", r"{\1}", rule.rule) for rule in app.url_map.iter_rules() if "/api/" in rule.rule}

    assert set(document["paths"]) == routes


def test_it_names_the_grades_and_teams_there_are(document: dict):
    parameters = {one["name"]: one["schema"] for one in document["paths"]["/api/v1/vacancies"]["get"]["parameters"]}

    assert parameters["grade"]["items"]["enum"] == ["social-worker"]
    assert "fostering" in parameters["team"]["items"]["enum"]


@pytest.mark.parametrize(
    ("path", "status", "name"),
    [
        ("/api/v1/vacancies", 200, "VacancyList"),
        ("/api/v1/vacancies/CSW-0042", 200, "Vacancy"),
        ("/api/v1/vacancies/CSW-0043", 200, "Vacancy"),
        ("/api/v1/vacancies/CSW-0044", 410, "Problem"),
        ("/api/v1/vacancies/CSW-0001", 404, "Problem"),
        ("/api/v1/vacancies?page=x", 400, "Problem"),
    ],
)
def test_answers_are_what_it_says(visitor: Visitor, document: dict, path: str, status: int, name: str):
    answer = visitor.client.get(path)
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", resource)
    schema = {"$ref": f"urn:api#/components/schemas/{name}"}
    validator = Draft202012Validator(schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)

    assert answer.status_code == status
    assert [error.message for error in validator.iter_errors(answer.get_json())] == []


def test_its_schemas_allow_nothing_more(document: dict):
    schemas = document["components"]["schemas"]

    assert {name: one["additionalProperties"] for name, one in schemas.items()} == dict.fromkeys(schemas, False)
    for one in schemas.values():
        validator_for(one, default=Draft202012Validator).check_schema(one)


@pytest.mark.one_database  # what is made up is about addresses, not about rows
@pytest.mark.parametrize("path", ["/api/v1/vacancies", "/api/v1/vacancies/{reference}", DOCUMENT])
def test_no_made_up_request_is_answered_otherwise(
    app: Flask, document: dict, monkeypatch: pytest.MonkeyPatch, path: str
):
    monkeypatch.setattr(app.config["SETTINGS"], "api_rate", "1000000 per minute")
    schema = Context().run(schemathesis.openapi.from_wsgi, DOCUMENT, app)
    answered = set()
    checks = CHECKS.get_all()

    def try_one(case: schemathesis.Case) -> None:
        response = Context().run(case.call)
        case.validate_response(response, checks=checks)
        answered.add(response.status_code)

    both = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    for mode in both if path != DOCUMENT else both[:1]:  # what takes nothing can be given nothing wrong
        strategy = schema[path]["GET"].as_strategy(generation_mode=mode)
        test = given(strategy)(try_one)
        settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )(test)()

    assert answered == {"/api/v1/vacancies": {200, 400}, "/api/v1/vacancies/{reference}": {404}, DOCUMENT: {200}}[path]
