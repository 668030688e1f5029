"""The pages of the safeguarding lead: opening is a button, and what was typed stays when it is refused."""

import pytest

from recruit.applications.openings import Opening
from recruit.appointments.employment_checks import record_check
from recruit.core import clock
from recruit.core.db import db
from recruit.rules.access import Role
from recruit.rules.employment import Check, Finding
from recruit.rules.openings import Part
from recruit.rules.self_disclosure import Act, Question
from recruit.rules.self_disclosure import DisclosureStatus as S
from recruit.self_disclosures.models import SelfDisclosureEvent
from tests import factories
from tests.appointments.asked import CANARIES, answer_all, send, told_of_appointment
from tests.self_disclosures.told import asked, chair_of, cover, lead, sent
from tests.visitor import Visitor

BASE = "/review/disclosures"


@pytest.fixture
def visitor(visit_as) -> Visitor:
    return visit_as(lead())


def acts() -> list[Act]:
    return [event.act for event in db.session.query(SelfDisclosureEvent).order_by(SelfDisclosureEvent.id)]


def test_a_lead_opens_one_and_concludes(visitor):
    application = sent(Question.SPENT, more="Ask me")
    path = f"{BASE}/{application.reference}"
    listed = visitor.get(BASE)
    assert listed.select_one("tbody a")["href"] == path
    covered = visitor.get(path).main.get_text()
    assert "Zanzibar" not in covered
    visitor.get(f"{path}/content", status=302)
    assert "each opening is kept" in visitor.follow().get_text()
    assert acts() == [Act.ASKED, Act.RECEIVED]

    visitor.post(f"{path}/open")
    page = visitor.follow()
    assert "Zanzibar-shoplifting" in page.main.get_text()
    assert application.candidate.name in page.main.get_text()
    assert application.candidate.name not in page.title.get_text(), "a browser keeps titles"
    assert acts()[-1] is Act.OPENED
    sent_back = {"version": page.select_one("[name=version]")["value"], "conclusion": "released", "told": "Wombat"}
    refused = visitor.post(f"{path}/conclude", sent_back, status=200)
    assert refused.select_one("#reason-error").get_text(strip=True).endswith("Enter why the chair has to know it")
    assert refused.select_one("#told").get_text(strip=True) == "Wombat"
    alone = visitor.post(f"{path}/conclude", {**sent_back, "reason": "Driving"}, status=409)
    assert "the panel has no chair" in alone.select_one(".govuk-error-summary").get_text()
    assert alone.select_one("#told").get_text(strip=True) == "Wombat"
    chair_of(application.vacancy)
    visitor.post(f"{path}/conclude", {**sent_back, "reason": "Driving"})
    assert "Chair of the panel told" in visitor.follow().main.get_text()
    stale = visitor.post(f"{path}/conclude", {**sent_back, "conclusion": "to_discuss", "words": "Mine"}, status=409)
    assert "Read it again" in stale.select_one(".govuk-error-summary").get_text()
    assert stale.select_one("#words").get_text(strip=True) == "Mine"
    assert cover(application).status is S.RELEASED
    shown = db.session.query(Opening.application_id, Opening.part).all()
    assert shown == [(application.id, Part.SELF_DISCLOSURE)] * 4, "each time that the words are on a page"


@pytest.mark.one_database
def test_the_lead_reads_how_the_dbs_check_stands_and_nothing_else_of_the_checks(visitor):
    application = sent(Question.SPENT)
    assert "Enhanced DBS certificate" not in visitor.get(f"{BASE}/{application.reference}").text
    details = told_of_appointment(application)
    answer_all(details)
    send(details)
    hr, now = factories.UserFactory(roles=[Role.HR]).as_actor(), clock.now()
    for kind in (Check.DBS, Check.HEALTH):
        record_check(hr, application, kind, Finding.NOT_CLEAR, now.date(), "Seen", "For HR", seen_number=0, now=now)
    db.session.commit()

    page = visitor.get(f"{BASE}/{application.reference}").main.get_text()
    assert "Not clear" in page
    assert [words for words in (*CANARIES, "For HR", "Occupational health") if words in page] == []


def test_a_form_that_comes_after_the_quarter_of_an_hour_is_refused_with_what_was_typed(visitor):
    application = sent()
    answer = visitor.post(
        f"{BASE}/{application.reference}/conclude",
        {"conclusion": "no_concern", "words": "Wombat-note", "version": "1"},
        status=409,
    )

    assert "Open it again first" in answer.main.get_text()
    assert "Wombat-note" in answer.main.get_text()


def test_what_was_told_in_person_is_kept_and_one_is_left_to_a_colleague(visitor):
    application = asked()
    path = f"{BASE}/{application.reference}"
    visitor.post(f"{path}/open", status=404)
    refused = visitor.post(f"{path}/heard", {"version": str(cover(application).version)}, status=200)
    assert "Enter what you were told" in refused.select_one("#words-error").get_text()
    visitor.post(f"{path}/heard", {"words": "All no", "version": str(cover(application).version)})
    visitor.post(f"{path}/open")
    assert "All no" in visitor.follow().main.get_text()
    visitor.post(f"{path}/notes", {"note": "Wombat-note"})
    assert "Wombat-note" in visitor.follow().main.get_text()

    assert "leave it to a colleague" in visitor.get(path).main.get_text()
    visitor.submit(f"{path}/leave")
    assert "cannot open it any more" in visitor.follow().get_text()
    visitor.get(path, status=404)


def test_the_list_stands_any_address(visitor):
    sent()

    for after in ("", "x", "1-2", "999999999999-999999999999999999", "9" * 40 + "-1"):
        visitor.get(f"{BASE}?group=to_read&after={after}")
    assert (
        visitor.get(f"{BASE}?group=odd").select_one(".stats [aria-current=page]").get_text(" ", strip=True)
        == "1 To read"
    )


def test_an_empty_list_says_what_will_be_there(visitor):
    assert "stands here until somebody opens it" in visitor.get(BASE).main.get_text()


@pytest.mark.one_database
def test_no_other_role_gets_at_it_by_any_address(app, visit_as):
    application = sent(Question.SPENT)
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("safeguarding.")]
    for role in [role for role in Role if role is not Role.SAFEGUARDING]:
        who = visit_as(factories.UserFactory(roles=[role]))
        token = who.token()
        for rule in rules:
            for method in {"GET", "POST"} & (rule.methods or set()):
                address = rule.rule.replace("<reference>", application.reference)
                answer = who.client.open(address, method=method, data={"csrf_token": token})
                assert (answer.status_code, "anzibar" in answer.text) == (403, False), (role, address)
    assert acts() == [Act.ASKED, Act.RECEIVED]
