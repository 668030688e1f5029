"""Who is told what, and when.  The words are in templates/notifications/<name>.txt."""

from collections.abc import Mapping
from enum import StrEnum


class Notification(StrEnum):
    """A message that the service sends.  The value names its template."""

    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_CONFIRM = "account_confirm"
    ACCOUNT_EMAIL_CHANGE = "account_email_change"
    ACCOUNT_EMAIL_NOTICE = "account_email_notice"
    ACCOUNT_EMAIL_TAKEN = "account_email_taken"
    ACCOUNT_EXISTS = "account_exists"
    ACCOUNT_PASSKEY_ADDED = "account_passkey_added"
    ACCOUNT_PASSKEY_COPIED = "account_passkey_copied"
    ACCOUNT_PASSKEY_REMOVED = "account_passkey_removed"
    ACCOUNT_PASSWORD_CHANGED = "account_password_changed"  # noqa: S105  a name, not a password
    ACCOUNT_PASSWORD_RESET = "account_password_reset"  # noqa: S105  a name, not a password
    ALERT_CONFIRM = "alert_confirm"
    ALERT_EXISTS = "alert_exists"
    ALERT_KEEP = "alert_keep"
    ALERT_LIMIT = "alert_limit"
    ALERT_VACANCIES = "alert_vacancies"
    APPLICATION_APPOINTED = "application_appointed"
    APPLICATION_CORRECTED = "application_corrected"
    APPLICATION_NOT_APPOINTED = "application_not_appointed"
    APPLICATION_NOT_SHORTLISTED = "application_not_shortlisted"
    APPLICATION_REMINDER = "application_reminder"
    APPLICATION_RESERVE = "application_reserve"
    APPLICATION_SHORTLISTED = "application_shortlisted"
    APPLICATION_SUBMITTED = "application_submitted"
    APPLICATION_VACANCY_CANCELLED = "application_vacancy_cancelled"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    CONTENT_CLAIMS_STALE = "content_claims_stale"
    CONVERSATION_TO_CANDIDATE = "conversation_to_candidate"
    CONVERSATION_TO_HR = "conversation_to_hr"
    DETAILS_AGAIN = "details_again"
    DETAILS_ASKED = "details_asked"
    DETAILS_BANK_CHANGED = "details_bank_changed"
    DETAILS_RECEIVED = "details_received"
    DETAILS_REMINDER = "details_reminder"
    DOCUMENT_ASKED = "document_asked"
    DOCUMENT_RECEIVED = "document_received"
    INTEREST_REGISTERED = "interest_registered"
    INTEREST_RENEWAL = "interest_renewal"
    INTERVIEW_BOOKED = "interview_booked"
    INTERVIEW_CANCELLED = "interview_cancelled"
    INTERVIEW_INVITED = "interview_invited"
    INTERVIEW_PANEL_BOOKED = "interview_panel_booked"
    INTERVIEW_PANEL_CANCELLED = "interview_panel_cancelled"
    PANEL_JOINED = "panel_joined"
    PANEL_LACKS_SCORER = "panel_lacks_scorer"
    PANEL_TO_SCORE = "panel_to_score"
    PANEL_TO_SETTLE = "panel_to_settle"
    SELF_DISCLOSURE_ASKED = "self_disclosure_asked"
    SELF_DISCLOSURE_CAME = "self_disclosure_came"
    SELF_DISCLOSURE_RELEASED = "self_disclosure_released"
    SELF_DISCLOSURE_REMINDER = "self_disclosure_reminder"
    VACANCY_APPROVED = "vacancy_approved"
    VACANCY_CHANGE_DECIDED = "vacancy_change_decided"
    VACANCY_CHANGE_OVERTAKEN = "vacancy_change_overtaken"
    VACANCY_CHANGED = "vacancy_changed"
    VACANCY_CHANGES_REQUESTED = "vacancy_changes_requested"
    VACANCY_COMMENTED = "vacancy_commented"
    VACANCY_ENDED = "vacancy_ended"
    VACANCY_EXTENDED = "vacancy_extended"
    VACANCY_PAUSED = "vacancy_paused"
    VACANCY_RESUMED = "vacancy_resumed"


N = Notification
MESSAGE_WORDS: Mapping[Notification, str] = {
    N.APPLICATION_SUBMITTED: "Confirmation that the application came in",
    N.APPLICATION_SHORTLISTED: "Letter: on the shortlist",
    N.APPLICATION_NOT_SHORTLISTED: "Letter: not taken forward",
    N.APPLICATION_APPOINTED: "Letter: to be appointed",
    N.APPLICATION_RESERVE: "Letter: on the reserve list",
    N.APPLICATION_NOT_APPOINTED: "Letter: not appointed",
    N.APPLICATION_CORRECTED: "Letter: correction of a decision",
    N.APPLICATION_WITHDRAWN: "Confirmation of withdrawal",
    N.APPLICATION_VACANCY_CANCELLED: "Vacancy cancelled",
    N.CONVERSATION_TO_CANDIDATE: "Email about a message",
    N.DETAILS_ASKED: "Request for the details before the start",
    N.DETAILS_REMINDER: "Reminder of the details before the start",
    N.DETAILS_AGAIN: "Request to correct the details before the start",
    N.DETAILS_BANK_CHANGED: "Notice of new bank details",
    N.DOCUMENT_ASKED: "Request for a document",
    N.INTERVIEW_INVITED: "Invitation to choose an interview time",
    N.INTERVIEW_BOOKED: "Interview time",
    N.INTERVIEW_CANCELLED: "Cancelled interview time",
    N.SELF_DISCLOSURE_ASKED: "Request for the self-disclosure",
    N.SELF_DISCLOSURE_REMINDER: "Reminder of the self-disclosure",
}
"""What staff call the messages that tell a candidate of their application: HR hears of those that do not arrive."""

STAFF_WORDS: Mapping[Notification, str] = {
    N.CONTENT_CLAIMS_STALE: "Facts on our pages to check again",
    N.CONVERSATION_TO_HR: "A candidate’s message to answer",
    N.DETAILS_RECEIVED: "Details before a start that came in",
    N.DOCUMENT_RECEIVED: "A document that came in",
    N.INTERVIEW_PANEL_BOOKED: "Interview time for an interviewer",
    N.INTERVIEW_PANEL_CANCELLED: "Cancelled interview, to an interviewer",
    N.PANEL_JOINED: "A place on a panel",
    N.PANEL_LACKS_SCORER: "A panel that lacks a scorer",
    N.PANEL_TO_SCORE: "Applications to score",
    N.PANEL_TO_SETTLE: "Scores to settle",
    N.SELF_DISCLOSURE_CAME: "A self-disclosure that came in",
    N.SELF_DISCLOSURE_RELEASED: "A note of the safeguarding lead, to the chair of a panel",
    N.VACANCY_APPROVED: "Vacancy approved",
    N.VACANCY_CHANGE_DECIDED: "Decision on a change to a vacancy",
    N.VACANCY_CHANGE_OVERTAKEN: "A change to a vacancy to make again",
    N.VACANCY_CHANGES_REQUESTED: "Changes asked for before approval",
    N.VACANCY_COMMENTED: "Comment on a vacancy",
}
"""What goes to people who work here: HR and administrators see what of it did not arrive."""

ACCOUNT_WORDS: Mapping[Notification, str] = {
    N.ACCOUNT_CLOSED: "Account closed",
    N.ACCOUNT_CONFIRM: "Link to confirm an account",
    N.ACCOUNT_EMAIL_NOTICE: "Notice of a new email address",
    N.ACCOUNT_EXISTS: "There is an account already",
    N.ACCOUNT_PASSKEY_ADDED: "Passkey added",
    N.ACCOUNT_PASSKEY_COPIED: "Passkey refused",
    N.ACCOUNT_PASSKEY_REMOVED: "Passkey removed",
    N.ACCOUNT_PASSWORD_CHANGED: "Password changed",
    N.ACCOUNT_PASSWORD_RESET: "Link to choose a new password",
}
"""What goes to an account’s own address: administrators see what of it did not reach a colleague."""
