"""The flag about a referee who is not from the employer that they are said to be from."""

from typing import Any

import pytest

from recruit.review.employers import employer_flags

pytestmark = pytest.mark.one_database


def post(organisation: str, ended: str | None = None, activity: str = "paid") -> dict[str, Any]:
    return {"organisation": organisation, "ended_month": ended, "activity": activity}


def referee(organisation: str, is_recent: bool = True) -> dict[str, Any]:
    return {"organisation": organisation, "is_most_recent_employer": is_recent}


def flags(posts: list[dict[str, Any]], *referees: dict[str, Any]) -> list[str]:
    return employer_flags({"history": {"since": None, "entries": posts}, "referees": list(referees)})


def sentence(named: str, latest: str) -> str:
    return f"The referee for the most recent employer names “{named}”; the latest post is with {latest}."


@pytest.mark.parametrize(
    "named",
    [
        "Northshire Council", "NORTHSHIRE  COUNCIL", "Northshire-Council", "Nörthshire Council.", "Northshire",
        "Children’s services, Northshire Council",
    ],
)  # fmt: skip
def test_the_same_employer_however_it_is_written_is_no_flag(named: str):
    assert flags([post("Northshire Council")], referee(named)) == []


@pytest.mark.parametrize("named", ["Southshire Council", "Council of Northshire", "–"])
def test_another_employer_is_a_flag_with_both_names(named: str):
    assert flags([post("Northshire Council")], referee(named)) == [sentence(named, "“Northshire Council”")]


def test_only_referees_marked_as_most_recent_employer_count():
    assert flags([post("North Trust")], referee("South Trust", is_recent=False), referee("North Trust")) == []


@pytest.mark.parametrize(
    ("posts", "latest"),
    [
        ([post("Old Trust", "2020-05-01"), post("North Trust", "2024-12-01")], "“North Trust”"),
        ([post("North Trust", "2024-12-01"), post("Shop"), post("Old Trust", "2025-01-01")], "“Shop”"),
        ([post("East Trust"), post("West Trust"), post("East Trust")], "“East Trust” or “West Trust”"),
        ([post("East Trust", "2024-12-01"), post("West Trust", "2024-12-01")], "“East Trust” or “West Trust”"),
        ([post("Agency", activity="agency"), post("Club", activity="voluntary")], "“Agency”"),
        ([post("Work", "2019-01-01"), post("University", activity="education")], "“Work”"),
        ([post("Work", "2019-01-01"), post("", activity="other")], "“Work”"),
    ],
)
def test_the_latest_employer_is_who_pays_now_or_paid_last(posts: list[dict[str, Any]], latest: str):
    assert flags(posts, referee("Somebody Else")) == [sentence("Somebody Else", latest)]


def test_each_of_two_employers_has_its_referee():
    posts = [post("East Trust"), post("West Trust")]

    assert flags(posts, referee("West Trust"), referee("East Trust")) == []
    assert flags(posts, referee("West Trust"), referee("Shop")) == [sentence("Shop", "“East Trust” or “West Trust”")]


@pytest.mark.parametrize("posts", [[], [post("Club", activity="voluntary")], [post("College", activity="education")]])
def test_who_was_never_paid_has_no_employer_to_compare(posts: list[dict[str, Any]]):
    assert flags(posts, referee("College")) == []
