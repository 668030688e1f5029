"""Public pages kept as bytes: never stale, never personal, never too many."""

import re
import time
from contextvars import Context
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask

from recruit.core.transaction import transaction
from recruit.vacancies.models import Vacancy
from recruit.web import caching
from tests.factories import UserFactory, VacancyFactory
from tests.visitor import Visitor

PAGES = ["/", "/jobs", "/jobs/this", "/teams", "/why-work-here", "/welcome-payment", "/robots.txt"]


@pytest.fixture
def vacancy(session) -> Vacancy:
    return VacancyFactory(published=True, slug="this", title="Before")


def select_count(queries: list[str]) -> int:
    return len([query for query in queries if "counter" not in query])


@pytest.mark.parametrize("path", PAGES)
def test_the_second_visitor_gets_the_same_bytes_without_a_query(
    visitor: Visitor, vacancy: Vacancy, queries: list[str], path: str
):
    visitor.get(path)
    first = visitor.response
    queries.clear()

    visitor.get(path)

    assert (visitor.response.data, select_count(queries)) == (first.data, 0)
    assert visitor.response.headers["Cache-Control"] == "public, no-cache"
    assert visitor.response.headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize("path", PAGES)
def test_a_browser_that_has_it_gets_304_and_head_gets_no_body(visitor: Visitor, vacancy: Vacancy, path: str):
    visitor.get(path)
    whole = visitor.response

    unchanged = visitor.client.get(path, headers={"If-None-Match": whole.headers["ETag"]})
    changed = visitor.client.get(path, headers={"If-None-Match": '"other"'})
    head = visitor.client.head(path)

    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert (changed.status_code, changed.data) == (200, whole.data)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", str(len(whole.data)))


@pytest.mark.parametrize("path", PAGES)
def test_a_kept_page_is_as_safe_as_a_fresh_one(visitor: Visitor, vacancy: Vacancy, path: str):
    visitor.get(path)
    fresh = dict(visitor.response.headers)
    visitor.get(path)
    own = {"X-Request-ID", "Vary"}  # what is one visitor's

    assert dict(visitor.response.headers) == {name: value for name, value in fresh.items() if name not in own}
    assert fresh["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")


@pytest.mark.parametrize("path", ["/", "/jobs", "/jobs/this"])
def test_an_edit_shows_within_a_second(visitor: Visitor, vacancy: Vacancy, path: str):
    assert "Before" in visitor.get(path).get_text()

    with transaction():
        vacancy.title = "After"
    time.sleep(caching.CHECK_EVERY)  # the clock of processes, which no test can move

    assert "Before" not in visitor.get(path).get_text()


@pytest.mark.parametrize(
    ("path", "gone"), [("/", "This vacancy"), ("/jobs", "This vacancy"), ("/jobs/this", "Apply for this job")]
)
def test_a_closing_time_shows_at_once(visitor: Visitor, path: str, gone: str):
    closes_at = datetime.now(UTC) + timedelta(hours=3)
    VacancyFactory(published=True, slug="this", title="This vacancy", closes_at=closes_at)
    with time_machine.travel(closes_at - timedelta(seconds=1), tick=False) as clock:
        assert gone in visitor.get(path).get_text()

        clock.shift(timedelta(seconds=1))

        assert gone not in " ".join(
            part.get_text() for part in visitor.get(path).select("main a.button--accent, .vacancies")
        )


def test_an_opening_time_shows_at_once(visitor: Visitor):
    opens_at = datetime.now(UTC) + timedelta(hours=3)
    VacancyFactory(published=True, slug="this", title="This vacancy", opens_at=opens_at)
    with time_machine.travel(opens_at - timedelta(seconds=1), tick=False) as clock:
        assert "This vacancy" not in visitor.get("/jobs").get_text()
        visitor.get("/jobs/this", 404)

        clock.shift(timedelta(seconds=1))

        assert "This vacancy" in visitor.get("/jobs").get_text()
        visitor.get("/jobs/this")


@pytest.mark.parametrize("path", ["/", "/jobs", "/jobs/this", "/teams", "/privacy"])
def test_whoever_is_signed_in_gets_an_own_page_and_nobody_else_does(
    visitor: Visitor, visit_as, vacancy: Vacancy, path: str
):
    person = visit_as(UserFactory(name="Quentin Zephyr"))
    visitor.get(path)

    own = person.get(path)
    headers = person.response.headers
    others = visitor.get(path)

    assert "Quentin Zephyr" in own.select_one("header").get_text()
    assert headers["Cache-Control"] == "no-store"
    assert "Quentin Zephyr" not in others.get_text()
    assert others.select("form[action='/sign-out'], input[name=csrf_token]") == []


def test_a_page_made_first_for_somebody_signed_in_is_not_kept(app: Flask, visitor: Visitor, visit_as, vacancy: Vacancy):
    visit_as(UserFactory(name="Quentin Zephyr")).get("/jobs")

    assert len(app.extensions["public_pages"]._pages) == 0
    assert "Quentin Zephyr" not in visitor.get("/jobs").get_text()


@pytest.mark.parametrize(
    "path",
    ["/jobs?utm_source=a", "/jobs?page=1", "/jobs?grade=boss", "/jobs?q=", "/jobs/this?x=1", "/?a", "/privacy?b=c"],
)
def test_addresses_that_we_do_not_write_are_not_kept(app: Flask, visitor: Visitor, vacancy: Vacancy, path: str):
    visitor.get(path)

    assert len(app.extensions["public_pages"]._pages) == 0
    assert visitor.response.headers["Cache-Control"] == "no-store"


def test_no_more_than_so_many_bytes_are_kept(
    app: Flask, visitor: Visitor, vacancy: Vacancy, monkeypatch: pytest.MonkeyPatch
):
    queries = [f"q=word{number}" for number in range(5)]
    visitor.get(f"/jobs?{queries[0]}")
    size = len(visitor.response.data)
    monkeypatch.setattr(caching, "BYTES", 3 * size + size // 2)

    for query in queries[1:]:
        visitor.get(f"/jobs?{query}")

    assert list(app.extensions["public_pages"]._pages) == [("/jobs", query) for query in queries[-3:]]


@pytest.mark.parametrize("path", ["/jobs/none", "/teams/none"])
def test_what_is_not_found_is_not_kept(app: Flask, visitor: Visitor, path: str):
    visitor.get(path, 404)

    assert len(app.extensions["public_pages"]._pages) == 0


def test_a_kept_page_names_no_request(visitor: Visitor, vacancy: Vacancy):
    visitor.get("/jobs")
    visitor.get("/jobs")

    assert not re.search("request", " ".join(visitor.response.headers.keys()), re.IGNORECASE)


def test_a_change_that_a_long_reader_missed_is_not_kept(app: Flask, visitor: Visitor, visit_as, vacancy: Vacancy):
    """The finder reads in a session of its own: whoever asks may stand on older rows."""
    person = visit_as(UserFactory())
    person.get("/jobs")

    with transaction():
        vacancy.title = "After"
    app.extensions["public_revision"].forget()

    assert "After" in person.get("/jobs").get_text()
    assert "After" in Context().run(visitor.client.get, "/jobs").text
