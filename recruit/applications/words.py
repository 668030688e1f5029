"""What several pages say in the same words: of answers that are too long, of moments, and of answers by their kind.

Candidates and staff do not read the same of a kind: to a candidate it is their own answer, to staff something to check.
"""

from datetime import datetime, timedelta

from recruit.applications.models import Activity, Registration
from recruit.applications.personal import ContactBy, Licence, WorksHere
from recruit.applications.registration import SupportedYear
from recruit.core.calendar import days_ago
from recruit.core.text import word_count

REGISTRATION_ANSWERS = {
    Registration.REGISTERED: "I am registered",
    Registration.RENEWING: "I am registered, and renewing it now",
    Registration.NEWLY_QUALIFIED: "I am newly qualified, or about to qualify, and not registered yet",
    Registration.OVERSEAS: "I qualified outside the UK, and I am not registered yet",
    Registration.RETURNING: "I was registered, and I am coming back to social work",
    Registration.NOT_REQUIRED: "I am not registered, and this role does not need it",
}
"""What there is to choose from in the form, after "How do you stand with Social Work England?"."""

SUPPORTED_YEAR_ANSWERS = {
    SupportedYear.COMPLETED: "Yes",
    SupportedYear.UNDER_WAY: "I am doing it now",
    SupportedYear.NOT_STARTED: "I have not started it",
    SupportedYear.NOT_FOR_ME: "It does not apply to me",
}
"""What there is to choose from in the form, after "Have you completed your assessed and supported year?"."""

CANDIDATE_REGISTRATION_WORDS = {
    Registration.REGISTERED: "Registered",
    Registration.RENEWING: "Registered, renewing now",
    Registration.NEWLY_QUALIFIED: "Newly qualified, not registered yet",
    Registration.OVERSEAS: "Qualified outside the UK, not registered yet",
    Registration.RETURNING: "Coming back to social work, not registered now",
    Registration.NOT_REQUIRED: "Not registered, not needed for this role",
    Registration.APPLIED: "Applied, or will apply when qualified",
}
"""What candidates read of their answer afterwards."""

STAFF_REGISTRATION_WORDS = {
    Registration.REGISTERED: "Registered",
    Registration.RENEWING: "Registered, renewing now",
    Registration.NEWLY_QUALIFIED: "Newly qualified, not registered yet",
    Registration.OVERSEAS: "Qualified outside the UK, not registered yet",
    Registration.RETURNING: "Coming back to social work, not registered now",
    Registration.NOT_REQUIRED: "Not registered: says that the role does not need it",
    Registration.APPLIED: "Applied for, not registered yet",
}
"""What staff read for each state."""

PANEL_REGISTRATION_WORDS = {
    Registration.REGISTERED: "Registered",
    Registration.RENEWING: "Registered",
    Registration.NEWLY_QUALIFIED: "Not registered yet",
    Registration.OVERSEAS: "Not registered yet",
    Registration.RETURNING: "Not registered yet",
    Registration.NOT_REQUIRED: "Not registered: says that the role does not need it",
    Registration.APPLIED: "Not registered yet",
}
"""What a panel reads for each state: nothing that tells where somebody comes from or how old they may be."""

SUPPORTED_YEAR_WORDS = {
    SupportedYear.COMPLETED: "Completed",
    SupportedYear.UNDER_WAY: "Under way",
    SupportedYear.NOT_STARTED: "Not started",
    SupportedYear.NOT_FOR_ME: "Does not apply",
}
"""What everybody but a panel reads of the assessed and supported year."""

CONTACT_BY_WORDS = {ContactBy.EMAIL: "Email", ContactBy.PHONE: "Phone", ContactBy.EITHER: "Either"}
"""What everybody reads of how somebody wants to be reached."""

CANDIDATE_ACTIVITY_WORDS = {
    Activity.PAID: "Paid work",
    Activity.AGENCY: "Agency or locum work",
    Activity.VOLUNTARY: "Voluntary work",
    Activity.EDUCATION: "Study or training",
    Activity.OTHER: "Something else",
}
"""What candidates read for each kind of entry, in the form and afterwards."""

STAFF_ACTIVITY_WORDS = {
    Activity.PAID: "Paid work",
    Activity.AGENCY: "Agency work",
    Activity.VOLUNTARY: "Voluntary work",
    Activity.EDUCATION: "Study",
    Activity.OTHER: "Not in work or study: explained by the candidate",
}
"""What staff read for each kind of entry."""


WORKS_HERE_WORDS = {
    WorksHere.NO: "No",
    WorksHere.EMPLOYEE: "Yes, as an employee",
    WorksHere.AGENCY: "Yes, through an agency",
}
"""What everybody reads of whether somebody works for the council now."""

LICENCE_ANSWERS = {
    Licence.YES: "Yes",
    Licence.NO: "No",
    Licence.ADJUSTMENT: "I would need an adjustment because of a disability",
}
"""What there is to choose from in the form, after "Do you have a full driving licence?"."""

LICENCE_WORDS = {**LICENCE_ANSWERS, Licence.ADJUSTMENT: "Needs an adjustment because of a disability"}
"""What everybody reads of it."""


def too_long(subject: str, text: str, limit: int) -> str | None:
    """Return what is wrong if `text` has more words than `limit`, and how to mend it; None if it fits.

    Args:
        subject: the field as its error begins, like "Your answer".
        text: what was typed.
        limit: words, as the browser's counter counts them (`word_count`).
    """
    number = word_count(text)
    return too_many_words(subject, number, limit) if number > limit else None


def too_many_words(subject: str, number: int, limit: int) -> str:
    """Return what is wrong with an answer of `number` words where at most `limit` are allowed."""
    return f"{subject} must be {words(limit)} or fewer. Take out {words(number - limit)}"


def words(count: int) -> str:
    """Return a number of words: "1 word", "1,500 words"."""
    return "1 word" if count == 1 else f"{count:,} words"


def saved_ago(moment: datetime, now: datetime) -> str:
    """Return how long ago something was saved: "just now", "2 minutes ago", "3 hours ago", "yesterday", "4 days ago".

    A moment that is still to come, as when two servers' clocks differ, is "just now".
    """
    past = now - moment
    if past < timedelta(minutes=1):
        return "just now"
    if past < timedelta(hours=1):
        return _ago(past // timedelta(minutes=1), "minute")
    words = days_ago(moment, now)
    return _ago(past // timedelta(hours=1), "hour") if words == "today" else words


def _ago(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'} ago"
