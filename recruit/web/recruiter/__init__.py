"""The recruiter's area: write the vacancies of their teams and send them for approval."""

from recruit.web.recruiter import cancelling, listing, sending, steps, writing
from recruit.web.recruiter.blueprint import blueprint

__all__ = ["blueprint", "cancelling", "listing", "sending", "steps", "writing"]
