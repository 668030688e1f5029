"""The pages of registered interest: the candidate's, the link of the mail, and the staff's list."""

import pytest
from flask import current_app

from recruit.accounts.models import User
from recruit.core import clock
from recruit.core.db import db
from recruit.interest.models import Interest
from recruit.interest.service import link_path
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from tests import factories
from tests.accounts.people import PASSWORD, somebody
from tests.interest.telling import AGREED, registered
from tests.review.sent import sent_application
from tests.visitor import Visitor

ANSWERS = {
    "state": "newly_qualified", "number": "", "expected_on-day": "27", "expected_on-month": "9",
    "expected_on-year": "2030", "right_to_work": "yes", "needs_sponsorship": "no", "consent": "y",
}  # fmt: skip


def stored(user: User) -> Interest | None:
    db.session.rollback()
    return db.session.get(Interest, user.id)


def errors(page) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


def test_anybody_reads_what_it_is_and_its_form_needs_an_account(visitor: Visitor):
    page = visitor.get("/interest")
    assert page.select_one("main a[href='/register?next=/interest/answers']") is not None

    visitor.get("/interest/answers", 302)
    assert visitor.response.location == "/sign-in?next=/interest/answers"


def test_it_is_registered_changed_and_ended(candidate: Visitor):
    team = factories.TeamFactory()
    candidate.submit("/interest/answers", {**ANSWERS, "teams": [team.slug, "no-such-team"]})
    page = candidate.follow()
    assert "27 September 2030" in page.main.text
    assert (stored(candidate.user).teams, db.session.query(OutboxMessage).count()) == ([team.slug], 1)
    assert team.name in candidate.get("/account/data").text
    assert '"hours_wanted"' not in candidate.client.get("/account/data.json").text
    assert team.name in candidate.client.get("/account/data.json").text

    candidate.submit("/interest/answers", {"hours_wanted": "Mornings", "consent": "y"})
    assert stored(candidate.user).hours_wanted == "Mornings"
    candidate.submit("/interest/end")
    assert stored(candidate.user) is None
    candidate.get("/interest/end", 302)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"consent": ""}, "Tick the box if you agree, or we cannot keep your answers"),
        ({"state": "emperor"}, "Select how you stand with Social Work England"),
        ({"number": "SW0"}, "Enter a Social Work England registration number in the correct format, like SW123456"),
        ({"right_to_work": ""}, "Select whether you have the right to work in the UK"),
        ({"expected_on-month": "13"}, "The date you expect to be registered must be a real date"),
    ],
)
def test_a_wrong_answer_is_said_beside_it_and_keeps_the_others(candidate: Visitor, wrong, message):
    answers = {name: value for name, value in {**ANSWERS, "hours_wanted": "Mornings", **wrong}.items() if value}
    page = candidate.post("/interest/answers", answers, 200)

    assert errors(page) == [message]
    assert page.select_one("#hours_wanted")["value"] == "Mornings"
    assert stored(candidate.user) is None


def test_a_second_window_is_told_and_overwrites_nothing(candidate: Visitor):
    candidate.submit("/interest/answers", ANSWERS)
    page = candidate.post("/interest/answers", {**ANSWERS, "hours_wanted": "Evenings"}, 409)

    assert page.select_one("#elsewhere") is not None
    assert stored(candidate.user).hours_wanted == ""


def test_the_mails_link_keeps_it_or_ends_it_without_signing_in(visitor: Visitor):
    interest = registered(now=clock.now())
    owner = interest.candidate
    path = link_path(owner.id, current_app.config["SECRET_KEY"])
    before, registered_at = interest.expires_at, interest.consented_at

    page = visitor.get(path)
    assert "Keep it for another 12 months" in page.text
    assert page.select_one(".govuk-inset-text").text == AGREED
    assert stored(owner).expires_at == before
    visitor.submit(path)
    assert stored(owner).expires_at > before
    assert stored(owner).consented_at > registered_at
    assert "has ended" in visitor.submit(path, {"answer": "end"}, 200).h1.text
    assert stored(owner) is None
    visitor.get(path, 410)
    visitor.get(path[:-1] + ("0" if path[-1] != "0" else "1"), 410)


def test_closing_the_account_forgets_it_although_an_application_stays(visit_as):
    sam = visit_as(somebody(email="sam@demo.example"))
    sent_application(candidate=sam.user)
    registered(sam.user, now=clock.now())
    assert "interest that you registered" in sam.get("/account/close").text
    sam.submit("/account/close", {"current": PASSWORD})

    assert stored(sam.user) is None
    assert db.session.get(User, sam.user.id).closed_at is not None


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(hr: Visitor, queries: list[str], count: int):
    for _ in range(count):
        registered(now=clock.now())
    hr.get("/interested")
    db.session.commit()
    queries.clear()

    page = hr.get("/interested")

    assert len(page.select(".worklist__item")) == count
    assert len(queries) == 2  # who is asking; the people


def test_a_recruiter_reads_no_number_and_others_do_not_enter(hr, recruiter, candidate, visit_as):
    owner = registered(now=clock.now()).candidate
    owner.name = "Zora <b>Bell</b>"
    db.session.commit()

    assert "SW12345" in hr.get("/interested?team=no-such&grade=%00").text
    page = recruiter.get("/interested")
    assert "Zora <b>Bell</b>" in page.main.text
    assert "SW12345" not in page.text
    assert "1 person" in page.main.text
    for other in (candidate, visit_as(factories.UserFactory(roles=[Role.PANEL]))):
        other.get("/interested", 403)
