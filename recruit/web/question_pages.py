"""The questions of a vacancy's interviews, as HR and the panel's chair write them: the same pages in both areas."""

from collections.abc import Callable, Collection
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import SelectMultipleField
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.panels import questions
from recruit.panels.models import InterviewQuestion
from recruit.panels.moderation import Chaired
from recruit.rules import limits
from recruit.rules.access import Permission, authorise
from recruit.rules.interviews import BANK, KIND_MEANINGS, KIND_WORDS, InterviewKind
from recruit.web.fields import ChoiceField, choice
from recruit.web.forms import Form, MaxCharacters, ProseField, VersionedForm

OWN = "own"
WAYS = {"up": "moved", "down": "moved", "remove": "taken out"}
Find = Callable[[str], Chaired]
Back = Callable[[Chaired], tuple[str, str]]


class QuestionForm(VersionedForm):
    """A question in somebody's words."""

    text = ProseField(
        "The question",
        [DataRequired("Enter the question"), MaxCharacters(limits.QUESTION_CHARACTERS, "The question")],
        description="Ask for what somebody did, not what they would do: “Tell us about a time when …”.",
    )


class NewQuestionForm(QuestionForm):
    """A new question: for which interview, and what it is about."""

    kind = ChoiceField(
        "Which interview is it for?",
        [(kind, KIND_WORDS[kind]) for kind in InterviewKind],
        missing="Select which interview it is for",
        kind=InterviewKind,
        default=InterviewKind.COMPETENCY.value,
    )
    source = ChoiceField("What is it about?", missing="Select what it is about", default=OWN)

    def offer(self, panel: Chaired) -> None:
        """Give the choice of the criteria that are judged at interview."""
        lines = [
            choice(str(line.id), line.text + {1: "", 2: " (counts twice)", 3: " (counts three times)"}[line.weight])
            for line in questions.criteria_to_ask(panel.vacancy)
        ]
        self.source.choices = [*lines, choice(OWN, "Something else: it counts once")]

    def leave_out(self, begun: Collection[InterviewKind]) -> None:
        """Offer no kind of interview whose questions stay as they are, as long as there is another."""
        left = [kind for kind in InterviewKind if kind not in begun]
        if left:
            self.kind.choices = [choice(kind.value, KIND_WORDS[kind]) for kind in left]
            self.kind.data = left[0].value


class BankForm(Form):
    """Questions of the bank to take."""

    taken = SelectMultipleField("Questions", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())


class QuestionPages:
    """The pages, in one area.

    Args:
        find: the panel that an address names, for whoever asks.
        back: the page that these belong to, and its words.
    """

    def __init__(self, find: Find, back: Back) -> None:
        self._find, self._back = find, back

    def register(self, blueprint: Blueprint, prefix: str) -> None:
        """Add the pages to `blueprint` under `prefix`, which may name a vacancy's `<reference>`."""
        both = ["GET", "POST"]
        for path, view, methods in (
            ("", self.list_questions, ["GET"]),
            ("/new", self.add_question, both),
            ("/bank", self.add_banked, both),
            ("/<int:question_id>", self.edit_question, both),
            ("/<int:question_id>/<any(up, down, remove):way>", self.move_question, ["POST"]),
        ):
            blueprint.add_url_rule(f"{prefix}{path}", view.__name__, view, methods=methods)

    def list_questions(self, reference: str, *, status: int = 200, refused: Any = None) -> ResponseReturnValue:
        """What is asked, by kind of interview."""
        panel = self.panel(reference)
        begun = questions.begun_kinds(panel.vacancy.id)
        found = questions.questions_of(panel.vacancy.id)
        groups = [
            {
                "kind": kind.value,
                "title": KIND_WORDS[kind],
                "hint": KIND_MEANINGS[kind],
                "is_begun": kind in begun,
                "questions": [_shown(one) for one in found if one.kind == kind],
            }
            for kind in InterviewKind
        ]
        page = render_template(
            "questions/list_questions.html",
            **self.frame(panel),
            groups=groups,
            banked_left=len(questions.banked_left(panel.vacancy.id)),
            form=refused,
        )
        return page, status

    def add_question(self, reference: str) -> ResponseReturnValue:
        """Write one about a criterion, or about something else."""
        panel, form = self.panel(reference), NewQuestionForm()
        form.offer(panel)
        if request.method == "GET":
            form.leave_out(questions.begun_kinds(panel.vacancy.id))
        if request.method == "GET" or not form.validate():
            return self.form_page("questions/add_question.html", panel, form)
        about = None if form.source.data == OWN else int(form.source.data)
        try:
            with transaction():
                questions.add_question(
                    g.actor, panel, form.kind.kept, form.text.data or "", criterion_id=about, now=clock.now()
                )
        except (Conflict, Incomplete) as refusal:
            return self.refused("questions/add_question.html", reference, form, refusal)
        flash("The question is added.")
        return self.to_list(panel)

    def add_banked(self, reference: str) -> ResponseReturnValue:
        """Take questions of the bank."""
        panel, form = self.panel(reference), BankForm()
        left = questions.banked_left(panel.vacancy.id)
        form.taken.choices = [choice(name, text) for name, text in left.items()]
        if request.method == "GET":
            return self.form_page("questions/add_banked.html", panel, form, left=len(left))
        names = frozenset(request.form.getlist("taken")) & BANK.keys()
        try:
            with transaction():
                number = questions.add_banked(g.actor, panel, names, now=clock.now())
        except (Conflict, Incomplete) as refusal:
            return self.refused("questions/add_banked.html", reference, form, refusal, left=len(left))
        flash(f"{number} {'question is' if number == 1 else 'questions are'} added.")
        return self.to_list(panel)

    def edit_question(self, reference: str, question_id: int) -> ResponseReturnValue:
        """Put one in other words."""
        panel = self.panel(reference)
        question = questions.question_of(panel.vacancy.id, question_id)
        form = QuestionForm(data={"text": question.text, "version": str(question.version)})
        template = "questions/edit_question.html"
        if request.method == "GET" or not form.validate():
            return self.form_page(template, panel, form, question=_shown(question))
        try:
            with transaction():
                questions.change_question(
                    g.actor,
                    panel,
                    question,
                    form.text.data or "",
                    seen_version=form.seen_version(),
                    now=clock.now(),
                )
        except (Conflict, Incomplete) as refusal:
            now_it_is = questions.question_of(panel.vacancy.id, question_id)
            form.version.data = str(now_it_is.version)
            return self.refused(template, reference, form, refusal, question=_shown(now_it_is))
        flash("The question is changed.")
        return self.to_list(panel)

    def move_question(self, reference: str, question_id: int, way: str) -> ResponseReturnValue:
        """Ask one earlier or later, or take it out."""
        panel, form = self.panel(reference), Form()
        question = questions.question_of(panel.vacancy.id, question_id)
        try:
            with transaction():
                if way == "remove":
                    questions.remove_question(g.actor, panel, question, now=clock.now())
                else:
                    questions.move_question(g.actor, panel, question, down=way == "down")
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            return self.list_questions(reference, status=409, refused=form)
        flash(f"The question is {WAYS[way]}.")
        return self.to_list(panel)

    def panel(self, reference: str) -> Chaired:
        """Return the panel that an address names, if its questions are the reader's to write."""
        panel = self._find(reference)
        authorise(g.actor, Permission.QUESTION_MANAGE, panel)
        return panel

    def frame(self, panel: Chaired) -> dict[str, Any]:
        """Return what each page says of where it is."""
        href, words = self._back(panel)
        return {"vacancy": panel.vacancy, "up_href": href, "up_words": words}

    def form_page(self, template: str, panel: Chaired, form: Any, **more: Any) -> str:
        """Return a page with a form that leads back to the list."""
        back = url_for(".list_questions", reference=panel.vacancy.reference)
        return render_template(template, **self.frame(panel), form=form, back_href=back, **more)

    def refused(self, template: str, reference: str, form: Any, refusal: Exception, **more: Any) -> ResponseReturnValue:
        """Return the page again, with why it was not done."""
        form.form_errors.append(str(refusal))
        status = 409 if isinstance(refusal, Conflict) else 200
        return self.form_page(template, self.panel(reference), form, **more), status

    def to_list(self, panel: Chaired) -> ResponseReturnValue:
        """Return the way back to the list."""
        return redirect(url_for(".list_questions", reference=panel.vacancy.reference))


def _shown(question: InterviewQuestion) -> dict[str, Any]:
    """Return a question with what it is about, in words."""
    about = "From the bank for safeguarding interviews" if question.banked else "In the panel’s own words"
    if question.criterion is not None:
        about = f"About: {question.criterion.text}"
    counts = {1: "counts once", 2: "counts twice", 3: "counts three times"}[question.weight]
    return {"id": question.id, "text": question.text, "about": about, "counts": counts}
