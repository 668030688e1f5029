"""The section "Contact details"."""

from flask import g, redirect
from flask.typing import ResponseReturnValue
from wtforms import StringField

from recruit.applications import queries, sections
from recruit.applications.models import Section
from recruit.applications.personal import ContactBy
from recruit.applications.words import CONTACT_BY_WORDS
from recruit.core import clock
from recruit.rules import limits
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.fields import NO, YES, OptionalLineField, finished_field
from recruit.web.candidate.places import onward, own_draft, section_page
from recruit.web.candidate.section_form import AnswersForm, attempt
from recruit.web.fields import ChoiceField
from recruit.web.forms import LineField


class ContactDetailsForm(AnswersForm):
    columns = (
        "full_name",
        "other_names",
        "email",
        "phone",
        "address_line_1",
        "address_line_2",
        "town",
        "postcode",
        "country",
        "contact_by",
    )
    full_name: StringField = LineField("Full name")
    other_names: StringField = OptionalLineField("Other names you have used")
    email: StringField = LineField("Email address", most=limits.EMAIL_CHARACTERS)
    phone: StringField = LineField("Phone number", most=40)
    address_line_1: StringField = LineField("Address line 1")
    address_line_2: StringField = OptionalLineField("Address line 2")
    town: StringField = LineField("Town or city")
    postcode: StringField = LineField("Postcode", most=20)
    country: StringField = OptionalLineField("Country, if not the United Kingdom")
    contact_by = ChoiceField(
        "How would you like us to contact you? (optional)",
        CONTACT_BY_WORDS.items(),
        missing="Select how you would like us to contact you",
        needed=False,
        kind=ContactBy,
    )
    finished = finished_field()


@blueprint.route("/applications/<reference>/contact-details", methods=["GET", "POST"])
def edit_contact_details(reference: str) -> ResponseReturnValue:
    application = own_draft(reference)
    state = queries.state_of(application, Section.CONTACT)
    form = ContactDetailsForm(
        obj=queries.contact_details_of(application), finished=YES if state and state.is_complete else None
    )
    outcome = attempt(
        form,
        lambda entered: sections.save_contact_details(g.actor, application, entered, now=clock.now()),
        lambda: queries.contact_details_of(application),
        in_parts=True,
    )
    if outcome.is_done:
        return redirect(onward(application, is_finished=form.finished.data != NO))
    return section_page("candidate/edit_contact_details.html", outcome, application, form=form)
