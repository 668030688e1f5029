import pytest

from recruit.config import Environment
from recruit.web import headers
from recruit.web.ops import checks
from tests.factories import NOW, UserFactory


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
    fault = "accounts: somebody can sign in with an address at demo.example; disable that account"

    assert checks.faults(settings.model_copy(update={"recruit_env": place})) == [fault] * found
