"""Criteria that another section answers already, so that nobody is asked the same thing twice."""

import re
from functools import lru_cache

_QUALIFICATION = r"(?:an? )?(?:recognised |relevant )?social work (?:qualification|degree),? and "
_REGISTRATION = (
    r"(?:you are |be |currently |current )*regist(?:ered|ration)(?: as a(?: qualified)? social worker)?"
    r" with social work england"
)
_WHEN = r"(?:,? (?:or able to be |or eligible to be registered )?(?:by|before|when) (?:the day |the date )?you start)?"
_COVERED = re.compile(f"(?:{_QUALIFICATION})?{_REGISTRATION}{_WHEN}\\.?", re.IGNORECASE)

SEE = "See Social Work England registration"


@lru_cache(maxsize=2048)  # the criteria of what is open are asked about each time an application is read
def is_covered(criterion: str) -> bool:
    """Say whether the sections about registration and qualifications answer a criterion in full.

    Strict on purpose: a criterion that asks for anything besides, such as years of practice, still wants evidence.

    Args:
        criterion: its words, like "Registered as a social worker with Social Work England by the day you start".
    """
    return _COVERED.fullmatch(" ".join(criterion.split())) is not None
