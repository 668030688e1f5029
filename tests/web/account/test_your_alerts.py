"""The alerts of an account's own address: shown, led to, part of one's own data."""

from datetime import timedelta

from sqlalchemy.orm import Session

from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.vacancies.finder_query import Query
from recruit.vacancies.saved import save_vacancy
from tests.alerts.alerting import CONSENT, an_alert
from tests.factories import UserFactory, VacancyFactory
from tests.visitor import Visitor


def test_the_account_leads_to_its_alerts(candidate: Visitor, session: Session):
    an_alert(candidate.user.email, Query("adoption"), now=clock.now())
    an_alert("other@people.example", Query("fostering"), now=clock.now())

    page = candidate.get("/account")
    action = page.select_one("form[action^='/account/alerts/']")["action"]
    candidate.post(action)
    alert = candidate.follow()

    assert [heading.text for heading in page.select("h3.entry__title")] == ["‘adoption’"]
    assert alert.h1.text == "Your email alert"


def test_somebody_elses_alert_is_not_there(candidate: Visitor, session: Session):
    theirs = an_alert("other@people.example", now=clock.now())

    candidate.post(f"/account/alerts/{theirs.id}", status=404)
    candidate.post("/account/alerts/99999999999999999999999", status=404)


def test_an_address_that_is_not_confirmed_shows_no_alerts(visit_as, session: Session):
    user = UserFactory(confirmed_at=None)
    alert = an_alert(user.email, now=clock.now())
    visitor = visit_as(user)

    assert visitor.get("/account").select("h3.entry__title") == []
    visitor.post(f"/account/alerts/{alert.id}", status=404)


def test_own_data_has_alerts_and_saved_vacancies(candidate: Visitor, session: Session):
    now = clock.now() - timedelta(minutes=1)
    an_alert(candidate.user.email, Query("adoption"), now=now)
    vacancy = VacancyFactory(published=True, title="Fostering officer")
    with transaction():
        save_vacancy(candidate.user.as_actor(), vacancy, now=now)

    page = candidate.get("/account/data")
    candidate.get("/account/data.json")
    data = candidate.response.json

    assert CONSENT in page.text
    assert f"Fostering officer, {vacancy.team.name}: saved at" in page.text
    assert [(one["search"], one["consent"], one["agreed_at"]) for one in data["alerts"]] == [
        ("‘adoption’", CONSENT, now.isoformat())
    ]
    assert data["saved_vacancies"] == [
        {"vacancy": "Fostering officer", "team": vacancy.team.name, "saved_at": now.isoformat()}
    ]
