"""Sending a self-disclosure once, asking to talk instead, and adding to what was sent."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField
from wtforms.validators import DataRequired

from recruit.applications import queries
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.self_disclosure import Question
from recruit.self_disclosures import disclosing
from recruit.self_disclosures.answers import missing_in, rows_of
from recruit.self_disclosures.disclosing import Own, own_disclosure
from recruit.self_disclosures.standing import is_open_to
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.disclosure_pages import LONG, PATH, disclosure_page, to_write
from recruit.web.candidate.section_form import Outcome
from recruit.web.forms import Form, MaxCharacters, ProseField


class SendForm(Form):
    """What was read, so that nothing else is sent, and that it is true."""

    seen = HiddenField()
    confirmed = BooleanField("What I tell you here is true and complete, as far as I know")


class AddForm(Form):
    words = ProseField(
        "What do you want to add or put right?",
        [DataRequired("Enter what you want to add"), MaxCharacters(LONG, "What you write")],
    )


@blueprint.route(f"{PATH}/check", methods=["GET", "POST"])
def check_disclosure(reference: str) -> ResponseReturnValue:
    """Read all of it, say that it is true, and send it, once."""
    application = queries.own_application(g.actor, reference)
    form, status = SendForm(), 200
    if form.validate_on_submit():
        try:
            with transaction():
                confirmed, seen = bool(form.confirmed.data), form.seen.data or ""
                disclosing.send(g.actor, application, confirmed=confirmed, seen_mark=seen, now=clock.now())
        except Incomplete as refusal:
            form.confirmed.errors = [str(refusal)]
        except Conflict as refusal:
            if own_disclosure(application).is_sent:
                return redirect(url_for(".show_self_disclosure", reference=reference))
            form.form_errors.append(str(refusal))
            status = 409
        else:
            flash("We have your self-disclosure. Thank you.")
            return redirect(url_for(".show_self_disclosure", reference=reference))
    application, own = to_write(reference)
    if not form.is_submitted() and any(missing_in(own.answers)):
        return redirect(url_for(".show_self_disclosure", reference=reference))
    form.seen.data = own.mark
    return disclosure_page(
        "candidate/check_disclosure.html", Outcome(status), application, own, form=form, rows=rows_of(own.answers)
    )


@blueprint.route(f"{PATH}/talk", methods=["GET", "POST"])
def talk_instead(reference: str) -> ResponseReturnValue:
    """Say that they would rather talk about it."""
    application, own = to_write(reference)
    form = Form()
    if form.validate_on_submit():
        with transaction():
            disclosing.ask_to_talk(g.actor, application, now=clock.now())
        flash("The safeguarding lead will ring you")
        return redirect(url_for(".show_self_disclosure", reference=reference))
    details = queries.contact_details_of(application)
    return disclosure_page(
        "candidate/talk_instead.html", Outcome(), application, own, form=form, phone=details.phone if details else ""
    )


@blueprint.route(f"{PATH}/add", methods=["GET", "POST"])
def add_to_disclosure(reference: str) -> ResponseReturnValue:
    """Add to what was sent, or put it right."""
    application = queries.own_application(g.actor, reference)
    own, form, status = own_disclosure(application), AddForm(), 200
    if not own.is_sent:
        return redirect(url_for(".show_self_disclosure", reference=reference))
    if form.validate_on_submit():
        try:
            with transaction():
                disclosing.add_words(g.actor, application, form.words.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            flash("Added")
            return redirect(url_for(".show_self_disclosure", reference=reference))
    return disclosure_page("candidate/add_to_disclosure.html", Outcome(status), application, own, form=form)


def sent_page(application: Application, own: Own) -> ResponseReturnValue:
    """Return the page of what was sent, or told in person: to read and to print."""
    disclosure = own.disclosure
    in_person = disclosure is not None and own.answers.answer_to(Question.UNSPENT) is None
    return render_template(
        "candidate/_disclosure_sent.html",
        application=application,
        sent=long_moment(disclosure.sent_at) if disclosure and disclosure.sent_at else "",
        in_person=in_person,
        rows=[] if in_person else rows_of(own.answers),
        more=own.answers.given.more,
        additions=[(long_moment(one.at), one.words) for one in own.additions],
        can_add=is_open_to(application, disclosure),
        back_href=url_for(".show_application", reference=application.reference),
    )
