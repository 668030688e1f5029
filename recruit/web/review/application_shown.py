"""All that an application's page is made of, and what its template is given."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

from flask import url_for
from markupsafe import Markup

from recruit.applications.labels import Label
from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.core import clock
from recruit.core.calendar import days_between, london_day, long_date, long_moment
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
from recruit.rules.lifecycle import ENDED, STAFF_WORDS, UNTOLD_WORDS, WAITING, ApplicationStatus, VacancyStatus
from recruit.rules.notifications import MESSAGE_WORDS
from recruit.self_disclosures.standing import disclosure_of, hr_words
from recruit.web.current import g
from recruit.web.delivery_words import state_words
from recruit.web.kept_pages import kept
from recruit.web.outlines import Piece, outlined_page
from recruit.web.prompts_shown import prompts_shown
from recruit.web.quick_templates import markup_of
from recruit.web.review.application_forms import Forms, Outcome, outcomes_of
from recruit.web.review.asking import carried
from recruit.web.review.due_words import late_words
from recruit.web.review.forms import OutcomeForm, ShortlistForm, assignees
from recruit.web.review.list_words import KINDS
from recruit.web.review.sent_shown import SentShown, sent_shown

KEPT: Final = 256  # timelines that a process keeps, of some two kilobytes each


@dataclass(frozen=True)
class ApplicationShown:
    """All that the page of an application is made of, as it was found."""

    opened: dossier.Opened
    to_ask: Sequence[Asked]
    same_number: tuple[str, ...]
    lacks_scores: bool
    disclosure: str
    stage: InterviewStage | None

    @cached_property
    def sent(self) -> SentShown:
        """What was sent."""
        return sent_shown(Sent.of(self.opened.application))

    @cached_property
    def open_prompts(self) -> int:
        """How many prompts nobody noted as explained."""
        return sum(not one.is_explained for one in self.to_ask)

    @cached_property
    def labels(self) -> Sequence[Label]:
        """Those that are on it."""
        return labels_on(self.opened.happened.labels)

    def page(self, template: str) -> bytes:
        """Return the page, as it is sent; kept for whoever opens it again, of all that it is made of.

        That is what was found of it and beside it, whether its panel is through with it, the day, and where it was
        opened from.  Where more was asked for, or an hour matters, it is not kept.
        """
        opened, make = self.opened, partial(self._outlined, template)
        if not opened.is_again or self.to_ask or self.same_number or self.disclosure or self.stage:
            return make()
        day, carry = london_day(clock.now()), tuple(carried().items())
        made_of = (opened.row, opened.beside, self.lacks_scores, day, carry)
        return kept(template, made_of, make)

    def _outlined(self, template: str) -> bytes:
        return outlined_page(template, self.made_of(), self.own(), self.variables)

    def made_of(self) -> Hashable:
        """Return what tells the outline of this page from any other: all but what is `own`."""
        opened = self.opened
        return (
            opened.kind(),
            self.open_prompts,
            tuple(self.labels),
            self._who_has_it(),
            assignees(g.actor, opened.offer.people, opened.application),
            opened.offer.without(self.labels).labels,
            self.same_number and (self.same_number, self.sent.registration_number),
            self.lacks_scores,
            self.disclosure,
            self.stage,
        )

    def own(self) -> Mapping[str, str]:
        """Return what this application alone has, in words and markup."""
        application, today = self.opened.application, london_day(clock.now())
        sent_at, due_on = application.submitted_at, due_day(application.due_at)
        assert sent_at is not None  # noqa: S101  a reviewer meets no draft
        return {
            "reference": application.reference,
            "query": f"?{urlencode(carry)}" if (carry := carried()) else "",
            "version": str(application.version),
            "candidate": self.sent.name or application.candidate.name,
            "vacancy": application.vacancy.title,
            "vacancy_reference": application.vacancy.reference,
            "team": application.vacancy.team.name,
            "sent_on": f"{days_between(london_day(sent_at), today)}, at {long_moment(sent_at)}",
            "due_by": long_date(due_on) if due_on else "",
            "late": late_words(due_on, today),
            "to_look_at": self.sent.to_look_at,
            "to_history": self.sent.to_history,
            "from_qualifications": self.sent.from_qualifications,
            "prompts": _own("prompts", prompts_shown(self.to_ask), self.open_prompts) if self.to_ask else "",
            "notes": _own("notes", self.opened.happened.notes) if self.opened.happened.notes else "",
            "history": _history_shown(self.opened.happened),
        }

    def variables(self, own: Mapping[str, str], refused: Any = None) -> dict[str, Any]:
        """Return what the template shows.

        Args:
            own: what `own` returns, or what stands in its place.
            refused: the form that was sent and refused, if one was.
        """
        application = self.opened.application
        reference, query = own["reference"], own["query"]
        outcomes = outcomes_of(application)
        can_be = [one for one in outcomes if self.stage is None or self.stage in LEAVINGS[one.target]]
        return {
            **own,
            "status": application.status,
            "status_words": STAFF_WORDS[application.status],
            "kind": KINDS[application.status],
            "untold_words": UNTOLD_WORDS if application.told_status else "",
            "Status": ApplicationStatus,
            "message_waits": application.message_waits,
            "who_has_it": self._who_has_it(),
            "labels": self.labels,
            "disclosure": self.disclosure,
            "undelivered": self.opened.row.undelivered,
            "same_number": self.same_number,
            "registration_number": self.sent.registration_number,
            "is_read": self.opened.row.is_read,
            "open_prompts": self.open_prompts,
            "forms": Forms(application, own["version"], self.opened.offer.without(self.labels), can_be, refused),
            "form": refused,
            "here": f"/review/applications/{reference}{query}",
            "back_href": f"/review{query}#tick-{reference}",
            "letter_href": f"/review/ready/{reference}{query}",
            "at": partial(_at, reference, query),
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
            "is_cancelled": application.vacancy.status is VacancyStatus.CANCELLED,
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
    number = sent_shown(Sent.of(application)).registration_number if opened.row.has_same_number else ""
    return ApplicationShown(
        opened,
        to_ask=prompts_for(application),
        same_number=tuple(dossier.same_number_elsewhere(g.actor, application, number)),
        lacks_scores=lacks_scores(application, needs_scores=needs_scores),
        disclosure=_disclosure(application),
        stage=stage_on_shortlist(application, now=clock.now()),
    )


def _at(reference: str, query: str, part: str) -> str:
    """Return the address of a part of an application, or of what is done to it, with the same filters.

    Written out: a call of `url_for` for each took a twentieth of the page.
    """
    return f"/review/applications/{reference}/{part}{query}"


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


class _Event(NamedTuple):
    """What the timeline shows of one thing that happened; see its macro."""

    title: str
    when: str
    iso: str
    who: str
    note: str
    fares: str
    href: str
    link: str
    now: bool = False


def _delivery(message: OutboxMessage | None) -> tuple[str, str, str]:
    """Return how a message that told of something fares, and where it is sent again while it waits for that.

    That is an address and its words; all of it is empty where nothing told of it.
    """
    if message is None:
        return ("", "", "")
    fares = f"{MESSAGE_WORDS[message.notification]}. {state_words(message)}"
    if message.unsettled_since is None:
        return (fares, "", "")
    again = url_for("review.list_undelivered", _anchor=f"message-{message.id}")
    return (fares, again, "Send it again, or say how they were told")


def _own(part: str, *given: Any) -> Markup:
    return markup_of("review/_application_own.html", part, *given)


def _history_shown(happened: dossier.Happened) -> Piece:
    """Return the timeline of what happened.  It is made of that and of nothing else, so it is kept."""
    return _timeline(tuple([tuple(rows) for rows in happened]))


@lru_cache(maxsize=KEPT)
def _timeline(happened: tuple[tuple[Any, ...], ...]) -> Piece:
    events = [
        _Event(
            happening.title,
            long_moment(happening.at),
            happening.at.isoformat(timespec="seconds"),
            happening.who,
            happening.note,
            *_delivery(happening.message),
        )
        for happening in timeline(dossier.Happened(*happened))
    ]
    return Piece(markup_of("components/panels.html", "timeline", events))
