"""Writing what a change of a published vacancy says of the post: how many, hours, contract, payments beside salary."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.pay.additions import Addition, Kind, additions_of, kept_as
from recruit.pay.models import Grade, WelcomeSchemeVersion
from recruit.rules.access import Actor
from recruit.vacancies.pricing import refuse_ruled_out
from recruit.vacancies.revised_terms import Post, is_another_post, post_of_terms
from recruit.vacancies.revisions import begin
from recruit.vacancies.writing_models import VacancyRevision


def change_post(actor: Actor, revision: VacancyRevision, post: Post, *, seen_version: int) -> None:
    """Write the number of posts, the hours and the contract of the change.

    For another number of posts ask `applications.vacancy_posts`, which knows whom they are promised to.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it was sent, or somebody changed it since.
        Incomplete: there can be no such post, or its welcome payment is not for one.
    """
    begin(actor, revision, seen_version)
    if fault := post.fault:
        raise Incomplete(fault)
    _write(actor, revision, post.as_json())


def set_addition(
    actor: Actor, revision: VacancyRevision, addition: Addition, *, seen_version: int, now: datetime
) -> None:
    """Give the post a payment beside salary, in place of the one of its kind if there is one.

    Raises:
        NotAllowed, Conflict: as `change_post`.
        Incomplete: it is over already, or the welcome payment is not paid together with it.
    """
    begin(actor, revision, seen_version)
    if min(addition.review_on or date.max, addition.ends_on or date.max) <= london_day(now):
        raise Incomplete(f"{addition.name}: the date on which it is reviewed or ends has passed")
    others = [one for one in additions_said(revision) if one.kind is not addition.kind]
    _write(actor, revision, {"additions": _sorted([*others, addition])})


def remove_addition(actor: Actor, revision: VacancyRevision, kind: Kind, *, seen_version: int) -> None:
    """Take the payment of this kind off the post, if it has one.

    Raises:
        NotAllowed, Conflict: as `change_post`.
    """
    begin(actor, revision, seen_version)
    _write(actor, revision, {"additions": _sorted([one for one in additions_said(revision) if one.kind is not kind])})


def additions_said(revision: VacancyRevision) -> Sequence[Addition]:
    """Return the payments beside salary as they would be."""
    return additions_of(revision.after.get("additions", revision.vacancy.additions))


def _sorted(additions: Sequence[Addition]) -> list[dict[str, Any]]:
    return kept_as(sorted(additions, key=lambda one: list(Kind).index(one.kind)))


def _write(actor: Actor, revision: VacancyRevision, changes: Mapping[str, Any]) -> None:
    """Write `changes` into the change, whose welcome payment still has to be for the post."""
    before, after = revision.before, {**revision.after, **changes}
    is_another = after["welcome_id"] != before["welcome_id"] or is_another_post(after, before)
    if after["welcome_id"] is not None and is_another:
        grade = db.session.get_one(Grade, after["grade_id"])
        version = db.session.get_one(WelcomeSchemeVersion, after["welcome_id"])
        refuse_ruled_out(version, post_of_terms(revision.vacancy, grade, after))
    revision.after, revision.edited_by_id = after, actor.user_id
