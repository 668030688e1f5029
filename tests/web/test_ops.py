import re

import pytest
from pydantic import SecretStr

from recruit.app import create_app
from recruit.config import Environment
from recruit.demo.sign_ins import ACCOUNTS, COLLEAGUE, THIRD_MEMBER
from recruit.rules.demonstration import DEMO_ADDRESSES
from recruit.web import headers
from recruit.web.ops import checks
from tests.databases import end_connections
from tests.factories import NOW, UserFactory

DEMO_FAULT = "accounts: somebody can sign in to an account of the demonstration (at demo.example); disable it"
TOKEN = "a long token of the monitor's"


def test_health_answers(visitor):
    visitor.get("/healthz")

    assert visitor.response.text == "ok\n"


def test_readiness_says_ready_on_a_migrated_database(visitor):
    visitor.get("/readyz")

    assert visitor.response.text == "ready\n"


def test_every_answer_has_the_safe_headers(visitor):
    visitor.get("/healthz")

    assert {name: visitor.response.headers[name] for name in headers.ALWAYS} == headers.ALWAYS


@pytest.mark.parametrize(
    ("account", "place", "found"),
    [
        ({"email": "admin@demo.example"}, Environment.PRODUCTION, 1),
        ({"email": "Admin@DEMO.example"}, Environment.PRODUCTION, 1),
        ({"email": "admin@demo.example"}, Environment.DEMO, 0),
        ({"email": "admin@demo.example", "disabled_at": NOW}, Environment.PRODUCTION, 0),
        ({"email": "stranger@demo.example", "confirmed_at": None}, Environment.PRODUCTION, 0),
        ({"email": "demo.example@council.test"}, Environment.PRODUCTION, 0),
        ({"email": "admin@notdemo.example"}, Environment.PRODUCTION, 0),
    ],
)
def test_production_is_not_ready_while_a_demonstration_account_can_be_used(session, settings, account, place, found):
    UserFactory(**account)

    assert checks.faults(settings.model_copy(update={"recruit_env": place})) == [DEMO_FAULT] * found


def test_the_addresses_that_production_looks_for_are_the_demonstration_s():
    assert sorted(DEMO_ADDRESSES) == sorted([*ACCOUNTS, COLLEAGUE[0], THIRD_MEMBER[0]])


def test_demonstration_accounts_are_looked_up_by_their_key(session, settings, queries):
    checks.faults(settings.model_copy(update={"recruit_env": Environment.PRODUCTION}))
    (lookup,) = [query for query in queries if "user_account" in query]

    assert " IN (" in lookup
    assert "LIKE" not in lookup


def refused(visitor):
    """Return why /readyz says no, after a look at how it says it."""
    visitor.get("/readyz", 503)
    assert (visitor.response.mimetype, visitor.response.headers["Retry-After"]) == ("text/plain", "5")
    return visitor.response.text


def refused_by(app):
    """Return why the service `app` is not ready, whose database no visitor could sign in to."""
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.mimetype, answer.headers["Retry-After"]) == (503, "text/plain", "5")
    with app.app_context():
        end_connections()
    return answer.text


def test_a_folder_that_cannot_be_written_is_not_ready(visitor, app, settings, tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "SETTINGS", settings.model_copy(update={"data_dir": tmp_path / "gone"}))

    assert refused(visitor) == "storage: the data folder cannot be written\n"


def test_a_database_that_is_away_is_not_ready(settings, tmp_path):
    away = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'gone' / 'none.sqlite3'}"})

    assert refused_by(create_app(away)) == "database: OperationalError\n"


def test_a_database_without_its_migrations_is_not_ready(settings, tmp_path):
    empty = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path / 'empty.sqlite3'}"})

    assert re.fullmatch(r"migrations: at None, expected [0-9a-z_]+\n", refused_by(create_app(empty)))


def test_every_reason_is_told(settings, tmp_path):
    update = {"database_url": f"sqlite:///{tmp_path / 'gone' / 'none.sqlite3'}"}
    app = create_app(settings.model_copy(update=update))
    app.config["SETTINGS"] = settings.model_copy(update={**update, "data_dir": tmp_path / "gone"})

    assert refused_by(app) == "storage: the data folder cannot be written\ndatabase: OperationalError\n"


def test_a_demonstration_in_production_is_not_ready(visitor, app, settings, monkeypatch):
    UserFactory(email="hr@demo.example")
    monkeypatch.setitem(app.config, "SETTINGS", settings.model_copy(update={"recruit_env": Environment.PRODUCTION}))

    assert refused(visitor) == f"{DEMO_FAULT}\n"


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.8.7", "::1"])
def test_figures_are_for_this_machine(visitor, address):
    visitor.get("/metrics", environ_overrides={"REMOTE_ADDR": address})

    assert "recruit_applications" in visitor.response.text


@pytest.mark.parametrize("address", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "::ffff:192.0.2.1", "", "unix:"])
def test_figures_are_not_for_another_machine(visitor, address):
    visitor.get("/metrics", 404, environ_overrides={"REMOTE_ADDR": address})


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_figures_are_not_for_whoever_comes_through_a_proxy_on_this_machine(visitor, header):
    visitor.get("/metrics", 404, headers={header: "for=127.0.0.1"})


@pytest.mark.parametrize("address", ["127.0.0.1", "192.0.2.1", "2001:db8::1"])
@pytest.mark.parametrize(
    ("given", "status"),
    [
        (f"Bearer {TOKEN}", 200),
        (f"Bearer {TOKEN}x", 404),
        (f"Bearer {TOKEN[:-1]}", 404),
        ("Bearer ", 404),
        ("Bearer wröng", 404),
        ("", 404),
        (None, 404),
    ],
)
def test_with_a_token_figures_are_for_whoever_has_it(visitor, app, settings, monkeypatch, given, status, address):
    guarded = settings.model_copy(update={"metrics_token": SecretStr(TOKEN)})
    monkeypatch.setitem(app.config, "SETTINGS", guarded)
    sent = {} if given is None else {"Authorization": given}

    visitor.get("/metrics", status, headers=sent, environ_overrides={"REMOTE_ADDR": address})
