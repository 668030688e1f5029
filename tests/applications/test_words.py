from datetime import timedelta

import pytest

from recruit.applications import words as module
from recruit.applications.models import Activity, Registration
from recruit.applications.words import saved_ago, too_long, words
from tests.factories import NOW


def test_an_answer_within_its_limit_is_accepted():
    assert too_long("Your answer", "", 2) is None
    assert too_long("Your answer", " one \n two ", 2) is None


def test_an_answer_over_its_limit_is_refused_with_how_to_mend_it():
    assert too_long("Your answer", "one two three", 2) == "Your answer must be 2 words or fewer. Take out 1 word"
    assert too_long("Duties", "w " * 1503, 1500) == "Duties must be 1,500 words or fewer. Take out 3 words"


def test_words_are_named():
    assert [words(count) for count in (0, 1, 2, 1500)] == ["0 words", "1 word", "2 words", "1,500 words"]


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=9), "9 hours ago"),
        (timedelta(hours=10), "yesterday"),
        (timedelta(days=4), "4 days ago"),
    ],
)
def test_how_long_ago_something_was_saved(past: timedelta, words: str):
    assert saved_ago(NOW - past, NOW) == words


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("REGISTRATION_ANSWERS", [state for state in Registration if state != Registration.APPLIED]),
        ("CANDIDATE_REGISTRATION_WORDS", Registration),
        ("STAFF_REGISTRATION_WORDS", Registration),
        ("CANDIDATE_ACTIVITY_WORDS", Activity),
        ("STAFF_ACTIVITY_WORDS", Activity),
    ],
)
def test_every_kind_of_answer_has_words_of_its_own(name: str, kinds):
    said = getattr(module, name)

    assert list(said) == list(kinds)
    assert len(set(said.values())) == len(kinds)
