"""What is for programs of other sites: the feed and the API.  Public, without cookies, and open to every origin."""

import json
from http import HTTPStatus

from flask import Flask, Response, has_request_context

from recruit.web.current import current_request, request

API = "/api/"
FEED = "/jobs.atom"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENCE_NAME = "Open Government Licence v3.0"
READ = "GET, HEAD, OPTIONS"
CONDITIONS = "If-None-Match, If-Modified-Since"


def init_app(app: Flask) -> None:
    """Let pages of every origin read the feed and the API, and nothing else."""

    @app.after_request
    def open_to_all(response: Response) -> Response:
        path = current_request().path
        if path != FEED and not path.startswith(API):
            return response
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link, Retry-After"
        if request.method == "OPTIONS":
            response.headers["Access-Control-Allow-Methods"] = READ
            response.headers["Access-Control-Allow-Headers"] = CONDITIONS
        return response


def is_api() -> bool:
    """Say whether a program asks, to whom a page would say nothing."""
    return has_request_context() and request.path.startswith(API)


def problem(status: int, detail: str, parameter: str = "") -> Response:
    """Return a refusal for programs (RFC 9457).

    Args:
        status: the HTTP status.
        detail: why, in a sentence.
        parameter: the name of the parameter that is wrong; "" where it is not about one.
    """
    body: dict[str, str | int] = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    body["detail"] = detail
    if parameter:
        body["parameter"] = parameter
    return Response(json.dumps(body), status=status, content_type="application/problem+json")
