"""An interview as a file for a calendar: for those whose mail program, or whose mail, did not bring it along."""

from flask import Response, current_app

from recruit.core import clock
from recruit.interviews.telling import Entry
from recruit.notifications.calendar_entry import FILE_NAME, calendar_entry
from recruit.notifications.delivery import Sender


def calendar_file(entry: Entry, recipient: str) -> Response:
    """Return the answer with `entry` for the calendar of whoever has the address `recipient`."""
    settings = current_app.config["SETTINGS"]
    site = {"name": settings.service_name, "organisation": settings.organisation, "public_url": settings.public_url}
    sender = Sender(settings.mail_from, site)
    text = calendar_entry(entry, sender.mailbox, recipient, host=sender.host, at=clock.now())  # type: ignore[arg-type]
    response = Response(text, mimetype="text/calendar")
    response.headers["Content-Disposition"] = f"attachment; filename={FILE_NAME}"
    return response
