"""One's own views of the queue."""

import pytest
from sqlalchemy import select

from recruit.core.db import db
from recruit.core.remembered import Remembered
from recruit.review.models import SavedView
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.web.review import asking
from tests.factories import ApplicationFactory, UserFactory


def keep(hr, name="Late ones", query="?due=0&assigned=nobody", status=302):
    return hr.submit(f"/review/views/keep{query}", {"name": name}, status=status)


def shown(page):
    return [(link.text, link["href"]) for link in page.select("nav[aria-label='Your views'] .chips__link")]


def errors(page):
    return [one.text.strip() for one in page.select(".govuk-error-summary li")]


def test_a_view_is_kept_shown_renamed_and_deleted(hr):
    address = "/review?due=0&assigned=nobody"
    assert hr.get(address).select_one("a[href='/review/views/keep?due=0&assigned=nobody']")
    keep(hr)
    assert hr.response.headers["Location"] == address
    page = hr.follow()
    assert shown(page) == [("Late ones", address)]
    assert page.select_one("nav[aria-label='Your views'] a")["aria-current"] == "page"
    key = db.session.query(SavedView.id).scalar()
    hr.submit(f"/review/views/{key}", {"name": "Overdue"})
    assert shown(hr.get(address)) == [("Overdue", address)]
    hr.post(f"/review/views/{key}/delete")
    hr.post(f"/review/views/{key}/delete")
    assert shown(hr.get(address)) == []


def test_the_queue_opens_with_one_view_or_with_none(hr):
    for name in ("One", "Two"):
        keep(hr, name, "?assigned=me" if name == "One" else "?due=0")
    one, two = db.session.query(SavedView).order_by(SavedView.id)
    for view in (one, two):
        hr.post(f"/review/views/{view.id}/first")
    hr.get("/review", status=302)
    assert hr.response.headers["Location"] == "/review?due=0"
    assert hr.get("/review?status=submitted").h1.text == "Review queue"
    hr.post("/review/views/none-first")
    hr.get("/review")


@pytest.mark.parametrize(("name", "message"), [("", "Enter a name"), ("late ONES", "You keep a view of that name")])
def test_a_name_is_needed_and_not_given_twice(hr, name, message):
    keep(hr)
    page = keep(hr, name, status=200)
    assert errors(page) == [message]
    assert page.select_one("#name")["value"] == name


def test_there_is_a_most(hr, monkeypatch):
    monkeypatch.setattr(limits, "SAVED_VIEWS", 1)
    keep(hr)
    assert errors(keep(hr, "More", status=200)) == ["You keep 1 views, which is the most. Delete one first."]


def test_a_view_is_nobody_elses(hr, visit_as):
    keep(hr)
    key = db.session.query(SavedView.id).scalar()
    other = visit_as(UserFactory(roles=[Role.HR]))
    assert shown(other.get("/review")) == []
    other.get(f"/review/views/{key}", status=404)
    other.post(f"/review/views/{key}/first", status=404)
    other.post(f"/review/views/{key}/delete")
    assert db.session.query(SavedView).count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_views_cost_the_queue_no_query(hr, queries, number):
    ApplicationFactory(submitted=True)
    for place in range(number):
        keep(hr, f"View {place}")
    queries.clear()
    page = hr.get("/review?assigned=nobody")
    assert len(shown(page)) == number
    assert len(queries) == 3


def test_being_led_to_a_view_asks_for_no_page_of_the_queue(hr, queries, monkeypatch):
    monkeypatch.setattr(asking, "_PRESUMED", Remembered(8))  # other tests' readers have the same numbers
    keep(hr, "Overdue", "?due=0")
    hr.post(f"/review/views/{db.session.scalar(select(SavedView.id))}/first")

    for _ in range(3):
        queries.clear()
        hr.get("/review", status=302)
        assert len(queries) == 2  # the session, and what stands around the queue
