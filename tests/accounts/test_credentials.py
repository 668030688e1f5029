import argon2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruit.accounts import credentials
from recruit.accounts.credentials import hash_password, is_outdated, matches, unusable
from recruit.core.errors import Unavailable
from tests.accounts.people import PASSWORD, kept


def test_a_password_matches_its_own_hash_only():
    assert matches(kept(), PASSWORD)
    assert not matches(kept(), PASSWORD + " ")


def test_parameters_are_the_low_memory_profile_of_rfc_9106():
    assert kept().startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert not is_outdated(kept())


def test_a_hash_with_other_parameters_still_matches_and_is_outdated():
    older = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)

    assert (matches(older, PASSWORD), is_outdated(older)) == (True, True)


@pytest.mark.parametrize("kept_text", [None, "", "!", "no password 00", "$argon2id$v=19$m=1,t=1,p=1$x$y"])
def test_nothing_matches_where_there_is_no_hash(kept_text):
    assert not matches(kept_text, PASSWORD)


def test_an_unusable_password_is_matched_by_nothing_not_even_itself():
    text = unusable()

    assert not matches(text, text)


def test_a_password_is_kept_exactly_as_typed():
    composed, decomposed = "caf\u00e9 caf\u00e9", "cafe\u0301 cafe\u0301"
    hashed = hash_password(f"  {composed}\t")

    assert matches(hashed, f"  {composed}\t")
    assert not matches(hashed, composed)
    assert not matches(hashed, f"  {decomposed}\t")


@settings(max_examples=5, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_text_can_be_a_password(text):
    assert matches(hash_password(text), text)


def test_no_more_are_hashed_at_once_than_memory_allows(monkeypatch):
    monkeypatch.setattr(credentials, "PATIENCE", 0.01)
    turns = [credentials._turns.acquire(blocking=False) for _ in range(credentials.HASHES_AT_ONCE)]
    try:
        with pytest.raises(Unavailable):
            hash_password(PASSWORD)
    finally:
        for _ in turns:
            credentials._turns.release()

    assert matches(kept(), PASSWORD)
