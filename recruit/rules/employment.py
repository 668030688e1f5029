"""What is asked once somebody is to be appointed, why, who sees it, and how each check before the start can stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts of the form, in the order of the task list.  The value is the address."""

    IDENTITY = "identity"
    ADDRESSES = "addresses"
    DBS = "dbs-certificate"
    RIGHT_TO_WORK = "right-to-work"
    ABROAD = "time-abroad"
    HEALTH = "occupational-health"
    BANK = "bank-details"


@dataclass(frozen=True, slots=True)
class PartWords:
    """What a candidate reads of a part: what it is called and why it is asked."""

    title: str
    why: str


PART_WORDS: Mapping[Part, PartWords] = {
    Part.IDENTITY: PartWords(
        "Who you are",
        "We check that you are who you say, order your DBS check with it, and need your National Insurance number for"
        " tax.",
    ),
    Part.ADDRESSES: PartWords(
        "Where you have lived", "A DBS check needs every address of the last 5 years, without a month missing."
    ),
    Part.DBS: PartWords(
        "Your DBS certificate",
        "If you are on the DBS Update Service, you may not need a new certificate. If you are not, we order one.",
    ),
    Part.RIGHT_TO_WORK: PartWords(
        "Right to work", "The law has us check this for everybody we employ, in the same way, before the first day."
    ),
    Part.ABROAD: PartWords(
        "Time outside the UK",
        "A DBS check does not show records that other countries hold, so we ask there where somebody stayed for"
        " longer.",
    ),
    Part.HEALTH: PartWords(
        "Occupational health",
        "So that what you need is there on your first day. We ask nothing about your health here.",
    ),
    Part.BANK: PartWords("Bank details", "We pay your salary, and a welcome payment if you get one, to this account."),
}


class WorkProof(StrEnum):
    """How somebody shows that they may work in the UK."""

    PASSPORT = "passport"
    SHARE_CODE = "share_code"
    IDENTITY_SERVICE = "identity_service"
    DOCUMENTS = "documents"


PROOF_WORDS: Mapping[WorkProof, str] = {
    WorkProof.PASSPORT: "A British or Irish passport, shown to us in person",
    WorkProof.SHARE_CODE: "A share code from GOV.UK",
    WorkProof.IDENTITY_SERVICE: "An identity service provider, online",
    WorkProof.DOCUMENTS: "Other original documents, shown to us in person",
}


class Act(StrEnum):
    """What is done about somebody's details.  Each is kept in the record."""

    ASKED = "asked"
    REMINDED = "reminded"
    SENT = "sent"
    OPENED = "opened"
    BANK_SHOWN = "bank_shown"
    BANK_CHANGED = "bank_changed"
    REOPENED = "reopened"
    CLOSED = "closed"


ACT_WORDS: Mapping[str, str] = {
    Act.ASKED: "Asked for the details before the start",
    Act.REMINDED: "Reminded of the details before the start",
    Act.SENT: "Sent the details before the start",
    Act.OPENED: "Opened the details before the start",
    Act.BANK_SHOWN: "Had the bank details shown",
    Act.BANK_CHANGED: "Entered bank details",
    Act.REOPENED: "Asked for a correction of the details before the start",
    Act.CLOSED: "Closed the form before the start",
}


class Check(StrEnum):
    """What is checked before somebody starts."""

    IDENTITY = "identity"
    DBS = "dbs"
    BARRED_LIST = "barred_list"
    RIGHT_TO_WORK = "right_to_work"
    QUALIFICATIONS = "qualifications"
    OVERSEAS = "overseas"
    HEALTH = "health"


CHECK_WORDS: Mapping[str, str] = {
    Check.IDENTITY: "Identity",
    Check.DBS: "Enhanced DBS certificate",
    Check.BARRED_LIST: "Children’s barred list",
    Check.RIGHT_TO_WORK: "Right to work",
    Check.QUALIFICATIONS: "Qualifications and registration",
    Check.OVERSEAS: "Records from outside the UK",
    Check.HEALTH: "Occupational health",
}

DBS_CHECKS = frozenset({Check.DBS, Check.BARRED_LIST})
"""What the safeguarding role reads beside what candidates disclose themselves."""


class Finding(StrEnum):
    """How a check stands.  A person says so; nothing follows from an answer by itself."""

    NOT_STARTED = "not_started"
    UNDER_REVIEW = "under_review"
    CLEAR = "clear"
    NOT_CLEAR = "not_clear"


FINDING_WORDS: Mapping[str, str] = {
    Finding.NOT_STARTED: "Not started",
    Finding.UNDER_REVIEW: "Under review",
    Finding.CLEAR: "Clear",
    Finding.NOT_CLEAR: "Not clear",
}


def overall(findings: Iterable[Finding]) -> Finding:
    """Return what is told of all checks together outside HR: clear once every one is, else under review.

    That one of them is not clear is nobody else's to know.  Source: domain research, section 4.5.
    """
    found = list(findings)
    is_clear = len(found) == len(Check) and all(finding is Finding.CLEAR for finding in found)
    return Finding.CLEAR if is_clear else Finding.UNDER_REVIEW
