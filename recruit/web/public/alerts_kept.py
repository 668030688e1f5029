"""Pages behind the links of alert emails: nobody signs in here, and opening a page changes nothing."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.alerts import links, service
from recruit.alerts.digests import OFTEN
from recruit.alerts.models import Alert, Frequency, LinkPurpose
from recruit.alerts.searches import names, query_of_alert, query_string, search_words
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.web.fields import ChoiceField
from recruit.web.forms import Form
from recruit.web.public.alerts import ConfirmForm, link_ended
from recruit.web.public.blueprint import blueprint

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
"""What a mail program sends, and our own button too (RFC 8058, section 3.1)."""


class FrequencyForm(Form):
    """How often."""

    frequency = ChoiceField(
        "How often should we write?",
        [(frequency.value, words) for frequency, words in OFTEN.items()],
        missing="Choose how often we should write",
        kind=Frequency,
    )


@blueprint.route("/alerts/manage/<token>", methods=["GET", "POST"])
def show_alert(token: str) -> ResponseReturnValue:
    """Show an alert, to change how often it writes."""
    alert = _alert(token)
    if alert is None:
        return link_ended()
    form = FrequencyForm(frequency=alert.frequency.value)
    if form.validate_on_submit():
        with transaction():
            service.change_alert(alert, form.frequency.kept, now=clock.now())
        flash("Your email alert is changed")
        return redirect(url_for(".show_alert", token=token))
    query = query_of_alert(alert)
    return render_template(
        "public/show_alert.html",
        form=form,
        alert=alert,
        token=token,
        search=search_words(query, names()),
        often=OFTEN[alert.frequency],
        jobs=f"/jobs{query_string(query)}",
        canonical="",
    )


@blueprint.post("/alerts/manage/<token>/keep")
def keep_alert(token: str) -> ResponseReturnValue:
    """Answer the yearly question with yes."""
    form, alert = ConfirmForm(), _alert(token)
    if alert is None:
        return link_ended()
    if form.validate_on_submit():
        with transaction():
            service.keep_alert(alert, now=clock.now())
        flash("We keep sending you this alert")
    return redirect(url_for(".show_alert", token=token))


@blueprint.route("/alerts/unsubscribe/<token>", methods=["GET", "POST"])
def end_alert(token: str) -> ResponseReturnValue:
    """End an alert by one press of a button, ours or a mail program's.

    RFC 8058: the POST has no cookie, no token of a form and no sign-in; the address alone says which alert.  It is
    answered with 200 as often as it comes, without leading elsewhere.
    """
    alert = _alert(token)
    if request.method == "POST":
        if any(request.form.get(name) != value for name, value in ONE_CLICK.items()):
            abort(400)
        if alert is not None:
            with transaction():
                service.end_alert(alert, now=clock.now())
        return render_template("public/end_alert.html", is_over=True, canonical="")
    if alert is None:
        return link_ended()
    search = search_words(query_of_alert(alert), names())
    return render_template(
        "public/end_alert.html", is_over=False, fields=ONE_CLICK, alert=alert, search=search, token=token, canonical=""
    )


def _alert(token: str) -> Alert | None:
    return links.alert_of_link(token, LinkPurpose.MANAGE, now=clock.now())
