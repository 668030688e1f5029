"""A page that fails: an operator learns where, a visitor that it failed, and nobody whose data it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, free_port
from tests.service.place import Place, Service, ask, first_visit, log_lines, wait_ready

pytestmark = pytest.mark.slow

PERSON = {"name": "Tamsin Quillfeather", "email": "tamsin.quillfeather@mail.example"}
REFERENCE = "A-7K3QF"


def test_a_failure_is_logged_with_its_place_and_without_the_person(place: Place, tmp_path: Path):
    port, log = free_port(), tmp_path / "log"
    command = [sys.executable, "-m", "recruit.serving.run", "tests.service.broken:app", "--port", str(port)]
    with log.open("wb") as errors:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **place.environment}, stderr=errors)
    try:
        wait_ready(Service(place.environment, port, log, process))
        cookie, token = first_visit(port)
        answer = ask(port, "POST", f"/breaks/{REFERENCE}", {"csrf_token": token, **PERSON}, cookie)
        again = ask(port, "GET", "/readyz")
    finally:
        process.terminate()
        process.wait(20)
    text = log.read_text()
    lines = [line for line in log_lines(text) if line.get("request_id") == answer.headers["x-request-id"]]
    assert [line["event"] for line in lines] == ["unhandled", "request"], text
    failure, request = lines

    assert (answer.status, again.status) == (500, 200)
    assert "<h1" in answer.text
    assert "Sorry, the service is not available" in answer.text
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("text/html; charset=utf-8", "no-store")
    assert (failure["event"], failure["level"], failure["kind"], failure["route"]) == (
        "unhandled",
        "error",
        "ValueError",
        "/breaks/<reference>",
    )
    assert "tests/service/broken.py" in str(failure["exception"])
    assert "\nsqlalchemy.exc.IntegrityError\n\nwhich led to\n\n" in str(failure["exception"])
    assert str(failure["exception"]).endswith("\nbuiltins.ValueError")
    assert (request["event"], request["route"], request["status"]) == ("request", "/breaks/<reference>", 500)
    private = {*PERSON.values(), "Tamsin", "Quillfeather", REFERENCE, token, cookie.partition("=")[2]}
    assert [word for word in private if word in text or word in answer.text] == []
