"""The list of self-disclosures: what to read and to discuss first, the next interview at the top."""

import re
from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core.calendar import long_date, long_moment
from recruit.rules import limits
from recruit.rules.self_disclosure import LEAD_WORDS, DisclosureStatus
from recruit.self_disclosures.reading import LAST, Group, Line, Place, counts, disclosures
from recruit.web.safeguarding.blueprint import blueprint

WORDS = {
    Group.TO_READ: "To read",
    Group.TO_DISCUSS: "To discuss or conclude",
    Group.WAITING: "Not received yet",
    Group.CONCLUDED: "Concluded",
}
NONE = {
    Group.TO_READ: "Nothing is new. What candidates send, or ask to talk about, stands here until somebody opens it.",
    Group.TO_DISCUSS: "Nothing is to be discussed or concluded.",
    Group.WAITING: "Everybody on a shortlist has answered.",
    Group.CONCLUDED: "Nothing is concluded yet.",
}
KINDS = {
    DisclosureStatus.TO_TALK: "wait",
    DisclosureStatus.RECEIVED: "wait",
    DisclosureStatus.HEARD: "wait",
    DisclosureStatus.TO_DISCUSS: "bad",
    DisclosureStatus.RELEASED: "info",
}
_PLACE = re.compile("([0-9]{1,12})-([0-9]{1,18})", re.ASCII)


@blueprint.get("")
def list_disclosures() -> ResponseReturnValue:
    """One group of them, a page at a time."""
    wanted = request.args.get("group", "")
    numbers = counts(g.actor)
    first = next((group for group in Group if numbers[group]), Group.TO_READ)
    group = Group(wanted) if wanted in set(Group) else first
    lines = disclosures(g.actor, group, _place(request.args.get("after", "")))
    shown = lines[: limits.DISCLOSURES_A_PAGE]
    return render_template(
        "safeguarding/list_disclosures.html",
        groups=[
            {
                "text": WORDS[one],
                "count": numbers[one],
                "href": url_for(".list_disclosures", group=one.value),
                "current": one is group,
            }
            for one in Group
        ],
        heading=WORDS[group],
        nothing=NONE[group],
        rows=[_row(line) for line in shown],
        more_href=url_for(".list_disclosures", group=group.value, after="{}-{}".format(*shown[-1].place))
        if len(lines) > len(shown)
        else "",
    )


def _place(text: str) -> Place | None:
    match = _PLACE.fullmatch(text)
    return Place(min(int(match[1]), LAST), int(match[2])) if match else None


def _row(line: Line) -> dict[str, Any]:
    disclosure = line.disclosure
    sent_at, words = disclosure.sent_at, LEAD_WORDS[disclosure.status]
    happened, day = "Received" if sent_at else "Asked for", long_date(sent_at or disclosure.asked_at)
    return {
        "reference": disclosure.application.reference,
        "candidate": disclosure.application.candidate.name,
        "vacancy": disclosure.application.vacancy.title,
        "interview": long_moment(line.interview_at) if line.interview_at else "Not set yet",
        "words": words,
        "kind": KINDS.get(disclosure.status, ""),
        "is_new": disclosure.news_since is not None,
        "when": f"On {day}" if words == happened else f"{happened} on {day}",
    }
