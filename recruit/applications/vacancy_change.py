"""Deciding on a change of a published vacancy: it is applied in one step, and who has a draft is told what changed."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm.attributes import flag_modified

from recruit.applications.promises import follow_closing
from recruit.applications.steering import tell_drafts
from recruit.applications.vacancy_posts import refuse_too_few
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.text import clean_prose
from recruit.notifications import outbox
from recruit.pay.models import Grade, PayTable, WelcomeSchemeVersion
from recruit.pay.queries import range_for
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import Move, RevisionStatus
from recruit.rules.notifications import Notification
from recruit.vacancies.before_and_after import POSTS, differences
from recruit.vacancies.models import Criterion, Vacancy
from recruit.vacancies.moves import note
from recruit.vacancies.pricing import refuse_ruled_out, welcome_for
from recruit.vacancies.readiness import NotReady
from recruit.vacancies.revised_terms import PAY, is_another_post, post_of_change, write_terms
from recruit.vacancies.revisions import is_overtaken, lines_of, permit_revision, refuse_changed, wrong_closing
from recruit.vacancies.writing_models import VacancyRevision


def approve_revision(actor: Actor, revision: VacancyRevision, *, seen_version: int, now: datetime) -> None:
    """Put the change before the public, all of it in one step.

    Args:
        actor: somebody of HR who neither began, changed last nor sent it.
        seen_version: the version of the change that the actor read.

    Raises:
        NotAllowed: not HR, or it is their own.
        Conflict: it was decided or dropped, or the vacancy, its pay or its welcome payment changed meanwhile.
        NotReady: the closing date does not fit any more.
        Incomplete: no welcome payment is in force any more, or the one it would come with is not for such a post; or
            more people are to be appointed by now than there would be posts.
    """
    move = permit_revision(actor, revision, RevisionStatus.APPROVED, seen_version)
    refuse_changed(revision, now)
    _refuse_unsettled(revision, now)
    vacancy, changes = revision.vacancy, differences(revision)
    if any(part == POSTS for part, _, _ in changes):
        refuse_too_few(vacancy, revision.after["posts"])
    closes_at = datetime.fromisoformat(revision.after["closes_at"])
    if findings := wrong_closing(vacancy, closes_at, now):
        raise NotReady(findings)

    write_terms(vacancy, revision.after)
    if closes_at != vacancy.closes_at:
        vacancy.closes_at = closes_at
        follow_closing(vacancy)
    _write_criteria(vacancy, revision, now)
    flag_modified(vacancy, "closes_at")  # a change of the criteria alone is a new version too
    _close(actor, revision, move, now)
    what = "; ".join(dict.fromkeys(part.lower() for part, _, _ in changes))
    note(actor, vacancy, vacancy.status, now, f"Change approved: {what}\n{revision.reason}")
    if not vacancy.has_closed(now):  # who has not sent anything by then has nothing to decide
        tell_drafts(move, vacancy, now, changed="\n".join(_line(*change) for change in changes))
    _tell_author(actor, revision, "approved", "Its page says so now.", now)


def decline_revision(
    actor: Actor, revision: VacancyRevision, comment: str, *, seen_version: int, now: datetime
) -> None:
    """Leave the vacancy as it is, with why.

    Raises:
        NotAllowed: not HR, or it is their own.
        Conflict: it was decided or dropped, or changed since it was read.
        Incomplete: no comment, or a very long one.
    """
    move = permit_revision(actor, revision, RevisionStatus.DECLINED, seen_version)
    comment = clean_prose(comment)
    if not comment or len(comment) > limits.COMMENT_CHARACTERS:
        raise Incomplete(f"Enter why it stays as it is, in at most {limits.COMMENT_CHARACTERS:,} characters")

    revision.comment = comment
    _close(actor, revision, move, now)
    note(actor, revision.vacancy, revision.vacancy.status, now, f"Change declined\n{comment}")
    _tell_author(actor, revision, "declined", comment, now)


def _close(actor: Actor, revision: VacancyRevision, move: Move[RevisionStatus], now: datetime) -> None:
    revision.status, revision.decided_by_id, revision.decided_at = move.target, actor.user_id, now


def _refuse_unsettled(revision: VacancyRevision, now: datetime) -> None:
    """Refuse where pay or the welcome payment are no longer what was read."""
    before, after = revision.before, revision.after
    if any(before[name] != after[name] for name in PAY):
        grade, table = db.session.get_one(Grade, after["grade_id"]), db.session.get_one(PayTable, after["pay_table_id"])
        if range_for(grade, table) != (after["salary_min_pence"], after["salary_max_pence"]):
            raise Conflict("What the grade pays changed since this was sent. Decline it, so that it is made again.")
    is_same = before["welcome_id"] == after["welcome_id"] and not is_another_post(after, before)
    if after["welcome_id"] is None or is_same:
        return
    post = post_of_change(revision, db.session.get_one(Grade, after["grade_id"]))
    refuse_ruled_out(db.session.get_one(WelcomeSchemeVersion, after["welcome_id"]), post)
    if after["welcome_id"] != before["welcome_id"] and welcome_for(post, now=now).id != after["welcome_id"]:
        raise Conflict("Other terms of the welcome payment are in force now. Decline it, so that it is made again.")


def _write_criteria(vacancy: Vacancy, revision: VacancyRevision, now: datetime) -> None:
    """Keep what stays, retire what goes: answers and scores stand on it.  What is reworded is another criterion."""
    kept = {criterion.id: criterion for criterion in vacancy.criteria}
    for position, line in enumerate(lines_of(revision), 1):
        criterion = kept.pop(line.id, None) if line.id and kept[line.id].text == line.text else None
        if criterion is None:
            criterion = Criterion(vacancy_id=vacancy.id, text=line.text)
            db.session.add(criterion)
        criterion.kind, criterion.position = line.kind, position
        criterion.assessed_at, criterion.weight = line.assessed_at, line.weight
    for criterion in kept.values():
        criterion.retired_at = now
    db.session.expire(vacancy, ["criteria"])


def _line(part: str, before: str, after: str) -> str:
    if not after:
        return f"- Not asked any more: {before}"
    return f"- {part}: {after}" + (f" (before: {before})" if before else "")


def _tell_author(actor: Actor, revision: VacancyRevision, decision: str, comment: str, now: datetime) -> None:
    kind = Notification.VACANCY_CHANGE_DECIDED
    tell_writers(kind, actor, revision, now=now, decision=decision, comment=comment)


def tell_of_overtaken(actor: Actor, revision: VacancyRevision | None, what: str, *, now: datetime) -> None:
    """Tell whoever asks for a change of a vacancy that it cannot be approved as it is, if its vacancy has moved on.

    Args:
        actor: because of whom.
        revision: the open change of a vacancy that was changed just now; None where there is none.
        what: what was changed of the vacancy, as a clause.
    """
    if revision is not None and is_overtaken(revision):
        tell_writers(Notification.VACANCY_CHANGE_OVERTAKEN, actor, revision, now=now, what=what)


def tell_writers(kind: Notification, actor: Actor, revision: VacancyRevision, *, now: datetime, **words: Any) -> None:
    """Write to whoever began a change and whoever sent it.

    Args:
        actor: because of whom.
        words: what the message says besides.
    """
    vacancy, people = revision.vacancy, {revision.author, revision.sent_by} - {None}
    for user in sorted((user for user in people if user and user.disabled_at is None), key=lambda user: user.id):
        outbox.post(
            kind,
            user.email,
            at=now,
            name=user.name,
            who=actor.name,
            vacancy=vacancy.title,
            reference=vacancy.reference,
            path=f"/recruiter/vacancies/{vacancy.reference}",
            **words,
        )
