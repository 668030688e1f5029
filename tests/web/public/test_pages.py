"""Home, teams, pages of words and small files."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from recruit.content import shipped
from recruit.content.markers import claims_of
from recruit.web.content_shown import contact_words
from recruit.web.public.content import FOLDER, content_page, parse
from tests.factories import GradeFactory, TeamFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


def test_home_shows_pay_and_the_welcome_payment_from_the_data(visitor: Visitor):
    WelcomeSchemeVersionFactory(amount_pence=4_000_00)
    senior = GradeFactory(code="SSW", title="Senior social worker", position=3)
    VacancyFactory.create_batch(2, published=True)
    VacancyFactory(published=True, salary_min_pence=28_000_00)
    VacancyFactory(published=True, grade=senior, salary_min_pence=35_745_00, salary_max_pence=39_880_00)

    page = visitor.get("/")

    assert [words(offer) for offer in page.select(".offer")][:2] == [
        "Social worker £28,000 to £36,922 a year, full time. 3 vacancies",
        "Welcome payment £4,000 one-off, before tax, for new starters in many posts. Conditions apply",
    ]
    assert [words(term) for term in page.select("section .facts dd")] == ["£28,000 to £36,922", "£35,745 to £39,880"]
    assert page.select_one(".hero__all a").get_text() == "See all 4 vacancies"


def test_home_shows_the_newest_five_and_every_team(visitor: Visitor):
    team = TeamFactory(name="Busy team", slug="busy")
    TeamFactory(name="Quiet team", slug="quiet")
    opened = datetime.now(UTC) - timedelta(days=1)
    for number in range(6):
        VacancyFactory(published=True, team=team, title=f"Post {number}", opens_at=opened + timedelta(minutes=number))

    page = visitor.get("/")

    assert [words(link) for link in page.select(".vacancy__link")] == [f"Post {number}" for number in (5, 4, 3, 2, 1)]
    assert [words(item) for item in page.select(".team-list li")] == ["Busy team 6 vacancies", "Quiet team"]


def test_home_without_vacancies_or_payment_promises_neither(visitor: Visitor):
    page = visitor.get("/")

    assert "No vacancies are open at the moment" in words(page.main)
    assert "£" not in words(page.main)


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_one_query_however_many(visitor: Visitor, queries: list[str], count: int):
    VacancyFactory.create_batch(count, published=True)
    visitor.get("/why-work-here")
    visitor.get("/jobs")
    queries.clear()

    page = visitor.get("/")

    assert len(page.select(".vacancy")) == count
    assert len([query for query in queries if "counter" not in query]) == 1  # the welcome payment


def test_home_says_when_the_payment_has_ended(visitor: Visitor):
    WelcomeSchemeVersionFactory(valid_until=date(2026, 5, 31))

    with time_machine.travel(datetime(2026, 5, 31, 22, 59, tzinfo=UTC), tick=False):
        assert "Welcome payment £5,000" in words(visitor.get("/").main)
    with time_machine.travel(datetime(2026, 5, 31, 23, 0, tzinfo=UTC), tick=False):
        assert "Welcome payment £5,000" not in words(visitor.get("/").main)


@pytest.mark.parametrize("count", [1, 3])
def test_teams_are_listed_by_service_area(visitor: Visitor, queries: list[str], count: int):
    for number in range(count):
        team = TeamFactory(name=f"Team {number}", slug=f"t{number}", service_area="Fostering", place="Acklam")
        VacancyFactory(published=True, team=team)
    visitor.get("/why-work-here")
    visitor.get("/jobs")
    queries.clear()

    page = visitor.get("/teams")

    assert [words(item) for item in page.select(".team-list li")] == [
        f"Team {number} , Acklam: 1 vacancy" for number in range(count)
    ]
    assert [query for query in queries if "counter" not in query] == []


@pytest.mark.parametrize("count", [0, 1, 3])
def test_team_shows_its_own_open_vacancies(visitor: Visitor, queries: list[str], count: int):
    team = TeamFactory(slug="this", name="This team", description="We **listen**.")
    for _ in range(count):
        VacancyFactory(published=True, team=team, title="Own")
    VacancyFactory(published=True, title="Another team's")
    VacancyFactory(team=team, title="Draft")
    visitor.get("/why-work-here")
    visitor.get("/jobs")
    queries.clear()

    page = visitor.get("/teams/this")

    assert [words(link) for link in page.select(".vacancy__link")] == ["Own"] * count
    assert ("No vacancies in this team" in words(page.main)) is (count == 0)
    assert len([query for query in queries if "counter" not in query]) == 1


@pytest.mark.parametrize("slug", ["none", "%00", "%ED%A0%80", "9" * 300])
def test_unknown_team_is_not_found(visitor: Visitor, slug: str):
    visitor.get(f"/teams/{slug}", 404)


def test_welcome_payment_shows_the_terms_in_force_and_works_out_an_example(visitor: Visitor):
    WelcomeSchemeVersionFactory(
        conditions=["You are new"],
        repayment=[
            {"months_from": 0, "months_to": 12, "percent": 100},
            {"months_from": 12, "months_to": 24, "percent": 50},
        ],
    )

    page = visitor.get("/welcome-payment")

    assert "gets £3,000: £5,000 x 22.2 ÷ 37" in words(page.main)
    assert [[words(cell) for cell in row.select("th, td")] for row in page.select("tbody tr")] == [
        ["After 1 month", "£2,500", "£1,500"],
        ["After 6 months", "£2,500", "£1,500"],
        ["In the first 12 months", "All that was paid", "£3,000"],
        ["From 12 months, and before 24 months", "Half of what was paid", "£1,500"],
        ["From 24 months", "Nothing", "£0"],
    ]
    assert "These are sample terms" in words(page.main)
    assert "You are new" in words(page.main)


def test_welcome_payment_shows_no_terms_that_are_over_or_to_come(visitor: Visitor):
    today = datetime.now(UTC).date()
    WelcomeSchemeVersionFactory(valid_from=today - timedelta(days=9), valid_until=today - timedelta(days=2))
    WelcomeSchemeVersionFactory(valid_from=today + timedelta(days=2))

    assert "There is no welcome payment at the moment" in words(visitor.get("/welcome-payment").main)


LEGAL = sorted(file.stem for file in FOLDER.glob("*.md"))
SHIPPED = [words.slug for words in shipped.shipped_pages().values()]


@pytest.mark.parametrize("name", LEGAL)
def test_each_legal_page_is_shown(app: Flask, visitor: Visitor, name: str):
    written = content_page(name)

    page = visitor.get(f"/{name}")

    assert words(page.h1) == written.title
    assert page.select_one("meta[name=description]")["content"] == written.summary
    assert [table for table in page.select("table") if not table.select("th[scope]")] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_each_page_that_came_with_the_service_is_shown_with_its_claims(visitor: Visitor, name: str):
    written = next(page for page in shipped.shipped_pages().values() if page.slug == name)

    page = visitor.get(f"/{name}")

    assert words(page.h1) == written.title
    assert page.select_one("meta[name=description]")["content"] == written.summary
    sources = [fact.source_url for fact in map(shipped.shipped_facts().get, claims_of(written.body)) if fact]
    assert [link["href"] for link in page.select("main a[href^=http]")] == sources
    assert [table for table in page.select("table") if not table.select("th[scope]")] == []
    assert "{{" not in words(page.main)


@pytest.mark.parametrize("name", [*LEGAL, *SHIPPED])
def test_each_link_of_a_page_of_words_leads_somewhere(visitor: Visitor, name: str):
    page = visitor.get(f"/{name}")

    for link in page.select("main a[href^='/']"):
        visitor.get(link["href"])


@pytest.mark.parametrize(
    "text",
    ["", "No front matter", "+++\ntitle = 'x'\n", "x+++\n+++\n", "+++\ntitle = 'x'\n+++\nBody", "+++\nnot toml\n+++\n"],
)
def test_a_page_without_a_whole_front_matter_is_refused(text: str):
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


def test_a_page_fills_in_its_blanks_and_refuses_one_that_nothing_fills():
    front = "+++\ntitle = 'x'\nsummary = 'y'\nas_of = 2026-01-01\nsources = []\n+++\n"

    assert "Please email us." in parse(front + "Please {{ contact }}.", {"contact": "email us"}).body
    with pytest.raises(ValueError, match="blank"):
        parse(front + "Please {{ contcat }}.", {"contact": "email us"})


def test_how_to_reach_us_comes_from_the_settings(visitor: Visitor, settings):
    link = visitor.get("/privacy").select_one("main a[href^='mailto:']")

    assert link["href"] == f"mailto:{settings.contact_email}"
    assert contact_words("a@b.test", "") == "email [a@b.test](mailto:a@b.test)"
    assert contact_words("a@b.test", "01632 960 010") == "email [a@b.test](mailto:a@b.test) or ring 01632 960 010"


@pytest.mark.parametrize("file", [*FOLDER.glob("*.md"), *shipped.FOLDER.glob("*.md")], ids=lambda file: file.stem)
def test_no_address_or_number_is_written_into_a_page(file):
    assert "@" not in file.read_text()
    assert "01632" not in file.read_text()


def test_the_time_that_the_form_takes_is_said_in_one_way(visitor: Visitor):
    slug = VacancyFactory(published=True).slug

    assert "Allow about 1 and a half hours" in words(visitor.get(f"/jobs/{slug}").main)
    assert "Allow about 1 and a half hours" in words(visitor.get(f"/jobs/{slug}/apply").main)
    assert "Allow about 2 and a half hours for a vacancy with 6" in words(visitor.get("/how-we-recruit").main)


def test_robots_keeps_out_of_private_areas(visitor: Visitor):
    visitor.get("/robots.txt")

    assert visitor.response.mimetype == "text/plain"
    assert visitor.response.text.splitlines()[0] == "User-agent: *"
    assert "Disallow: /review" in visitor.response.text.splitlines()


def test_security_contact_has_an_address_and_an_end(visitor: Visitor):
    with time_machine.travel(datetime(2026, 1, 1, 12, tzinfo=UTC), tick=False):
        visitor.get("/.well-known/security.txt")

    assert visitor.response.text.splitlines() == [
        "Contact: mailto:jobs@demo.example",
        "Expires: 2026-06-30T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: http://localhost/.well-known/security.txt",
    ]


def test_icon_leads_to_the_mark(visitor: Visitor):
    visitor.get("/favicon.ico", 301)

    assert visitor.response.headers["Location"].startswith("/static/mark.")
