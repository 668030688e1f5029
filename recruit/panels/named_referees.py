"""The referees of somebody on the shortlist as interviewers are told of them: who they are, not how to reach them.

HR writes to referees, and knows whom the candidate wants to be asked first.
"""

from collections.abc import Sequence
from typing import NamedTuple

from recruit.applications.models import Application, Section
from recruit.applications.queries import snapshot_of
from recruit.applications.referees import Relationship
from recruit.interviews.prompting import AFTER_SHORTLIST


class NamedReferee(NamedTuple):
    """One referee: their name, what they do and where, and how they know the candidate."""

    name: str
    job_title: str
    organisation: str
    relationship: str


def named_referees(application: Application) -> Sequence[NamedReferee]:
    """Return whom an application names, as it was sent; nobody before its candidate knows of the shortlist."""
    if not {application.status, application.status_for_candidate()} <= set(AFTER_SHORTLIST):
        return []
    snapshot = snapshot_of(application.id)
    if snapshot is None:
        return []
    return [
        NamedReferee(row["name"], row["job_title"], row["organisation"], Relationship(row["relationship"]).label)
        for row in snapshot.content[Section.REFEREES]
    ]
