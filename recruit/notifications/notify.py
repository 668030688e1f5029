"""Mail by GOV.UK Notify.  Its template is two lines: the subject ((subject)) and the text ((body)).

Notify takes no calendar files, so an attached entry is left out: the text leads to the page that has it.
"""

import logging
from email.message import EmailMessage
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from recruit.notifications.delivery import text_of
from recruit.notifications.errors import Delayed, Refused, Unreachable

ADDRESS = "https://api.notifications.service.gov.uk"
LASTING = 400  # the request itself is wrong; all other refusals may pass or be mended in a setting

logging.getLogger("notifications_python_client").setLevel(logging.ERROR)  # its warnings repeat what was asked


class Notify:
    """The service's account with Notify.

    Args:
        api_key: as Notify gives it, name and two ids.
        template: id of the template.
        address: of Notify's API.
        within: seconds that one message may take.
    """

    def __init__(self, api_key: str, template: str, *, address: str = ADDRESS, within: float) -> None:
        self.template = template
        # A message asks twice at most, and each time waits to connect and then to read.
        self.client: Any = NotificationsAPIClient(  # type: ignore[no-untyped-call]  # the client has no types
            api_key, base_url=address, timeout=within / 4
        )

    def send(self, mail: EmailMessage, key: str, *, is_retry: bool) -> None:
        """Hand `mail` over under the reference `key`; on a second try only if Notify does not have it already.

        Raises:
            Unreachable: Notify does not answer, or does not know us.
            Delayed: Notify does not take it now.
            Refused: Notify will never take it.
        """
        try:
            if is_retry and self.client.get_all_notifications(reference=key)["notifications"]:
                return
            self.client.send_email_notification(
                email_address=mail["To"].addresses[0].addr_spec,
                template_id=self.template,
                personalisation={"subject": mail["Subject"], "body": text_of(mail)},
                reference=key,
                one_click_unsubscribe_url=(mail["List-Unsubscribe"] or "").strip("<>") or None,
            )
        except APIError as error:
            reason = f"notify: {error.status_code}"
            if error.status_code == LASTING:
                raise Refused(reason) from error
            raise (Unreachable if error.status_code in (401, 403, 503) else Delayed)(reason) from error

    def close(self) -> None:
        """Let the connection go."""
        self.client.request_session.close()
