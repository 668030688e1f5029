"""A day in a message is one by which the candidate hears, and none where it is they who have to act."""

import pytest

from recruit.applications.promises import due_day
from recruit.core.calendar import long_date
from recruit.core.errors import Incomplete
from recruit.review.filling import filled_message
from tests.interviews.planning import planned

TEXT = "You hear by {hear_by}."


def test_who_has_a_time_to_choose_is_told_no_day_to_hear_by(session):
    interviews = planned(1, slots=1)
    (application,) = interviews.applications
    assert filled_message(application, TEXT) == f"You hear by {long_date(due_day(application.due_at))}."

    interviews.invite()
    with pytest.raises(Incomplete, match="There is nothing to put in place of {hear_by}"):
        filled_message(application, TEXT)
    assert filled_message(application, "Hello {candidate_name}") == f"Hello {application.candidate.name.split()[0]}"

    interviews.choose(application, interviews.slots[0])
    assert filled_message(application, TEXT) == f"You hear by {long_date(due_day(application.due_at))}."
