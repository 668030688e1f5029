"""What passes between those who write a vacancy and those who approve it: comments, and what happened."""

from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any

from wtforms.validators import DataRequired

from recruit.core.calendar import long_moment
from recruit.rules import limits
from recruit.rules.lifecycle import ENDED, VacancyStatus
from recruit.vacancies.models import VacancyComment, VacancyEvent
from recruit.web.forms import Form, MaxCharacters, ProseField

_MOVED = {
    VacancyStatus.DRAFT: "Taken back",
    VacancyStatus.AWAITING_APPROVAL: "Sent for approval",
    VacancyStatus.CHANGES_REQUESTED: "Changes asked for",
    VacancyStatus.PUBLISHED: "Approved",
    VacancyStatus.PAUSED: "Paused",
    VacancyStatus.FILLED: "All posts filled",
    VacancyStatus.PART_FILLED: "Some posts filled",
    VacancyStatus.UNFILLED: "No post filled",
    VacancyStatus.CANCELLED: "Cancelled",
}
_BACK = {
    ("draft", "published"): "Published",  # in one step: from before vacancies were approved
    ("paused", "published"): "Resumed",
    **{(status.value, "published"): "Outcome taken back" for status in ENDED},
}
"""Ways to be published that are no approval."""


class CommentForm(Form):
    """A comment in the thread."""

    text = ProseField(
        "Add a comment",
        [DataRequired("Enter a comment"), MaxCharacters(limits.COMMENT_CHARACTERS, "Your comment")],
        description="The team and HR can read it. Candidates cannot.",
    )


def comments_shown(comments: Iterable[VacancyComment]) -> list[dict[str, str]]:
    """Return comments as the thread shows them."""
    return [
        {
            "who": comment.author.name,
            "when": long_moment(comment.at),
            "iso": comment.at.isoformat(timespec="seconds"),
            "text": comment.text,
        }
        for comment in comments
    ]


def happenings(events: Iterable[VacancyEvent]) -> list[dict[str, Any]]:
    """Return events as the timeline shows them.  Why changes were asked for stands in the thread."""
    return [_happening(event) for event in events]


def in_short(events: Iterable[VacancyEvent]) -> list[dict[str, Any]]:
    """Return the same with what one person did several times in a row as one: a draft is saved part by part."""
    told = []
    for _, alike in groupby(happenings(events), key=itemgetter("title", "who", "note")):
        first, *others = alike
        told.append({**first, "title": f"{first['title']} {len(others) + 1} times"} if others else first)
    return told


def _happening(event: VacancyEvent) -> dict[str, Any]:
    is_move, target = event.source != event.target, VacancyStatus(event.target)
    change, _, why = event.reason.partition("\n")  # of what is no move: what changed, then why
    return {
        "title": _BACK.get((event.source, event.target), _MOVED[target]) if is_move else change or "Changed",
        "when": long_moment(event.at),
        "iso": event.at.isoformat(timespec="seconds"),
        "who": event.actor.name if event.actor else "the system",
        "note": why if not is_move else event.reason if target is not VacancyStatus.CHANGES_REQUESTED else "",
    }
