"""The self-disclosure of somebody on a shortlist: what is asked, why and by when; answering, sending, adding to it.

None of its pages keeps what is typed in the browser: it may be somebody else's too.
"""

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from recruit.applications import queries
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.transaction import transaction
from recruit.rules.self_disclosure import ASKED, CHECKER, NACRO, UNLOCK, DisclosureStatus, Question
from recruit.self_disclosures import disclosing
from recruit.self_disclosures.answers import missing_in
from recruit.self_disclosures.disclosing import Own, own_disclosure
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.disclosure_pages import LONG, PATH, disclosure_page, frame_of, to_write
from recruit.web.candidate.disclosure_sending import sent_page
from recruit.web.candidate.fields import OptionalProseField, YesNoField
from recruit.web.candidate.section_form import AnswersForm, Outcome, attempt
from recruit.web.forms import Form, LineField, MaxCharacters, ProseField

HELP = {"checker": CHECKER, "nacro": NACRO, "unlock": UNLOCK}


class QuestionsForm(AnswersForm):
    """Yes or no to each question."""

    columns = (*(question.value for question in Question), "more")
    unspent, spent, barred, referred, known, dismissed, disciplined, regulator = (
        YesNoField(ASKED[question].text, missing=f"Answer yes or no about {ASKED[question].short}")
        for question in Question
    )
    more = OptionalProseField("Is there anything you want to tell us?", [MaxCharacters(LONG, "What you write")])


class MatterForm(AnswersForm):
    """What stands behind a yes."""

    columns = ("when", "what", "outcome")
    when = LineField("When it was", [DataRequired("Enter when it was, like March 2014")])
    what = ProseField("What", [DataRequired("Enter what it was"), MaxCharacters(LONG, "What it was")])
    outcome = ProseField("Outcome", [DataRequired("Enter what came of it"), MaxCharacters(LONG, "What came of it")])


@blueprint.get(PATH)
def show_self_disclosure(reference: str) -> ResponseReturnValue:
    """Before it is sent: why, who reads it, by when, and what is left to do.  After that: what was sent, to keep."""
    application = queries.own_application(g.actor, reference)
    own = own_disclosure(application)
    if own.is_sent:
        return sent_page(application, own)
    return render_template(
        "candidate/show_self_disclosure.html",
        **frame_of(application, own),
        **HELP,
        has_begun=any(answer is not None for answer in own.answers.given[:-1]),
        missing=list(missing_in(own.answers)),
        to_talk=own.disclosure is not None and own.disclosure.status is DisclosureStatus.TO_TALK,
        back_href=url_for(".show_application", reference=reference),
    )


@blueprint.route(f"{PATH}/questions", methods=["GET", "POST"])
def answer_disclosure(reference: str) -> ResponseReturnValue:
    """The eight questions on one page: most people answer no to each."""
    application, own = to_write(reference)
    form = QuestionsForm(obj=own.answers.given)
    outcome = attempt(
        form,
        lambda entered: disclosing.answer_questions(g.actor, application, entered, now=clock.now()),
        lambda: own_disclosure(application).answers.given,
        in_parts=True,
    )
    if outcome.is_done:
        return redirect(_onward(application))
    return disclosure_page(
        "candidate/answer_disclosure.html", outcome, application, own, form=form, asked=ASKED, **HELP
    )


@blueprint.get(f"{PATH}/matters")
def list_matters(reference: str) -> ResponseReturnValue:
    """What stands behind each yes."""
    application, own = to_write(reference)
    return disclosure_page(
        "candidate/list_matters.html",
        Outcome(),
        application,
        own,
        groups=_groups(own),
        has_missing=any(missing_in(own.answers)),
    )


@blueprint.route(f"{PATH}/matters/<question>/add", defaults={"number": None}, methods=["GET", "POST"])
@blueprint.route(f"{PATH}/matters/<question>/<int:number>", methods=["GET", "POST"])
def edit_matter(reference: str, question: str, number: int | None) -> ResponseReturnValue:
    """One matter: when, what, what came of it."""
    application, own = to_write(reference)
    about = _question(question)
    matter = None if number is None else disclosing.matter_of(own.answers, about, number)
    form = MatterForm(obj=matter)
    form["when"].label.text = "When was it?"
    form["what"].label.text, form["outcome"].label.text = ASKED[about].what, ASKED[about].outcome

    def stored() -> Any:
        return None if number is None else disclosing.matter_of(own_disclosure(application).answers, about, number)

    outcome = attempt(
        form,
        lambda entered: disclosing.save_matter(g.actor, application, about, number, entered, now=clock.now()),
        stored,
        in_parts=False,
    )
    back = url_for(".list_matters", reference=reference)
    if outcome.is_done:
        return redirect(back)
    return disclosure_page(
        "candidate/edit_matter.html",
        outcome,
        application,
        own,
        form=form,
        asked=ASKED[about],
        is_new=number is None,
        back_href=back,
    )


@blueprint.route(f"{PATH}/matters/<question>/<int:number>/remove", methods=["GET", "POST"])
def remove_matter(reference: str, question: str, number: int) -> ResponseReturnValue:
    """Ask whether to take it out; do so when the answer is sent."""
    application, own = to_write(reference)
    about, form = _question(question), Form()
    matter = disclosing.matter_of(own.answers, about, number)
    back = url_for(".list_matters", reference=reference)
    if form.validate_on_submit():
        with transaction():
            disclosing.remove_matter(g.actor, application, about, number, now=clock.now())
        flash("Removed")
        return redirect(back)
    return disclosure_page(
        "candidate/remove_matter.html", Outcome(), application, own, form=form, matter=matter, back_href=back
    )


def _question(name: str) -> Question:
    return Question(name) if name in set(Question) else abort(404)


def _onward(application: Application) -> str:
    """Return where saved answers lead: to what is behind a yes, or to checking them."""
    own = own_disclosure(application)
    has_yes = any(own.answers.answer_to(question) for question in Question)
    return url_for(".list_matters" if has_yes else ".check_disclosure", reference=application.reference)


def _groups(own: Own) -> list[dict[str, Any]]:
    return [
        {"question": question, "text": ASKED[question].text, "matters": own.answers.matters_of(question)}
        for question in Question
        if own.answers.answer_to(question)
    ]
