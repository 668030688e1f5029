"""What tests of pages share."""

import argon2
import pytest

from recruit.accounts import credentials

QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash passwords with the least effort: pages are the same.  tests/accounts and tests/service have the real one."""
    monkeypatch.setattr(credentials, "_hasher", QUICK)
