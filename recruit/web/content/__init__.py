"""Where HR and administrators write the public pages, and look after the claims that they cite."""

from recruit.web.content import claims, history, overview, publishing, writing
from recruit.web.content.blueprint import blueprint

__all__ = ["blueprint", "claims", "history", "overview", "publishing", "writing"]
