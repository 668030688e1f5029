"""Going back from a decision that the candidate knows of."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.review import reopening
from recruit.rules.lifecycle import STAFF_WORDS
from recruit.web.review.applications import address_of, find
from recruit.web.review.asking import carried
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import ReopenForm
from recruit.web.row_values import whole_number


@blueprint.route("/applications/<reference>/reopen", methods=["GET", "POST"])
def reopen_application(reference: str) -> ResponseReturnValue:
    """Ask why, go back to where the application stood, and lead to the letter that puts it right."""
    application, form, status = find(reference), ReopenForm(), 200
    if request.method == "GET":
        form.version.data = str(application.version)
    elif form.validate():
        try:
            with transaction():
                reopening.reopen_application(
                    g.actor,
                    application,
                    form.reason.data or "",
                    seen_version=whole_number(form.version.data),
                    now=clock.now(),
                )
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            flash(f"{application.reference} is reopened. Word the message that tells the candidate, then release it.")
            return redirect(url_for(".edit_letter", reference=application.reference))
    application = find(reference)
    page = render_template(
        "review/reopen_application.html",
        application=application,
        form=form,
        is_open=reopening.is_reopenable(application),
        status_words=STAFF_WORDS[application.status],
        back_href=address_of(application.reference),
        carry=carried(),
    )
    return page, status
