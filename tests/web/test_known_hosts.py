"""What is known of a host is what Flask says of it."""

import pytest
from flask import Flask, request, url_for
from werkzeug.exceptions import HTTPException

HOSTS = [
    "jobs.example",
    "jobs.example:8000",
    "JOBS.example",
    "bücher.example",
    "127.0.0.1:80",
    "[::1]:8000",
    "jobs.example:443",
]
PATHS = ["/", "/jobs", "//jobs", "/jobs//V-1", "/caf%C3%A9?q=%C3%A9&a=%FF", "/jobs/?page=2"]


def environs(app):
    """Yield what is asked of hosts, under each scheme and below a prefix, each twice."""
    for host in HOSTS:
        for path in PATHS:
            for scheme, prefix in (("http", ""), ("https", "/recruit")):
                with app.test_request_context(path, base_url=f"{scheme}://jobs.example{prefix}") as context:
                    environ = {**context.request.environ, "HTTP_HOST": host.encode().decode("latin-1")}
                yield environ
                yield environ | {"REQUEST_METHOD": "POST"}


def said(app, environ, create):
    """Return all that an adapter says, and the request's host; or how it was refused."""
    request = app.request_class(environ)
    try:
        adapter = create(request)
    except HTTPException as error:
        return type(error)
    return (
        {name: value for name, value in vars(adapter).items() if name != "map"},
        adapter.map is app.url_map,
        request.host,
    )


def test_it_is_flasks_own(app):
    seen = 0
    for environ in environs(app):
        own = said(app, dict(environ), app.create_url_adapter)
        assert own == said(app, dict(environ), lambda request: Flask.create_url_adapter(app, request)), environ
        seen += 1
    assert seen == len(HOSTS) * len(PATHS) * 4


@pytest.mark.parametrize("host", ["a" * 300 + ".example", "jobs..example", "jobs example", "jobs.example:port", ""])
def test_what_can_be_no_host_is_refused_alike_each_time(app, host):
    environ = {
        "HTTP_HOST": host,
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/",
        "QUERY_STRING": "",
        "wsgi.url_scheme": "http",
        "SERVER_NAME": "x",
        "SERVER_PORT": "80",
    }
    first, second = (said(app, dict(environ), app.create_url_adapter) for _ in range(2))

    assert first == second == said(app, dict(environ), lambda request: Flask.create_url_adapter(app, request))


def test_each_host_of_one_process_gets_its_own_addresses(app):
    client = app.test_client()
    for host in ("one.example", "two.example", "one.example"):
        with client:
            client.get("/jobs/", headers={"Host": host})
            assert request.host == host
    for host in ("one.example", "two.example"):
        with app.test_request_context("/", base_url=f"https://{host}"):
            assert url_for("public.list_vacancies", _external=True).startswith(f"https://{host}/")


def test_a_request_changes_nothing_of_what_the_next_is_told(app):
    one, two = (
        {
            "HTTP_HOST": "jobs.example",
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "wsgi.url_scheme": "http",
            "SERVER_NAME": "x",
            "SERVER_PORT": "80",
        }
        for method, path in (("GET", "/a"), ("POST", "/b"))
    )
    first = app.create_url_adapter(app.request_class(one))
    first.path_info = "/other"
    second = app.create_url_adapter(app.request_class(two))

    assert (second.path_info, second.default_method, first.default_method) == ("/b", "POST", "GET")
