"""The line of the log for each request."""

import json
import sys

import pytest
import time_machine
from flask import Flask

from tests.visitor import Visitor


class Broken:
    def write(self, _text: str) -> int:
        raise BrokenPipeError


def test_a_line_names_the_route_and_never_the_address(visitor: Visitor, capsys: pytest.CaptureFixture[str]):
    with time_machine.travel("2026-05-12T09:00:00Z", tick=False):
        visitor.get("/jobs/nobody-knows-this?q=private", 404)

    line = json.loads(capsys.readouterr().err.splitlines()[-1])

    assert 0 <= line.pop("ms") < 60_000
    assert line == {
        "event": "request",
        "method": "GET",
        "route": "/jobs/<slug>",
        "status": 404,
        "request_id": visitor.response.headers["X-Request-ID"],
        "level": "info",
        "logger": "recruit.web.access_log",
        "timestamp": "2026-05-12T09:00:00Z",
    }


def test_a_line_says_who_is_signed_in_by_number(candidate: Visitor, capsys: pytest.CaptureFixture[str]):
    candidate.get("/account")

    assert json.loads(capsys.readouterr().err.splitlines()[-1])["user_id"] == candidate.user.id


def test_a_line_names_nobody_of_a_request_before_it(app: Flask, candidate: Visitor, capsys: pytest.CaptureFixture[str]):
    candidate.client.get("/account")  # in one context, as a server may have it
    app.test_client().get("/jobs")

    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines()[-2:])
    assert "user_id" in first
    assert "user_id" not in second
    assert first["request_id"] != second["request_id"]


def test_a_method_that_nobody_knows_breaks_no_line(app: Flask, capsys: pytest.CaptureFixture[str]):
    method = 'BREW"}\\'
    app.test_client().open("/jobs", method=method)

    assert json.loads(capsys.readouterr().err.splitlines()[-1])["method"] == method.upper()


def test_a_log_that_nobody_reads_any_more_stops_no_visitor(visitor: Visitor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stderr", Broken())

    visitor.get("/healthz")
