"""Where a vacancy stands, in the words of its team and of HR."""

from recruit.vacancies.standing import Standing

WORDS = {
    Standing.CHANGES_REQUESTED: ("Changes asked for", "bad"),
    Standing.DRAFT: ("Draft", "wait"),
    Standing.AWAITING_APPROVAL: ("Waiting for approval", "info"),
    Standing.OPEN: ("Open", "good"),
    Standing.PAUSED: ("Paused", "wait"),
    Standing.SCHEDULED: ("Scheduled", "accent"),
    Standing.CLOSED: ("Closed", "plain"),
    Standing.FILLED: ("Filled", "good"),
    Standing.PART_FILLED: ("Part filled", "info"),
    Standing.UNFILLED: ("Unfilled", "plain"),
    Standing.CANCELLED: ("Cancelled", "plain"),
}
"""Each standing in a word, and the kind of its tag."""
