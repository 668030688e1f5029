"""What this service works towards."""

from flask import current_app

from recruit.core.stage_days import Targets


def targets() -> Targets:
    """Return what this service works towards, as its settings say."""
    found: Targets = current_app.config["TARGETS"]
    return found
