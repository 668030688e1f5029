"""What reviewers do for one another: hand an application over, and write notes."""

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.review import service
from recruit.review.choices import hr_people
from recruit.web.review.applications import address_of, application_page, find
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import AssignForm, NoteForm, assignees


@blueprint.post("/applications/<reference>/assign")
def assign_application(reference: str) -> ResponseReturnValue:
    """Give an application to somebody in HR, or to nobody."""
    application = find(reference)
    form = AssignForm()
    form.offer(assignees(g.actor, hr_people(), application))
    if not form.validate():
        form.assignee.errors = ["Select a person from the list"]
        return application_page(reference, refused=form)
    try:
        with transaction():
            service.assign_application(
                g.actor, application, form.chosen(), seen_assignee_id=form.seen_assignee(), now=clock.now()
            )
    except (Conflict, Incomplete) as refusal:
        application = find(reference)
        form.seen.data = str(application.assigned_to_id or 0)
        return application_page(
            reference, 409 if isinstance(refusal, Conflict) else 200, refused=form, sentence=str(refusal)
        )
    name = application.assigned_to.name if application.assigned_to else "nobody"
    flash(f"{application.reference} is assigned to {name}")
    return redirect(address_of(reference))


@blueprint.post("/applications/<reference>/notes")
def add_note(reference: str) -> ResponseReturnValue:
    """Keep a note for HR."""
    application = find(reference)
    form = NoteForm()
    if not form.validate():
        return application_page(reference, refused=form)
    with transaction():
        service.add_note(g.actor, application, form.text.data or "", now=clock.now())
    flash("Note added")
    return redirect(address_of(reference, "notes"))
