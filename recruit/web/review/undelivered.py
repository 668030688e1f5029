"""Messages to candidates that did not arrive: what, to whom and why, sent again or told in another way."""

from datetime import timedelta
from typing import Any

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.review import resending
from recruit.review.filters import Place
from recruit.review.resendable import not_to_send
from recruit.review.undelivered import Undelivered, undelivered, undelivered_page
from recruit.rules import limits
from recruit.rules.notifications import MESSAGE_WORDS
from recruit.web.delivery_words import to_colleagues, what_became
from recruit.web.forms import Form, MaxCharacters, ProseField
from recruit.web.review.blueprint import blueprint
from recruit.web.row_values import whole_number

INSTEAD = "Choose “Told in another way”, and write how they know, or why nothing is to be told any more."


class ToldForm(Form):
    """How a candidate was told what a message did not tell them."""

    reason = ProseField(
        "How was the candidate told?",
        [DataRequired("Enter how the candidate was told"), MaxCharacters(limits.NOTE_CHARACTERS, "What you write")],
        description="Kept in the record with your name. For example: “Rang them on Tuesday, and they know.”",
    )


@blueprint.get("/messages")
def list_undelivered() -> ResponseReturnValue:
    """All that waits for HR, what waits longest first."""
    return _page()


@blueprint.post("/messages/<int:message_id>/again")
def send_again(message_id: int) -> ResponseReturnValue:
    """Send a message again, to the address that its candidate has confirmed by now."""
    found, form = undelivered(g.actor, whole_number(message_id)), Form()
    limit = timedelta(hours=current_app.config["SETTINGS"].interview_change_hours)
    try:
        with transaction():
            again = resending.send_again(g.actor, found, limit=limit, now=clock.now())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return _page(409, form=form)
    flash(f"“{_what(again)}” is on its way again to {again.recipient}.")
    return redirect(url_for(".list_undelivered"))


@blueprint.route("/messages/<int:message_id>/told", methods=["GET", "POST"])
def settle_message(message_id: int) -> ResponseReturnValue:
    """Take a message off the list, because its candidate was told in another way."""
    found, form = undelivered(g.actor, whole_number(message_id)), ToldForm()
    if form.validate_on_submit():
        try:
            with transaction():
                resending.told_otherwise(g.actor, found, form.reason.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            if isinstance(refusal, Conflict):
                return _page(409, form=form)
        else:
            flash(f"It is kept how {found.application.candidate.name} was told. Nothing more is sent.")
            return redirect(url_for(".list_undelivered"))
    return render_template("review/settle_message.html", row=_row(found), form=form)


def _page(status: int = 200, *, form: Form | None = None) -> ResponseReturnValue:
    after = Place.parse(request.args.get("after", ""))
    page = undelivered_page(g.actor, after)
    not_sent = not_to_send(page.rows, now=clock.now())
    shown = render_template(
        "review/list_undelivered.html",
        rows=[_row(one, not_sent.get(one.message.id, "")) for one in page.rows],
        next=url_for(".list_undelivered", after=str(page.next)) if page.next else None,
        first=url_for(".list_undelivered") if after else None,
        colleagues=[] if after else to_colleagues(g.actor, clock.now()),
        form=form,
    )
    return shown, status


def _row(found: Undelivered, not_sent: str = "") -> dict[str, Any]:
    """Return one message in words: what it was, to whom, what became of it, and what may help.

    Args:
        not_sent: why it is not to be sent again, where that is known.
    """
    message, application = found.message, found.application
    return {
        "id": message.id,
        "what": _what(message),
        "candidate": application.candidate.name,
        "reference": application.reference,
        "vacancy": application.vacancy.title,
        "became": what_became(message),
        "hint": f"{not_sent} {INSTEAD}" if not_sent else _hint(found),
        "can_go": not not_sent,
    }


def _what(message: OutboxMessage) -> str:
    return MESSAGE_WORDS.get(message.notification, "Message")


def _hint(found: Undelivered) -> str:
    """Return what to know before it is sent again."""
    candidate = found.application.candidate
    if candidate.email.casefold() != found.message.recipient.casefold():
        return f"They have confirmed another address since: {candidate.email}. It goes there."
    return (
        "They have no other address with us. They change it in their own account: ring them first, or it may come back"
        " again."
    )
