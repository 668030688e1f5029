"""The pages of the steps in a published vacancy's life, for its team and for HR, and what the public sees of them."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy
from tests import factories
from tests.applications.answers import complete_application
from tests.visitor import Visitor


@pytest.fixture
def vacancy(recruiter: Visitor) -> Vacancy:
    return factories.VacancyFactory(published=True, posts=2, title="Social worker, nights", team=recruiter.team)


@pytest.fixture(params=["recruiter", "hr"])
def area(request, recruiter: Visitor, hr: Visitor, vacancy: Vacancy):
    """Return who takes the step, where its page is, and where it leads back to."""
    if request.param == "recruiter":
        base = f"/recruiter/vacancies/{vacancy.reference}"
        return recruiter, base, base
    return hr, f"/review/approvals/{vacancy.reference}", f"/review/vacancies/{vacancy.reference}"


def now() -> datetime:
    return datetime.now(UTC)


def date_of(days: int, name: str = "closes_on") -> dict[str, str]:
    day = london_day(now()) + timedelta(days=days)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def status(vacancy: Vacancy) -> VacancyStatus:
    db.session.rollback()
    return db.session.scalars(select(Vacancy.status).where(Vacancy.id == vacancy.id)).one()


def errors(page) -> list[str]:
    return [link.text.strip() for link in page.select(".govuk-error-summary li")]


def links(page) -> list[str]:
    return [" ".join(link.text.split()) for link in page.select("main a")]


def closed(vacancy: Vacancy) -> None:
    vacancy.closes_at = now() - timedelta(hours=1)
    db.session.commit()


def test_an_open_vacancy_is_paused_and_resumed(area, visitor, vacancy):
    who, base, back = area
    page = who.get(back)
    offered = ["Extend the closing date", "Pause this vacancy", "End this vacancy early"]
    assert [text for text in links(page) if text in offered] == offered

    who.submit(f"{base}/pause", {"reason": "The budget is looked at."})
    assert who.response.headers["Location"] == back
    page = who.follow()
    assert "Vacancy paused. Its page says so now." in page.text
    assert "Resume this vacancy" in links(page)
    who.submit(f"{base}/resume")
    assert status(vacancy) is VacancyStatus.PUBLISHED


def test_the_public_page_of_a_paused_vacancy_says_so(recruiter, visitor, vacancy):
    recruiter.submit(f"/recruiter/vacancies/{vacancy.reference}/pause", {"reason": "The budget is looked at."})
    page = visitor.get(f"/jobs/{vacancy.slug}")

    assert "This vacancy is paused" in [heading.text for heading in page.select("h2")]
    assert "The budget is looked at." not in page.text
    assert not page.select("a[href$='/apply']")
    assert not page.select("script[type='application/ld+json']")
    assert vacancy.title not in visitor.get("/jobs").text
    assert vacancy.slug not in visitor.client.get("/sitemap.xml").text
    assert vacancy.reference not in visitor.client.get("/api/v1/vacancies").text
    assert visitor.client.get(f"/api/v1/vacancies/{vacancy.reference}").json["status"] == "paused"


def test_a_candidate_with_the_page_open_is_told_and_loses_nothing(recruiter, candidate, visit_as, vacancy):
    draft = factories.ApplicationFactory(vacancy=vacancy, candidate=candidate.user)
    complete_application(draft)
    recruiter.submit(f"/recruiter/vacancies/{vacancy.reference}/pause", {"reason": "The budget is looked at."})
    page = candidate.post(
        f"/applications/{draft.reference}/evidence/{vacancy.criteria[0].id}",
        {"text": "What I had written."},
        status=409,
    )

    assert "This vacancy is paused, so this application cannot be changed or sent for now." in page.text
    assert "What I had written." in page.text
    assert "This vacancy is paused" in candidate.get(f"/applications/{draft.reference}").text
    other = visit_as(factories.UserFactory()).get(f"/jobs/{vacancy.slug}/apply")
    assert other.select_one("h1").text.strip() == "You cannot apply now"


def test_the_closing_date_is_extended(area, visitor, vacancy):
    who, base, back = area
    who.submit(f"{base}/extend", {**date_of(30), "reason": "Few applied."})
    page = who.follow()

    assert "Closing date extended. Its page says so now." in page.text
    assert "Few applied." in page.text
    assert "Few applied." not in visitor.get(f"/jobs/{vacancy.slug}").text


def test_a_date_that_does_not_fit_is_said_beside_it_and_what_was_typed_stays(area, vacancy):
    who, base, _ = area
    page = who.submit(f"{base}/extend", {**date_of(10), "reason": "Few applied."}, status=200)

    assert errors(page)[0].startswith("The new closing date must be after ")
    assert page.select_one("textarea[name=reason]").text.strip() == "Few applied."
    page = who.submit(f"{base}/extend", {"closes_on-day": "31", "closes_on-month": "2"}, status=200)
    assert len(errors(page)) == 2


def test_ending_early_asks_why_and_closes_the_page(area, visitor, vacancy):
    who, base, _ = area
    page = who.submit(f"{base}/end", status=200)
    assert errors(page) == ["Enter why it ends early"]
    who.submit(f"{base}/end", {"reason": "The team moves."})
    page = visitor.get(f"/jobs/{vacancy.slug}")

    assert "This vacancy has closed" in [heading.text for heading in page.select("h2")]
    assert not page.select("a[href$='/apply']")


def test_the_outcome_is_recorded_and_taken_back(area, vacancy):
    who, base, back = area
    closed(vacancy)
    page = who.submit(f"{base}/outcome", status=200)
    assert errors(page) == ["Select how many posts were filled"]
    page = who.submit(f"{base}/outcome", {"filled": "1"}, status=200)
    assert errors(page) == ["Select the main reason why not all posts were filled"]
    page = who.submit(f"{base}/outcome", {"filled": "1", "why": "other"}, status=200)
    assert errors(page) == ["Write what the other reason is"]
    who.submit(f"{base}/outcome", {"filled": "1", "why": "too_few_applied", "comment": "Start in June."})
    page = who.follow()
    assert "Outcome recorded" in page.text
    assert status(vacancy) is VacancyStatus.PART_FILLED
    version = page.select_one("form[action$='/outcome/take-back'] [name=version]")["value"]
    who.post(f"{base}/outcome/take-back", {"version": version})

    assert status(vacancy) is VacancyStatus.PUBLISHED
    assert "Record the outcome" in links(who.get(back))


def test_the_public_is_not_told_the_outcome(recruiter, visitor, vacancy):
    closed(vacancy)
    before = visitor.get(f"/jobs/{vacancy.slug}").select_one("main").text
    recruiter.submit(f"/recruiter/vacancies/{vacancy.reference}/outcome", {"filled": "0", "why": "nobody_applied"})
    answer = visitor.client.get(f"/api/v1/vacancies/{vacancy.reference}").json

    assert visitor.get(f"/jobs/{vacancy.slug}").select_one("main").text == before
    assert answer["status"] == "closed"


def test_an_unfilled_vacancy_is_relisted_by_its_team(recruiter, vacancy):
    closed(vacancy)
    base = f"/recruiter/vacancies/{vacancy.reference}"
    recruiter.submit(f"{base}/outcome", {"filled": "0", "why": "nobody_applied"})
    page = recruiter.follow()
    version = page.select_one("form[action$='/relist'] [name=version]")["value"]
    recruiter.post(f"{base}/relist", {"version": version})
    copy = db.session.scalars(select(Vacancy).where(Vacancy.relisted_from_id == vacancy.id)).one()

    assert recruiter.response.headers["Location"] == f"/recruiter/vacancies/{copy.reference}/edit"
    assert copy.reference in links(recruiter.get(base))
    assert vacancy.reference in links(recruiter.get(f"/recruiter/vacancies/{copy.reference}"))
    page = recruiter.post(f"{base}/relist", {"version": version}, status=409)
    assert "Nothing of yours was saved" in page.text or "already" in page.text


def test_a_step_that_does_not_fit_is_refused_before_anything_is_typed(area, vacancy):
    who, base, _ = area
    page = who.get(f"{base}/resume", status=409)
    assert "This vacancy is open now, so this is not possible." in page.text
    who.get(f"{base}/nonsense", status=404)


def test_of_two_people_the_second_is_told_and_keeps_what_was_typed(recruiter, hr, vacancy):
    base = f"/recruiter/vacancies/{vacancy.reference}"
    version = recruiter.get(f"{base}/end").select_one("[name=version]")["value"]
    hr.submit(f"/review/approvals/{vacancy.reference}/pause", {"reason": "The budget is looked at."})
    page = recruiter.post(f"{base}/end", {"reason": "The team moves.", "version": version}, status=409)

    assert errors(page)[0].startswith("Harper Reed paused this vacancy at ")
    assert page.select_one("textarea[name=reason]").text.strip() == "The team moves."
    assert status(vacancy) is VacancyStatus.PAUSED


@pytest.mark.parametrize("step", ["extend", "end", "pause", "resume", "outcome"])
def test_other_teams_and_candidates_are_kept_out(recruiter, candidate, session, step):
    other = factories.VacancyFactory(published=True)
    recruiter.get(f"/recruiter/vacancies/{other.reference}/{step}", status=404)
    candidate.get(f"/recruiter/vacancies/{other.reference}/{step}", status=403)
    candidate.get(f"/review/approvals/{other.reference}/{step}", status=403)
    recruiter.get(f"/review/approvals/{other.reference}/{step}", status=403)
