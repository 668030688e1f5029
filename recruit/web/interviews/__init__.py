"""HR's side of interviews: times, who has them, and invitations."""

from recruit.web.interviews import outcomes, overview, questions, slots
from recruit.web.interviews.blueprint import blueprint

__all__ = ["blueprint", "outcomes", "overview", "questions", "slots"]
