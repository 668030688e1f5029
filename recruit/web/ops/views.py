"""For monitors and load balancers, not for people."""

import hmac
import ipaddress

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from recruit.web.ops import checks, metrics

blueprint = Blueprint("ops", __name__)


@blueprint.get("/healthz")
def show_health() -> ResponseReturnValue:
    """The process lives."""
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def show_readiness() -> ResponseReturnValue:
    """The database answers, is migrated and has no demo account in production, the data folder can be written.

    Else 503 with the reason.
    """
    faults = checks.faults(current_app.config["SETTINGS"])
    if faults:
        return Response("\n".join(faults) + "\n", status=503, mimetype="text/plain", headers={"Retry-After": "5"})
    return Response("ready\n", mimetype="text/plain")


@blueprint.get("/metrics")
def show_metrics() -> ResponseReturnValue:
    """Figures for Prometheus: only for loopback, or with the token."""
    if not _may_read_metrics():
        abort(404)
    return Response(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)


def _may_read_metrics() -> bool:
    token = current_app.config["SETTINGS"].metrics_token.get_secret_value()
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return hmac.compare_digest(token.encode(), given.encode())
    if "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False  # through a proxy, from anywhere
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False
