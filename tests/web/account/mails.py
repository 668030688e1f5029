"""Reading the mails that the outbox holds, as the worker would send them."""

import re
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import select

from recruit.core import clock
from recruit.core.db import db
from recruit.notifications.delivery import Sender, render
from recruit.notifications.models import OutboxMessage


def mails() -> list[tuple[str, str, str]]:
    """Return (recipient, subject, text) of each message that waits, oldest first."""
    settings = current_app.config["SETTINGS"]
    site = {"name": settings.service_name, "organisation": settings.organisation, "public_url": settings.public_url}
    db.session.rollback()
    waiting = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.cancelled_at.is_(None)).order_by(OutboxMessage.id)
    )
    sender = Sender(settings.mail_from, site)
    letters = [render(message, sender, at=clock.now()) for message in waiting]
    return [(str(letter["To"]), str(letter["Subject"]), letter.get_content()) for letter in letters]


def first_link(text: str) -> str:
    """Return the first link of a mail as path and query."""
    found = re.search(r"http://localhost(/\S+)", text)
    assert found is not None, text
    parts = urlsplit(found[1])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def newest_link() -> str:
    """Return the first link of the newest mail."""
    return first_link(mails()[-1][2])
