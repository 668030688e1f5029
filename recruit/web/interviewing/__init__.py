"""The interviews that a panel member holds, and what they ask."""

from recruit.web.interviewing import holding, listing, questions
from recruit.web.interviewing.blueprint import blueprint

__all__ = ["blueprint", "holding", "listing", "questions"]
