"""Closing a sift and reopening it, as HR and the chair see it."""

from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.panels import closing
from recruit.panels.models import Sift
from recruit.panels.moderation import Chaired
from recruit.rules import limits
from recruit.rules.access import Permission, authorise
from recruit.rules.sift import OVER
from recruit.vacancies.models import Vacancy
from recruit.vacancies.standing import standing_of
from recruit.web.forms import Form, MaxCharacters, ProseField
from recruit.web.standing_words import WORDS


class ReopenSiftForm(Form):
    """Why a sift is opened again."""

    reason = ProseField(
        "Why is the sift reopened?",
        [DataRequired("Enter why it is reopened"), MaxCharacters(limits.SCORE_NOTE_CHARACTERS, "The reason")],
        description="Kept in the panel’s history with your name.",
    )


def closing_page(panel: Chaired, back_href: str) -> ResponseReturnValue:
    """Say what is not scored and ask; then close."""
    authorise(g.actor, Permission.SIFT_CLOSE, panel)
    form, status = Form(), 200
    if form.validate_on_submit():
        try:
            with transaction():
                closing.close_sift(g.actor, panel, now=clock.now())
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash("The sift is closed. Nobody scores anything more.")
            return redirect(back_href)
    left = [(one.reference, one.stage.value) for one in closing.unscored(panel.vacancy)]
    page = render_template("sift/close_sift.html", vacancy=panel.vacancy, form=form, left=left, back_href=back_href)
    return page, status


def reopening_page(panel: Chaired, back_href: str) -> ResponseReturnValue:
    """Ask why, then reopen."""
    authorise(g.actor, Permission.SIFT_CLOSE, panel)
    form, status = ReopenSiftForm(), 200
    if form.validate_on_submit():
        try:
            with transaction():
                closing.reopen_sift(g.actor, panel, form.reason.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            flash("The sift is open again.")
            return redirect(back_href)
    return render_template("sift/reopen_sift.html", vacancy=panel.vacancy, form=form, back_href=back_href), status


def standing_words(sift: Sift | None) -> dict[str, Any]:
    """Return since when a sift is open and since when closed, in words; "" where it is not."""
    opened_at, closed_at = (sift.opened_at, sift.closed_at) if sift else (None, None)
    return {
        "opened": long_moment(opened_at) if opened_at else "",
        "closed": long_moment(closed_at) if closed_at else "",
    }


def over_words(vacancy: Vacancy, now: datetime) -> str:
    """Return what came of a vacancy that is over, so that nothing of it is scored; "" of any other."""
    return WORDS[standing_of(vacancy, now)][0].lower() if vacancy.status in OVER else ""
