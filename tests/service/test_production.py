"""Production as a process: what it refuses, and what it says to a browser."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, flask, serve
from tests.service.place import ask

pytestmark = [pytest.mark.slow, pytest.mark.one_database]

SECRET = "a-secret-that-nobody-else-ever-knows-0123"
SAFE = {
    "RECRUIT_ENV": "production",
    "SECRET_KEY": SECRET,
    "MAIL_URL": "smtps://post:hush-hush@mail.council.test",
    "MAIL_FROM": "jobs@council.test",
    "CONTACT_EMAIL": "recruitment@council.test",
    "PUBLIC_URL": "https://jobs.council.test",
}


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {**SAFE, "DATA_DIR": str(tmp_path), "DATABASE_URL": "", "RECRUIT_DEMO_PASSWORD": ""}


def command(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the service, whatever comes of it."""
    whole = {**os.environ, **environment}
    line = [sys.executable, "-m", *arguments]
    return subprocess.run(line, cwd=ROOT, env=whole, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SECRET_KEY", "", "SECRET_KEY must be 32 characters or more"),
        ("SECRET_KEY", "hidden-but-too-short", "SECRET_KEY must be 32 characters or more"),
        ("MAIL_URL", "", "MAIL_URL must be smtp://…, smtps://… or notify://…"),
        ("MAIL_URL", "file:///tmp/hidden-mail", "MAIL_URL must be smtp://…, smtps://… or notify://…"),
        ("PUBLIC_URL", "http://jobs.council.test", "PUBLIC_URL must start with https://"),
        ("RECRUIT_DEMO_PASSWORD", "hidden-demo-word", "RECRUIT_DEMO_PASSWORD must not be set"),
    ],
)
def test_an_unsafe_production_does_not_start_and_tells_no_secret(environment, name, value, fault):
    done = command({**environment, name: value}, "recruit.start")

    assert done.returncode == 2
    assert f"production does not start: {fault} [" in done.stderr
    assert "Traceback" not in done.stderr
    assert [word for word in (SECRET, "hush-hush", "hidden") if word in done.stdout + done.stderr] == []


def test_a_command_of_an_unsafe_production_fails_and_tells_no_secret(environment):
    done = command({**environment, "PUBLIC_URL": "http://jobs.council.test"}, "flask", "--app", "wsgi", "routes")

    assert done.returncode != 0
    assert "production does not start: PUBLIC_URL must start with https:// [" in done.stderr
    assert [word for word in (SECRET, "hush-hush") if word in done.stdout + done.stderr] == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "99999", "Input should be less than or equal to 65535"),
        ("PORT", "http", "Input should be a valid integer"),
        ("WEB_WORKERS", "-1", "Input should be greater than or equal to 0"),
        ("TRUSTED_PROXIES", "many", "Input should be a valid integer"),
        ("RECRUIT_ENV", "staging", "Input should be 'demo', 'test' or 'production'"),
        ("DECISION_HOLD_MINUTES", "1e9", "Input should be a valid integer"),
    ],
)
def test_a_wrong_setting_is_named_in_words(environment, name, value, words):
    done = command({**environment, name: value}, "recruit.start")

    assert done.returncode == 2
    assert f"{name.lower()}\n  {words}" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_never_has_the_demonstration(environment):
    flask(environment, "db", "upgrade")
    done = command(environment, "flask", "--app", "wsgi", "demo", "load")

    assert done.returncode == 1
    assert done.stderr.endswith("Error: Production never has demonstration data.\n")


def test_production_says_to_browsers_that_all_is_private_and_encrypted(environment):
    flask(environment, "db", "upgrade")
    with serve("wsgi:app", environment, ready="/readyz") as server:
        page = ask(server.port, "GET", "/sign-in")

    assert page.status == 200
    assert page.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert page.headers["cache-control"] == "no-store"
    name, *flags = re.split("; ", page.headers["set-cookie"])
    assert name.startswith("__Host-recruit_session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(flags)
    assert [flag for flag in flags if flag.startswith("Domain")] == []
