"""A vacancy that ended: readable for a fixed time, then 410 with a way on, never 404."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.limits import CLOSED_VACANCY_KEPT
from recruit.vacancies.models import Vacancy, VacancyEvent
from tests.factories import TeamFactory, VacancyFactory
from tests.visitor import Visitor

CLOSED = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def closed(**kwargs) -> Vacancy:
    times = {"opens_at": CLOSED - 20 * DAY, "closes_at": CLOSED}
    return VacancyFactory(published=True, **{**times, "slug": "this", "reference": "CSW-0042", **kwargs})


@pytest.mark.parametrize(
    ("after", "status"),
    [(timedelta(0), 200), (CLOSED_VACANCY_KEPT - SECOND, 200), (CLOSED_VACANCY_KEPT, 410), (3650 * DAY, 410)],
)
def test_it_is_readable_for_a_fixed_time(visitor: Visitor, session, after: timedelta, status: int):
    closed()

    with time_machine.travel(CLOSED + after, tick=False):
        visitor.get("/jobs/this", status)
        assert visitor.client.get("/api/v1/vacancies/CSW-0042").status_code == status


def test_the_limit_is_90_days():
    assert timedelta(days=90) == CLOSED_VACANCY_KEPT


@pytest.mark.parametrize(("cancelled_before", "gone_before"), [(3 * DAY, 3 * DAY), (-3 * DAY, timedelta(0))])
def test_a_cancelled_one_counts_from_whichever_ended_it(
    visitor: Visitor, session, cancelled_before: timedelta, gone_before: timedelta
):
    vacancy = closed(status=VacancyStatus.CANCELLED)
    at = CLOSED - cancelled_before
    session.add(VacancyEvent(vacancy_id=vacancy.id, source="published", target="cancelled", at=at))
    session.commit()
    goes_at = CLOSED - gone_before + CLOSED_VACANCY_KEPT

    for moment, status in ((goes_at - SECOND, 200), (goes_at, 410)):
        with time_machine.travel(moment, tick=False):
            visitor.get("/jobs/this", status)


def test_what_is_gone_leads_on(visitor: Visitor, session):
    team = TeamFactory()
    closed(team=team, title="The old one", summary="What it said")
    now = CLOSED + CLOSED_VACANCY_KEPT
    VacancyFactory(published=True, title="The new one", team=team, opens_at=now - DAY, closes_at=now + DAY)

    with time_machine.travel(now, tick=False):
        page = visitor.get("/jobs/this", 410)

    assert page.h1.get_text() == "This vacancy has ended"
    assert [link.get_text(strip=True) for link in page.select(".vacancy__link")] == ["The new one"]
    assert {link["href"] for link in page.select("main a")} >= {"/jobs", "/teams", "/applications"}
    assert "What it said" not in page.get_text()
    assert visitor.response.headers["X-Robots-Tag"] == "noindex"
    assert page.select("link[rel=canonical], script[type='application/ld+json']") == []


@pytest.mark.parametrize("similar", [1, 3])
def test_what_is_gone_costs_three_queries_and_then_none(visitor: Visitor, queries: list[str], similar: int):
    team = TeamFactory()
    closed(team=team)
    now = CLOSED + CLOSED_VACANCY_KEPT
    for number in range(similar):
        VacancyFactory(published=True, team=team, slug=f"s-{number}", opens_at=now - DAY, closes_at=now + DAY)
    with time_machine.travel(now, tick=False):
        visitor.get("/jobs")
        counts = []
        for _ in range(2):
            queries.clear()
            visitor.get("/jobs/this", 410)
            counts.append(len([query for query in queries if "counter" not in query]))

    assert counts == [3, 0]
