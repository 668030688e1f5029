"""The entry beside a mail: what a calendar reads in it, through each way out."""

import smtplib
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from recruit.notifications.delivery import render, text_of
from recruit.notifications.folder import Folder
from recruit.rules.notifications import Notification
from tests.notifications.messages import NOW, SENDER, a_message

pytestmark = pytest.mark.one_database
CONTEXT = {
    "name": "Sam",
    "vacancy": "Social worker",
    "reference": "A-7K3QF",
    "path": "/applications/A-7K3QF/interview",
    "contact_role": "",
    "contact_email": "",
    "contact_phone": "",
    "kind": "Panel interview",
    "when": "10am on Tuesday 21 June 2022",
    "minutes": "60",
    "place": "Civic Centre, room 4; ring the bell",
    "link": "",
    "hint": "Questions about the criteria.",
    "is_change": "",
    "people": "Pat Marsh",
    "until": "10am on Monday 20 June 2022",
    "by_us": "",
    "calendar_method": "REQUEST",
    "calendar_key": "ab" * 16,
    "calendar_sequence": "3",
    "calendar_starts": "2022-06-21T09:00:00+00:00",
    "calendar_ends": "2022-06-21T10:00:00+00:00",
    "calendar_title": "Panel interview: Zoë’s “team”, " + "long words " * 20,
    "calendar_place": "Civic Centre, room 4; ring the bell",
}


def mail_of(**changes):
    given = {"notification": Notification.INTERVIEW_BOOKED, **changes}
    context = {**CONTEXT, **given.pop("context", {})}
    return render(a_message(context=context, **given), SENDER, at=NOW)


def entry_in(mail):
    (part,) = mail.iter_attachments()
    return part, Calendar.from_ical(part.get_payload(decode=True))


def test_the_entry_is_what_a_calendar_needs():
    part, calendar = entry_in(mail_of())
    (event,) = calendar.events

    assert part.get_content_type() == "text/calendar"
    assert (part["Content-Type"].params["method"], part.get_filename()) == ("REQUEST", "interview.ics")
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "REQUEST")
    assert (str(event["UID"]), event["SEQUENCE"]) == (f"{'ab' * 16}@jobs.example", 3)
    assert event["DTSTART"].dt == datetime(2022, 6, 21, 9, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2022, 6, 21, 10, tzinfo=UTC)
    assert event["DTSTAMP"].dt == NOW
    assert str(event["SUMMARY"]) == CONTEXT["calendar_title"]
    assert str(event["LOCATION"]) == "Civic Centre, room 4; ring the bell"
    assert str(event["STATUS"]) == "CONFIRMED"
    assert str(event["ORGANIZER"]) == "mailto:jobs@demo.example"
    assert event["ORGANIZER"].params["CN"] == "Middlesbrough Council"
    assert str(event["ATTENDEE"]) == "mailto:sam@people.example"


def test_its_lines_are_short_and_end_as_the_standard_says():
    part, _ = entry_in(mail_of())
    text = part.get_payload(decode=True)

    assert text.count(b"\r\n") == text.count(b"\n")
    assert max(len(line) for line in text.split(b"\r\n")) <= 75  # octets; RFC 5545, 3.1


def test_an_end_takes_the_same_entry_out():
    changes = {"calendar_method": "CANCEL", "calendar_sequence": "4"}
    _, calendar = entry_in(mail_of(notification=Notification.INTERVIEW_CANCELLED, context=changes))
    (event,) = calendar.events

    assert str(calendar["METHOD"]) == "CANCEL"
    assert (str(event["UID"]), event["SEQUENCE"], str(event["STATUS"])) == (f"{'ab' * 16}@jobs.example", 4, "CANCELLED")


@pytest.mark.parametrize("odd", ["line\r\nATTENDEE:mailto:x@x.example", 'a "quoted" one', "END:VCALENDAR", "\u202eodd"])
def test_no_text_becomes_a_line_of_its_own(odd: str):
    _, calendar = entry_in(mail_of(context={"calendar_title": odd, "calendar_place": odd}))
    (event,) = calendar.events

    assert str(event["ATTENDEE"]) == "mailto:sam@people.example"
    assert str(event["SUMMARY"]) == odd.replace("\r\n", "\n")


def test_a_message_without_one_has_nothing_attached():
    mail = mail_of(context={"calendar_key": ""})

    assert list(mail.iter_attachments()) == []
    assert mail.get_content_type() == "text/plain"


def test_the_folder_keeps_text_and_entry(tmp_path):
    mail = mail_of()
    Folder(tmp_path).send(mail, "ab" * 16, is_retry=False)
    kept = message_from_bytes((tmp_path / f"{'ab' * 16}.eml").read_bytes(), policy=policy.default)

    assert text_of(kept).replace("\r\n", "\n") == text_of(mail)
    part, calendar = entry_in(kept)
    assert part.get_content_type() == "text/calendar"
    assert str(calendar.events[0]["UID"]) == f"{'ab' * 16}@jobs.example"


def test_it_survives_what_mail_servers_are_given():
    flat = mail_of().as_bytes(policy=policy.SMTP)
    kept = message_from_bytes(smtplib._fix_eols(flat.decode("ascii")).encode(), policy=policy.default)

    assert entry_in(kept)[0].get_payload(decode=True) == entry_in(mail_of())[0].get_payload(decode=True)
