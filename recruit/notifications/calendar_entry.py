"""A calendar entry beside a message, as RFC 5545 writes it and RFC 5546 has it replaced and taken out again."""

from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Recruit//Interviews//EN"
FILE_NAME = "interview.ics"


def has_entry(words: Mapping[str, str]) -> bool:
    """Say whether what a message says includes a calendar entry."""
    return bool(words.get("calendar_key"))


def calendar_entry(words: Mapping[str, str], organiser: Address, recipient: str, *, host: str, at: datetime) -> str:
    """Return the text of a calendar file with one entry.

    The key names the entry for ever: a later sequence of it replaces what a calendar has, and the method CANCEL takes
    it out.  Only the recipient is named as invited, so nobody learns who else is.

    Args:
        words: `calendar_key`, `calendar_sequence`, `calendar_method` (REQUEST or CANCEL), `calendar_starts` and
            `calendar_ends` (ISO 8601, with a zone), `calendar_title` and `calendar_place`.
        organiser: the sender of the service's messages.
        recipient: whose calendar it is for: an email address.
        host: the service's, which makes the key unique in the world.
        at: this moment.
    """
    is_cancelled = words["calendar_method"] == "CANCEL"
    event = Event()
    event.add("uid", f"{words['calendar_key']}@{host}")
    event.add("sequence", int(words["calendar_sequence"]))
    event.add("dtstamp", at)
    event.add("dtstart", datetime.fromisoformat(words["calendar_starts"]))
    event.add("dtend", datetime.fromisoformat(words["calendar_ends"]))
    event.add("summary", words["calendar_title"])
    event.add("location", words["calendar_place"])
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    host_address = vCalAddress(f"mailto:{organiser.addr_spec}")
    host_address.params["CN"] = _parameter(organiser.display_name)
    event.add("organizer", host_address)
    guest = vCalAddress(f"mailto:{recipient}")
    guest.params["ROLE"], guest.params["PARTSTAT"], guest.params["RSVP"] = "REQ-PARTICIPANT", "ACCEPTED", "FALSE"
    event.add("attendee", guest)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", words["calendar_method"])
    calendar.add_component(event)
    return str(calendar.to_ical(), "utf-8")


def _parameter(text: str) -> str:
    """Return `text` without what a parameter cannot hold: quotation marks and line breaks (RFC 5545, 3.2)."""
    return " ".join(text.replace('"', "’").split())
