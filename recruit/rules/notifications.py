"""Who is told what, and when.  The words are in templates/notifications/<name>.txt."""

from enum import StrEnum


class Notification(StrEnum):
    """A message that the service sends.  The value names its template."""

    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_CONFIRM = "account_confirm"
    ACCOUNT_EMAIL_CHANGE = "account_email_change"
    ACCOUNT_EMAIL_NOTICE = "account_email_notice"
    ACCOUNT_EMAIL_TAKEN = "account_email_taken"
    ACCOUNT_EXISTS = "account_exists"
    ACCOUNT_PASSWORD_CHANGED = "account_password_changed"  # noqa: S105  a name, not a password
    ACCOUNT_PASSWORD_RESET = "account_password_reset"  # noqa: S105  a name, not a password
    ALERT_CONFIRM = "alert_confirm"
    ALERT_EXISTS = "alert_exists"
    ALERT_KEEP = "alert_keep"
    ALERT_LIMIT = "alert_limit"
    ALERT_VACANCIES = "alert_vacancies"
    APPLICATION_APPOINTED = "application_appointed"
    APPLICATION_NOT_APPOINTED = "application_not_appointed"
    APPLICATION_NOT_SHORTLISTED = "application_not_shortlisted"
    APPLICATION_REMINDER = "application_reminder"
    APPLICATION_RESERVE = "application_reserve"
    APPLICATION_SHORTLISTED = "application_shortlisted"
    APPLICATION_SUBMITTED = "application_submitted"
    APPLICATION_WITHDRAWN = "application_withdrawn"
    CONVERSATION_TO_CANDIDATE = "conversation_to_candidate"
    CONVERSATION_TO_HR = "conversation_to_hr"
    INTERVIEW_BOOKED = "interview_booked"
    INTERVIEW_CANCELLED = "interview_cancelled"
    INTERVIEW_INVITED = "interview_invited"
    INTERVIEW_PANEL_BOOKED = "interview_panel_booked"
    INTERVIEW_PANEL_CANCELLED = "interview_panel_cancelled"
    VACANCY_APPROVED = "vacancy_approved"
    VACANCY_CHANGES_REQUESTED = "vacancy_changes_requested"
    VACANCY_COMMENTED = "vacancy_commented"
    VACANCY_ENDED = "vacancy_ended"
    VACANCY_EXTENDED = "vacancy_extended"
    VACANCY_PAUSED = "vacancy_paused"
    VACANCY_RESUMED = "vacancy_resumed"
