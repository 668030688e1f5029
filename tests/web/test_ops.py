from recruit.web import headers


def test_health_answers(visitor):
    visitor.get("/healthz")

    assert visitor.response.text == "ok\n"


def test_readiness_says_ready_on_a_migrated_database(visitor):
    visitor.get("/readyz")

    assert visitor.response.text == "ready\n"


def test_every_answer_has_the_safe_headers(visitor):
    visitor.get("/healthz")

    assert {name: visitor.response.headers[name] for name in headers.ALWAYS} == headers.ALWAYS
