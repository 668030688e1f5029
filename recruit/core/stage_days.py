"""How many working days each stage of an application may take: what candidates are promised and HR works towards.

Plain values, because settings are read before anything else is loaded.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Targets:
    """Working days; all are samples until the council sets its own.

    What was promised stays as it was told: another number counts for what is promised from then on.

    Args:
        shortlist: from closing, or from sending where applications are read as they arrive, to hearing about the
            shortlist.
        invite: from hearing about the shortlist to times for interviews.
        choose: for a candidate to choose a time before HR asks them.
        outcome: from the last interview to what came of it.
        notice: between an invitation and an interview.
        details: for somebody who is to be appointed to give the details before the start.
        remind: until they are reminded of it, once.
    """

    shortlist: int = 10
    invite: int = 5
    choose: int = 5
    outcome: int = 5
    notice: int = 5
    details: int = 10
    remind: int = 5
