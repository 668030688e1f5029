"""Who reads the names of referees: those who interview and the chair, once the candidate knows of the shortlist."""

import pytest

from recruit.applications.models import Application
from recruit.core import clock
from recruit.panels.named_referees import named_referees
from recruit.rules.lifecycle import ApplicationStatus
from tests.review.sent import sent_application

A = ApplicationStatus
KNOWN = {
    (A.SHORTLISTED, None),
    *((status, told) for status in (A.APPOINTED, A.RESERVE, A.NOT_APPOINTED) for told in (None, A.SHORTLISTED)),
}


def test_names_and_nothing_to_reach_them_by(session):
    application = sent_application()
    for status, told in KNOWN:
        application.status, application.told_status, application.untold_since = status, told, told and clock.now()
        names = named_referees(application)
        assert [one.relationship for one in names] == ["Line manager", "Colleague"], (status, told)
        assert not [part for one in names for part in one if "@" in part or "0" in part]


@pytest.mark.parametrize("told", [None, A.SUBMITTED, A.SHORTLISTED])
@pytest.mark.parametrize("status", list(A))
def test_nobody_is_named_before_the_shortlist_is_released(status: A, told: A | None):
    """Nor after a withdrawal; where a release was reopened, not until the next."""
    if (status, told) not in KNOWN | {(A.SHORTLISTED, A.SHORTLISTED)}:
        assert named_referees(Application(status=status, told_status=told)) == []
