"""The API's own description: OpenAPI 3.1, the one place that says what goes in and comes out."""

from collections.abc import Sequence
from typing import Any

from recruit.pay.additions import Kind, Paid
from recruit.rules import limits
from recruit.vacancies.finder_query import CLOSING_DAYS, YES, Hours, Sort
from recruit.vacancies.models import Contract
from recruit.web.api.asked import HIGHEST_SALARY, MOST_VALUES
from recruit.web.open_data import LICENCE, LICENCE_NAME

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
MAYBE_WHOLE: Schema = {"type": ["integer", "null"]}
YES_OR_NO: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time", "description": "London's time with its offset."}
LINES: Schema = {"type": "array", "items": TEXT}


def document(settings: Any, grades: Sequence[str], teams: Sequence[str]) -> Schema:
    """Return the description.

    Args:
        settings: the service's; its names, address, contact and rate are read.
        grades: the codes that can be asked for now.
        teams: the slugs that can be asked for now.
    """
    about = (
        f"The vacancies of {settings.organisation} as its public pages show them. Free to use under the licence."
        f" Answers that have to be made anew are limited to {settings.api_rate} from one network; then the answer is"
        " 429 with Retry-After. Send back the ETag as If-None-Match: an answer that has not changed is 304 and costs"
        " little. No key, no cookie, readable from every origin."
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{settings.service_name}: vacancies",
            "version": "1.0.0",
            "description": about,
            "license": {"name": LICENCE_NAME, "url": LICENCE},
            "contact": {"email": settings.contact_email},
        },
        "servers": [{"url": settings.public_url}],
        "paths": {
            "/api/v1/vacancies": {"get": _list(grades, teams)},
            "/api/v1/vacancies/{reference}": {"get": _one()},
            "/api/v1/openapi.json": {"get": _itself()},
        },
        "components": {"schemas": SCHEMAS, "responses": PROBLEMS, "headers": HEADERS},
    }


def _list(grades: Sequence[str], teams: Sequence[str]) -> Schema:
    return {
        "operationId": "listVacancies",
        "summary": "The open vacancies, a page at a time",
        "parameters": [
            _parameter("q", {"type": "string", "maxLength": limits.QUERY_CHARACTERS}, "Words to look for."),
            _parameter("grade", _several(grades), "Codes of grades, any of which will do."),
            _parameter("team", _several(teams), "Teams, any of which will do."),
            _parameter("contract", _several([one.value for one in Contract]), "Kinds of contract."),
            _parameter("hours", _several([one.value for one in Hours]), "How the week can be worked."),
            _parameter("salary_min", _number(HIGHEST_SALARY), "Pounds a year that full-time pay reaches."),
            _parameter("newly_qualified", {"type": "string", "enum": [YES]}, "Newly qualified welcome."),
            _parameter("welcome_payment", {"type": "string", "enum": [YES]}, "With a welcome payment."),
            _parameter(
                "closing_within",
                {"type": "string", "enum": [str(days) for days in CLOSING_DAYS]},
                "Days within which it closes.",
            ),
            _parameter(
                "sort",
                {"type": "string", "enum": [sort.value for sort in Sort]},
                "The order; by default relevance where there are words, else newest.",
            ),
            _parameter("page", _number(limits.API_PAGES), "From 1; a page after the last is empty."),
        ],
        "responses": {
            "200": _answer("VacancyList", "Open vacancies."),
            "304": NOT_CHANGED,
            **{code: _refusal(code) for code in ("400", "429")},
        },
    }


def _one() -> Schema:
    return {
        "operationId": "showVacancy",
        "summary": "One vacancy, open or closed",
        "parameters": [
            {
                "name": "reference",
                "in": "path",
                "required": True,
                "schema": {"type": "string", "pattern": "^CSW-[0-9]{4,9}$"},
                "description": "As people quote it: CSW-0001.",
            }
        ],
        "responses": {
            "200": _answer("Vacancy", "The vacancy."),
            "304": NOT_CHANGED,
            **{code: _refusal(code) for code in ("404", "410", "429")},
        },
    }


def _itself() -> Schema:
    return {
        "operationId": "showDescription",
        "summary": "This description",
        "responses": {
            "200": {
                "description": "OpenAPI 3.1.",
                "headers": {"ETag": {"$ref": "#/components/headers/ETag"}},
                "content": {"application/json": {"schema": {"type": "object"}}},
            },
            "304": NOT_CHANGED,
            "429": _refusal("429"),
        },
    }


def _parameter(name: str, schema: Schema, description: str) -> Schema:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": description}


def _several(values: Sequence[str]) -> Schema:
    items = {"type": "string", "enum": list(values)} if values else TEXT
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_VALUES}


def _number(most: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most}


def _answer(schema: str, description: str) -> Schema:
    headers = {"ETag": {"$ref": "#/components/headers/ETag"}}
    if schema == "VacancyList":
        headers["Link"] = {"$ref": "#/components/headers/Link"}
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    return {"description": description, "headers": headers, "content": content}


def _refusal(code: str) -> Schema:
    return {"$ref": f"#/components/responses/Problem{code}"}


def _object(properties: Schema, optional: Sequence[str] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _problem(description: str) -> Schema:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": description, "content": content}


NOT_CHANGED: Schema = {"description": "It is what the ETag or the date sent along stands for."}
IN_LIST: Schema = {
    "reference": {**TEXT, "examples": ["CSW-0001"]},
    "title": TEXT,
    "url": {**ADDRESS, "description": "Its page, for people."},
    "api_url": ADDRESS,
    "status": {"type": "string", "enum": ["open", "paused", "closed", "cancelled"]},
    "team": _object({"slug": TEXT, "name": TEXT}),
    "grade": _object({"code": TEXT, "title": TEXT}),
    "workplace": TEXT,
    "salary": _object(
        {
            "minimum": {"type": "number", "description": "Pounds."},
            "maximum": {"type": "number", "description": "Pounds."},
            "currency": {"const": "GBP"},
            "per": {"const": "year"},
            "basis": {"const": "full time", "description": "Fewer hours pay their share."},
        }
    ),
    "salary_of_post": {
        **_object(
            {
                "minimum": {"type": "number", "description": "Pounds."},
                "maximum": {"type": "number", "description": "Pounds."},
                "currency": {"const": "GBP"},
                "per": {"const": "year"},
            }
        ),
        "description": "What its own hours and paid weeks come to.",
    },
    "welcome_payment": {"type": ["number", "null"], "description": "Pounds, one-off, conditions apply; not salary."},
    "weekly_hours": {"type": "number"},
    "paid_weeks": {"type": ["number", "null"], "description": "Paid weeks a year of a term-time post; null for all."},
    "full_time": YES_OR_NO,
    "part_time": YES_OR_NO,
    "job_share": YES_OR_NO,
    "contract": {"type": "string", "enum": [one.value for one in Contract]},
    "newly_qualified": YES_OR_NO,
    "opens_at": MOMENT,
    "closes_at": {**MOMENT, "description": "The last minute, in London's time with its offset."},
}
MAYBE_DAY: Schema = {"type": ["string", "null"], "format": "date"}
OTHER_PAYMENT: Schema = {
    "kind": {"type": "string", "enum": [one.value for one in Kind]},
    "amount": {"type": "number", "description": "Pounds for full time, beside salary: a year’s, once, or the most."},
    "paid": {"type": "string", "enum": [one.value for one in Paid]},
    "after_months": {**MAYBE_WHOLE, "description": "When it is paid once: months after the start."},
    "conditions": TEXT,
    "review_on": MAYBE_DAY,
    "ends_on": MAYBE_DAY,
}
SCHEMAS: Schema = {
    "VacancyInList": _object(IN_LIST),
    "VacancyList": _object(
        {
            "licence": {"const": LICENCE},
            "total": {"type": "integer", "description": "On all pages."},
            "page": {"type": "integer"},
            "pages": {"type": "integer", "minimum": 1},
            "next": {"type": ["string", "null"], "format": "uri"},
            "previous": {"type": ["string", "null"], "format": "uri"},
            "vacancies": {
                "type": "array",
                "maxItems": limits.API_VACANCIES_A_PAGE,
                "items": {"$ref": "#/components/schemas/VacancyInList"},
            },
        }
    ),
    "Vacancy": _object(
        {
            "licence": {"const": LICENCE},
            **IN_LIST,
            "summary": TEXT,
            "description_html": {**TEXT, "description": "Sanitised HTML: paragraphs, headings, lists, links, tables."},
            "other_payments": {"type": "array", "items": _object(OTHER_PAYMENT), "maxItems": len(Kind)},
            "essential_criteria": LINES,
            "desirable_criteria": LINES,
            "fixed_term_months": MAYBE_WHOLE,
            "posts": {"type": "integer", "minimum": 1},
            "working_from_home": TEXT,
            "registration_required": {**YES_OR_NO, "description": "With Social Work England."},
            "driving_required": {**YES_OR_NO, "description": "A full licence and the use of a car, or adjustments."},
            "interview_on": MAYBE_DAY,
        }
    ),
    "Problem": _object(
        {
            "type": {"const": "about:blank"},
            "title": TEXT,
            "status": {"type": "integer"},
            "detail": TEXT,
            "parameter": {**TEXT, "description": "The parameter that is wrong."},
        },
        optional=["parameter"],
    ),
}
HEADERS: Schema = {
    "ETag": {"description": "Stands for this very answer.", "schema": TEXT},
    "Link": {"description": "The next and the previous page, and the licence (RFC 8288).", "schema": TEXT},
    "RetryAfter": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}},
}
PROBLEMS: Schema = {
    "Problem400": _problem("A parameter means nothing: which, and what it can be."),
    "Problem404": _problem("There is none, or it has not opened."),
    "Problem410": _problem("It ended long ago and does not come back."),
    "Problem429": {
        **_problem("Too many in a short time."),
        "headers": {"Retry-After": {"$ref": "#/components/headers/RetryAfter"}},
    },
}
