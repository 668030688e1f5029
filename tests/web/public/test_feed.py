"""The Atom feed: valid, stable, cheap, and the same list as the page's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
import pytest
import time_machine
from flask import Flask
from lxml import etree
from sqlalchemy.orm import Session

from recruit.rules import limits
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyEvent
from tests.factories import TeamFactory, VacancyFactory, WelcomeSchemeVersionFactory
from tests.visitor import Visitor

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


@pytest.fixture(autouse=True)
def _at_now():
    with time_machine.travel(NOW, tick=False):
        yield


def published(**kwargs) -> Vacancy:
    times = {"opens_at": NOW - 3 * DAY, "closes_at": datetime(2026, 5, 28, 23, 0, tzinfo=UTC)}
    return VacancyFactory(published=True, **{**times, **kwargs})


def feed(visitor: Visitor, path: str = "/jobs.atom") -> feedparser.FeedParserDict:
    answer = visitor.client.get(path)
    assert (answer.status_code, answer.content_type) == (200, "application/atom+xml; charset=utf-8")
    SCHEMA.assertValid(etree.fromstring(answer.data))
    found = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    assert (found.bozo, found.version) == (False, "atom10")
    return found


def titles(visitor: Visitor, path: str = "/jobs.atom") -> list[str]:
    return [entry.title for entry in feed(visitor, path).entries]


def test_an_entry_says_pay_and_closing(visitor: Visitor):
    team = TeamFactory(name="Fostering team")
    published(
        reference="CSW-0042", slug="this", title="Social worker", team=team, welcome=WelcomeSchemeVersionFactory()
    )

    found = feed(visitor)
    [entry] = found.entries

    assert (found.feed.id, found.feed.title) == ("tag:localhost,2026:vacancies", "Children’s social work jobs")
    assert (found.feed.author, found.feed.rights) == ("Middlesbrough Council", "Open Government Licence v3.0")
    assert {link.rel: link.href for link in found.feed.links} == {
        "self": "http://localhost/jobs.atom",
        "alternate": "http://localhost/jobs",
    }
    assert (entry.id, entry.link) == ("tag:localhost,2026:vacancy/CSW-0042", "http://localhost/jobs/this")
    assert (entry.title, entry.published, entry.updated) == (
        "Social worker",
        "2026-05-09T10:00:00+01:00",
        "2026-05-09T10:00:00+01:00",
    )
    assert [(tag.term, tag.label) for tag in entry.tags] == [("social-worker", "Social worker")]
    assert entry.summary == (
        "£28,672 to £36,922 a year. Plus a £5,000 welcome payment: conditions apply. 37 hours a week, full time."
        " Permanent. Fostering team, Civic Centre, Middlesbrough. Closes 11:59pm on Thursday 28 May 2026."
    )


def test_it_has_the_open_ones_newest_first(visitor: Visitor):
    published(title="Older", opens_at=NOW - 2 * DAY)
    published(title="Newer", opens_at=NOW - DAY)
    published(title="Closed", opens_at=NOW - DAY, closes_at=NOW)
    published(title="Later", opens_at=NOW + SECOND)
    VacancyFactory(title="Draft")

    assert titles(visitor) == ["Newer", "Older"]


def test_an_empty_feed_is_valid(visitor: Visitor):
    found = feed(visitor)

    assert (found.entries, found.feed.updated) == ([], "2026-05-12T00:00:00+01:00")


def test_it_takes_the_filters_of_the_list_and_ignores_what_it_does_not_know(visitor: Visitor):
    published(title="One", team=TeamFactory(slug="fostering"), full_time=False, part_time=True)
    published(title="Two", opens_at=NOW - DAY)
    asked = {
        "/jobs.atom?team=fostering": ["One"],
        "/jobs.atom?hours=part_time": ["One"],
        "/jobs.atom?q=two": ["Two"],
        "/jobs.atom?team=none&page=7&sort=closing&utm_source=mail": ["Two", "One"],
    }

    assert {path: titles(visitor, path) for path in asked} == asked
    found = feed(visitor, "/jobs.atom?hours=part_time&team=fostering")
    assert found.feed.id == "tag:localhost,2026:vacancies?team=fostering&hours=part_time"
    assert {link.href for link in found.feed.links} == {
        "http://localhost/jobs.atom?team=fostering&hours=part_time",
        "http://localhost/jobs?team=fostering&hours=part_time",
    }


def test_an_edit_moves_updated_and_not_the_identifier(visitor: Visitor, session: Session, app: Flask):
    vacancy = published(title="Before")
    before = feed(visitor).entries[0]

    vacancy.title = "After"
    session.add(VacancyEvent(vacancy_id=vacancy.id, source="published", target="published", at=NOW - HOUR))
    session.commit()
    app.extensions["public_pages"].clear()
    after = feed(visitor).entries[0]

    assert (after.id, after.title, after.updated) == (before.id, "After", "2026-05-12T09:00:00+01:00")
    assert after.published == before.published


def test_what_xml_cannot_say_is_left_out(visitor: Visitor):
    published(title="A \x0b\x1f\ufffe & <b> \U0001f600", workplace="]]> &amp;")

    [entry] = feed(visitor).entries

    assert entry.title_detail.value == "A  & <b> \U0001f600"
    assert "]]> &amp;" in entry.summary_detail.value


def moment_of(visitor: Visitor) -> str:
    return str(visitor.client.get("/jobs.atom").headers["Last-Modified"])


def test_last_modified_follows_changes_closings_openings_and_the_day(visitor: Visitor, session: Session, app: Flask):
    published(opens_at=NOW - 3 * DAY, closes_at=NOW + 5 * HOUR)
    published(opens_at=NOW + 2 * HOUR, closes_at=NOW + 5 * DAY)
    cancelled = published(opens_at=NOW - DAY)
    found = [moment_of(visitor)]
    cancelled.status = VacancyStatus.CANCELLED
    session.add(VacancyEvent(vacancy_id=cancelled.id, source="published", target="cancelled", at=NOW - HOUR))
    session.commit()
    app.extensions["public_pages"].clear()
    for later in (timedelta(0), 2 * HOUR, 5 * HOUR, DAY):
        with time_machine.travel(NOW + later, tick=False):
            found.append(moment_of(visitor))

    assert found == [
        "Mon, 11 May 2026 23:00:00 GMT",
        "Tue, 12 May 2026 08:00:00 GMT",
        "Tue, 12 May 2026 11:00:00 GMT",
        "Tue, 12 May 2026 14:00:00 GMT",
        "Tue, 12 May 2026 23:00:00 GMT",
    ]


@pytest.mark.parametrize("path", ["/jobs.atom", "/jobs.atom?team=nobody"])  # kept, and made each time
def test_who_has_it_gets_304(visitor: Visitor, path: str):
    published(opens_at=NOW - HOUR)
    whole = visitor.client.get(path)
    etag, date = whole.headers["ETag"], whole.headers["Last-Modified"]
    asked = {
        ("If-None-Match", etag): 304,
        ("If-None-Match", f'"other", W/{etag}'): 304,
        ("If-None-Match", '"other"'): 200,
        ("If-Modified-Since", date): 304,
        ("If-Modified-Since", "Mon, 11 May 2026 23:00:00 GMT"): 200,
        ("If-Modified-Since", "nonsense"): 200,
    }

    found = {(name, value): visitor.client.get(path, headers={name: value}) for name, value in asked}
    both = visitor.client.get(path, headers={"If-None-Match": '"other"', "If-Modified-Since": date})

    assert {key: answer.status_code for key, answer in found.items()} == asked
    assert {answer.data for answer in found.values() if answer.status_code == 304} == {b""}
    assert both.status_code == 200, "the mark decides"


def test_programs_of_other_origins_may_read_it_and_nothing_else(visitor: Visitor):
    published(slug="this")
    paths = ["/jobs.atom", "/jobs", "/jobs/this", "/", "/sitemap.xml", "/sign-in"]
    for _ in range(2):  # made, then kept
        found = {path: visitor.client.get(path).headers.get("Access-Control-Allow-Origin") for path in paths}
        assert found == {**dict.fromkeys(paths), "/jobs.atom": "*"}


@pytest.mark.parametrize("vacancies", [1, 3])
def test_it_costs_two_queries_and_then_none(visitor: Visitor, queries: list[str], vacancies: int):
    for _ in range(vacancies):
        published()
    visitor.get("/jobs")
    counts = []
    for _ in range(2):
        queries.clear()
        assert len(feed(visitor).entries) == vacancies
        counts.append(len([query for query in queries if "counter" not in query]))

    assert counts == [2, 0]


def test_it_has_only_so_many(visitor: Visitor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, "FEED_VACANCIES", 2)
    for number in range(3):
        published(title=f"V{number}", opens_at=NOW - number * DAY)

    assert titles(visitor) == ["V0", "V1"]


def test_searches_by_feed_are_limited_as_others(visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(app.config["SETTINGS"], "search_rate", "2 per minute")
    answers = [visitor.client.get(f"/jobs.atom?q=a{number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
