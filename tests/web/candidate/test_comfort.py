"""What makes the form easier: nothing asked twice, nothing offered that is refused, several gaps at once, autosave."""

from datetime import date
from decimal import Decimal

import pytest

from recruit.applications import queries as kept
from recruit.applications.completeness import problems_of
from recruit.applications.models import Application, ContactDetails, HistoryEntry, Section, Snapshot
from recruit.core.db import db
from recruit.core.text import word_count
from recruit.rules import limits
from recruit.rules.access import Role
from tests import factories
from tests.applications.answers import complete_application
from tests.visitor import Visitor

TODAY = date(2026, 3, 10)
REGISTERED = "Registered as a social worker with Social Work England by the day you start"


def errors(page) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


def options(page, name: str) -> list[str]:
    return [radio["value"] for radio in page.select(f"input[name={name}]")]


# Addresses
@pytest.mark.parametrize(
    ("answers", "message", "stored"),
    [
        ({"postcode": "ts1 2pa"}, None, "TS1 2PA"),
        ({"postcode": "nowhere"}, "Enter a full UK postcode, like TS1 2PA, or enter the country if it is not in the UK",
         "nowhere"),
        ({"postcode": "90210", "country": "United States"}, None, "90210"),
        ({"postcode": "", "country": "Ireland"}, None, ""),
        ({"postcode": ""}, "Enter your postcode", ""),
        ({"postcode": "je2 3ab", "country": "Jersey"}, None, "JE2 3AB"),
    ],
)  # fmt: skip
def test_a_postcode_is_checked_where_there_are_some(candidate, draft: Application, answers, message, stored):
    complete_application(draft)
    address = f"/applications/{draft.reference}/contact-details"
    page = candidate.submit(address, answers | {"finished": "yes"}, 200 if message else 302)

    assert errors(page) == ([message] if message else [])
    assert db.session.get_one(ContactDetails, draft.id).postcode == stored


def test_a_country_is_in_the_copy(candidate, draft: Application):
    complete_application(draft)
    db.session.get_one(ContactDetails, draft.id).country = "Ireland"
    db.session.commit()

    assert "TS1 2PA, Ireland" in candidate.get(f"/applications/{draft.reference}/copy").main.text


# Nothing that is always refused
SITUATIONS = ["registered", "renewing", "newly_qualified", "overseas", "returning"]


def test_only_what_can_be_taken_is_offered(candidate, draft: Application):
    base = f"/applications/{draft.reference}"

    assert options(candidate.get(f"{base}/registration/situation"), "state") == SITUATIONS
    assert "personal" not in options(candidate.get(f"{base}/referees/add"), "relationship_")
    draft.vacancy.registration_required = False
    db.session.commit()
    assert options(candidate.get(f"{base}/registration/situation"), "state") == [*SITUATIONS, "not_required"]


# Registration is asked once
def test_registration_is_asked_once(candidate, draft: Application):
    complete_application(draft)
    criterion = draft.vacancy.criteria[0]
    criterion.text = REGISTERED
    db.session.delete(kept.evidence_of(draft, criterion.id))
    db.session.commit()

    page = candidate.get(f"/applications/{draft.reference}/evidence")
    assert "You answer this under Social Work England registration, so not here" in " ".join(page.main.text.split())
    assert REGISTERED not in [link.text for link in page.select(".govuk-task-list__link")]
    assert problems_of(kept.answers_of(draft), Section.EVIDENCE, TODAY) == []
    assert "See Social Work England registration" in candidate.get(f"/applications/{draft.reference}/copy").main.text
    draft.vacancy.registration_required = False
    db.session.commit()
    assert len(problems_of(kept.answers_of(draft), Section.EVIDENCE, TODAY)) == 1


def test_the_page_before_counts_only_what_is_written(candidate):
    vacancy = factories.VacancyFactory(published=True)
    vacancy.criteria[0].text = REGISTERED
    db.session.commit()

    assert "each of the 1 essential criteria" in candidate.get(f"/jobs/{vacancy.slug}/apply").main.text


# Several gaps at once
@pytest.fixture
def gaps(candidate, ready: Application) -> Application:
    """An application with two gaps, of June to August 2014 and of August 2011, after leaving school in July."""
    study, work = sorted(kept.entries_of(ready, HistoryEntry), key=lambda one: one.started_month)
    study.started_month, study.ended_month = date(2011, 9, 1), date(2014, 5, 1)
    db.session.commit()
    return ready


def test_several_gaps_are_explained_at_once(candidate: Visitor, gaps: Application):
    base = f"/applications/{gaps.reference}/history"
    assert candidate.get(base).select_one("a[href$='/history/gaps']") is not None
    page = candidate.get(f"{base}/gaps")
    assert [box["value"] for box in page.select("input[name=gaps]")] == ["2014-06", "2011-08"]
    candidate.submit(f"{base}/gaps", {"title": "Looking for work", "gaps": ["2014-06", "2011-08"]})

    assert "Added to your history, for 2 gaps" in candidate.follow().text
    added = [one for one in kept.entries_of(gaps, HistoryEntry) if one.title == "Looking for work"]
    assert [(one.started_month, one.ended_month) for one in added] == [
        (date(2014, 6, 1), date(2014, 8, 1)), (date(2011, 8, 1), date(2011, 8, 1)),
    ]  # fmt: skip
    assert kept.answers_of(gaps).gaps(TODAY) == []
    candidate.get(f"{base}/gaps", 302)


@pytest.mark.parametrize(
    ("sent", "messages"),
    [
        ({}, ["Enter what you were doing", "Select the months that this is about"]),
        ({"title": "Travelling", "gaps": "1999-01"}, ["Select the months that this is about"]),
        ({"title": "x" * 201, "gaps": "2014-06"}, ["What were you doing? must be 200 characters or fewer"]),
    ],
)
def test_gaps_say_how_to_mend(candidate, gaps: Application, sent, messages):
    page = candidate.post(f"/applications/{gaps.reference}/history/gaps", sent, 200)

    assert errors(page) == messages
    assert len(kept.entries_of(gaps, HistoryEntry)) == 2


def test_one_gap_needs_no_page_for_several(candidate, ready: Application):
    assert candidate.get(f"/applications/{ready.reference}/history").select("a[href$='/history/gaps']") == []


# Equality
def test_skipping_comes_after_the_questions(candidate, ready: Application):
    page = candidate.post(f"/applications/{ready.reference}/check")
    page = candidate.get(f"/applications/{ready.reference}/equality")

    assert [button.text for button in page.select("main form button")] == [
        "Send my answers", "Skip all of these questions",
    ]  # fmt: skip


# Autosave
def autosave(candidate: Visitor, application: Application, text: str, version: str = "", status: int = 200) -> dict:
    criterion = application.vacancy.criteria[0]
    data = {"text": text, "version": version}
    address = f"/applications/{application.reference}/evidence/{criterion.id}"
    candidate.post(address, data, status, headers={"Accept": "application/json"})
    return candidate.response.json


def stored(application: Application) -> str:
    db.session.rollback()
    row = kept.evidence_of(application, application.vacancy.criteria[0].id)
    return row.text if row else ""


def test_typing_is_saved_version_after_version(candidate, draft: Application):
    first = autosave(candidate, draft, "I met")
    assert first["saved"].startswith("Saved at ")
    second = autosave(candidate, draft, "I met the family", first["version"])

    assert (set(second), stored(draft)) == ({"saved", "version"}, "I met the family")
    assert second["version"] != first["version"]


def test_a_long_draft_is_saved_too(candidate, draft: Application):
    text = "word " * (limits.EVIDENCE_WORDS + 5)

    assert autosave(candidate, draft, text)["saved"].startswith("Saved at ")
    assert word_count(stored(draft)) == limits.EVIDENCE_WORDS + 5


def test_what_another_window_saved_is_not_overwritten(candidate, draft: Application):
    first = autosave(candidate, draft, "One")
    autosave(candidate, draft, "Two", first["version"])

    late = autosave(candidate, draft, "Three", first["version"], 409)
    assert late == {"message": "Other answers were saved here in another window."}
    assert stored(draft) == "Two"


def test_what_cannot_be_saved_is_said(candidate, draft: Application, close):
    assert autosave(candidate, draft, "x" * 20_001, status=422) == {"message": "Your evidence is too long"}
    close(draft)

    assert autosave(candidate, draft, "Late", status=409)["message"].startswith("This vacancy closed at")
    assert stored(draft) == ""


def test_a_browser_without_a_script_gets_pages(candidate, draft: Application):
    criterion = draft.vacancy.criteria[0]
    address = f"/applications/{draft.reference}/evidence/{criterion.id}"
    candidate.submit(address, {"text": "One"})

    assert candidate.response.status_code == 302
    assert candidate.get(address).select("[role=status], .saved") == []


def test_what_is_written_for_one_criterion_leads_to_the_next_that_needs_it(candidate, draft: Application):
    home = f"/applications/{draft.reference}/evidence"
    first, second, desirable = (f"{home}/{one.id}" for one in draft.vacancy.criteria)

    candidate.submit(f"{first}?from=check", {"text": "One"})
    assert candidate.response.location == f"{second}?from=check"
    candidate.submit(second, {"text": "Two"})
    assert candidate.response.location == home, "nobody needs to write for what is only desirable"
    candidate.submit(first, {"text": "One, better"})
    assert candidate.response.location == home, "the next one is written"
    candidate.submit(desirable, {"text": "Three"})
    assert candidate.response.location == home


# The copy
def test_the_copy_has_the_vacancys_words_of_that_moment(candidate, ready: Application, visit_as):
    candidate.post(f"/applications/{ready.reference}/check")
    ready.vacancy.description = "Other words"
    ready.vacancy.title = "Another title"
    db.session.commit()
    page = candidate.get(f"/applications/{ready.reference}/copy")

    assert "You will work with children and their families." in page.main.text
    assert "Other words" not in page.text
    assert page.select_one(".govuk-caption-l").text.startswith("Social worker, Assessment team")
    visit_as(factories.UserFactory()).get(f"/applications/{ready.reference}/copy", 404)


def test_the_copy_has_what_the_post_paid_at_that_moment(candidate, ready: Application, visit_as):
    ready.vacancy.paid_weeks = Decimal("44.6")
    ready.vacancy.additions = [
        {"kind": "market_supplement", "amount_pence": 2_000_00, "paid": "monthly", "review_on": "2099-04-01",
         "conditions": "While you stay in the team."},
        {"kind": "relocation", "amount_pence": 8_000_00, "paid": "claimed"},
    ]  # fmt: skip
    db.session.commit()
    candidate.post(f"/applications/{ready.reference}/check")
    ready.vacancy.paid_weeks, ready.vacancy.additions = None, []
    db.session.commit()
    page = candidate.get(f"/applications/{ready.reference}/copy")

    assert [one.text for one in page.select("section[aria-labelledby=vacancy] ul")[0].select("li")] == [
        "Pay: £28,672 to £36,922 a year for full time",
        "Pro rata: £24,524 to £31,581 a year for 37 hours a week, 44.6 paid weeks a year",
        "Market supplement, beside salary: £2,000 a year, paid monthly, reviewed on 1 April 2099."
        " While you stay in the team.",
        "Relocation, beside salary: up to £8,000, paid for costs that you show",
    ]
    hr = visit_as(factories.UserFactory(roles=[Role.HR]))
    assert "44.6 paid weeks a year; market supplement" in hr.get(f"/review/applications/{ready.reference}").main.text


def test_an_old_snapshot_without_the_vacancys_words_is_shown(candidate, ready: Application):
    candidate.post(f"/applications/{ready.reference}/check")
    snapshot = db.session.get_one(Snapshot, ready.id)
    new = ("team", "workplace", "weekly_hours", "summary", "description")
    vacancy = {name: value for name, value in snapshot.content["vacancy"].items() if name not in new}
    snapshot.content = {**snapshot.content, "format": 1, "vacancy": vacancy}
    db.session.commit()

    page = candidate.get(f"/applications/{ready.reference}/copy")
    assert page.select("#vacancy") == []
