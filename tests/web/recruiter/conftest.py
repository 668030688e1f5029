"""What the tests of the recruiter's area share."""

from typing import Any

import pytest

from recruit.vacancies.models import Team, Vacancy
from tests import factories
from tests.visitor import Visitor


@pytest.fixture
def mine(recruiter: Visitor) -> Any:
    """Return a way to make vacancies of the recruiter's team."""

    def make(**values: Any) -> Vacancy:
        return factories.VacancyFactory(team=recruiter.team, author_id=recruiter.user.id, **values)

    return make


@pytest.fixture
def other_team(session: Any) -> Team:
    return factories.TeamFactory(name="Another team")
