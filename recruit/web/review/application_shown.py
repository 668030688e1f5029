"""All that an application's page is made of, and what its template is given."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import g, url_for

from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import london_day, long_moment
from recruit.interviews.outcomes import stage_on_shortlist
from recruit.interviews.prompting import Asked, prompts_for
from recruit.notifications.models import OutboxMessage
from recruit.panels.beside import scores_in
from recruit.panels.deciding import lacks_scores
from recruit.review import dossier
from recruit.review.history import timeline
from recruit.review.labels import labels_on
from recruit.review.reading import Sent
from recruit.review.reopening import is_reopenable
from recruit.rules import limits
from recruit.rules.interview_stages import LEAVINGS, InterviewStage
from recruit.rules.lifecycle import ENDED, STAFF_WORDS, UNTOLD_WORDS, WAITING, ApplicationStatus
from recruit.rules.notifications import MESSAGE_WORDS
from recruit.self_disclosures.standing import disclosure_of, hr_words
from recruit.web.delivery_words import state_words
from recruit.web.prompts_shown import prompts_shown
from recruit.web.review.application_forms import Forms, Outcome, outcomes_of
from recruit.web.review.asking import carried
from recruit.web.review.due_words import late_words
from recruit.web.review.forms import OutcomeForm, ShortlistForm
from recruit.web.review.list_words import KINDS
from recruit.web.review.sent_shown import SentShown, sent_shown


@dataclass(frozen=True, slots=True)
class ApplicationShown:
    """All that the page of an application is made of, as it was found."""

    opened: dossier.Opened
    sent: SentShown
    to_ask: Sequence[Asked]
    same_number: tuple[str, ...]
    lacks_scores: bool
    disclosure: str
    stage: InterviewStage | None

    def made_of(self) -> Hashable:
        """Return what tells this page from any other."""
        return (
            tuple(self.opened.row),
            tuple((one.prompt, tuple((note.id, note.author.name) for note in one.notes)) for one in self.to_ask),
            tuple(map(tuple, self.opened.happened)),
            self.opened.offer,
            self.same_number,
            self.lacks_scores,
            self.disclosure,
            self.stage,
            tuple(carried().items()),
            london_day(clock.now()),
        )

    def variables(self, refused: Any = None) -> dict[str, Any]:
        """Return what the template shows.

        Args:
            refused: the form that was sent and refused, if one was.
        """
        application, labels = self.opened.application, labels_on(self.opened.happened.labels)
        carry = carried()
        here = url_for("review.show_application", reference=application.reference, **carry)  # type: ignore[arg-type]
        outcomes = outcomes_of(application)
        can_be = [one for one in outcomes if self.stage is None or self.stage in LEAVINGS[one.target]]
        return {
            "application": application,
            "status_words": STAFF_WORDS[application.status],
            "kind": KINDS[application.status],
            "untold_words": UNTOLD_WORDS if application.told_status else "",
            "Status": ApplicationStatus,
            "due_on": due_day(application.due_at),
            "late": late_words(due_day(application.due_at), london_day(clock.now())),
            "who_has_it": self._who_has_it(),
            "labels": labels,
            "disclosure": self.disclosure,
            "undelivered": self.opened.undelivered,
            "same_number": self.same_number,
            "sent": self.sent,
            "prompts": prompts_shown(self.to_ask),
            "open_prompts": sum(not one.is_explained for one in self.to_ask),
            "notes": self.opened.happened.notes,
            "history": _history(self.opened.happened),
            "is_read": self.opened.is_read,
            "forms": Forms(application, self.opened.offer.without(labels), can_be, refused),
            "form": refused,
            "here": here,
            "back_href": f"/review{''.join(here.partition('?')[1:])}#tick-{application.reference}",
            "at": partial(_at, here),
            "who": g.actor.user_id,
        } | self._decision(bool(outcomes), can_be, refused)

    def _decision(self, has_outcomes: bool, can_be: Sequence[Outcome], refused: Any) -> dict[str, Any]:
        """Return what can be decided, and what is to be known before.

        Args:
            has_outcomes: whether interviews end in something here.
            can_be: in what, as they stand.
            refused: the form that was sent and refused, if one was.
        """
        application, is_told = self.opened.application, self.opened.application.told_status is None
        can_appoint = any(not one.needs_reason for one in can_be) or isinstance(refused, OutcomeForm)
        has_outcomes = has_outcomes and is_told
        still_waits = application.vacancy.status in ENDED and application.status in WAITING
        return {
            "still_waits": still_waits,
            "lacks_scores": self.lacks_scores,
            "scores_in": scores_in(self.opened.row),
            "scorers": limits.SCORERS,
            "has_outcomes": has_outcomes,
            "unsaved": "" if has_outcomes else _reason_in(refused),
            "can_appoint": can_appoint,
            "can_decline": any(one.needs_reason for one in can_be),
            "is_booked": self.stage is InterviewStage.BOOKED,
            "can_undo": not is_told,
            "can_reopen": is_reopenable(application),
            "is_long": self.lacks_scores or can_appoint or still_waits or refused is not None,
        }

    def _who_has_it(self) -> str:
        """Return the name of who has it, even of somebody who is in HR no more."""
        names = {None: "Nobody"} | {person.id: person.name for person in self.opened.offer.people}
        names |= {one.assignee_id: one.assignee.name for one in self.opened.happened.assignments if one.assignee}
        return names.get(self.opened.application.assigned_to_id, "Somebody who left HR")


def application_shown(opened: dossier.Opened, *, needs_scores: bool) -> ApplicationShown:
    """Return what there is to show of an application that was opened.

    Args:
        needs_scores: whether decisions on the sift wait for the panel where the vacancy does not say.
    """
    application = opened.application
    sent = sent_shown(Sent.of(application))
    number = sent.registration_number if opened.has_same_number else ""
    return ApplicationShown(
        opened,
        sent,
        to_ask=prompts_for(application),
        same_number=tuple(dossier.same_number_elsewhere(g.actor, application, number)),
        lacks_scores=lacks_scores(application, needs_scores=needs_scores),
        disclosure=_disclosure(application),
        stage=stage_on_shortlist(application, now=clock.now()),
    )


def _at(here: str, part: str) -> str:
    """Return the address of a part of what has the address `here`, or of what is done to it, with the same filters.

    Written out: a call of `url_for` for each took a twentieth of the page.
    """
    path, mark, filters = here.partition("?")
    return f"{path}/{part}{mark}{filters}"


def _reason_in(refused: Any) -> str:
    """Return the reason that was typed for a decision that cannot be made any more."""
    if isinstance(refused, ShortlistForm):
        return refused.reason.data or ""
    return (refused.outcome_reason.data or "") if isinstance(refused, OutcomeForm) else ""


def _disclosure(application: Application) -> str:
    """Return how the self-disclosure stands; "" before the shortlist, where it is not looked for."""
    if application.status in (ApplicationStatus.SUBMITTED, ApplicationStatus.NOT_SHORTLISTED):
        return ""
    return hr_words(application, disclosure_of(application.id))


def _delivery(message: OutboxMessage | None) -> dict[str, str]:
    """Return how a message that told of something fares, and where it is sent again while it waits for that."""
    if message is None:
        return {}
    fares = f"{MESSAGE_WORDS[message.notification]}. {state_words(message)}"
    if message.unsettled_since is None:
        return {"fares": fares}
    again = url_for("review.list_undelivered", _anchor=f"message-{message.id}")
    return {"fares": fares, "href": again, "link": "Send it again, or say how they were told"}


def _history(happened: dossier.Happened) -> list[dict[str, str]]:
    """Return what happened, as the timeline wants it."""
    return [
        {
            "title": happening.title,
            "when": long_moment(happening.at),
            "iso": happening.at.isoformat(timespec="seconds"),
            "who": happening.who,
            "note": happening.note,
            **_delivery(happening.message),
        }
        for happening in timeline(happened)
    ]
