"""The page and the file of the yearly equality counts: the same numbers in both, none of them small."""

import csv
import io
import re

import pytest

from recruit.applications.counts import EqualityCount
from recruit.core.db import db
from recruit.rules.equality import EqualityStage


@pytest.fixture
def counted(session) -> None:
    for year, stage, answer, number in (
        (2026, EqualityStage.SENT, "Female", 43),
        (2026, EqualityStage.SENT, "Male", 4),
        (2026, EqualityStage.SHORTLISTED, "Female", 9),
        (2025, EqualityStage.SENT, "Female", 5),
    ):
        db.session.add(EqualityCount(year=year, stage=stage, question="sex", answer=answer, number=number))
    db.session.commit()


def lines(page) -> list[list[str]]:
    return [[cell.text for cell in row.select("th, td")] for row in page.select("table tbody tr")]


@pytest.mark.usefixtures("counted")
def test_the_newest_year_is_shown_and_small_numbers_are_not(hr, admin, queries):
    queries.clear()
    page = hr.get("/equality")

    assert len(queries) == 3  # who asks, the years, the counts
    assert page.h1.text == "Equality figures for 2026"
    assert lines(page)[:3] == [
        ["Female", "40", "5", "Fewer than 5"],
        ["Male", "Fewer than 5", "Fewer than 5", "Fewer than 5"],
        ["Prefer not to say", "Fewer than 5", "Fewer than 5", "Fewer than 5"],
    ]
    assert lines(admin.get("/equality?year=2025"))[0] == ["Female", "5", "Fewer than 5", "Fewer than 5"]
    for odd in ("1999", "x", "9" * 30):
        assert hr.get(f"/equality?year={odd}").h1.text == "Equality figures for 2026"


@pytest.mark.usefixtures("counted")
def test_the_file_says_what_the_page_says(hr):
    page = lines(hr.get("/equality"))
    hr.get("/equality/2026.csv")
    rows = list(csv.reader(io.StringIO(hr.response.data.decode("utf-8-sig"))))

    assert hr.response.headers["Content-Disposition"] == 'attachment; filename="equality-2026.csv"'
    assert rows[0] == ["Question", "Answer", "Applied", "Shortlisted", "Appointed"]
    assert [row[1:] for row in rows[1:]] == page
    numbers = [int(word) for row in rows[1:] for word in row[2:] if re.fullmatch("[0-9]+", word)]
    assert numbers
    assert min(numbers) >= 5
    for odd in ("2024", "1", "9" * 30):
        hr.get(f"/equality/{odd}.csv", 404)


def test_a_service_that_counted_nothing_says_so(hr):
    page = hr.get("/equality")

    assert "Nothing is counted yet" in page.main.text
    assert page.select("table, a[href$='.csv']") == []
