"""Figures that an operator watches.  All are read from the database, so any process can answer for the service."""

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from recruit.applications import queries as applications
from recruit.core import clock
from recruit.notifications import queries as notifications


def exposition() -> bytes:
    """Return the figures in Prometheus's text format."""
    registry = CollectorRegistry()
    stages = Gauge("recruit_applications", "Applications by status", ["status"], registry=registry)
    for status, number in applications.counts_by_status("all").items():
        stages.labels(status.value).set(number)
    outbox = notifications.outbox_figures(clock.now())
    for name, value in outbox.items():
        Gauge(f"recruit_outbox_{name}", name.replace("_", " "), registry=registry).set(value)
    return generate_latest(registry)
