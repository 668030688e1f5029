"""What the safeguarding lead wrote for the chair of a panel about one candidate: opened by a button that is kept."""

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.transaction import transaction
from recruit.self_disclosures import releases
from recruit.web.interviewing.blueprint import blueprint


@blueprint.get("/notes/<int:application_id>")
def show_note(application_id: int) -> ResponseReturnValue:
    """Whom it is about, and for whoever opened it just now what it says."""
    disclosure = releases.note_for(g.actor, application_id)
    text = releases.words_for(g.actor, disclosure, now=clock.now())
    return render_template(
        "interviewing/show_note.html",
        application_id=application_id,
        candidate=disclosure.application.candidate.name,
        vacancy=disclosure.application.vacancy.title,
        words=text.words if text else "",
        written=long_moment(text.at) if text else "",
    )


@blueprint.post("/notes/<int:application_id>/open")
def open_note(application_id: int) -> ResponseReturnValue:
    """Keep that it is opened, then show it."""
    disclosure = releases.note_for(g.actor, application_id)
    with transaction():
        releases.open_note(g.actor, disclosure, now=clock.now())
    return redirect(url_for(".show_note", application_id=application_id))
