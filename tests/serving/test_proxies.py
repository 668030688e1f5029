"""Whose word is taken for the client's address."""

import pytest
from flask import Flask, request
from werkzeug.test import Client

from recruit.serving.proxies import behind_proxies


@pytest.fixture
def app() -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def show_client() -> list[str | None]:
        return [request.remote_addr, request.scheme, request.host]

    return app


HEADERS = {
    "X-Forwarded-For": "203.0.113.9, 198.51.100.2, 198.51.100.1",
    "X-Forwarded-Proto": "http, https, https",
    "X-Forwarded-Host": "made-up.example",
}


@pytest.mark.parametrize(
    ("trusted", "client"),
    [
        (0, ["192.0.2.7", "http", "localhost"]),
        (1, ["198.51.100.1", "https", "localhost"]),
        (2, ["198.51.100.2", "https", "localhost"]),
        (4, ["192.0.2.7", "http", "localhost"]),  # fewer entries than proxies: none of them is theirs
    ],
)
def test_only_the_entries_of_trusted_proxies_are_believed(app: Flask, trusted: int, client: list[str]):
    app.wsgi_app = behind_proxies(app.wsgi_app, trusted)

    response = Client(app).get("/", headers=HEADERS, environ_overrides={"REMOTE_ADDR": "192.0.2.7"})

    assert response.get_json() == client


def test_without_trust_the_application_is_left_as_it_is(app: Flask):
    assert behind_proxies(app.wsgi_app, 0) == app.wsgi_app


def test_a_negative_number_of_proxies_is_refused(app: Flask):
    with pytest.raises(ValueError, match="cannot be negative: -1"):
        behind_proxies(app.wsgi_app, -1)
