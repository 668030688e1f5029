"""Removing an entry of a list: asked first, done by POST."""

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue

from recruit.applications import queries, sections_lists
from recruit.applications.queries import Entry
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.web.candidate.places import ENDPOINTS, link, own_draft, section_page
from recruit.web.candidate.section_form import Outcome
from recruit.web.forms import Form


class RemoveForm(Form):
    """Nothing but the token."""


def remove(reference: str, entry_id: int, model: type[Entry], template: str) -> ResponseReturnValue:
    """Ask whether to remove an entry; remove it when the answer is sent."""
    application = own_draft(reference)
    entry = queries.entry_of(application, model, entry_id)
    back = link(ENDPOINTS[sections_lists.KINDS[model].section], application)
    form = RemoveForm()
    if form.validate_on_submit():
        with transaction():
            sections_lists.remove_entry(g.actor, application, model, entry_id, now=clock.now())
        flash("Removed from your application")
        return redirect(back)
    return section_page(template, Outcome(), application, form=form, entry=entry, back_href=back)
