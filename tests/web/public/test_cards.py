"""Cards are made once; what they say is always what their vacancy says, now."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from recruit.vacancies.finder_rows import GradeRow, TeamRow, VacancyRow
from recruit.vacancies.models import Contract
from recruit.web.public import cards
from recruit.web.store import Store

CLOSES = datetime(2026, 5, 31, 23, 0, tzinfo=UTC)
EARLY = CLOSES - timedelta(days=10)


def row(number: int = 1, title: str = "Social worker", **kwargs) -> VacancyRow:
    return VacancyRow(
        **{
            "id": number, "reference": f"CSW-{number:04d}", "slug": f"vacancy-{number}", "title": title,
            "team": TeamRow(1, "a", "Team A", "Area", "Place"), "grade": GradeRow(1, "sw", "Social worker"),
            "workplace": "Civic Centre", "full_time": True, "part_time": False, "job_share": False,
            "weekly_hours": Decimal(37), "contract": Contract.PERMANENT, "opens_at": EARLY - timedelta(days=1),
            "closes_at": CLOSES, "newly_qualified": False, "welcome_pence": None,
            "salary_min_pence": 28_672_00, "salary_max_pence": 36_922_00,
            **kwargs,
        }
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_kept(app: Flask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cards, "_kept", Store(cards.KEPT))
    with app.app_context():
        yield


def read(rows: list[VacancyRow], now: datetime = EARLY) -> list[tuple[str, list[str]]]:
    """Each card's title, and its tags."""
    page = BeautifulSoup(cards.cards_of(rows, now), "html.parser")
    return [(item.h3.get_text(), [tag.get_text() for tag in item.select(".tag")]) for item in page.select(".vacancy")]


def test_two_vacancies_are_never_mixed():
    one, two = row(1, "One"), row(2, "Two")

    assert read([one, two]) == [("One", []), ("Two", [])]
    assert read([two, one, two]) == [("Two", []), ("One", []), ("Two", [])]


def test_an_edit_shows_even_if_nothing_else_differs():
    before = row(title="Before")
    read([before])

    assert read([row(title="After")]) == [("After", [])]
    assert read([before._replace(welcome_pence=5_000_00)]) == [("Before", ["£5,000 welcome payment"])]


def test_the_same_words_are_made_once(monkeypatch: pytest.MonkeyPatch):
    read([row()])
    monkeypatch.delattr(cards, "card")

    assert read([row()]) == [("Social worker", [])]


def test_the_clock_makes_it_urgent():
    same = row()

    assert [read([same], CLOSES - timedelta(hours=hours))[0][1] for hours in (73, 72, 25, 24, 1)] == [
        [],
        ["Closing soon"],
        ["Closing soon"],
        ["Closes today"],
        ["Closes today"],
    ]


def test_no_more_than_so_many_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cards, "_kept", Store(2))

    assert [title for title, _ in read([row(number, str(number)) for number in range(5)])] == list("01234")
    assert len(cards._kept) == 2


def test_nothing_gives_nothing():
    assert cards.cards_of([], EARLY) == ""
