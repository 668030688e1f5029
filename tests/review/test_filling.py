"""A day in a message is one by which the candidate hears, and none where it is they who have to act."""

import pytest

from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import long_date
from recruit.core.errors import Incomplete
from recruit.core.transaction import transaction
from recruit.review import bulk
from recruit.review.bulk import Seen
from recruit.review.filling import filled_message, filler
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


@pytest.mark.parametrize("number", [1, 3])
def test_times_to_choose_are_asked_for_once_for_all(session, queries, number):
    interviews = planned(number, slots=number)
    applications = interviews.applications
    seen = [Seen(one.reference, one.version, 0) for one in applications]
    interviews.invite()
    interviews.choose(applications[-1], interviews.slots[0])
    queries.clear()

    fill = filler(applications, TEXT)
    assert len([one for one in queries if "interview_invitation" in one]) == 1
    assert fill(applications[-1]).startswith("You hear by ")
    with transaction():
        results = bulk.write_each(interviews.hr.as_actor(), seen, TEXT, now=clock.now())

    assert len([one for one in queries if "interview_invitation" in one]) == 2
    assert sum(not one.refusal for one in results) == 1  # the others have no day to hear by
