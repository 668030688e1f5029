"""What production refuses, and what stands for a RECRUIT_ENV that is not set."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from recruit.config import Environment, Settings
from recruit.core.stage_days import Targets

SAFE = {
    "SECRET_KEY": "a secret of more than thirty-two characters",
    "MAIL_URL": "smtp://user:word@mail.council.test:587?starttls=1",
    "MAIL_FROM": "jobs@council.test",
    "CONTACT_EMAIL": "recruitment@council.test",
    "PUBLIC_URL": "https://jobs.council.test",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Return a way to set the environment; nothing but a folder is set before."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))

    def put(**values: str) -> None:
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return put


def test_a_safe_production_starts(environment):
    environment(RECRUIT_ENV="production", **SAFE)
    settings = Settings()

    assert settings.is_production()
    assert (settings.contact_email, settings.contact_phone) == ("recruitment@council.test", "")


@pytest.mark.parametrize("value", ["production", None])
def test_production_with_nothing_set_names_each_fault(environment, value):
    if value:
        environment(RECRUIT_ENV=value)
    with pytest.raises(ValidationError) as refusal:
        Settings()

    assert refusal.value.errors()[0]["msg"].removeprefix("Value error, production does not start: ").split("; ") == [
        "SECRET_KEY must be 32 characters or more",
        "MAIL_URL must be smtp://…, smtps://… or notify://…",
        "MAIL_FROM must be an address of yours",
        "CONTACT_EMAIL must be an address of yours",
        "PUBLIC_URL must start with https://",
    ]


TLS = "MAIL_URL with smtp:// needs ?starttls=1, unless the mail server is on this machine"


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SECRET_KEY", "x" * 31, "SECRET_KEY must be 32 characters or more"),
        ("MAIL_URL", "file:///tmp/mail", "MAIL_URL must be smtp://…, smtps://… or notify://…"),
        ("MAIL_URL", "smtp://mail.council.test", TLS),
        ("MAIL_URL", "smtp://mail.council.test?starttls=0", TLS),
        ("MAIL_URL", "smtp://10.0.0.4:25", TLS),
        ("MAIL_FROM", "jobs@demo.example", "MAIL_FROM must be an address of yours"),
        ("MAIL_FROM", "jobs@EXAMPLE", "MAIL_FROM must be an address of yours"),
        ("MAIL_FROM", "jobs", "MAIL_FROM must be an address of yours"),
        ("CONTACT_EMAIL", "jobs@demo.example", "CONTACT_EMAIL must be an address of yours"),
        ("PUBLIC_URL", "http://jobs.council.test", "PUBLIC_URL must start with https://"),
        ("RECRUIT_DEMO_PASSWORD", "four quiet otters", "RECRUIT_DEMO_PASSWORD must not be set"),
    ],
)
def test_production_refuses(environment, name, value, fault):
    environment(RECRUIT_ENV="production", **{**SAFE, name: value})
    with pytest.raises(ValidationError) as refusal:
        Settings()

    assert refusal.value.errors()[0]["msg"] == f"Value error, production does not start: {fault}"
    assert value not in str(refusal.value)


@pytest.mark.parametrize(
    "url",
    [
        "smtp://localhost",
        "smtp://127.0.0.1:25",
        "smtp://[::1]:25",
        "smtps://mail.council.test",
        f"notify://key-{'x' * 73}?template=id",
    ],
)
def test_production_takes_a_way_out_that_nobody_can_listen_to(environment, url):
    environment(RECRUIT_ENV="production", **{**SAFE, "MAIL_URL": url})

    assert Settings().mail_url == url


def test_documents_are_kept_in_a_bucket_or_in_the_data_folder(environment):
    environment(RECRUIT_ENV="production", **SAFE, STORAGE_URL="file:///srv/www")

    with pytest.raises(ValidationError, match="s3://bucket/prefix, or empty"):
        Settings()


def test_a_demonstration_needs_no_setting_and_is_remembered_by_its_folder(environment, tmp_path):
    environment(RECRUIT_ENV="demo")
    first = Settings()
    first.remember_environment()
    environment(RECRUIT_ENV="test")
    named = Settings()

    assert (first.mail_from, first.contact_email) == ("jobs@demo.example", "jobs@demo.example")
    assert named.recruit_env == Environment.TEST
    assert (tmp_path / "environment").read_text() == "demo\n"


def test_a_folder_speaks_for_itself_where_nothing_is_set(environment, tmp_path):
    (tmp_path / "environment").write_text("demo\n")

    assert Settings().recruit_env == Environment.DEMO


def test_a_setting_speaks_before_the_folder(environment, tmp_path):
    (tmp_path / "environment").write_text("demo\n")
    environment(RECRUIT_ENV="production", **SAFE)

    assert Settings().recruit_env == Environment.PRODUCTION


def test_a_folder_that_says_something_else_is_refused(environment, tmp_path):
    (tmp_path / "environment").write_text("holiday\n")

    with pytest.raises(ValidationError, match="recruit_env"):
        Settings()


def test_production_is_not_remembered(environment, tmp_path):
    environment(RECRUIT_ENV="production", **SAFE)
    with pytest.raises(ValueError, match="not remembered"):
        Settings().remember_environment()

    assert not (tmp_path / "environment").exists()


def test_each_stage_has_the_working_days_that_its_setting_says(environment):
    names = ("SHORTLIST", "INVITE", "CHOOSE", "OUTCOME", "INTERVIEW_NOTICE")
    environment(RECRUIT_ENV="demo", **{f"{name}_WORKING_DAYS": str(place) for place, name in enumerate(names, 2)})

    assert Settings().for_flask()["TARGETS"] == Targets(shortlist=2, invite=3, choose=4, outcome=5, notice=6)
    assert Settings(shortlist_working_days=60).for_flask()["TARGETS"].shortlist == 60


@pytest.mark.parametrize("days", ["1", "61", "ten"])
def test_a_stage_without_a_sensible_number_of_days_is_refused(environment, days):
    environment(RECRUIT_ENV="demo", OUTCOME_WORKING_DAYS=days)
    with pytest.raises(ValidationError, match="outcome_working_days"):
        Settings()
