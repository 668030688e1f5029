"""From the account to one of the alerts of its own address."""

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from recruit.alerts import links, queries
from recruit.alerts.models import LinkPurpose
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.web import guard
from recruit.web.account.blueprint import blueprint, signed_in


@blueprint.post("/account/alerts/<int:alert_id>")
@signed_in
def open_alert(alert_id: int) -> ResponseReturnValue:
    """Lead to the alert's page by a link like those of its emails."""
    user = guard.account()
    alert = queries.own_alert(alert_id, user.email_key) if user.confirmed_at is not None else None
    if alert is None:
        abort(404)
    with transaction():
        token = links.new_link(alert_id, LinkPurpose.MANAGE, now=clock.now())
    return redirect(url_for("public.show_alert", token=token))
