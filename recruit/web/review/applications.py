"""Reading one application, and going on to the next."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, current_app, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import london_day, long_moment
from recruit.core.errors import NotFound
from recruit.core.references import normalise_reference
from recruit.core.transaction import transaction
from recruit.interviews.outcomes import stage_on_shortlist
from recruit.interviews.prompting import Asked, prompts_for
from recruit.panels.beside import WITH_SCORES, scores_in
from recruit.panels.deciding import lacks_scores
from recruit.review import dossier, service
from recruit.review.choices import Offered, offered
from recruit.review.filters import Place
from recruit.review.history import timeline
from recruit.review.labels import labels_on
from recruit.review.queries import next_in_queue
from recruit.review.reading import Reading, reading_of_sent
from recruit.review.reopening import is_reopenable
from recruit.rules import limits
from recruit.rules.interview_stages import LEAVINGS, InterviewStage
from recruit.rules.lifecycle import ENDED, STAFF_WORDS, ApplicationStatus
from recruit.rules.openings import Part
from recruit.self_disclosures.standing import disclosure_of, hr_words
from recruit.web.kept_pages import kept_page
from recruit.web.openings import note_opening
from recruit.web.prompts_shown import prompts_shown
from recruit.web.review.application_forms import Forms, outcomes_of
from recruit.web.review.asking import asked, carried, page_carried
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import OutcomeForm
from recruit.web.review.list_words import KINDS


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
        carry = {**question.carry, **page_carried()}
        return redirect(url_for("review.show_application", reference=following, **carry))  # type: ignore[arg-type]
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
    opened = dossier.application_to_read(g.actor, _as_written(reference), WITH_SCORES)
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
        stage=stage_on_shortlist(application, now=clock.now()),
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
    stage: InterviewStage | None

    def made_of(self) -> Hashable:
        """Return what tells this page from any other."""
        return (
            tuple(self.opened.row),
            tuple((one.prompt, tuple((note.id, note.author.name) for note in one.notes)) for one in self.to_ask),
            tuple(map(tuple, self.happened)),
            self.offer,
            self.same_number,
            self.lacks_scores,
            self.disclosure,
            self.stage,
            tuple(carried().items()),
            london_day(clock.now()),
        )

    def variables(self, refused: Any = None) -> dict[str, Any]:
        """Return what the template shows."""
        application, is_told = self.opened.application, self.opened.application.told_status is None
        labels = labels_on(self.happened.labels)
        can_be = [one for one in outcomes_of(application) if self.stage is None or self.stage in LEAVINGS[one.target]]
        return {
            "application": application,
            "reading": self.reading,
            "same_number": self.same_number,
            "history": _history(self.happened),
            "labels": labels,
            "who_has_it": self._who_has_it(),
            "notes": self.happened.notes,
            "undelivered": self.opened.undelivered,
            "is_read": self.opened.is_read,
            "has_outcomes": bool(outcomes_of(application)) and is_told,
            "can_appoint": any(not one.needs_reason for one in can_be) or isinstance(refused, OutcomeForm),
            "can_decline": any(one.needs_reason for one in can_be),
            "is_booked": self.stage is InterviewStage.BOOKED,
            "can_undo": not is_told,
            "can_reopen": is_reopenable(application),
            "prompts": prompts_shown(self.to_ask),
            "open_prompts": sum(not one.is_explained for one in self.to_ask),
            "lacks_scores": self.lacks_scores,
            "scores_in": scores_in(self.opened.row),
            "scorers": limits.SCORERS,
            "due_on": due_day(application.due_at),
            "disclosure": self.disclosure,
            "status_words": STAFF_WORDS[application.status],
            "kind": KINDS[application.status],
            "Status": ApplicationStatus,
            "ended": ENDED,
            "forms": Forms(application, self.offer.without(labels), can_be, refused),
            "form": refused,
            "carry": carried(),
            "who": g.actor.user_id,
        }

    def _who_has_it(self) -> str:
        """Return the name of who has it, even of somebody who is in HR no more."""
        names = {None: "Nobody"} | {person.id: person.name for person in self.offer.people}
        names |= {one.assignee_id: one.assignee.name for one in self.happened.assignments if one.assignee}
        return names.get(self.opened.application.assigned_to_id, "Somebody who left HR")


def _disclosure(application: Application) -> str:
    """Return how the self-disclosure stands; "" before the shortlist, where it is not looked for."""
    if application.status in (ApplicationStatus.SUBMITTED, ApplicationStatus.NOT_SHORTLISTED):
        return ""
    return hr_words(application, disclosure_of(application.id))


def scores_first() -> bool:
    """Say whether decisions on the sift wait for the panel where the vacancy does not say."""
    return bool(current_app.config["SETTINGS"].panel_scores_first)


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
