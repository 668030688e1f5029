"""Production as a process: what it refuses, and what it says to a browser."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import ROOT, flask, free_port, serve
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


HEADING = "This does not start, because of its settings.\n"
COMMANDS = {
    "make run": ("recruit.start",),
    "a command": ("flask", "--app", "wsgi", "worker"),
    "the web server": ("recruit.serving.run", "wsgi:app", "--port", str(free_port())),
}


@pytest.mark.parametrize("how", COMMANDS)
@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("PORT", "hidden", "PORT must be a whole number from 1 to 65535"),
        ("SECRET_KEY", "hidden-but-too-short", "SECRET_KEY must be 32 characters or more"),
    ],
)
def test_whatever_is_started_says_which_setting_is_wrong(environment, how, name, value, fault):
    done = command({**environment, name: value}, *COMMANDS[how])

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{HEADING}{fault}\n")


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SECRET_KEY", "", "SECRET_KEY must be 32 characters or more"),
        ("MAIL_URL", "", "MAIL_URL must be smtp://…, smtps://… or notify://…"),
        ("MAIL_URL", "file:///tmp/hidden-mail", "MAIL_URL must be smtp://…, smtps://… or notify://…"),
        ("PUBLIC_URL", "http://hidden.council.test", "PUBLIC_URL must start with https://"),
        ("RECRUIT_DEMO_PASSWORD", "hidden-demo-word", "RECRUIT_DEMO_PASSWORD must not be set"),
        ("PORT", "99999", "PORT must be a whole number from 1 to 65535"),
        ("WEB_WORKERS", "-1", "WEB_WORKERS must be a whole number from 0 to 64"),
        ("TRUSTED_PROXIES", "many", "TRUSTED_PROXIES must be a whole number from 0 to 5"),
        ("INTERVIEW_CHANGE_HOURS", "1e9", "INTERVIEW_CHANGE_HOURS must be a whole number from 1 to 336"),
        ("KEEP_PUBLIC_PAGES", "perhaps", "KEEP_PUBLIC_PAGES must be true or false"),
        (
            "RECRUIT_ENV",
            "staging",
            "RECRUIT_ENV must be demo, test or production; where it is not set, "
            "the file “environment” in DATA_DIR says it",
        ),
        (
            "DATABASE_URL",
            "mysql://hidden:word@host/database",
            "DATABASE_URL must be postgresql+psycopg://user:password@host/database, or empty",
        ),
        ("MAIL_URL", "smtp://[hidden", "MAIL_URL must be smtp://…, smtps://…, notify://… or file:///folder, or empty"),
        ("REDIS_URL", "hidden:6379", "REDIS_URL must be redis://host:port or rediss://host:port, or empty"),
        ("SEARCH_RATE", "hidden", "SEARCH_RATE must be a number and a time, as in 600 per minute"),
        (
            "FIELD_KEYS",
            "hidden",
            "FIELD_KEYS must be keys of 32 bytes in base64, with commas between them; "
            "`openssl rand -base64 32` prints one",
        ),
        ("STORAGE_URL", "ftp://hidden", "STORAGE_URL must be s3://bucket/prefix, or empty"),
        ("DATA_DIR", "/dev/null/hidden", "DATA_DIR must be a folder that can be made here: Not a directory"),
    ],
)
def test_each_wrong_setting_is_said_in_words_that_tell_no_secret(environment, name, value, fault):
    done = command({**environment, name: value}, "recruit.start")

    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{HEADING}{fault}\n")


def test_all_that_is_wrong_is_said_at_once(environment):
    done = command({**environment, "PORT": "0", "WEB_WORKERS": "65", "PUBLIC_URL": "jobs"}, "recruit.start")

    assert done.returncode == 2
    assert done.stderr.splitlines()[1:] == [
        "PORT must be a whole number from 1 to 65535",
        "WEB_WORKERS must be a whole number from 0 to 64",
        "PUBLIC_URL must be an address as in https://jobs.example.gov.uk, or empty",
    ]


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
