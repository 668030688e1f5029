"""HR's side of a panel: who is on it, what it is shown, how far it is, and its ranking."""

from recruit.web.sift import applications, closing, panel, ranking
from recruit.web.sift.blueprint import blueprint

__all__ = ["applications", "blueprint", "closing", "panel", "ranking"]
