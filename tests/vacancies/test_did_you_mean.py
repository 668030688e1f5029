"""Words that somebody may have meant."""

import pytest

from recruit.vacancies.did_you_mean import suggestion

KNOWN = frozenset({"fostering", "social", "worker", "safeguarding", "assessment", "adoption"})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("fostring", "fostering"),
        ("Socail wroker, fostring", "social worker, fostering"),
        ("saftey guarding", "saftey safeguarding"),
        ("safegaurding", "safeguarding"),
        ("Safe guarding team", "Safeguarding team"),
        ("social worker", ""),
        ("asessment team", "assessment team"),
        ("zebra", ""),
        ("fostering", ""),
        ("iro", ""),
        ("", ""),
        ("fostring " * 9, ("fostering " * 9)),
    ],
)
def test_a_word_that_is_not_known_is_the_one_that_it_is_most_like(typed: str, meant: str):
    assert suggestion(typed, KNOWN) == meant
