"""The recruiter's area: write the vacancies of their teams and send them for approval."""

from recruit.web.recruiter import (
    beside_salary,
    cancelling,
    changing,
    criteria,
    criteria_sets,
    documents,
    listing,
    parts,
    sending,
    steps,
    templates,
)
from recruit.web.recruiter.blueprint import blueprint

__all__ = [
    "beside_salary", "blueprint", "cancelling", "changing", "criteria", "criteria_sets", "documents", "listing",
    "parts", "sending", "steps", "templates",
]  # fmt: skip
