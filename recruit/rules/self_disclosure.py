"""The self-disclosure: where one stands, what may happen to it next, and what is asked.

It is asked for once a candidate knows that they are on the shortlist, and never before: it is no part of choosing whom
to meet.  Sources: Rehabilitation of Offenders Act 1974 (Exceptions) Order 1975, with its changes of 2013 and 2020 about
what is protected; the questions are those of the Department for Education's own service, in our words (domain research,
4.2).  The council's legal adviser owns the wording.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from recruit.rules.access import Permission
from recruit.rules.lifecycle import ApplicationStatus, Move
from recruit.rules.notifications import Notification


class DisclosureStatus(StrEnum):
    """Where one stands: the candidate's up to the first break, then the safeguarding lead's."""

    ASKED = "asked"
    TO_TALK = "to_talk"
    RECEIVED = "received"
    HEARD = "heard"

    TO_DISCUSS = "to_discuss"
    NOTHING_RELEVANT = "nothing_relevant"
    NO_CONCERN = "no_concern"
    RELEASED = "released"


class Act(StrEnum):
    """What was done, for the record.  None of it says what was disclosed."""

    ASKED = "asked"
    TO_TALK = "to_talk"
    RECEIVED = "received"
    HEARD = "heard"
    ADDED = "added"
    OPENED = "opened"
    NOTED = "noted"
    LEFT = "left"
    TO_DISCUSS = "to_discuss"
    NOTHING_RELEVANT = "nothing_relevant"
    NO_CONCERN = "no_concern"
    RELEASED = "released"
    READ_BY_CHAIR = "read_by_chair"
    DRAFT_REMOVED = "draft_removed"


S, P, N = DisclosureStatus, Permission, Notification
_SEND, _CONCLUDE, _CAME = P.DISCLOSURE_SEND, P.DISCLOSURE_CONCLUDE, N.SELF_DISCLOSURE_CAME

# fmt: off
DISCLOSURE_MOVES: tuple[Move[DisclosureStatus], ...] = (
    Move(S.ASKED,            S.TO_TALK,          _SEND,     "I would rather talk about it", _CAME),
    Move(S.ASKED,            S.RECEIVED,         _SEND,     "Send it",                      _CAME),
    Move(S.TO_TALK,          S.RECEIVED,         _SEND,     "Send it",                      _CAME),
    Move(S.ASKED,            S.HEARD,            _CONCLUDE, "Told in person"),
    Move(S.TO_TALK,          S.HEARD,            _CONCLUDE, "Told in person"),
    *(
        move
        for came in (S.RECEIVED, S.HEARD, S.TO_DISCUSS)
        for move in (
            Move(came, S.NOTHING_RELEVANT, _CONCLUDE, "Nothing relevant"),
            Move(came, S.TO_DISCUSS,       _CONCLUDE, "To discuss before the interview"),
            Move(came, S.NO_CONCERN,       _CONCLUDE, "Discussed, no concern"),
            Move(came, S.RELEASED,         _CONCLUDE, "A relevant matter, which the chair of the panel is told",
                 N.SELF_DISCLOSURE_RELEASED, needs_reason=True),
        )
        if move.source != move.target
    ),
    Move(S.NOTHING_RELEVANT, S.TO_DISCUSS,       _CONCLUDE, "Look at it again"),
    Move(S.NO_CONCERN,       S.TO_DISCUSS,       _CONCLUDE, "Look at it again"),
    Move(S.RELEASED,         S.TO_DISCUSS,       _CONCLUDE, "Take back what the chair was told"),
)
# fmt: on

UNSENT = (S.ASKED, S.TO_TALK)
CONCLUSIONS = (S.NOTHING_RELEVANT, S.TO_DISCUSS, S.NO_CONCERN, S.RELEASED)
CONCLUDED = (S.NOTHING_RELEVANT, S.NO_CONCERN, S.RELEASED)

ASKABLE = (ApplicationStatus.SHORTLISTED, ApplicationStatus.APPOINTED, ApplicationStatus.RESERVE)
"""Where an application must stand, for its candidate too, for one to be sent.  It is asked for on the shortlist."""

LEAD_WORDS: Mapping[DisclosureStatus, str] = {
    S.ASKED: "Asked for",
    S.TO_TALK: "Would rather talk",
    S.RECEIVED: "Received",
    S.HEARD: "Told in person",
    S.TO_DISCUSS: "To discuss",
    S.NOTHING_RELEVANT: "Nothing relevant",
    S.NO_CONCERN: "Discussed, no concern",
    S.RELEASED: "Chair of the panel told",
}
"""What the safeguarding lead reads."""

HR_WORDS: Mapping[DisclosureStatus, str] = {
    S.ASKED: "Asked for",
    S.TO_TALK: "Asked for",
    S.RECEIVED: "Received",
    S.HEARD: "Received",
    S.TO_DISCUSS: "To discuss",
    S.NOTHING_RELEVANT: "Nothing to discuss",
    S.NO_CONCERN: "Nothing to discuss",
    S.RELEASED: "To discuss",
}
"""What HR reads: never what it is about, nor in what way it was told."""

CAME = (Act.RECEIVED, Act.HEARD)
"""How one comes: written, or told in person."""
UNTOLD = (Act.TO_TALK, Act.OPENED, Act.NOTED)
"""What happens before it came once its candidate would rather talk, of which they were promised that nobody hears."""

DID: Mapping[Act, str] = {
    Act.ASKED: "Asked for",
    Act.TO_TALK: "The candidate answered",
    Act.RECEIVED: "Received",
    Act.HEARD: "Received",
    Act.ADDED: "The candidate added to it",
    Act.OPENED: "Opened",
    Act.NOTED: "A note was kept",
    Act.LEFT: "Left to a colleague",
    Act.TO_DISCUSS: "To discuss",
    Act.NOTHING_RELEVANT: "Nothing to discuss",
    Act.NO_CONCERN: "Nothing to discuss",
    Act.RELEASED: "The chair of the panel was told of a matter, for a reason that is kept with it",
    Act.READ_BY_CHAIR: "The chair opened what they were told",
    Act.DRAFT_REMOVED: "What was not sent was deleted",
}
"""What the record says of each act."""


class Question(StrEnum):
    """One question, by the name that its answer is kept under."""

    UNSPENT = "unspent"
    SPENT = "spent"
    BARRED = "barred"
    REFERRED = "referred"
    KNOWN = "known"
    DISMISSED = "dismissed"
    DISCIPLINED = "disciplined"
    REGULATOR = "regulator"


class Asked(NamedTuple):
    """A question as a candidate reads it.

    Args:
        text: the question itself.
        hint: what its words mean.
        short: what it is about, for lists and errors: "unspent convictions".
        what: the label of what happened; `outcome` of what came of it.
    """

    text: str
    hint: str
    short: str
    what: str = "What was it about?"
    outcome: str = "What came of it?"


_OFFENCE = ("What was the offence?", "What was the sentence, order or caution?")

ASKED: Mapping[Question, Asked] = {
    Question.UNSPENT: Asked(
        "Do you have any unspent convictions or unspent conditional cautions, in the UK or overseas?",
        "Unspent means that the time after which it counts as spent is not over.",
        "unspent convictions and conditional cautions",
        *_OFFENCE,
    ),
    Question.SPENT: Asked(
        "Do you have any spent convictions or spent adult cautions that are not protected, in the UK or overseas?",
        "Adult cautions are simple or conditional cautions given to you when you were 18 or over. Protected ones are"
        " filtered out of DBS certificates: leave them out. We may not take account of them.",
        "spent convictions and adult cautions that are not protected",
        *_OFFENCE,
    ),
    Question.BARRED: Asked(
        "Are you barred from working with children?",
        "That is, on the children’s barred list of the Disclosure and Barring Service (DBS), or barred from such work"
        " in another country. It is an offence to apply for this work while you are on the list.",
        "being barred from work with children",
    ),
    Question.REFERRED: Asked(
        "Have you ever been referred to the DBS?",
        "For example by an employer who was worried about something you did. Answer yes whatever came of it.",
        "a referral to the DBS",
    ),
    Question.KNOWN: Asked(
        "Have children’s services or the police ever known you as a risk, or a possible risk, to children?",
        "Anywhere, and whatever came of it. Being known to them for another reason does not count.",
        "being known as a risk to children",
    ),
    Question.DISMISSED: Asked(
        "Have you ever been dismissed for misconduct?",
        "From paid or voluntary work.",
        "a dismissal for misconduct",
    ),
    Question.DISCIPLINED: Asked(
        "Has an employer ever investigated you under its disciplinary procedure, or given you a disciplinary sanction?",
        "Include what is going on now, and sanctions that have ended.",
        "a disciplinary investigation or sanction",
    ),
    Question.REGULATOR: Asked(
        "Has a regulator ever given you a sanction?",
        "For example Social Work England or the Health and Care Professions Council: a warning, conditions, suspension"
        " or removal, in the UK or overseas.",
        "a sanction by a regulator",
    ),
}
"""Every question, in order."""

CHECKER = "https://check-when-to-disclose-caution-conviction.service.gov.uk/"
NACRO = "https://www.nacro.org.uk/"
UNLOCK = "https://unlock.org.uk/"
"""Where somebody finds out what they must tell, without telling us: the official checker, and two charities."""
