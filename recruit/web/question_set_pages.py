"""Sets of interview questions, beside a vacancy’s questions: use, keep, rename or retire one; in both areas."""

from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField
from wtforms.validators import DataRequired

from recruit.core import clock
from recruit.core.calendar import london_day, long_date
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.panels import question_sets
from recruit.panels.models import QuestionSet
from recruit.panels.questions import questions_of
from recruit.rules.access import Permission, authorise, can
from recruit.rules.interviews import KIND_WORDS, InterviewKind
from recruit.web.forms import Form, LineField
from recruit.web.question_pages import QuestionPages
from recruit.web.row_values import whole_number

KINDS = ", ".join(kind.value for kind in InterviewKind)
USE, KEEP = "questions/use_question_set.html", "questions/keep_question_set.html"
RENAME = "questions/rename_question_set.html"


class QuestionSetForm(Form):
    """What a set of questions is called."""

    name = LineField(
        "Name of the set", [DataRequired("Enter a name")], description="Like “Social worker: the usual six questions”."
    )


class RenameSetForm(QuestionSetForm):
    """Another name for a set."""

    seen = HiddenField()


class QuestionSetPages:
    """The pages, in one area.

    Args:
        pages: those of the questions themselves.
    """

    def __init__(self, pages: QuestionPages) -> None:
        self._pages = pages

    def register(self, blueprint: Blueprint, prefix: str) -> None:
        """Add the pages to `blueprint` under `prefix`, as those of the questions."""
        for path, view, methods in (
            (f"/sets/<any({KINDS}):kind>", self.use_question_set, ["GET", "POST"]),
            (f"/sets/<any({KINDS}):kind>/keep", self.keep_question_set, ["GET", "POST"]),
            (f"/sets/<any({KINDS}):kind>/<int:set_id>/rename", self.rename_question_set, ["GET", "POST"]),
            (f"/sets/<any({KINDS}):kind>/<int:set_id>/retire", self.retire_question_set, ["POST"]),
        ):
            blueprint.add_url_rule(f"{prefix}{path}", view.__name__, view, methods=methods)

    def use_question_set(self, reference: str, kind: str) -> ResponseReturnValue:
        """Add the questions of a set to one kind of interview."""
        panel, form, of = self._pages.panel(reference), Form(), InterviewKind(kind)
        if request.method == "GET" or not form.validate():
            return self._pages.form_page(USE, panel, form, **_sets(of))
        one = question_sets.set_of(of, whole_number(request.form.get("set")))
        try:
            with transaction():
                number = question_sets.use_set(g.actor, panel, one, now=clock.now())
        except (Conflict, Incomplete) as refusal:
            return self._pages.refused(USE, reference, form, refusal, **_sets(of))
        flash(f"{number} {'question is' if number == 1 else 'questions are'} added from “{one.name}”.")
        return self._pages.to_list(panel)

    def keep_question_set(self, reference: str, kind: str) -> ResponseReturnValue:
        """Keep what one kind of interview asks as a set."""
        panel, form, of = self._pages.panel(reference), QuestionSetForm(), InterviewKind(kind)
        shown = {"title": KIND_WORDS[of], "number": len(questions_of(panel.vacancy.id, of))}
        if request.method == "GET" or not form.validate():
            return self._pages.form_page(KEEP, panel, form, **shown)
        try:
            with transaction():
                kept = question_sets.keep_set(g.actor, panel, of, form.name.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            return self._pages.refused(KEEP, reference, form, refusal, **shown)
        flash(f"Kept as “{kept.name}”. It can be used for the interviews of any vacancy.")
        return self._pages.to_list(panel)

    def rename_question_set(self, reference: str, kind: str, set_id: int) -> ResponseReturnValue:
        """Give a set another name."""
        panel, of = self._pages.panel(reference), InterviewKind(kind)
        one = question_sets.set_of(of, set_id)
        authorise(g.actor, Permission.QUESTION_SET_CHANGE, one)
        form = RenameSetForm(data={"name": one.name, "seen": one.name})
        shown = {"title": KIND_WORDS[of], "kind": kind, "called": one.name}
        if request.method == "GET" or not form.validate():
            return self._pages.form_page(RENAME, panel, form, **shown)
        before, name = one.name, form.name.data or ""
        try:
            with transaction():
                question_sets.rename_set(g.actor, panel, one, name, seen_name=form.seen.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            shown["called"] = form.seen.data = question_sets.set_of(of, set_id).name
            return self._pages.refused(RENAME, reference, form, refusal, **shown)
        flash(f"“{before}” is called “{one.name}” now.")
        return redirect(url_for(".use_question_set", reference=panel.vacancy.reference, kind=kind))

    def retire_question_set(self, reference: str, kind: str, set_id: int) -> ResponseReturnValue:
        """Offer a set no more."""
        panel, form, of = self._pages.panel(reference), Form(), InterviewKind(kind)
        one = question_sets.set_of(of, set_id)
        try:
            with transaction():
                question_sets.retire_set(g.actor, panel, one, now=clock.now())
        except Conflict as refusal:
            return self._pages.refused(USE, reference, form, refusal, **_sets(of))
        flash(f"“{one.name}” is retired. Interviews that were written from it keep their questions.")
        return redirect(url_for(".use_question_set", reference=panel.vacancy.reference, kind=kind))


def _sets(kind: InterviewKind) -> dict[str, Any]:
    return {"kind": kind.value, "title": KIND_WORDS[kind], "sets": [_shown(one) for one in question_sets.sets_of(kind)]}


def _shown(one: QuestionSet) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "kept": f"Kept by {one.author.name}, {long_date(london_day(one.kept_at))}",
        "questions": [line["text"] for line in one.lines],
        "can_change": can(g.actor, Permission.QUESTION_SET_CHANGE, one),
    }
