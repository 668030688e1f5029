"""The page of a vacancy: open, closed, cancelled, and those that nobody may see."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from bs4 import Tag
from sqlalchemy.orm import Session

from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyEvent
from tests.factories import GradeFactory, TeamFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 5, 28, 23, 0, tzinfo=UTC)  # the end of Thursday 28 May in London
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


def published(**kwargs) -> Vacancy:
    return VacancyFactory(published=True, **{"opens_at": NOW - DAY, "closes_at": CLOSES, "slug": "this", **kwargs})


def words(element: Tag) -> str:
    return " ".join(element.get_text(" ").split())


def facts(page) -> dict[str, str]:
    return {words(term): words(term.find_next_sibling("dd")) for term in page.select("dt")}


def test_vacancy_shows_the_key_facts_first(visitor: Visitor):
    published(
        title="Social worker, fostering",
        team=TeamFactory(name="Fostering team", slug="fostering"),
        welcome=WelcomeSchemeVersionFactory(number=2),
        caseload_typical=14,
        caseload_maximum=17,
    )

    page = visitor.get("/jobs/this")

    assert words(page.h1) == "Social worker, fostering"
    assert words(page.select_one(".key-facts")) == (
        "£28,672 to £36,922 a year Hours 37 hours a week, full time Place Civic Centre, Middlesbrough"
        " Team Fostering team Closes 11:59pm on Thursday 28 May 2026 Caseload 14 children, at most 17"
        " Plus a £5,000 welcome payment"
        " £5,000 one-off, before tax. Conditions apply"
        " Points 24 to 33 of the national (NJC) pay spine, rates from 1 April 2020 . Work out your pay"
    )
    assert [link["href"] for link in page.select(".key-facts a")] == [
        "/teams/fostering",
        "/welcome-payment/welcome-aboard-2",
        "/pay-points/2020-04-01",
        "#your-pay",
    ]
    assert {link["href"] for link in page.select("a.button--accent")} == {"/jobs/this/apply"}


def test_vacancy_shows_the_share_of_the_welcome_payment_for_part_time_hours(visitor: Visitor):
    published(
        weekly_hours=Decimal("18.5"),
        full_time=False,
        part_time=True,
        welcome=WelcomeSchemeVersionFactory(amount_pence=500_000),
    )

    page = visitor.get("/jobs/this")

    assert words(page.select_one(".welcome")) == (
        "Plus a £5,000 welcome payment £2,500 for these hours, one-off, before tax. Conditions apply"
    )


def test_vacancy_shows_pro_rata_pay_for_part_time_hours(visitor: Visitor):
    published(weekly_hours=Decimal("22.2"), full_time=False, part_time=True)

    page = visitor.get("/jobs/this")

    assert words(page.select_one(".key-facts__share")) == "Pro rata: £17,203 to £22,153 a year for 22.2 hours a week"
    assert page.select(".welcome") == []


def test_vacancy_shows_one_point_and_one_figure_where_there_is_one(visitor: Visitor):
    published(point_max=24, salary_max_pence=28_672_00)

    page = visitor.get("/jobs/this")

    assert words(page.select_one(".key-facts__amount")) == "£28,672 a year"
    assert words(page.select_one(".key-facts__basis")).startswith("Point 24 of the national")


def test_vacancy_shows_the_work_the_promise_the_dates_and_the_contact(visitor: Visitor):
    published(
        description="## The work\n\nYou **listen**.",
        interview_on=date(2026, 6, 18),
        caseload_typical=14,
        caseload_maximum=17,
        supervision="every 4 weeks",
        promise_source="Team report",
        promise_as_of=date(2026, 4, 1),
        contact_role="Team manager",
        contact_phone="01632 960 100",
        contact_email="team@demo.example",
        contact_times="Weekdays",
        posts=3,
        newly_qualified=True,
        hybrid="2 days in the office",
        reference="CSW-0042",
    )

    page = visitor.get("/jobs/this")
    said = facts(page)

    assert page.select_one(".prose strong").get_text() == "listen"
    assert said["You hear from us"] == "By Thursday 11 June 2026, shortlisted or not"  # 10 working days after 28 May
    assert said["Interviews"] == "Thursday 18 June 2026"
    assert (said["Typical caseload"], said["The most we ask you to hold"], said["Supervision"]) == (
        "14 children",
        "17",
        "every 4 weeks",
    )
    assert "Source: Team report, as of 1 April 2026." in words(page.main)
    assert (said["Ask for"], said["Phone"], said["When"]) == ("Team manager", "01632 960 100", "Weekdays")
    assert [link["href"] for link in page.select("a[href^=tel], a[href^=mailto]")] == [
        "tel:01632960100",
        "mailto:team@demo.example",
    ]
    assert (said["Posts"], said["Reference"], said["Working from home"]) == ("3", "CSW-0042", "2 days in the office")
    assert said["Newly qualified"] == "Welcome. Your first year with us"


def test_vacancy_shows_criteria_how_to_apply_and_safeguarding(visitor: Visitor):
    published()

    page = visitor.get("/jobs/this")
    text = words(page.main)

    lists = {
        words(heading): [words(item) for item in heading.find_next("ul").select("li")] for heading in page.select("h3")
    }
    assert lists == {
        "Essential": ["Assesses the needs of children", "Works with risk"],
        "Desirable": ["Knows the family court"],
    }
    assert "an example for each of the 2 essential criteria" in text
    assert "your Social Work England number" in text
    assert "We do not take CVs" in text
    assert "committed to safeguarding" in text
    assert "It is an offence to apply for it if you are barred from work with children." in text


def test_vacancy_that_needs_no_registration_asks_for_none(visitor: Visitor):
    published(registration_required=False)

    text = words(visitor.get("/jobs/this").main)
    assert "Social Work England number" not in text
    assert "full licence" not in text


def test_vacancy_that_needs_driving_says_so_and_offers_adjustments(visitor: Visitor):
    published(driving_required=True)

    text = words(visitor.get("/jobs/this").main)
    assert "You need a full licence and the use of a car, or tell us the adjustment you need" in text


def test_vacancy_lets_no_markup_through(visitor: Visitor):
    published(description="<script>alert(1)</script> [x](javascript:alert(1))", title="<b>B</b>", summary="<i>I</i>")

    page = visitor.get("/jobs/this")

    assert page.select("main script, main b, main i, main a[href^=javascript]") == []


@pytest.mark.parametrize(
    ("left", "note"),
    [
        (timedelta(hours=24), []),
        (timedelta(hours=23, minutes=59), ["closes in 23 hours"]),
        (timedelta(minutes=1), ["closes in 1 minute"]),
    ],
)
def test_vacancy_says_how_long_is_left_on_the_last_day(visitor: Visitor, left: timedelta, note: list[str]):
    published(closes_at=NOW + left)

    assert [words(tag) for tag in visitor.get("/jobs/this").select(".key-facts .tag")] == note


def test_closed_vacancy_says_so_and_offers_others(visitor: Visitor):
    team, other_team = TeamFactory(), TeamFactory()
    grade, other_grade = GradeFactory(), GradeFactory(code="other", title="Other")
    published(closes_at=NOW, opens_at=NOW - 2 * DAY, team=team, grade=grade)
    published(slug="a", title="Same grade", team=other_team, grade=grade)
    published(slug="b", title="Same team", team=team, grade=other_grade)
    published(slug="c", title="Neither", team=other_team, grade=other_grade)

    page = visitor.get("/jobs/this")

    assert words(page.select_one("main h2")) == "This vacancy has closed"
    assert "It closed at 10am on Tuesday 12 May 2026." in words(page.main)
    assert [words(link) for link in page.select(".vacancy__link")] == ["Same team", "Same grade"]
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select("a[href$=apply]") == []


def test_an_open_vacancy_ends_with_others_like_it_and_not_with_itself(visitor: Visitor):
    team, grade = TeamFactory(), GradeFactory()
    published(team=team, grade=grade)
    published(slug="a", title="Same team", team=team, grade=GradeFactory(code="other"), closes_at=NOW + DAY)

    assert [words(link) for link in visitor.get("/jobs/this").select("#similar ~ ul .vacancy__link")] == ["Same team"]
    with time_machine.travel(NOW + DAY, tick=False):
        assert visitor.get("/jobs/this").select("#similar") == []


@pytest.mark.parametrize(
    ("days", "words_of_hope"),
    [(15, "you will hear from us by Wednesday 27 May 2026"), (16, "everybody was to hear by Wednesday 27 May 2026")],
)
def test_closed_vacancy_says_by_when_people_hear(visitor: Visitor, days: int, words_of_hope: str):
    published(closes_at=NOW, opens_at=NOW - 2 * DAY)

    with time_machine.travel(NOW + days * DAY, tick=False):
        assert f"If you applied, {words_of_hope}:" in words(visitor.get("/jobs/this").main)


def test_cancelled_vacancy_says_so(visitor: Visitor, session: Session):
    vacancy = published(status=VacancyStatus.CANCELLED)
    session.add(VacancyEvent(vacancy_id=vacancy.id, source="published", target="cancelled", reason="Secret", at=NOW))
    session.commit()

    page = visitor.get("/jobs/this")

    assert words(page.select_one("main h2")) == "This vacancy has been cancelled"
    assert "It was cancelled on Tuesday 12 May 2026" in words(page.main)
    assert page.select("a[href$=apply]") == []
    assert "Secret" not in visitor.response.text


@pytest.mark.parametrize(
    "slug", ["none", "draft", "scheduled", "9" * 300, "%00", "%ED%A0%80", "..%2f", "a%20b", "THIS"]
)
def test_what_is_not_public_is_not_found(visitor: Visitor, slug: str):
    published()
    VacancyFactory(slug="draft")
    published(slug="scheduled", opens_at=NOW + DAY)

    page = visitor.get(f"/jobs/{slug}", 404)

    assert page.select("main a[href='/jobs']") != []


@pytest.mark.parametrize("similar", [1, 3])
def test_vacancy_costs_three_queries(visitor: Visitor, queries: list[str], similar: int):
    team = TeamFactory()
    published(team=team, closes_at=NOW, opens_at=NOW - DAY)
    for number in range(similar):
        published(team=team, slug=f"similar-{number}")
    visitor.get("/jobs")  # the finder has read them
    queries.clear()

    page = visitor.get("/jobs/this")

    assert len(page.select(".vacancy")) == similar
    assert len([query for query in queries if "counter" not in query]) == 3
    assert len(queries) <= 4
