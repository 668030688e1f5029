"""What a real server writes while people use it: enough for an operator, nothing about a person."""

import pytest
from sqlalchemy import select

from recruit.accounts.models import User
from recruit.applications.models import Application, ContactDetails, Evidence
from recruit.core.db import db
from tests.bench.drafts import make_drafts
from tests.service.place import PASSWORD, Place, ask, first_visit, log_lines, running

pytestmark = pytest.mark.slow

WRONG = "seven wrong horses"
NEW = {"name": "Tamsin Quillfeather", "email": "tamsin.quillfeather@mail.example", "password": "old brown owls blink"}


def test_every_request_is_one_line_and_no_line_tells_of_a_person(place: Place):
    [draft] = make_drafts(place.app, 1, seed=31)
    with place.app.app_context():
        application = db.session.scalars(select(Application).where(Application.reference == draft.reference)).one()
        owner = db.session.get_one(User, application.candidate_id)
        contact = db.session.get_one(ContactDetails, application.id)
        evidence = select(Evidence.text).where(Evidence.application_id == application.id)
        private = {owner.email, owner.name, contact.phone, contact.postcode, *db.session.scalars(evidence)}
        officer = db.session.scalars(select(User).where(User.email == "hr@demo.example")).one().id
        db.session.remove()
    private |= {draft.reference, draft.cookie.partition("=")[2], draft.csrf_token, "hr@demo.example", PASSWORD, WRONG}
    private |= set(NEW.values())

    with running(place) as service:
        port = service.port
        cookie, token = first_visit(port)
        sign_in = {"csrf_token": token, "email": "hr@demo.example"}
        bad = ask(port, "POST", "/sign-in", {**sign_in, "password": WRONG}, cookie)
        good = ask(port, "POST", "/sign-in", {**sign_in, "password": PASSWORD}, cookie)
        registered = ask(port, "POST", "/register", {"csrf_token": token, **NEW}, cookie)
        path = f"/applications/{draft.reference}/check"
        sent = ask(port, "POST", path, {"csrf_token": draft.csrf_token}, draft.cookie)
        stale = ask(port, "POST", path, {"csrf_token": "no token"}, draft.cookie)
        nowhere = ask(port, "GET", f"/nowhere/{NEW['email']}?q={NEW['name']}".replace(" ", "+"))
        answers = [bad, good, registered, sent, stale, nowhere]
        private |= {cookie.partition("=")[2], token, good.headers["set-cookie"].partition(";")[0].partition("=")[2]}
    text = service.log.read_text()
    lines = log_lines(text)
    by_id = {str(line["request_id"]): line for line in lines if line["event"] == "request"}
    logged = [by_id[answer.headers["x-request-id"]] for answer in answers]

    assert [answer.status for answer in answers] == [200, 302, 302, 302, 400, 404]
    assert [(line["method"], line["route"], line["status"]) for line in logged] == [
        ("POST", "/sign-in", 200),
        ("POST", "/sign-in", 302),
        ("POST", "/register", 302),
        ("POST", "/applications/<reference>/check", 302),
        ("POST", "/applications/<reference>/check", 400),
        ("GET", "", 404),
    ]
    assert [line for line in logged if not 0 < float(str(line["ms"])) < 20_000] == []
    attempts = [(line["outcome"], line["user_id"]) for line in lines if line["event"] == "sign_in"]
    assert attempts == [("wrong_password", officer), ("signed_in", officer)]
    assert len(by_id) == len([line for line in lines if line["event"] == "request"])
    assert [line for line in text.splitlines() if not line.startswith(("{", "Listening on "))] == []
    assert [word for word in private if word and word in text] == []
