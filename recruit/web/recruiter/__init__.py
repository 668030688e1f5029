"""The recruiter's area: write, preview and publish the vacancies of their teams."""

from recruit.web.recruiter import listing, publishing, writing
from recruit.web.recruiter.blueprint import blueprint

__all__ = ["blueprint", "listing", "publishing", "writing"]
