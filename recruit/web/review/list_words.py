"""What the queue says of its lists, and of one with nothing in it."""

from collections.abc import Mapping
from typing import Final

from recruit.rules.lifecycle import QUEUE, STAFF_WORDS, ApplicationStatus
from recruit.web.review.asking import ANY, TO_DO

KINDS: Final[Mapping[ApplicationStatus, str]] = {
    ApplicationStatus.SUBMITTED: "wait",
    ApplicationStatus.SHORTLISTED: "good",
    ApplicationStatus.NOT_SHORTLISTED: "plain",
    ApplicationStatus.APPOINTED: "good",
    ApplicationStatus.RESERVE: "wait",
    ApplicationStatus.NOT_APPOINTED: "plain",
    ApplicationStatus.WITHDRAWN: "plain",
    ApplicationStatus.VACANCY_CANCELLED: "plain",
}
"""How the tag of each status looks; its words say the same."""

STATUS_WORDS: Final[Mapping[str, str]] = {
    TO_DO: "Next to do",
    **{status.value: STAFF_WORDS[status] for status in QUEUE},
    ANY: "All",
}
"""What each list is called, by what an address says."""

FILTER_LABELS: Final[Mapping[str, str]] = {
    "team": "Team",
    "status": "Status",
    "interview": "Interviews",
    "due": "Due",
    "assigned": "Assigned to",
    "unread": "Read",
    "label": "Label",
    "mine": "Whose vacancies",
}
"""What each filter is called, in the order of the sheet."""

EMPTY: Final[Mapping[ApplicationStatus | str | None, str]] = {
    ApplicationStatus.SUBMITTED: "Nothing waits for review {}. What candidates send appears here, first what is due.",
    ApplicationStatus.SHORTLISTED: "Nobody is shortlisted {}. Candidates appear here once somebody shortlists them.",
    ApplicationStatus.NOT_SHORTLISTED: "Nobody is marked as unsuccessful {}. Those appear here with their reasons.",
    ApplicationStatus.APPOINTED: "Nobody is to be appointed {}. Candidates appear here after interviews.",
    ApplicationStatus.RESERVE: "Nobody is on the reserve list {}. Candidates appear here after interviews.",
    ApplicationStatus.NOT_APPOINTED: "Nobody is marked as not appointed {}. Those appear here with their reasons.",
    ApplicationStatus.VACANCY_CANCELLED: "Nobody’s application {} ended because its vacancy was cancelled.",
    ApplicationStatus.WITHDRAWN: "Nobody has withdrawn {}. Applications that candidates take back appear here.",
    None: "Nobody has applied {} yet. Applications appear here as soon as candidates send them.",
    TO_DO: "Nothing is to do {}. What candidates wait for appears here, the first due on top.",
}
"""What would stand in an empty list, by its status; of what, is put in."""
