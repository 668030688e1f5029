"""What programs ask for."""

import json
from typing import Any

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Gone, NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.rules import limits
from recruit.vacancies.changes import public_slug
from recruit.vacancies.shown import NOT_FOUND
from recruit.web import caching, rates
from recruit.web.api import asked, shapes
from recruit.web.api.document import document
from recruit.web.finding import finder, vacancies
from recruit.web.open_data import LICENCE, problem

GONE = "This vacancy ended so long ago that it is no longer shown."
blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.before_request
def count() -> None:
    """Limit what has to be made anew; what is kept is answered before."""
    rates.count_api()


@blueprint.errorhandler(asked.BadParameter)
def refuse_parameter(error: asked.BadParameter) -> ResponseReturnValue:
    """Say which parameter is wrong."""
    return problem(400, error.detail, error.name)


@blueprint.get("/vacancies")
def list_vacancies() -> ResponseReturnValue:
    """Give the open vacancies that match, a page at a time."""
    now = clock.now()
    index = finder().index(now)
    query = asked.read_query(request.args, [grade.code for grade in index.grades], [team.slug for team in index.teams])
    result = index.search(query, now, limits.API_VACANCIES_A_PAGE)
    rows = index.rows(result.ids) if query.page <= result.pages else []  # the finder gives the last page instead
    base = _base()
    links = {
        "next": base + asked.other_page(query, 1) if query.page < result.pages else None,
        "previous": base + asked.other_page(query, -1) if 1 < query.page <= result.pages else None,
    }
    is_usual = request.full_path.rstrip("?") == asked.address_of(query, query.page)
    caching.same_for_everybody(until=result.next_boundary, is_kept=is_usual)
    response = _json(
        {
            "licence": LICENCE,
            "total": result.total,
            "page": query.page,
            "pages": result.pages,
            **links,
            "vacancies": [shapes.in_list(row, base) for row in rows],
        }
    )
    relations = {"license": LICENCE, "next": links["next"], "prev": links["previous"]}
    response.headers["Link"] = ", ".join(f'<{to}>; rel="{relation}"' for relation, to in relations.items() if to)
    return response


@blueprint.get("/vacancies/<reference>")
def show_vacancy(reference: str) -> ResponseReturnValue:
    """Give a vacancy that is or was open."""
    now = clock.now()
    known = normalise_vacancy_reference(reference)
    if known is None or known != reference:  # one address for each
        raise NotFound(NOT_FOUND)
    page = vacancies().page(public_slug(known, now=now), now)
    if page.is_gone:
        raise Gone(GONE)
    codes = {grade.id: grade.code for grade in finder().index(now).grades}
    caching.same_for_everybody(until=page.next_boundary, is_kept=not request.query_string)
    return _json({"licence": LICENCE, **shapes.in_full(page, codes.get(page.vacancy.grade_id, ""), _base())})


@blueprint.get("/openapi.json")
def show_document() -> ResponseReturnValue:
    """Describe this API (OpenAPI 3.1)."""
    index = finder().index(clock.now())
    caching.same_for_everybody(is_kept=not request.query_string)
    settings = current_app.config["SETTINGS"]
    codes, slugs = [grade.code for grade in index.grades], [team.slug for team in index.teams]
    return _json(document(settings, codes, slugs))


def _base() -> str:
    base: str = current_app.config["SETTINGS"].public_url
    return base


def _json(value: dict[str, Any]) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), content_type="application/json")
