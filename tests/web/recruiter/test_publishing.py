"""Preview, publish, cancel."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from recruit.core.db import db
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyEvent
from tests import factories
from tests.visitor import Visitor

WHOLE: dict[str, Any] = {"contact_role": "Team manager", "contact_email": "team@demo.example"}


def _in_days(days: int) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def ready(mine) -> Vacancy:
    return mine(**WHOLE, pay_table=factories.PayTableFactory(), closes_at=_in_days(20))


def _path(vacancy: Vacancy, end: str) -> str:
    return f"/recruiter/vacancies/{vacancy.reference}/{end}"


def _status(vacancy: Vacancy) -> VacancyStatus:
    db.session.rollback()
    return db.session.scalars(select(Vacancy.status).where(Vacancy.id == vacancy.id)).one()


def test_the_check_page_links_to_what_is_missing(recruiter: Visitor, mine):
    vacancy = mine(contact_role="Manager", summary="")

    page = recruiter.get(_path(vacancy, "publish"))

    assert {link.get_text(): link["href"].partition("#")[2] for link in page.select("main ul:first-of-type a")} == {
        "Enter the summary": "summary",
        "Enter an email address or a phone number for an informal chat": "contact_email",
        "Select a pay table": "pay_table_id",
        "Enter the closing date": "closes_on-day",
    }
    form = recruiter.get(_path(vacancy, "edit"))
    for link in page.select("main ul:first-of-type a"):
        assert form.select_one(f"[id='{link['href'].partition('#')[2]}']")
    assert page.select("main form") == []


def test_publishing_puts_the_vacancy_before_the_public(recruiter: Visitor, ready: Vacancy, visitor: Visitor):
    visitor.get(f"/jobs/{ready.slug}", status=404)

    recruiter.submit(_path(ready, "publish"))

    assert "Published. Candidates can apply now." in recruiter.follow().get_text()
    assert visitor.get(f"/jobs/{ready.slug}").h1.get_text() == ready.title


def test_a_scheduled_vacancy_says_when_it_opens(recruiter: Visitor, ready: Vacancy, session):
    ready.opens_at = _in_days(5)

    recruiter.submit(_path(ready, "publish"))

    assert "Published. Candidates can apply from " in recruiter.follow().get_text()


def test_what_changed_since_the_check_is_not_published(recruiter: Visitor, ready: Vacancy, session):
    seen = recruiter.get(_path(ready, "publish")).select_one("[name=version]")["value"]
    ready.title = "Changed meanwhile"
    session.commit()

    page = recruiter.post(_path(ready, "publish"), {"version": seen}, status=200)

    assert "saved this vacancy" in page.select_one(".govuk-error-summary").get_text()
    assert _status(ready) is VacancyStatus.DRAFT


def test_an_incomplete_draft_cannot_be_published_by_hand(recruiter: Visitor, mine):
    vacancy = mine()

    recruiter.post(_path(vacancy, "publish"), {"version": str(vacancy.version)}, status=200)

    assert _status(vacancy) is VacancyStatus.DRAFT


@pytest.mark.parametrize("version", ["", "0", "-1", "²", "9" * 40, "x"])
def test_an_odd_version_publishes_nothing(recruiter: Visitor, ready: Vacancy, version: str):
    recruiter.post(_path(ready, "publish"), {"version": version}, status=200)

    assert _status(ready) is VacancyStatus.DRAFT


def test_a_second_publication_is_told(recruiter: Visitor, ready: Vacancy):
    recruiter.submit(_path(ready, "publish"))

    page = recruiter.post(_path(ready, "publish"), {"version": "2"}, status=409)

    assert "has been published already" in page.get_text()


def test_the_preview_is_the_public_page(recruiter: Visitor, ready: Vacancy, visitor: Visitor):
    preview = recruiter.get(_path(ready, "preview")).select_one("main")
    recruiter.submit(_path(ready, "publish"))

    public = visitor.get(f"/jobs/{ready.slug}").select_one("main")

    assert preview.get_text() == public.get_text()
    recruiter.get(_path(ready, "preview"), status=302)


def test_a_preview_keeps_nothing(recruiter: Visitor, ready: Vacancy, session):
    recruiter.get(_path(ready, "preview"))

    assert session.scalars(select(Vacancy.id)).all() == [ready.id]
    assert _status(ready) is VacancyStatus.DRAFT


def test_a_draft_without_pay_has_no_preview_yet(recruiter: Visitor, mine):
    vacancy = mine()

    recruiter.get(_path(vacancy, "preview"), status=302)

    assert "There is no preview yet." in recruiter.follow().get_text()


def test_cancelling_asks_why_and_keeps_it(recruiter: Visitor, mine, session):
    vacancy = mine(published=True)

    page = recruiter.submit(_path(vacancy, "cancel"), {"reason": " \x00"}, status=200)
    assert page.select_one(".govuk-error-summary__list a")["href"] == "#reason"
    recruiter.submit(_path(vacancy, "cancel"), {"reason": "The post was filled."})

    assert _status(vacancy) is VacancyStatus.CANCELLED
    assert session.scalars(select(VacancyEvent.reason)).all() == ["The post was filled."]
    for end in ("edit", "publish", "cancel"):
        recruiter.get(_path(vacancy, end), status=409)


def test_a_deleted_draft_leaves_the_list(recruiter: Visitor, mine):
    vacancy = mine()

    recruiter.submit(_path(vacancy, "cancel"))

    assert recruiter.follow().select(".worklist__item") == []
    recruiter.get(_path(vacancy, "edit"), status=404)


def test_looking_changes_nothing(recruiter: Visitor, ready: Vacancy, session):
    before = ready.version
    for end in ("edit", "preview", "publish", "cancel"):
        recruiter.get(_path(ready, end))

    assert session.scalars(select(Vacancy.version)).all() == [before]
    assert session.scalars(select(VacancyEvent.id)).all() == []
