"""Equality questions: after sending, apart from the application, each one optional."""

from typing import Any

from flask import current_app, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField

from recruit.applications import equality, queries
from recruit.core import clock
from recruit.core.memory_keys import MemoryKeys
from recruit.core.transaction import transaction
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.places import section_page
from recruit.web.candidate.section_form import Outcome
from recruit.web.fields import choice
from recruit.web.forms import Form


class EqualityForm(Form):
    """One field a question, each optional: an answer that was not offered is not counted, and stops nobody."""


def _field(question: equality.Question) -> Any:
    if question.groups is None:
        choices = [choice(answer, answer) for answer in (*question.answers, equality.PREFER_NOT)]
        return RadioField(question.words, choices=choices, validate_choice=False)
    grouped = [choice(answer, answer, group) for group, answers in question.groups.items() for answer in answers]
    first, last = ("", "Choose an answer, or leave this"), (equality.PREFER_NOT, equality.PREFER_NOT)
    choices = [choice(*first), *grouped, choice(*last)]
    return SelectField(question.words, choices=choices, validate_choice=False)


for _question in equality.QUESTIONS:
    setattr(EqualityForm, _question.key.replace("-", "_"), _field(_question))


@blueprint.route("/applications/<reference>/equality", methods=["GET", "POST"])
def answer_equality_questions(reference: str) -> ResponseReturnValue:
    application = queries.own_application(g.actor, reference)
    back = url_for(".show_application", reference=reference)
    now = clock.now()
    stage = equality.stage_to_ask(application)
    if stage is None:
        return redirect(back)
    form = EqualityForm()
    if form.validate_on_submit():
        skipped = "skip" in request.form
        answers = {question.key: form[question.key.replace("-", "_")].data or "" for question in equality.QUESTIONS}
        keys = MemoryKeys(current_app.config["SETTINGS"].memory_dir)
        with transaction():
            ended = equality.count_answers(g.actor, application, {} if skipped else answers, keys, now=now)
        for name in ended:
            keys.destroy(name)
        flash("You skipped the questions. That is fine" if skipped else "Thank you for answering")
        return redirect(back)
    return section_page(
        "candidate/answer_equality_questions.html", Outcome(), application, form=form, stage=stage, back_href=back
    )
