"""The area of panel members: their panels, the applications they score without names, and what the chair settles."""

from recruit.web.panel import chairing, closing, downloading, leaving, reading, scoring
from recruit.web.panel.blueprint import blueprint

__all__ = ["blueprint", "chairing", "closing", "downloading", "leaving", "reading", "scoring"]
