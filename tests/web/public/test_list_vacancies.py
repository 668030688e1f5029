"""The list of vacancies, as visitors read it."""

import string
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruit.vacancies.finder_query import Facet
from recruit.web import rates
from tests.factories import GradeFactory, TeamFactory, UserFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor


def titles(page) -> list[str]:
    return [link.get_text(strip=True) for link in page.select(".vacancy__link")]


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


def test_list_shows_what_each_vacancy_offers(visitor: Visitor):
    VacancyFactory(
        published=True,
        title="Social worker, fostering",
        slug="social-worker-fostering",
        closes_at=datetime(2046, 5, 31, 23, 0, tzinfo=UTC),
        welcome=WelcomeSchemeVersionFactory(),
        newly_qualified=True,
        team=TeamFactory(name="Fostering team"),
    )

    page = visitor.get("/jobs")

    assert words(page.select_one("h2")) == "1 vacancy open now"
    assert page.select_one(".vacancy__link")["href"] == "/jobs/social-worker-fostering"
    assert words(page.select_one(".vacancy")) == (
        "Social worker, fostering £28,672 to £36,922 a year, Social worker Team Fostering team"
        " Hours 37 hours a week, full time Place Civic Centre, Middlesbrough Closes 11:59pm on Thursday 31 May 2046"
        " £5,000 welcome payment Newly qualified welcome"
    )


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_long(visitor: Visitor, queries: list[str], count: int):
    VacancyFactory.create_batch(count, published=True)
    visitor.get("/jobs")
    queries.clear()

    page = visitor.get("/jobs?sort=closing")

    assert len(titles(page)) == count
    assert len(queries) <= 1  # the revision, when half a second has gone by


def test_list_escapes_what_people_wrote(visitor: Visitor):
    VacancyFactory(published=True, title="<b>Bold</b> & co", team=TeamFactory(name="<i>Team</i>", slug="a&b"))

    page = visitor.get("/jobs?q=%3Cscript%3Ebold")

    assert titles(visitor.get("/jobs")) == ["<b>Bold</b> & co"]
    assert page.select("main b, main i, main script") == []
    assert page.select_one("#q")["value"] == "<script>bold"


def test_filters_show_counts_and_keep_what_was_chosen(visitor: Visitor):
    VacancyFactory(published=True, team=TeamFactory(name="A", slug="a"), part_time=True)
    VacancyFactory(published=True, team=TeamFactory(name="B", slug="b"))
    TeamFactory(name="Nothing open", slug="c")

    page = visitor.get("/jobs?team=a&salary_min=31000&closing_within=30&q=work")

    assert [words(label) for label in page.select("label[for^=filter-team]")] == ["A (1)", "B (1)"]
    assert [box["value"] for box in page.select("input[type=checkbox][checked]")] == ["a"]
    assert page.select_one("#salary_min option[selected]")["value"] == "31000"
    assert page.select_one("#closing_within option[selected]")["value"] == "30"
    assert words(page.select_one("h2")) == "1 vacancy found"
    assert words(page.select_one(".filters__summary")) == "Filters (3 in use)"


def test_chips_lead_to_the_list_without_them(visitor: Visitor):
    VacancyFactory(published=True, team=TeamFactory(name="A", slug="a"))

    page = visitor.get("/jobs?q=work&team=a&newly_qualified=1&closing_within=7&salary_min=30000")

    assert {words(chip): chip["href"] for chip in page.select(".chips__link")} == {
        "Remove filter: ‘work’ ×": "/jobs?team=a&salary_min=30000&newly_qualified=1&closing_within=7",
        "Remove filter: A ×": "/jobs?q=work&salary_min=30000&newly_qualified=1&closing_within=7",
        "Remove filter: Pay reaches £30,000 ×": "/jobs?q=work&team=a&newly_qualified=1&closing_within=7",
        "Remove filter: Newly qualified welcome ×": "/jobs?q=work&team=a&salary_min=30000&closing_within=7",
        "Remove filter: Closes within 7 days ×": "/jobs?q=work&team=a&salary_min=30000&newly_qualified=1",
    }


def test_the_form_works_without_a_script(visitor: Visitor):
    VacancyFactory(published=True, title="Social worker")

    page = visitor.get("/jobs?q=social")
    form = page.select_one("#search")

    assert (form["action"], form["method"]) == ("/jobs", "get")
    assert [(o.get("value"), o.get_text(), o.has_attr("selected")) for o in page.select("#sort option")] == [
        ("", "Most relevant", True),
        ("newest", "Newest first", False),
        ("closing", "Closing soonest", False),
        ("salary", "Highest pay", False),
    ]
    assert page.select_one("#sort")["form"] == page.select_one(".results__sort button")["form"] == "search"


def test_pages_lead_on_and_back(visitor: Visitor):
    team, grade, author = TeamFactory(), GradeFactory(), UserFactory()
    VacancyFactory.create_batch(61, published=True, team=team, grade=grade, author_id=author.id)

    page = visitor.get("/jobs?sort=salary&page=2")

    assert words(page.select_one("h1")) == "Vacancies in children’s social work, page 2 of 4"
    assert [(words(link), link["href"]) for link in page.select(".govuk-pagination a")] == [
        ("‹ Previous page", "/jobs?sort=salary"),
        ("1", "/jobs?sort=salary"),
        ("2", "/jobs?sort=salary&page=2"),
        ("3", "/jobs?sort=salary&page=3"),
        ("4", "/jobs?sort=salary&page=4"),
        ("Next page ›", "/jobs?sort=salary&page=3"),
    ]
    assert page.select_one("ol.vacancies")["start"] == "21"
    assert len(titles(visitor.get("/jobs?page=4"))) == 1


def test_a_page_beyond_the_last_is_the_last_with_a_note(visitor: Visitor):
    VacancyFactory(published=True, title="One")

    page = visitor.get("/jobs?page=7")

    assert (titles(page), words(page.select_one(".notes"))) == (["One"], "There is no page 7, so this is the last one.")


def test_a_value_that_means_nothing_is_ignored_with_a_note(visitor: Visitor):
    VacancyFactory(published=True, title="One")

    page = visitor.get("/jobs?grade=boss")

    assert titles(page) == ["One"]
    assert words(page.select_one(".notes")) == "We ignored the grade ‘boss’ because we do not know it."


def test_nothing_found_says_what_to_drop(visitor: Visitor):
    VacancyFactory(published=True, team=TeamFactory(name="A", slug="a"), title="Court worker")
    VacancyFactory(published=True, team=TeamFactory(name="B", slug="b"), part_time=True)

    page = visitor.get("/jobs?team=a&hours=part_time")

    assert [(words(way), way.a["href"]) for way in page.select(".ways-out li")] == [
        ("Without A : 1 vacancy", "/jobs?hours=part_time"),
        ("Without Part time : 1 vacancy", "/jobs?team=a"),
    ]
    assert "see all 2 vacancies" in words(page.main)


def test_nothing_found_whatever_is_dropped(visitor: Visitor):
    VacancyFactory(published=True)

    page = visitor.get("/jobs?q=zebra&welcome_payment=1&newly_qualified=1")

    assert page.select(".ways-out") == []
    assert "Dropping one filter would not be enough" in words(page.main)
    page = visitor.get("/jobs?q=zebra")
    assert page.select(".ways-out") == []
    assert "Dropping one filter" not in words(page.main)
    assert "see all 1 vacancy" in words(page.main)


def test_a_word_that_finds_nothing_leads_to_the_one_that_was_meant(visitor: Visitor):
    VacancyFactory(published=True, title="Fostering social worker", part_time=True)
    VacancyFactory(published=True, title="Court worker")

    page = visitor.get("/jobs?q=fostring+socail+worker&hours=part_time")
    link = page.find("a", string="fostering social worker")

    assert words(link.parent) == "Did you mean fostering social worker ? 1 vacancy"
    assert link["href"] == "/jobs?q=fostering+social+worker&hours=part_time"
    assert "Did you mean" not in visitor.get("/jobs?q=court").get_text()
    assert "Did you mean" not in visitor.get("/jobs?q=fostring&closing_within=7").get_text()


def test_words_that_no_vacancy_says_together_lead_to_some_of_them(visitor: Visitor):
    VacancyFactory(published=True, title="Fostering social worker", part_time=True)
    VacancyFactory(published=True, title="Fostering manager")

    page = visitor.get("/jobs?q=fostering+manager+part+time&sort=closing")

    assert [(words(item), item.a["href"]) for item in page.select(".ways-out")[0].select("li")] == [
        ("fostering part time : 1 vacancy", "/jobs?q=fostering+part+time&sort=closing"),
        ("fostering manager : 1 vacancy", "/jobs?q=fostering+manager&sort=closing"),
    ]
    page = visitor.get("/jobs?q=zebra+fostering+giraffe")
    assert [words(item) for item in page.select(".ways-out")[0].select("li")] == ["fostering : 2 vacancies"]
    assert "Some say part of it" not in visitor.get("/jobs?q=zebra").get_text()
    page = visitor.get("/jobs?q=fostring+worker")
    assert "Did you mean fostering worker" in words(page.main)
    assert "Some say part of it" not in words(page.main)


def test_nothing_open_at_all(visitor: Visitor):
    page = visitor.get("/jobs")

    assert "No vacancies are open at the moment" in words(page.main)


def test_searches_are_limited_and_the_plain_list_is_not(visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app.config["SETTINGS"], "search_rate", "2 per minute")

    for number in range(2):
        visitor.get(f"/jobs?q=a{number}")
    visitor.get("/jobs?q=b", 429)
    visitor.get("/jobs")
    rates.forget(app)
    visitor.get("/jobs?q=b")


@pytest.mark.parametrize(
    ("first", "same", "other"),
    [
        ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
        ("192.0.2.1", "::ffff:192.0.2.1", "::ffff:192.0.2.2"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:3::1"),
    ],
)
def test_searches_are_limited_by_network(
    visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch, first: str, same: str, other: str
):
    monkeypatch.setattr(app.config["SETTINGS"], "search_rate", "1 per minute")

    for number, (address, status) in enumerate([(first, 200), (same, 429), (other, 200)]):
        visitor.get(f"/jobs?q=a{number}", status, environ_overrides={"REMOTE_ADDR": address})


texts = st.text(max_size=30) | st.sampled_from(
    ["1", "-1", "9" * 23, "٣", "\x00", "<b>", "' OR 1=1 --", "%", "..", "\u202e"]
)
keys = st.sampled_from([*(facet.value for facet in Facet), "q", "sort", "page", "grade[]", "team[0]"])
keys |= st.text(string.printable, max_size=8)


@given(st.dictionaries(keys, st.lists(texts, max_size=3), max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_string_gives_a_page(app: Flask, visitor: Visitor, parameters: dict[str, list[str]]):
    query = urlencode(parameters, doseq=True, errors="replace")
    rates.forget(app)

    visitor.get(f"/jobs?{query}")


@pytest.mark.parametrize(
    "query", ["%", "%ff", "q=%ED%A0%80", "q=%00", "=", "&&&", "q", "page=1&page=2", "q=a&q=b", "?", "q=" + "a" * 9000]
)
def test_odd_query_strings_give_a_page(visitor: Visitor, query: str):
    visitor.get(f"/jobs?{query}")


def test_a_closing_vacancy_says_so(visitor: Visitor):
    VacancyFactory(published=True, closes_at=datetime.now(UTC) + timedelta(days=2, hours=12))

    assert words(visitor.get("/jobs").select_one(".tag--wait")) == "Closing soon"
