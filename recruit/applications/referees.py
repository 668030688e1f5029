"""Who may be a referee, and whether a candidate's referees together are enough.

Source: safer recruitment practice for work with children, as local safeguarding partnerships' manuals and "Keeping
children safe in education" describe it: at least two; one the current or most recent employer; if that post is not with
children, one from the last that was; recent years covered; no relatives, no friends.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from recruit.applications.chronology import Month, Period, uncovered_months


class Relationship(StrEnum):
    """How a referee knows the candidate."""

    LINE_MANAGER = "line_manager"
    OTHER_MANAGER = "other_manager"
    COLLEAGUE = "colleague"
    PRACTICE_EDUCATOR = "practice_educator"
    TUTOR = "tutor"
    PERSONAL = "personal"  # offered, so that it can be declared and refused in words

    @property
    def label(self) -> str:
        """The relationship as a form and a page name it."""
        return _LABELS[self]


_LABELS = {
    Relationship.LINE_MANAGER: "Line manager",
    Relationship.OTHER_MANAGER: "Another manager, or human resources",
    Relationship.COLLEAGUE: "Colleague",
    Relationship.PRACTICE_EDUCATOR: "Practice educator",
    Relationship.TUTOR: "Tutor or lecturer",
    Relationship.PERSONAL: "Relative or friend",
}
_EMPLOYERS = frozenset({Relationship.LINE_MANAGER, Relationship.OTHER_MANAGER})
_TEACHERS = frozenset({Relationship.PRACTICE_EDUCATOR, Relationship.TUTOR})


class ProblemCode(StrEnum):
    """What can be wrong with a list of referees."""

    TOO_FEW = "too_few"
    PERSONAL = "personal"
    OWN_EMAIL = "own_email"
    SAME_EMAIL = "same_email"
    KNOWN_BACKWARDS = "known_backwards"
    KNOWN_IN_FUTURE = "known_in_future"
    NO_RECENT_EMPLOYER = "no_recent_employer"
    NO_EDUCATOR = "no_educator"
    NO_WORK_WITH_CHILDREN = "no_work_with_children"
    YEARS_NOT_COVERED = "years_not_covered"


@dataclass(frozen=True, slots=True)
class RefereeFacts:
    """What the rules need to know of one referee.  `known_from` through `known_until`; none is still."""

    name: str
    email: str
    organisation: str
    relationship: Relationship
    known_from: Month
    known_until: Month | None
    is_most_recent_employer: bool
    from_work_with_children: bool


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the candidate's history, paid, agency or voluntary; study is none."""

    organisation: str
    period: Period
    with_children: bool
    is_employment: bool = True  # paid or agency work; a voluntary post has no employer


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend.  `position` is the referee's place in the list, 1 for the first; none is about all of them."""

    code: ProblemCode
    message: str
    position: int | None = None


def referee_problems(
    referees: Sequence[RefereeFacts],
    posts: Sequence[Post],
    candidate_emails: Collection[str],
    today: date,
    *,
    minimum: int,
    span_years: int,
) -> list[Problem]:
    """Find all that is wrong with a candidate's referees: first of each referee, then of them together.

    Args:
        referees: as the candidate lists them.
        posts: their posts, in any order.  Without any, a practice educator or a tutor stands for the employer.
        candidate_emails: the candidate's own addresses.
        today: the day in London.
        minimum: fewest referees.
        span_years: whole years before today whose working months the referees must cover together.

    Returns:
        The problems, each with a sentence that says how to mend it; none if the referees will do.

    Source: see the module.  A month without work needs no referee: nobody could be named for it, and the history
    explains it.
    """
    problems = list(_problems_of_each(referees, candidate_emails, today))
    if len(referees) < minimum:
        more = "Add another referee" if referees else "Add your referees"
        problems.append(Problem(ProblemCode.TOO_FEW, f"{more}. You need at least {minimum}"))
    sound = [referee for referee in referees if _known(referee) and referee.relationship is not Relationship.PERSONAL]
    problems.extend(_problems_of_employers(sound, posts))
    if referees:  # before there is one, that at least two are needed is enough to begin with
        problems.extend(_problems_of_cover(sound, posts, Month.of(today), span_years))
    return problems


def _problems_of_each(
    referees: Sequence[RefereeFacts], candidate_emails: Collection[str], today: date
) -> Iterator[Problem]:
    own = {_same(email) for email in candidate_emails if email}
    first_with: dict[str, str] = {}  # an email address to the name of the first referee who has it
    for position, referee in enumerate(referees, start=1):
        if referee.relationship is Relationship.PERSONAL:
            message = f"Choose somebody else instead of {referee.name}. A referee cannot be a relative or a friend"
            yield Problem(ProblemCode.PERSONAL, message, position)
        if not _known(referee):
            message = f"Enter a last month of knowing {referee.name} that is not before the first"
            yield Problem(ProblemCode.KNOWN_BACKWARDS, message, position)
        if max(referee.known_from, referee.known_until or referee.known_from) > Month.of(today):
            message = f"Enter months of knowing {referee.name} that are not in the future"
            yield Problem(ProblemCode.KNOWN_IN_FUTURE, message, position)
        email = _same(referee.email)
        if email in own:
            message = f"Enter {referee.name}’s own email address. This one is yours"
            yield Problem(ProblemCode.OWN_EMAIL, message, position)
        elif email in first_with:
            message = f"Enter {referee.name}’s own email address. This one is also {first_with[email]}’s"
            yield Problem(ProblemCode.SAME_EMAIL, message, position)
        first_with.setdefault(email, referee.name)


def _problems_of_employers(referees: Sequence[RefereeFacts], posts: Sequence[Post]) -> Iterator[Problem]:
    if not posts:
        if not any(referee.relationship in _TEACHERS for referee in referees):
            message = "Add your practice educator or a tutor, because you have not worked for an employer yet"
            yield Problem(ProblemCode.NO_EDUCATOR, message)
        return

    recent = _most_recent([post for post in posts if post.is_employment] or posts)
    if not any(
        referee.is_most_recent_employer and referee.relationship in _EMPLOYERS and _knew_at(referee, recent)
        for referee in referees
    ):
        message = (
            f"Add a manager or human resources from {_organisations(recent)}, your current or most recent employer, "
            "who knew you while you worked there"
        )
        yield Problem(ProblemCode.NO_RECENT_EMPLOYER, message)

    earlier = [post for post in posts if post.with_children]
    if not earlier or any(post.with_children for post in recent):
        return
    last = _most_recent(earlier)
    if not any(referee.from_work_with_children and _knew_at(referee, last) for referee in referees):
        message = f"Add a referee from {_organisations(last)}, where you last worked with children"
        yield Problem(ProblemCode.NO_WORK_WITH_CHILDREN, message)


def _problems_of_cover(
    referees: Sequence[RefereeFacts], posts: Sequence[Post], this_month: Month, span_years: int
) -> Iterator[Problem]:
    since = this_month.plus(-12 * span_years)
    without_work = uncovered_months([post.period for post in posts], since, this_month)
    known = [Period(referee.known_from, referee.known_until) for referee in referees]
    known += [Period(gap.start, gap.end) for gap in without_work]
    gaps = uncovered_months(known, since, this_month)
    if gaps:
        stretches = ", ".join(gap.label for gap in gaps)
        years = "year" if span_years == 1 else f"{span_years} years"
        message = (
            f"Add a referee who knew your work in {stretches}, or correct how long you have known each other. "
            f"Your referees must cover your work of the last {years}"
        )
        yield Problem(ProblemCode.YEARS_NOT_COVERED, message)


def _most_recent(posts: Sequence[Post]) -> list[Post]:
    """The posts that go on; if none does, those that ended last."""
    current = [post for post in posts if post.period.end is None]
    if current:
        return current
    last = max(post.period.end for post in posts if post.period.end is not None)
    return [post for post in posts if post.period.end == last]


def _knew_at(referee: RefereeFacts, posts: Sequence[Post]) -> bool:
    known = Period(referee.known_from, referee.known_until)
    return any(known.overlaps(post.period) for post in posts)


def _organisations(posts: Sequence[Post]) -> str:
    return " or ".join(dict.fromkeys(post.organisation for post in posts))


def _known(referee: RefereeFacts) -> bool:
    return referee.known_until is None or referee.known_from <= referee.known_until


def _same(email: str) -> str:
    return email.strip().casefold()
