"""Mail by GOV.UK Notify.  Its template is two lines: the subject ((subject)) and the text ((body)).

Notify takes no calendar files, so an attached entry is left out: the text leads to the page that has it.
"""

import logging
from collections.abc import Mapping
from email.message import EmailMessage
from typing import Any

from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient

from recruit.notifications.delivery import text_of
from recruit.notifications.errors import Delayed, Refused, Unreachable

ADDRESS = "https://api.notifications.service.gov.uk"
PAGES = 20  # of what did not arrive, 250 each, that are read in one round
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
            raise self._not_now(error) from error

    def returned(self) -> Mapping[str, str]:
        """Return what Notify could not deliver in the days that it keeps, by our references, and its status for each.

        Raises:
            Unreachable: Notify does not answer, or does not know us.
            Delayed: Notify does not answer this now.
        """
        found: dict[str, str] = {}
        last = None
        for _ in range(PAGES):
            try:
                asked = {"status": "failed", "template_type": "email", "older_than": last}
                page = self.client.get_all_notifications(**asked)["notifications"]
            except APIError as error:
                raise self._not_now(error) from error
            if not page:
                break
            last = page[-1]["id"]
            found |= {one["reference"]: f"notify: {one['status']}" for one in page if one.get("reference")}
        return found

    @staticmethod
    def _not_now(error: APIError) -> Delayed:
        return (Unreachable if error.status_code in (401, 403, 503) else Delayed)(f"notify: {error.status_code}")

    def close(self) -> None:
        """Let the connection go."""
        self.client.request_session.close()
