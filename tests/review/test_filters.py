"""Places in the queue, as addresses write them."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.review.filters import Filters, Place
from recruit.rules.access import NOBODY


@given(
    st.integers(0, 10**17 - 1).map(lambda number: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)),
    st.integers(1, 2**59),
)
def test_a_place_comes_back_as_it_was_written(moment, key):
    place = Place(moment, key)
    assert Place.parse(str(place)) == place


@given(st.text(max_size=60))
def test_any_other_text_is_no_place_and_no_fault(text):
    place = Place.parse(text)
    assert place is None or Place.parse(str(place)) == place


@pytest.mark.parametrize("text", ["", "1", "1-", "-1", "1-2-3", "9" * 23 + "-1", "1-" + "9" * 23, "١-٢", "1.5-2"])
def test_these_are_no_places(text):
    assert Place.parse(text) is None


def test_a_vacancy_counts_before_its_team():
    scopes = [Filters(vacancy_id=4, team_id=2).scope, Filters(team_id=2).scope, Filters().scope]
    assert scopes == ["vacancy:4", "team:2", "all"]


def test_a_list_is_narrower_than_its_counts_by_due_day_person_and_reading_only():
    assert not Filters(vacancy_id=1, team_id=1, status=None).is_narrower
    assert all(row.is_narrower for row in (Filters(due_within=2), Filters(assigned_to=NOBODY), Filters(unread=True)))
