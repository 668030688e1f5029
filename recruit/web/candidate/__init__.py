"""What candidates do: apply, save and return, send, follow, withdraw."""

from recruit.web.candidate import (
    contact_details,
    declaration,
    eligibility,
    equality,
    evidence,
    gaps,
    history,
    interview_support,
    overview,
    qualifications,
    referees,
    registration,
    relationships,
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
    "eligibility",
    "equality",
    "evidence",
    "gaps",
    "history",
    "interview_support",
    "overview",
    "qualifications",
    "referees",
    "registration",
    "relationships",
    "saved",
    "sending",
    "starting",
    "withdrawing",
]
