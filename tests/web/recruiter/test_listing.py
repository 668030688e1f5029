"""The recruiter's list, and the page of one vacancy."""

from datetime import UTC, date, datetime, timedelta

import pytest

from recruit.applications.counts import StageCount
from recruit.core.calendar import london_day
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.models import Criterion
from tests import factories
from tests.visitor import Visitor

LIST = "/recruiter"


def _rows(page) -> list[list[str]]:
    return [
        [" ".join(part.get_text(" ", strip=True).split()) for part in item.select("h3, .tag, p:nth-of-type(3)")]
        for item in page.select(".worklist__item")
    ]


def test_what_needs_the_recruiter_comes_first(recruiter: Visitor, mine):
    now = datetime.now(UTC)
    mine(title="Closed long ago", published=True, closes_at=now - timedelta(days=2))
    mine(title="Closed", published=True, closes_at=now - timedelta(days=1))
    mine(title="Cancelled", published=True, status=VacancyStatus.CANCELLED)
    mine(title="Scheduled", published=True, opens_at=now + timedelta(days=5))
    mine(title="Closing later", published=True, closes_at=now + timedelta(days=19))
    mine(title="Closing first", published=True, closes_at=now + timedelta(days=2))
    mine(title="Older draft", closes_at=now + timedelta(days=30))
    mine(title="Draft")
    mine(title="Deleted draft", status=VacancyStatus.CANCELLED)
    mine(title="Waiting", waiting=True)
    mine(title="To change", waiting=True, status=VacancyStatus.CHANGES_REQUESTED)

    page = recruiter.get(LIST)

    assert [row[:2] for row in _rows(page)] == [
        ["To change", "Changes asked for"],
        ["Draft", "Draft"],
        ["Older draft", "Draft"],
        ["Waiting", "Waiting for approval"],
        ["Closing first", "Open"],
        ["Closing later", "Open"],
        ["Scheduled", "Scheduled"],
        ["Closed", "Closed"],
        ["Closed long ago", "Closed"],
        ["Cancelled", "Cancelled"],
    ]


@pytest.mark.parametrize(
    ("status", "titles"), [("draft", ["Mine"]), ("open", ["Open"]), ("closed", []), ("nonsense", ["Mine", "Open"])]
)
def test_the_list_can_be_narrowed(recruiter: Visitor, mine, status: str, titles: list[str]):
    mine(title="Mine")
    mine(title="Open", published=True)

    page = recruiter.get(f"{LIST}?status={status}")

    assert [link.get_text() for link in page.select(".worklist__title a")] == titles


def test_other_teams_vacancies_are_not_there(recruiter: Visitor, other_team):
    vacancy = factories.VacancyFactory(team=other_team, published=True)

    assert recruiter.get(LIST).select(".worklist__item") == []
    pages = (
        "", "/edit", "/edit/post", "/criteria", "/criteria/add", "/criteria/1", "/criteria/use", "/criteria/keep",
        "/template", "/preview", "/send", "/cancel",
    )  # fmt: skip
    for path in pages:
        recruiter.get(f"/recruiter/vacancies/{vacancy.reference}{path}", status=404)
    posts = (
        "/edit/post", "/criteria", "/criteria/1/remove", "/template/drop", "/send", "/cancel", "/copy", "/take-back",
        "/comments",
    )  # fmt: skip
    for path in posts:
        recruiter.post(f"/recruiter/vacancies/{vacancy.reference}{path}", status=404)


@pytest.mark.parametrize("reference", ["CSW-9999", "CSW-99999999999999999999999", "CSW-²", "-1", "%00", "ＣＳＷ-0001"])
def test_a_reference_that_is_none_is_not_found(recruiter: Visitor, reference: str):
    recruiter.get(f"/recruiter/vacancies/{reference}", status=404)


def test_applications_are_counted(recruiter: Visitor, mine, session):
    vacancy = mine(published=True)
    for status, number in (
        (ApplicationStatus.SUBMITTED, 2),
        (ApplicationStatus.WITHDRAWN, 1),
    ):
        session.add(StageCount(scope=f"vacancy:{vacancy.id}", status=status, number=number))

    assert "3 applications" in recruiter.get(LIST).select_one(".worklist__item").get_text()


def test_a_draft_on_an_older_pay_table_says_so_on_its_page_and_in_the_list(recruiter: Visitor, mine):
    older = factories.PayTableFactory()
    chosen, open_choice = mine(title="Chosen", pay_table=older), mine(title="Open choice")
    mine(title="Published", published=True)
    told = "A newer pay table would change its pay"
    assert told not in recruiter.get(LIST).get_text()

    factories.PayTableFactory(effective_on=date(2021, 4, 1))

    items = recruiter.get(LIST).select(".worklist__item")
    assert [item.h3.get_text(strip=True) for item in items if told in item.get_text()] == ["Chosen"]
    page = recruiter.get(f"/recruiter/vacancies/{chosen.reference}").get_text()
    assert "that of 1 April 2021 is in force, and would change its pay." in page
    assert "would change its pay" not in recruiter.get(f"/recruiter/vacancies/{open_choice.reference}").get_text()


def test_old_figures_of_what_candidates_read_are_to_be_checked(recruiter: Visitor, mine):
    today = london_day(datetime.now(UTC))
    old = {"promise_as_of": today - timedelta(days=91)}
    stale = mine(title="Stale", published=True, **old)
    mine(title="Fresh", published=True, promise_as_of=today - timedelta(days=90))
    mine(title="Draft", **old)
    mine(title="Over", published=True, closes_at=datetime.now(UTC) - timedelta(days=1), **old)

    items = recruiter.get(LIST).select(".worklist__item")

    told = "Check its caseload figures"
    assert [item.h3.get_text(strip=True) for item in items if told in item.get_text()] == ["Stale"]
    page = recruiter.get(f"/recruiter/vacancies/{stale.reference}")
    assert "Candidates read figures about caseload and supervision as of" in page.get_text()
    recruiter.get(page.find("a", string="Check them and give a newer date")["href"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_however_long(recruiter: Visitor, mine, queries: list[str], count: int):
    for _ in range(count):
        mine(published=True)
    queries.clear()

    page = recruiter.get(LIST)

    assert len(page.select(".worklist__item")) == count
    # The session with its person, roles and teams; the numbers; the vacancies; the applications.
    assert len(queries) == 5, queries


@pytest.mark.parametrize("count", [1, 3])
def test_a_vacancy_costs_the_same_however_many_criteria_it_has(
    recruiter: Visitor, mine, queries: list[str], count: int
):
    lines = [Criterion(kind="essential", position=number, text=f"Criterion {number}") for number in range(count)]
    path = f"/recruiter/vacancies/{mine(criteria=lines).reference}"
    queries.clear()

    recruiter.get(path)

    # The session and the teams; the vacancy and its criteria; the applications; the comments; the history.
    assert len(queries) == 7, queries


def test_pages_of_a_long_list_hold_every_vacancy_once(recruiter: Visitor, mine):
    for number in range(21):
        mine(title=f"Vacancy {number}")

    titles = [
        link.get_text() for page in (1, 2) for link in recruiter.get(f"{LIST}?page={page}").select(".worklist__title a")
    ]

    assert sorted(titles) == sorted(f"Vacancy {number}" for number in range(21))
    assert recruiter.get(LIST).select_one("a[rel=next]")["href"] == "/recruiter?page=2"


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=²", "page=" + "9" * 30, "page=99999", "status=%00&page=%ff"]
)
def test_an_odd_address_still_shows_a_page(recruiter: Visitor, mine, query: str):
    mine()

    recruiter.get(f"{LIST}?{query}")


def test_the_first_visit_says_what_to_do(recruiter: Visitor):
    page = recruiter.get(LIST)

    assert page.select_one(".empty a")["href"] == "/recruiter/vacancies/new"


def test_a_recruiter_without_a_team_is_told_whom_to_ask(visit_as):
    visitor = visit_as(factories.UserFactory(roles=["recruiter"]))

    assert "administrator" in visitor.get(LIST).select_one(".empty").get_text()


@pytest.mark.parametrize("who", ["candidate", "hr", "admin"])
def test_the_area_is_for_recruiters(request: pytest.FixtureRequest, who: str):
    request.getfixturevalue(who).get(LIST, status=403)
