"""Who writes, for pages that show a message as it arrives."""

from flask import current_app

from recruit.notifications.delivery import Sender


def sender() -> Sender:
    """Return the service as the sender of messages, as the worker does."""
    settings = current_app.config["SETTINGS"]
    site = {"name": settings.service_name, "organisation": settings.organisation, "public_url": settings.public_url}
    return Sender(settings.mail_from, site)
