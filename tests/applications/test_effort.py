import pytest

from recruit.applications.effort import words_to_apply


@pytest.mark.parametrize(
    ("essential", "words"),
    [(0, "1 hour"), (1, "1 hour"), (2, "1 and a half hours"), (5, "2 hours"), (6, "2 and a half hours")],
)
def test_the_time_to_the_next_half_hour(essential: int, words: str):
    assert words_to_apply(essential) == words
