"""What candidates do: apply, save and return, send, follow, withdraw."""

from recruit.web.candidate import (
    contact_details,
    declaration,
    equality,
    evidence,
    gaps,
    history,
    overview,
    qualifications,
    referees,
    registration,
    saved,
    sending,
    starting,
    withdrawing,
)
from recruit.web.candidate.area import blueprint

__all__ = [
    "blueprint",
    "contact_details",
    "declaration",
    "equality",
    "evidence",
    "gaps",
    "history",
    "overview",
    "qualifications",
    "referees",
    "registration",
    "saved",
    "sending",
    "starting",
    "withdrawing",
]
