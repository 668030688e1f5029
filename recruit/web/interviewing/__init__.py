"""The interviews that a panel member holds: what they ask, what was said, and its scores."""

from recruit.web.interviewing import holding, listing, notes, questions, scoring
from recruit.web.interviewing.blueprint import blueprint

__all__ = ["blueprint", "holding", "listing", "notes", "questions", "scoring"]
