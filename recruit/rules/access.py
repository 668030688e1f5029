"""Who may do what: the whole policy in one table.  No row, no right."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from recruit.core.errors import NotAllowed

NOBODY = 0  # the id of no account: ids start at 1


class Role(StrEnum):
    """What a person is here for.  One person may hold several."""

    CANDIDATE = "candidate"
    RECRUITER = "recruiter"
    HR = "hr"
    PANEL = "panel"
    SAFEGUARDING = "safeguarding"
    ADMIN = "admin"


STAFF = frozenset(Role) - {Role.CANDIDATE}


class Permission(StrEnum):
    """Named `<noun>:<verb>`, sorted by noun."""

    ACCOUNT_MANAGE = "account:manage"
    APPLICATION_ASSIGN = "application:assign"
    APPLICATION_EDIT = "application:edit"
    APPLICATION_EQUALITY = "application:equality"
    APPLICATION_EXPORT = "application:export"
    APPLICATION_LABEL = "application:label"
    APPLICATION_NOTE = "application:note"
    APPLICATION_READ = "application:read"
    APPLICATION_REOPEN = "application:reopen"
    APPLICATION_REVIEW = "application:review"
    APPLICATION_START = "application:start"
    APPLICATION_SUBMIT = "application:submit"
    APPLICATION_WITHDRAW = "application:withdraw"
    CONTENT_EDIT = "content:edit"
    CONVERSATION_ANSWER = "conversation:answer"
    CONVERSATION_TEMPLATE = "conversation:template"
    CONVERSATION_WRITE = "conversation:write"
    CRITERIA_MANAGE = "criteria:manage"
    DETAILS_ANSWER = "details:answer"
    DETAILS_CHECK = "details:check"
    DETAILS_DBS = "details:dbs"
    DETAILS_READ = "details:read"
    DISCLOSURE_CONCLUDE = "disclosure:conclude"
    DISCLOSURE_SEND = "disclosure:send"
    DISCLOSURE_VIEW = "disclosure:view"
    DOCUMENT_ASK = "document:ask"
    DOCUMENT_SEND = "document:send"
    EQUALITY_READ = "equality:read"
    INTEREST_READ = "interest:read"
    INTEREST_REGISTER = "interest:register"
    INTERVIEW_CHOOSE = "interview:choose"
    INTERVIEW_HOLD = "interview:hold"
    INTERVIEW_MANAGE = "interview:manage"
    LABEL_MANAGE = "label:manage"
    MESSAGE_SETTLE = "message:settle"
    MESSAGE_TO_STAFF_READ = "message:to-staff:read"
    PANEL_MANAGE = "panel:manage"
    PAY_MANAGE = "pay:manage"
    QUESTION_MANAGE = "question:manage"
    QUESTION_SET_CHANGE = "question_set:change"
    QUEUE_VIEW = "queue:view"
    SHEET_EXPORT = "sheet:export"
    SHEET_MODERATE = "sheet:moderate"
    SHEET_REMOVE = "sheet:remove"
    SHEET_SCORE = "sheet:score"
    SIFT_CLOSE = "sift:close"
    SYNONYM_EDIT = "synonym:edit"
    TEAM_MANAGE = "team:manage"
    TERMS_APPROVE = "terms:approve"
    VACANCY_APPROVE = "vacancy:approve"
    VACANCY_AWARD = "vacancy:award"
    VACANCY_CANCEL = "vacancy:cancel"
    VACANCY_COMMENT = "vacancy:comment"
    VACANCY_CREATE = "vacancy:create"
    VACANCY_EDIT = "vacancy:edit"
    VACANCY_SEND = "vacancy:send"
    VACANCY_STEER = "vacancy:steer"


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever is asking.  Built by web/guard.py from the session, or by the CLI.

    Args:
        user_id: the account, or NOBODY.
        roles: what they hold.
        team_ids: the teams that they write vacancies for.
        name: how staff see them.
    """

    user_id: int = NOBODY
    roles: frozenset[Role] = frozenset()
    team_ids: frozenset[int] = field(default_factory=frozenset)
    name: str = ""

    @property
    def is_signed_in(self) -> bool:
        return self.user_id != NOBODY

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)


SYSTEM = Actor(roles=frozenset({Role.ADMIN}), name="the system")
"""A command run by an operator of the machine."""

Test = Callable[[Actor, Any], bool]


def always(_actor: Actor, _thing: Any) -> bool:
    return True


def own_account(actor: Actor, account: Any) -> bool:
    return bool(account.id == actor.user_id)


def own_application(actor: Actor, application: Any) -> bool:
    return bool(application.candidate_id == actor.user_id)


def not_own_application(actor: Actor, application: Any) -> bool:
    """Nobody decides on their own application, whatever other roles they hold."""
    return bool(application.candidate_id != actor.user_id)


def own_team(actor: Actor, vacancy: Any) -> bool:
    return bool(vacancy.team_id in actor.team_ids)


def some_team(actor: Actor, _thing: Any) -> bool:
    return bool(actor.team_ids)


def own_sheet(actor: Actor, sheet: Any) -> bool:
    return bool(sheet.scorer_id == actor.user_id)


def chair(actor: Actor, panel: Any) -> bool:
    return bool(panel.chair_id == actor.user_id)


def own_question_set(actor: Actor, question_set: Any) -> bool:
    return bool(question_set.author_id == actor.user_id)


def interviewer(actor: Actor, interview: Any) -> bool:
    return actor.user_id in interview.interviewer_ids


def not_own_vacancy(actor: Actor, vacancy: Any) -> bool:
    """Nobody approves what they started, saved last or sent, whatever other roles they hold."""
    return actor.user_id not in (vacancy.author_id, vacancy.edited_by_id, vacancy.sent_by_id)


def not_own_terms(actor: Actor, version: Any) -> bool:
    """Nobody approves terms that they started or saved last; an operator's command is no second person."""
    return actor.is_signed_in and actor.user_id not in (version.author_id, version.edited_by_id)


MAY: Mapping[Permission, Mapping[Role, Test]] = {
    Permission.ACCOUNT_MANAGE: {Role.ADMIN: always},
    Permission.APPLICATION_ASSIGN: {Role.HR: not_own_application},
    Permission.APPLICATION_EDIT: {Role.CANDIDATE: own_application},
    Permission.APPLICATION_EQUALITY: {Role.CANDIDATE: own_application},
    Permission.APPLICATION_EXPORT: {Role.HR: always},
    Permission.APPLICATION_LABEL: {Role.HR: not_own_application},
    Permission.APPLICATION_NOTE: {Role.HR: not_own_application},
    Permission.APPLICATION_READ: {Role.HR: not_own_application},
    Permission.APPLICATION_REOPEN: {Role.HR: not_own_application},
    Permission.APPLICATION_REVIEW: {Role.HR: not_own_application},
    Permission.APPLICATION_START: {Role.CANDIDATE: always},
    Permission.APPLICATION_SUBMIT: {Role.CANDIDATE: own_application},
    Permission.APPLICATION_WITHDRAW: {Role.CANDIDATE: own_application},
    Permission.CONTENT_EDIT: {Role.ADMIN: always, Role.HR: always},
    Permission.CONVERSATION_ANSWER: {Role.HR: not_own_application},
    Permission.CONVERSATION_TEMPLATE: {Role.HR: always},
    Permission.CONVERSATION_WRITE: {Role.CANDIDATE: own_application},
    Permission.CRITERIA_MANAGE: {Role.RECRUITER: own_team},
    Permission.DETAILS_ANSWER: {Role.CANDIDATE: own_application},
    Permission.DETAILS_CHECK: {Role.HR: not_own_application},
    Permission.DETAILS_DBS: {Role.SAFEGUARDING: not_own_application},
    Permission.DETAILS_READ: {Role.HR: not_own_application},
    Permission.DISCLOSURE_CONCLUDE: {Role.SAFEGUARDING: not_own_application},
    Permission.DISCLOSURE_SEND: {Role.CANDIDATE: own_application},
    Permission.DISCLOSURE_VIEW: {Role.SAFEGUARDING: always},
    Permission.DOCUMENT_ASK: {Role.HR: not_own_application},
    Permission.DOCUMENT_SEND: {Role.CANDIDATE: own_application},
    Permission.EQUALITY_READ: {Role.HR: always, Role.ADMIN: always},
    Permission.INTEREST_READ: {Role.HR: always, Role.RECRUITER: some_team},
    Permission.INTEREST_REGISTER: {Role.CANDIDATE: own_account},
    Permission.INTERVIEW_CHOOSE: {Role.CANDIDATE: own_application},
    Permission.INTERVIEW_HOLD: {Role.PANEL: interviewer},
    Permission.INTERVIEW_MANAGE: {Role.HR: always},
    Permission.LABEL_MANAGE: {Role.HR: always},
    Permission.MESSAGE_SETTLE: {Role.HR: not_own_application},
    Permission.MESSAGE_TO_STAFF_READ: {Role.HR: always, Role.ADMIN: always},
    Permission.PANEL_MANAGE: {Role.HR: always},
    Permission.PAY_MANAGE: {Role.ADMIN: always},
    Permission.QUESTION_MANAGE: {Role.HR: always, Role.PANEL: chair},
    Permission.QUESTION_SET_CHANGE: {Role.HR: always, Role.PANEL: own_question_set},
    Permission.QUEUE_VIEW: {Role.HR: always},
    Permission.SHEET_EXPORT: {Role.PANEL: always},
    Permission.SHEET_MODERATE: {Role.PANEL: chair},
    Permission.SHEET_REMOVE: {Role.HR: not_own_application},
    Permission.SHEET_SCORE: {Role.PANEL: own_sheet},
    Permission.SIFT_CLOSE: {Role.HR: always, Role.PANEL: chair},
    Permission.SYNONYM_EDIT: {Role.ADMIN: always},
    Permission.TEAM_MANAGE: {Role.ADMIN: always},
    Permission.TERMS_APPROVE: {Role.ADMIN: not_own_terms},
    Permission.VACANCY_APPROVE: {Role.HR: not_own_vacancy},
    Permission.VACANCY_AWARD: {Role.HR: always},
    Permission.VACANCY_CANCEL: {Role.HR: always, Role.RECRUITER: own_team},
    Permission.VACANCY_COMMENT: {Role.HR: always, Role.RECRUITER: own_team},
    Permission.VACANCY_CREATE: {Role.RECRUITER: own_team},
    Permission.VACANCY_EDIT: {Role.RECRUITER: own_team},
    Permission.VACANCY_SEND: {Role.RECRUITER: own_team},
    Permission.VACANCY_STEER: {Role.HR: always, Role.RECRUITER: own_team},
}


def can(actor: Actor, permission: Permission, thing: Any = None) -> bool:
    """Say whether `actor` may use `permission` on `thing`.  Templates ask this; services use `authorise`."""
    return any(test(actor, thing) for role, test in MAY[permission].items() if role in actor.roles)


def authorise(actor: Actor, permission: Permission, thing: Any = None) -> None:
    """Raise `NotAllowed` unless `actor` may use `permission` on `thing`."""
    if not can(actor, permission, thing):
        raise NotAllowed("You do not have permission to do this.")
