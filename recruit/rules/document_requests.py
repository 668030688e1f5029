"""Where a document stands that HR asked a candidate for, and what may happen to it next."""

from collections.abc import Mapping
from enum import StrEnum

from recruit.rules.access import Permission
from recruit.rules.lifecycle import ApplicationStatus, Move
from recruit.rules.notifications import Notification


class RequestStatus(StrEnum):
    """A document that was accepted stays as it is."""

    ASKED = "asked"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


R, P, N = RequestStatus, Permission, Notification

# fmt: off
REQUEST_MOVES: tuple[Move[RequestStatus], ...] = (
    Move(R.ASKED,    R.RECEIVED,  P.DOCUMENT_SEND, "Send the document",      N.DOCUMENT_RECEIVED),
    Move(R.RECEIVED, R.RECEIVED,  P.DOCUMENT_SEND, "Send another instead"),
    Move(R.RECEIVED, R.ACCEPTED,  P.DOCUMENT_ASK,  "Accept"),
    Move(R.RECEIVED, R.ASKED,     P.DOCUMENT_ASK,  "Ask again",              N.DOCUMENT_ASKED, needs_reason=True),
    Move(R.ASKED,    R.CANCELLED, P.DOCUMENT_ASK,  "It is not needed"),
    Move(R.RECEIVED, R.CANCELLED, P.DOCUMENT_ASK,  "It is not needed"),
)
# fmt: on

ASKABLE = (ApplicationStatus.SHORTLISTED, ApplicationStatus.APPOINTED, ApplicationStatus.RESERVE)
"""Where an application must stand, for its candidate too, before a document can be asked for: never before the sift."""

STAFF_WORDS = {R.ASKED: "Asked for", R.RECEIVED: "To look at", R.ACCEPTED: "Accepted", R.CANCELLED: "Not needed"}
CANDIDATE_WORDS = {R.ASKED: "To send", R.RECEIVED: "Received", R.ACCEPTED: "Accepted", R.CANCELLED: "Not needed"}
DID: Mapping[str, str] = {
    R.ASKED: "asked for",
    R.RECEIVED: "sent",
    R.ACCEPTED: "accepted",
    R.CANCELLED: "not needed any more",
}
"""What was done, by where it led."""
