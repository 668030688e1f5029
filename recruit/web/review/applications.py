"""Reading one application, and going on to the next."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import london_day, long_moment
from recruit.core.errors import NotFound
from recruit.core.references import normalise_reference
from recruit.core.transaction import transaction
from recruit.interviews.prompting import Asked, prompts_for
from recruit.panels.deciding import lacks_scores
from recruit.review import dossier, service
from recruit.review.choices import Offered, offered
from recruit.review.filters import Place
from recruit.review.history import timeline
from recruit.review.labels import labels_on
from recruit.review.queries import next_in_queue
from recruit.review.reading import Reading, reading_of_sent
from recruit.review.reopening import is_reopenable
from recruit.rules.lifecycle import (
    APPLICATION_MOVES,
    OUTCOMES,
    STAFF_WORDS,
    ApplicationStatus,
    Move,
    moves_open_to,
)
from recruit.rules.openings import Part
from recruit.self_disclosures.standing import disclosure_of, hr_words
from recruit.web.forms import Form
from recruit.web.kept_pages import kept_page
from recruit.web.openings import note_opening
from recruit.web.prompts_shown import prompts_shown
from recruit.web.review.asking import asked, carried
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import NOBODYS, AssignForm, NoteForm, OutcomeForm, ShortlistForm, UndoForm
from recruit.web.review.label_forms import LabelForm
from recruit.web.review.list_words import KINDS

AForm = TypeVar("AForm", bound=Form)
Versioned = TypeVar("Versioned", ShortlistForm, OutcomeForm, UndoForm)


class Forms:
    """The forms on an application's page, each made when it is shown: a fresh one, or the one that was refused.

    Args:
        offer: what can be chosen.
        refused: the form that was sent and refused, if one was.
    """

    def __init__(self, application: Application, offer: Offered, refused: Any) -> None:
        self._application, self._offer, self._refused = application, offer, refused

    @cached_property
    def shortlist(self) -> ShortlistForm:
        return self._of_version(ShortlistForm)

    @cached_property
    def outcome(self) -> OutcomeForm:
        form = self._of_version(OutcomeForm)
        form.offer(outcomes_of(self._application))
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
        return self._refused if isinstance(self._refused, kind) else kind(formdata=None)

    def _of_version(self, kind: type[Versioned]) -> Versioned:
        form = self._one(kind)
        form.version.data = str(self._application.version)
        return form


@blueprint.get("/applications/<reference>")
def show_application(reference: str) -> ResponseReturnValue:
    """All that was sent, what happened since, and what can be done."""
    return application_page(reference)


@blueprint.post("/applications/<reference>/read")
def mark_application_read(reference: str) -> ResponseReturnValue:
    """Mark as read for whoever asks: by a script when the page is opened, or by a button."""
    application = find(reference)
    with transaction():
        service.mark_read(g.actor, application, now=clock.now())
    if request.form.get("quietly"):
        return Response(status=204, mimetype="text/plain")
    return redirect(address_of(reference))


@blueprint.post("/applications/<reference>/next")
def open_next_application(reference: str) -> ResponseReturnValue:
    """Mark as read, and go on to the next in the list that this was opened from."""
    application = find(reference)
    with transaction():
        service.mark_read(g.actor, application, now=clock.now())
    return go_on(place_of(application))


def find(reference: str) -> Application:
    """Return the application that an address names, however its reference is written."""
    return dossier.application_for(g.actor, _as_written(reference))


def _as_written(reference: str) -> str:
    found = normalise_reference(reference)
    if found is None:
        raise NotFound(dossier.NOT_FOUND)
    return found


def address_of(reference: str, anchor: str | None = None) -> str:
    """Return the address of an application, with the filters of this request."""
    return url_for("review.show_application", reference=reference, _anchor=anchor, **carried())  # type: ignore[arg-type]


def place_of(application: Application) -> Place:
    """Return where an application stands in the queue now.  A decision gives it another place."""
    assert application.due_at is not None  # noqa: S101  a reviewer meets no draft
    return Place(application.due_at, application.id)


def go_on(place: Place) -> ResponseReturnValue:
    """Lead to what follows a place in the list, or to the list where nothing does."""
    question = asked()
    following = next_in_queue(g.actor, question.filters, place, now=clock.now())
    if following is not None:
        return redirect(url_for("review.show_application", reference=following, **question.carry))  # type: ignore[arg-type]
    flash("You have reached the end of this list. Here it is from the start.", "notice")
    return redirect(url_for("review.list_applications", **question.carry))  # type: ignore[arg-type]


def application_page(
    reference: str, status: int = 200, *, refused: Any = None, sentence: str = ""
) -> ResponseReturnValue:
    """Return the page of an application.

    Args:
        reference: as an address has it.
        status: of the answer.
        refused: the form that was sent and refused; its faults and what was typed are shown.
        sentence: why the service refused it, if it did.
    """
    opened = dossier.application_to_read(g.actor, _as_written(reference))
    application = opened.application
    reading = reading_of_sent(application)
    number = reading.registration_number if opened.has_same_number else ""
    page = _Page(
        opened,
        reading,
        to_ask=prompts_for(application),
        happened=dossier.happened_to(application.id),
        offer=offered(),
        same_number=tuple(dossier.same_number_elsewhere(g.actor, application, number)),
        lacks_scores=lacks_scores(application, needs_scores=scores_first()),
        disclosure=_disclosure(application),
    )
    if refused is not None and sentence:
        refused.form_errors.append(sentence)
    note_opening(Part.APPLICATION, application.id)
    if refused is None:
        return kept_page(_TEMPLATE, page.made_of(), page.variables), status
    return render_template(_TEMPLATE, **page.variables(refused)), status


_TEMPLATE = "review/show_application.html"


@dataclass(frozen=True, slots=True)
class _Page:
    """All that the page of an application is made of, as it was found."""

    opened: dossier.Opened
    reading: Reading
    to_ask: Sequence[Asked]
    happened: dossier.Happened
    offer: Offered
    same_number: tuple[str, ...]
    lacks_scores: bool
    disclosure: str

    def made_of(self) -> Hashable:
        """Return what tells this page from any other."""
        return (
            self.opened.made_of,
            tuple((one.prompt, tuple((note.id, note.author.name) for note in one.notes)) for one in self.to_ask),
            tuple(map(tuple, self.happened)),
            self.offer,
            self.same_number,
            self.lacks_scores,
            self.disclosure,
            tuple(carried().items()),
            london_day(clock.now()),
        )

    def variables(self, refused: Any = None) -> dict[str, Any]:
        """Return what the template shows."""
        application = self.opened.application
        return {
            "application": application,
            "reading": self.reading,
            "same_number": self.same_number,
            "history": _history(self.happened),
            "labels": labels_on(self.happened.labels),
            "notes": self.happened.notes,
            "undelivered": self.opened.undelivered,
            "is_read": self.opened.is_read,
            "has_outcomes": bool(outcomes_of(application)) and application.told_status is None,
            "can_undo": application.told_status is not None,
            "can_reopen": is_reopenable(application),
            "prompts": prompts_shown(self.to_ask),
            "open_prompts": sum(not one.is_explained for one in self.to_ask),
            "lacks_scores": self.lacks_scores,
            "due_on": due_day(application.due_at),
            "disclosure": self.disclosure,
            "status_words": STAFF_WORDS[application.status],
            "kind": KINDS[application.status],
            "Status": ApplicationStatus,
            "forms": Forms(application, self.offer, refused),
            "form": refused,
            "carry": carried(),
            "who": g.actor.user_id,
        }


def _disclosure(application: Application) -> str:
    """Return how the self-disclosure stands; "" before the shortlist, where it is not looked for."""
    if application.status in (ApplicationStatus.SUBMITTED, ApplicationStatus.NOT_SHORTLISTED):
        return ""
    return hr_words(application, disclosure_of(application.id))


def scores_first() -> bool:
    """Say whether decisions on the sift wait for the panel where the vacancy does not say."""
    return bool(current_app.config["SETTINGS"].panel_scores_first)


def outcomes_of(application: Application) -> list[Move[ApplicationStatus]]:
    """Return what can come of the interviews of `application` now: nothing before it is on the shortlist."""
    moves = moves_open_to(APPLICATION_MOVES, g.actor, application)
    return [move for move in moves if move.target in OUTCOMES and not move.is_undo]


def _history(happened: dossier.Happened) -> list[dict[str, str]]:
    """Return what happened, as the timeline wants it."""
    return [
        {
            "title": happening.title,
            "when": long_moment(happening.at),
            "iso": happening.at.isoformat(timespec="seconds"),
            "who": happening.who,
            "note": happening.note,
        }
        for happening in timeline(happened)
    ]
