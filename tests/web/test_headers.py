"""What the built files say to the browser; they are answered before the app is asked."""

import json
import logging
from collections.abc import Callable, Iterator

import pytest
import structlog
from flask import Flask
from werkzeug.test import TestResponse

from recruit.app import ROOT, create_app
from recruit.config import Environment, Settings
from recruit.web.headers import HSTS

BUILT = json.loads((ROOT / "static" / "dist" / "manifest.json").read_text())


@pytest.fixture
def service_in(settings: Settings) -> Iterator[Callable[[Environment], Flask]]:
    """Return a way to make the service as it is in one environment; logs are set up for the tests again after."""
    root = logging.getLogger()
    handlers, level, configured = root.handlers[:], root.level, structlog.get_config()

    yield lambda environment: create_app(settings.model_copy(update={"recruit_env": environment}))

    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configured)


def safety(answer: TestResponse) -> dict[str, str | None]:
    names = (
        "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Strict-Transport-Security",
        "Access-Control-Allow-Origin",
    )  # fmt: skip
    return {name: answer.headers.get(name) for name in names}


@pytest.mark.parametrize(
    ("environment", "hsts"), [(Environment.PRODUCTION, HSTS), (Environment.DEMO, None), (Environment.TEST, None)]
)
def test_built_files_are_safe_to_serve(service_in, environment: Environment, hsts: str | None):
    client = service_in(environment).test_client()
    for name in BUILT.values():
        for method, sent in (
            ("GET", {}),
            ("HEAD", {}),
            ("GET", {"Accept-Encoding": "br"}),
            ("GET", {"Accept-Encoding": "gzip"}),
            ("GET", {"Origin": "https://evil.example"}),
        ):
            answer = client.open(f"/static/{name}", method=method, headers=sent)

            assert answer.status_code == 200
            assert safety(answer) == {
                "X-Content-Type-Options": "nosniff",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Strict-Transport-Security": hsts,
                "Access-Control-Allow-Origin": None,
            }
            answer.close()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_built_files_can_only_be_read(service_in, method: str):
    answer = service_in(Environment.TEST).test_client().open(f"/static/{BUILT['app.css']}", method=method)

    assert answer.status_code == 405
