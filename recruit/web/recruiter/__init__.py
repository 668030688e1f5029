"""The recruiter's area: write the vacancies of their teams and send them for approval."""

from recruit.web.recruiter import beside_salary, cancelling, listing, sending, steps, writing
from recruit.web.recruiter.blueprint import blueprint

__all__ = ["beside_salary", "blueprint", "cancelling", "listing", "sending", "steps", "writing"]
