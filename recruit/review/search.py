"""Finding applications for a hiring manager on the phone: by name, email address, registration number or reference.

The actor is in the WHERE clause: no draft and no own application is ever found.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, bindparam, desc, exists, select, union

from recruit.accounts.addresses import email_key
from recruit.accounts.models import User
from recruit.applications.answer_rows import HAS_NUMBER
from recruit.applications.applicants import ApplicantWord, name_words
from recruit.applications.models import Application, RegistrationAnswer
from recruit.applications.registration import normalise_registration_number
from recruit.core.db import BigInt, rows_at_once, table_of
from recruit.core.references import normalise_reference, reference_of_code
from recruit.review.queries import QueuedApplication
from recruit.review.walks import APPLICATIONS, SHOWN, rows_about
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus

_WORD, _NUMBER, _USER = table_of(ApplicantWord).c, table_of(RegistrationAnswer).c, table_of(User).c


def find_applications(actor: Actor, sought: str, *, now: datetime) -> Sequence[QueuedApplication] | None:
    """Return the sent applications that `sought` may mean, the newest first, one more than a page shows if there are.

    What has the shape of a reference, an email address or a registration number is looked for as that first; else, or
    where nothing has it, as names: each word by its beginning, in any order.  Of one word those who have it whole,
    where they are more than a page shows.

    Returns:
        None if there is too little to look for.
    """
    is_enough = False
    for statement, values, enough in _meanings(sought):
        is_enough = True
        rows = rows_at_once(statement, **values, reader=actor.user_id, now=now)
        if len(rows) >= enough:
            return [QueuedApplication._make(row) for row in rows]
    return [] if is_enough else None


Statement = Select[tuple[object, ...]]


def _meanings(sought: str) -> Iterator[tuple[Statement, dict[str, str], int]]:
    """Return what finds the rows that may be meant, the likeliest first, each with what to bind.

    The number is how many rows are enough not to look for what follows.  Where a name in whole fills a page, those that
    only begin so would bring more of what is too much already, and take ten times as long to find.
    """
    if reference := normalise_reference(sought):
        yield _BY_REFERENCE, {"reference": reference}, 1
    if key := email_key(sought):
        yield _BY_EMAIL, {"email": key}, 1
    if number := normalise_registration_number(sought):
        yield _BY_NUMBER, {"number": number}, 1
    if reference := reference_of_code(sought):
        yield _BY_REFERENCE, {"reference": reference}, 1
    words = sorted(name_words(sought), key=len, reverse=True)[: limits.SEARCHED_WORDS]
    if words and len(words[0]) >= limits.SHORTEST_SEARCH:
        if len(words) == 1:
            yield _BY_WHOLE_WORD, {"word": words[0]}, limits.PAGE_OF_APPLICATIONS + 1
        ranges = [((f"from{place}", word), (f"to{place}", word + AFTER_ALL)) for place, word in enumerate(words)]
        yield _by_beginnings(len(words)), {name: value for pair in ranges for name, value in pair}, 1


def _rows(ids: Select[tuple[int]] | CompoundSelect[tuple[int]]) -> Statement:
    """Return the statement for the rows of the newest of `ids` that the reader may see."""
    found = (
        select(*SHOWN)
        .where(
            APPLICATIONS.id.in_(ids),
            APPLICATIONS.status != ApplicationStatus.DRAFT,
            APPLICATIONS.candidate_id != bindparam("reader", type_=BigInt),
        )
        .order_by(APPLICATIONS.id.desc())
        .limit(limits.PAGE_OF_APPLICATIONS + 1)
        .subquery()
    )
    return rows_about(found).order_by(found.c.id.desc())


AFTER_ALL = "\U0010ffff"  # sorts after every letter that a word can go on with
_BY_REFERENCE = _rows(select(APPLICATIONS.id).where(APPLICATIONS.reference == bindparam("reference")))
_BY_EMAIL = _rows(
    select(APPLICATIONS.id).where(
        APPLICATIONS.candidate_id.in_(select(_USER.id).where(_USER.email_key == bindparam("email")))
    )
)
_BY_NUMBER = _rows(select(_NUMBER.application_id).where(_NUMBER.number == bindparam("number"), HAS_NUMBER))


_OWN = table_of(Application).alias("own").c
_IS_ANOTHERS = _WORD.application_id.not_in(
    select(_OWN.id).where(_OWN.candidate_id == bindparam("reader", type_=BigInt))
)
"""What is the own of who looks is left out before the newest are taken, and drafts have no words."""
_BY_WHOLE_WORD = _rows(
    select(_WORD.application_id)
    .distinct()  # of a name of three words, each stands in two rows
    .where(_WORD.word == bindparam("word"), _IS_ANOTHERS)
    .order_by(_WORD.application_id.desc())
    .limit(limits.PAGE_OF_APPLICATIONS + 1)
)


@lru_cache
def _by_beginnings(number: int) -> Statement:
    """Return the rows that have a word in each of so many ranges; the longest word comes first, as it is the rarest.

    The second is looked for beside the first, as another word: in one walk where the first is whole, as it mostly is.
    Any others are looked for in what those two found.
    """
    beside = [_begins(_WORD.also, 1)] if number > 1 else []
    others = [_has_word(place) for place in range(2, number)]
    whole, longer = (
        select(_WORD.application_id).where(so, *beside, *others, _IS_ANOTHERS)
        for so in (_WORD.word == bindparam("from0"), _begins(_WORD.word, 0, whole=False))
    )
    newest = union(whole, longer).order_by(desc("application_id")).limit(limits.PAGE_OF_APPLICATIONS + 1)
    return _rows(newest)


def _begins(word: ColumnElement[str], place: int, *, whole: bool = True) -> ColumnElement[bool]:
    """Return the condition that `word` is in a range, or in what of it is longer than what was looked for."""
    start: ColumnElement[str] = bindparam(f"from{place}")
    return and_(word >= start if whole else word > start, word < bindparam(f"to{place}"))


def _has_word(place: int) -> ColumnElement[bool]:
    """Return the condition that a row's application has a word in a range."""
    also = table_of(ApplicantWord).alias(f"word_{place}").c
    return exists().where(also.application_id == _WORD.application_id, _begins(also.word, place))
