"""HR's area: the queue, one application, and what is done with it."""

from recruit.web.review import (
    applications,
    conversation,
    decisions,
    exporting,
    inspecting,
    queue,
    releasing,
    searching,
    sharing,
)
from recruit.web.review.blueprint import blueprint

__all__ = [
    "applications",
    "blueprint",
    "conversation",
    "decisions",
    "exporting",
    "inspecting",
    "queue",
    "releasing",
    "searching",
    "sharing",
]
