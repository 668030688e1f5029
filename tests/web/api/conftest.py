"""Each test starts with no search counted."""

import pytest

from recruit.web import rates


@pytest.fixture(autouse=True)
def _uncounted(app, session):
    rates.forget(app)
