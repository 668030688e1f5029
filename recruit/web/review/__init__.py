"""HR's area: the queue, one application, and what is done with it."""

from recruit.web.review import (
    applications,
    bulk,
    conversation,
    decisions,
    exporting,
    inspecting,
    inspecting_vacancy,
    keys,
    labels,
    message_templates,
    queue,
    releasing,
    reopening,
    saved_views,
    searching,
    sharing,
    wording,
)
from recruit.web.review.blueprint import blueprint

__all__ = [
    "applications",
    "blueprint",
    "bulk",
    "conversation",
    "decisions",
    "exporting",
    "inspecting",
    "inspecting_vacancy",
    "keys",
    "labels",
    "message_templates",
    "queue",
    "releasing",
    "reopening",
    "saved_views",
    "searching",
    "sharing",
    "wording",
]
