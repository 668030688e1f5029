"""How far interviews are, and what may happen next: one row a move, with what it asks for and whom it tells.

No column says how far they are: it follows from the invitation, the time that was chosen and the clock (`stage_of`),
as it follows from the clock that a vacancy is closed.  A move is of one application and one kind of interview; an
application that has several kinds is as far as all its times together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from recruit.core.errors import Conflict
from recruit.rules.access import MAY, Actor, Permission, authorise
from recruit.rules.lifecycle import APPLICATION_MOVES, APPLICATION_REOPENINGS, ApplicationStatus, Move, mermaid
from recruit.rules.notifications import Notification


class InterviewStage(StrEnum):
    """How far the interviews of somebody on the shortlist are."""

    TO_INVITE = "to_invite"
    INVITED = "invited"
    BOOKED = "booked"
    INTERVIEWED = "interviewed"


STAGE_WORDS = {
    InterviewStage.TO_INVITE: "To be invited",
    InterviewStage.INVITED: "Invited, no time chosen",
    InterviewStage.BOOKED: "Interview booked",
    InterviewStage.INTERVIEWED: "Interviewed",
}


class InterviewAct(StrEnum):
    """What people do about an interview."""

    INVITE = "invite"
    CHOOSE = "choose"
    CHANGE = "change"
    GIVE_UP = "give_up"
    MOVE = "move"
    TAKE_OFF = "take_off"


class Guard(StrEnum):
    """What must be so besides the stage, in words.  Each service brings a check for every guard of its row."""

    READY = "the vacancy stands, and everybody on the shortlist finds a time of each kind with the promised notice"
    VACANCY_STANDS = "the vacancy is not cancelled"
    ON_SHORTLIST = "the application is on the shortlist, and its candidate was told so"
    OFFERED = "the new time was not taken off"
    FREE = "nobody has the new time"
    NOTICE = "the new time is further away than the limit for changes"
    CHANGEABLE = "the old time is further away than the limit for changes"
    NO_CLASH = "nobody is in another interview then"
    AS_SEEN = "the time, and who has it, are as they were on the page"
    NOT_BEGUN = "the interview has not begun"


@dataclass(frozen=True, slots=True)
class InterviewMove(Move[InterviewStage]):
    """A row as any other, and what it needs.

    Args:
        guards: what must be so, in the order in which it is asked.
        panel_told: what its interviewers are told; `notification` is for the candidate.
        otherwise: what is said where the stage is another.
    """

    guards: tuple[Guard, ...] = ()
    panel_told: Notification | None = None
    otherwise: str = ""


S, P, N, G, ACT = InterviewStage, Permission, Notification, Guard, InterviewAct
BOOKED, CANCELLED = N.INTERVIEW_PANEL_BOOKED, N.INTERVIEW_PANEL_CANCELLED
NEW_TIME = (G.OFFERED, G.FREE, G.NOTICE)

# fmt: off
INTERVIEW_MOVES: Mapping[InterviewAct, InterviewMove] = {
    ACT.INVITE: InterviewMove(
        S.TO_INVITE, S.INVITED, P.INTERVIEW_MANAGE, "Invite to choose a time", N.INTERVIEW_INVITED,
        guards=(G.READY,), otherwise="They are invited already."),
    ACT.CHOOSE: InterviewMove(
        S.INVITED, S.BOOKED, P.INTERVIEW_CHOOSE, "Choose a time", N.INTERVIEW_BOOKED, panel_told=BOOKED,
        guards=(G.VACANCY_STANDS, G.ON_SHORTLIST, *NEW_TIME, G.NO_CLASH),
        otherwise="There are no times to choose for this application."),
    ACT.CHANGE: InterviewMove(
        S.BOOKED, S.BOOKED, P.INTERVIEW_CHOOSE, "Change to another time", N.INTERVIEW_BOOKED, panel_told=BOOKED,
        guards=(G.VACANCY_STANDS, G.ON_SHORTLIST, *NEW_TIME, G.CHANGEABLE, G.NO_CLASH),
        otherwise="This interview is over, so its time can no longer be changed."),
    ACT.GIVE_UP: InterviewMove(
        S.BOOKED, S.INVITED, P.INTERVIEW_CHOOSE, "Give the time up", N.INTERVIEW_CANCELLED, panel_told=CANCELLED,
        guards=(G.CHANGEABLE,), otherwise="This interview is over, so its time can no longer be given up."),
    ACT.MOVE: InterviewMove(
        S.BOOKED, S.BOOKED, P.INTERVIEW_MANAGE, "Move the interview", N.INTERVIEW_BOOKED, panel_told=BOOKED,
        guards=(G.AS_SEEN, G.NOT_BEGUN, G.NO_CLASH),
        otherwise="This interview is over, so it can no longer be changed."),
    ACT.TAKE_OFF: InterviewMove(
        S.BOOKED, S.INVITED, P.INTERVIEW_MANAGE, "Take the time off", N.INTERVIEW_CANCELLED, panel_told=CANCELLED,
        guards=(G.AS_SEEN, G.NOT_BEGUN), otherwise="This interview is over, so it can no longer be taken off."),
}

A, EVERY = ApplicationStatus, frozenset(InterviewStage)
LEAVINGS: Mapping[ApplicationStatus, frozenset[InterviewStage]] = {
    A.SUBMITTED:         frozenset({S.TO_INVITE, S.INVITED}),
    A.APPOINTED:         frozenset({S.INTERVIEWED}),
    A.RESERVE:           frozenset({S.INTERVIEWED}),
    A.NOT_APPOINTED:     EVERY - {S.BOOKED},
    A.WITHDRAWN:         EVERY,
    A.VACANCY_CANCELLED: EVERY,
}
# fmt: on
"""The stages from which an application can leave the shortlist, by where it goes.  A time to come is then given back.

Nobody is appointed or put on the reserve list unseen (safer recruitment, domain research, 4.5); who did not come, or
never chose a time, can be marked as not appointed; and no outcome is set while an interview is still to come.
"""

BY_CLOCK = (S.BOOKED, S.INTERVIEWED, "The time is over")
"""What nobody does: the clock."""


def stage_of(ends: Iterable[datetime], *, is_invited: bool, now: datetime) -> InterviewStage:
    """Return how far interviews are.

    Args:
        ends: when each time that was chosen ends: of one kind of interview, or of all that an application has.
        is_invited: whether the candidate was asked to choose.
        now: this moment.
    """
    chosen = list(ends)
    if any(end > now for end in chosen):
        return InterviewStage.BOOKED
    if chosen:
        return InterviewStage.INTERVIEWED
    return InterviewStage.INVITED if is_invited else InterviewStage.TO_INVITE


def permit_act(act: InterviewAct, actor: Actor, thing: Any, stage: InterviewStage) -> InterviewMove:
    """Return the row of `act`, if it is the actor's to use on `thing` and leads on from `stage`.

    Raises:
        NotAllowed: it is not theirs.
        Conflict: the stage is another.
    """
    move = INTERVIEW_MOVES[act]
    authorise(actor, move.permission, thing)
    if move.source != stage:
        raise Conflict(move.otherwise)
    return move


def check(move: InterviewMove, checks: Mapping[Guard, Callable[[], None]]) -> None:
    """Ask for all that a row needs, in its order.  A guard for which a service brings no check is an error."""
    for guard in move.guards:
        checks[guard]()


def stage_diagram() -> str:
    """Return the stages as a Mermaid state diagram, with the ways off the shortlist."""
    source, target, words = BY_CLOCK
    lines = [f"    {stage} --> {status}: {label}" for stage, status, label in _leavings()]
    return "\n".join([mermaid(INTERVIEW_MOVES.values()), f"    {source} --> {target}: {words}", *lines])


def stage_table() -> str:
    """Return the rows as a table in Markdown: who, what must be so, who is told."""
    lines = ["| Move | Who | What must be so | Who is told |", "| --- | --- | --- | --- |"]
    for move in INTERVIEW_MOVES.values():
        told = "candidate, interviewers" if move.panel_told else "candidate"
        lines.append(f"| {move.label} | {', '.join(MAY[move.permission])} | {'; '.join(move.guards)} | {told} |")
    return "\n".join(lines)


def _leavings() -> Iterator[tuple[InterviewStage, ApplicationStatus, str]]:
    moves = [move for move in (*APPLICATION_MOVES, *APPLICATION_REOPENINGS) if not move.is_undo]
    labels = {move.target: move.label for move in moves if move.source == ApplicationStatus.SHORTLISTED}
    for status, stages in LEAVINGS.items():
        yield from ((stage, status, labels[status]) for stage in InterviewStage if stage in stages)
