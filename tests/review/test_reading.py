"""What was sent, as the candidate's copy, HR and the panel read it: each reads what it may."""

import pytest

from recruit.applications.models import ContactDetails, HistoryEntry, RegistrationAnswer
from recruit.applications.personal import ContactBy
from recruit.applications.queries import answers_of
from recruit.applications.reading import chapters_of
from recruit.applications.registration import SupportedYear
from recruit.applications.snapshot import snapshot_of
from recruit.core.db import db
from recruit.panels.blind import blind_reading
from recruit.review.reading import reading_of
from tests import factories
from tests.applications.answers import complete_application, open_vacancy
from tests.factories import NOW


def content_of(**registration):
    one = complete_application(factories.ApplicationFactory(vacancy=open_vacancy()))
    contact = db.session.get_one(ContactDetails, one.id)
    contact.country, contact.contact_by = "Ireland", ContactBy.PHONE
    for name, value in registration.items():
        setattr(db.session.get_one(RegistrationAnswer, one.id), name, value)
    for entry in db.session.query(HistoryEntry).filter_by(application_id=one.id, title="Social worker"):
        entry.country = "Spain"
    db.session.commit()
    return snapshot_of(answers_of(one))


def blind(content):
    return blind_reading(
        content, account=("Sam", "sam@people.example"), redactions=(), hides_employers=False, until=NOW.date()
    )


def test_how_to_be_reached_and_where_somebody_was_is_read_by_candidate_and_hr_and_not_by_a_panel(session):
    content = content_of()
    copy = {line.question: line.answer for one in chapters_of(content) for part in one.parts for line in part.lines}
    read = reading_of(content, sent_at=NOW)

    assert (copy["Contact by"], copy["Country"]) == ("Phone", "Spain")
    assert dict(read.contact)["Wants to be contacted by"] == "Phone"
    assert dict(read.contact)["Address"].endswith("TS1 2PA, Ireland")
    assert [stretch.organisation for stretch in read.chronology][0] == "Northshire Council, Spain"
    assert "Spain" not in str(blind(content))


@pytest.mark.parametrize(
    ("year", "said"),
    [(SupportedYear.COMPLETED, "Completed"), (SupportedYear.NOT_FOR_ME, ""), (None, "")],
)
def test_a_panel_reads_the_supported_year_and_the_length_of_work_since_qualifying(session, year, said):
    content = content_of(supported_year=year)
    length = dict(reading_of(content, sent_at=NOW).qualifications)[
        "Paid work with children or families since the end of 2014"
    ]

    assert (blind(content).supported_year, blind(content).experience) == (said, length)
    assert length == "11 years and 3 months"


def test_what_was_sent_before_these_were_asked_is_read_without_them(session):
    content = content_of()
    del content["contact-details"]["contact_by"], content["registration"]["supported_year"]
    for row in content["history"]["entries"]:
        del row["country"]

    assert "Wants to be contacted by" not in dict(reading_of(content, sent_at=NOW).contact)
    assert blind(content).supported_year == ""
    assert len(chapters_of(content)) == 10
