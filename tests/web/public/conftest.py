"""Each test starts with no search counted."""

import pytest

from recruit.web.rates import limiter


@pytest.fixture(autouse=True)
def _uncounted(session):
    limiter.reset()
