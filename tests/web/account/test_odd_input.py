"""Any text in any field: a page or a redirect, never a fault, and never markup."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruit.core.db import db
from tests.accounts.people import PASSWORD
from tests.visitor import Visitor

ODD = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "\x00",
            "\ud83d", "\u202eevil", "<script>alert(1)</script>", "' OR 1=1 --", "{{ 7*7 }}", "%s%n", "../../etc/passwd",
            "x" * 5000, "🐄" * 300, "\r\nBcc: x@y.example", "a@b.example\x00", "ﬃ" * 250 + "@x.example", "é" * 300,
        ]
    ),
)  # fmt: skip
FIELDS = ("name", "email", "password", "current", "next", "token", "username", "csrf")
FORMS = ("/sign-in", "/register", "/confirm-email", "/confirm-email/send", "/reset-password", "/reset-password/new")


def sendable(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("path", FORMS)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, ODD)))
def test_any_text_in_any_field_is_answered(app, session, path, data):
    visitor = Visitor(app)
    form = {"csrf_token": visitor.token(), **{name: sendable(text) for name, text in data.items()}}
    response = visitor.client.post(path, data=form)

    assert response.status_code in (200, 302, 410, 429)
    assert b"<script>alert" not in response.data


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.fixed_dictionaries({}, optional=dict.fromkeys(("current", "password"), ODD)))
def test_any_text_as_a_new_password_is_answered(app, candidate, data):
    db.session.commit()
    form = {"csrf_token": candidate.token(), **{name: sendable(text) for name, text in data.items()}}

    assert candidate.client.post("/account/password", data=form).status_code == 200


@pytest.mark.parametrize("path", [*FORMS, "/account", "/account/password", "/check-email"])
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(st.sampled_from(["next", "token", "x"]), ODD, max_size=3))
def test_any_query_string_is_answered(app, session, path, query):
    visitor = Visitor(app)
    sent = {name: sendable(text) for name, text in query.items()}

    assert visitor.client.get(path, query_string=sent).status_code in (200, 302, 410)


def test_raw_bytes_are_answered(app, session):
    visitor = Visitor(app)
    token = visitor.token()
    body = b"csrf_token=" + token.encode() + b"&email=%ff%fe%00&password=%ed%a0%80&email=second&password[]=x"
    response = visitor.client.post("/sign-in", data=body, content_type="application/x-www-form-urlencoded")

    assert response.status_code == 200


@pytest.mark.parametrize("path", FORMS)
def test_ten_megabytes_are_too_long(visitor, path):
    visitor.post(path, {"email": "x" * 10_000_000, "password": PASSWORD}, 413)
