"""Concluding on a self-disclosure, keeping what was told in person, notes, and leaving one to a colleague."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.rules.self_disclosure import LEAD_WORDS, DisclosureStatus
from recruit.self_disclosures import concluding
from recruit.self_disclosures.models import SelfDisclosure
from recruit.web.forms import Form
from recruit.web.safeguarding.blueprint import blueprint, find
from recruit.web.safeguarding.forms import ConclusionForm, HeardForm, NoteForm
from recruit.web.safeguarding.opening import content_page, cover_page


@blueprint.post("/<reference>/conclude")
def conclude(reference: str) -> ResponseReturnValue:
    """Keep what is made of it."""
    disclosure, form = find(reference), ConclusionForm()
    form.offer(concluding.conclusions_open_to(g.actor, disclosure))
    if not form.validate() or not _says_enough(form):
        return _shown(disclosure, form)
    target = DisclosureStatus(form.conclusion.data)
    try:
        with transaction():
            concluding.conclude(
                g.actor,
                disclosure,
                target,
                words=form.words.data or "",
                told=form.told.data or "",
                reason=form.reason.data or "",
                seen_version=form.seen_version(),
                now=clock.now(),
            )
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return _shown(find(reference), form, 409 if isinstance(refusal, Conflict) else 200)
    flash(f"Kept: {LEAD_WORDS[target].lower()}")
    return redirect(url_for(".show_disclosure", reference=reference))


@blueprint.post("/<reference>/heard")
def keep_told_in_person(reference: str) -> ResponseReturnValue:
    """Keep what the candidate told in person."""
    disclosure, form = find(reference), HeardForm()
    if not form.validate():
        return cover_page(disclosure, form)
    try:
        with transaction():
            concluding.keep_told_in_person(
                g.actor, disclosure, form.words.data or "", seen_version=form.seen_version(), now=clock.now()
            )
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return cover_page(find(reference), form, 409 if isinstance(refusal, Conflict) else 200)
    flash("Kept. Open it to conclude.")
    return redirect(url_for(".show_disclosure", reference=reference))


@blueprint.post("/<reference>/notes")
def add_note(reference: str) -> ResponseReturnValue:
    """Add a note for the leads."""
    disclosure, form = find(reference), NoteForm()
    if not form.validate():
        return _shown(disclosure, form)
    try:
        with transaction():
            concluding.add_note(g.actor, disclosure, form.note.data or "", now=clock.now())
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return _shown(find(reference), form, 409 if isinstance(refusal, Conflict) else 200)
    flash("Note kept")
    return redirect(url_for(".show_content", reference=reference))


@blueprint.route("/<reference>/leave", methods=["GET", "POST"])
def leave_to_colleague(reference: str) -> ResponseReturnValue:
    """Say that they know the candidate, and leave it to another lead."""
    disclosure, form = find(reference), Form()
    if form.validate_on_submit():
        with transaction():
            concluding.leave_to_colleague(g.actor, disclosure, now=clock.now())
        flash("It is left to a colleague. You cannot open it any more.")
        return redirect(url_for(".list_disclosures"))
    return render_template(
        "safeguarding/leave_to_colleague.html",
        candidate=disclosure.application.candidate.name,
        application=disclosure.application,
        form=form,
        back_href=url_for(".show_disclosure", reference=reference),
    )


def _says_enough(form: ConclusionForm) -> bool:
    if form.conclusion.data != DisclosureStatus.RELEASED:
        return True
    needed = ((form.told, "Enter what the chair is to know"), (form.reason, "Enter why the chair has to know it"))
    for field, message in needed:
        field.errors = [] if field.data else [message]
    return bool(form.told.data and form.reason.data)


def _shown(disclosure: SelfDisclosure, form: Form, status: int = 200) -> ResponseReturnValue:
    """Return the page that a form was refused on; where it is not open any more, a refusal with what was typed."""
    try:
        return content_page(disclosure, form, status)
    except NotFound:
        raise Conflict(concluding.OPEN_FIRST) from None
