"""The forms on an application's page, and what can come of its interviews."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, TypeVar

from flask import g

from recruit.applications.models import Application
from recruit.review.choices import Offered
from recruit.rules.lifecycle import APPLICATION_MOVES, OUTCOMES, ApplicationStatus, Move, moves_open_to
from recruit.web.forms import Form
from recruit.web.review.forms import NOBODYS, AssignForm, NoteForm, OutcomeForm, ShortlistForm, UndoForm
from recruit.web.review.label_forms import LabelForm

_FRESH = {"csrf": False}  # a form that is only shown: its token is the page's, and another would be made for nothing
Outcome = Move[ApplicationStatus]
AForm = TypeVar("AForm", bound=Form)
Versioned = TypeVar("Versioned", ShortlistForm, OutcomeForm, UndoForm)


class Forms:
    """The forms on an application's page, each made when it is shown: a fresh one, or the one that was refused.

    Args:
        offer: what can be chosen.
        outcomes: what can come of its interviews as they stand.
        refused: the form that was sent and refused, if one was.
    """

    def __init__(self, application: Application, offer: Offered, outcomes: Sequence[Outcome], refused: Any) -> None:
        self._application, self._offer, self._outcomes, self._refused = application, offer, outcomes, refused

    @cached_property
    def shortlist(self) -> ShortlistForm:
        return self._of_version(ShortlistForm)

    @cached_property
    def outcome(self) -> OutcomeForm:
        form = self._of_version(OutcomeForm)
        form.offer(outcomes_of(self._application) if form is self._refused else self._outcomes)
        return form

    @cached_property
    def undo(self) -> UndoForm:
        return self._of_version(UndoForm)

    @cached_property
    def note(self) -> NoteForm:
        return self._one(NoteForm)

    @cached_property
    def assign(self) -> AssignForm:
        form = self._one(AssignForm)
        if form is not self._refused:
            form.assignee.data = form.seen.data = str(self._application.assigned_to_id or NOBODYS)
        form.offer(g.actor, self._offer.people, self._application)
        return form

    @cached_property
    def label(self) -> LabelForm:
        form = self._one(LabelForm)
        form.offer(self._offer.labels)
        return form

    def _one(self, kind: type[AForm]) -> AForm:
        return self._refused if isinstance(self._refused, kind) else kind(formdata=None, meta=_FRESH)

    def _of_version(self, kind: type[Versioned]) -> Versioned:
        form = self._one(kind)
        form.version.data = str(self._application.version)
        return form


def outcomes_of(application: Application) -> list[Outcome]:
    """Return what can come of the interviews of `application`: nothing before it is on the shortlist."""
    moves = moves_open_to(APPLICATION_MOVES, g.actor, application)
    return [move for move in moves if move.target in OUTCOMES and not move.is_undo]
