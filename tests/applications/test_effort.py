import pytest

from recruit.applications.effort import words_to_apply


@pytest.mark.parametrize(
    ("essential", "words"),
    [(0, "1 hour"), (1, "1 hour"), (2, "1 and a half hours"), (5, "2 hours"), (6, "2 and a half hours")],
)
def test_the_time_to_the_next_half_hour(essential: int, words: str):
    assert words_to_apply(essential) == words


def test_it_is_shorter_where_the_last_application_fills_in_the_facts():
    assert words_to_apply(5, has_earlier=True) == "1 and a half hours"
