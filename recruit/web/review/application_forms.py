"""The forms on an application's page, and what can come of its interviews."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from recruit.applications.models import Application
from recruit.review.choices import Offered
from recruit.rules.lifecycle import APPLICATION_MOVES, OUTCOMES, ApplicationStatus, Move, moves_open_to
from recruit.web.current import g
from recruit.web.forms import Form
from recruit.web.quick_templates import markup_of
from recruit.web.review.forms import NOBODYS, AssignForm, NoteForm, OutcomeForm, ShortlistForm, assignees
from recruit.web.review.label_forms import LabelForm

_FRESH = {"csrf": False}  # a form that is only shown: its token is the page's, and another would be made for nothing
_KEPT = 256  # fresh forms whose fields a process keeps, of some two kilobytes each
_KINDS: Mapping[str, type[Form]] = {
    "assign": AssignForm,
    "label": LabelForm,
    "note": NoteForm,
    "outcome": OutcomeForm,
    "shortlist": ShortlistForm,
}
Outcome = Move[ApplicationStatus]


class Forms:
    """The fields of the forms on an application's page, each as it is shown: fresh, or of the one that was refused.

    Args:
        version: of the application, as the page shows it.
        offer: what can be chosen.
        outcomes: what can come of its interviews as they stand.
        refused: the form that was sent and refused, if one was.
    """

    def __init__(
        self, application: Application, version: str, offer: Offered, outcomes: Sequence[Outcome], refused: Any
    ) -> None:
        self._application, self._version, self._offer = application, version, offer
        self._outcomes, self._refused = outcomes, refused

    def shortlist(self, *, lacks_scores: bool) -> Markup:
        return self._fields("shortlist", asks=lacks_scores)

    def outcome(self, *, open_prompts: int) -> Markup:
        is_refused = isinstance(self._refused, OutcomeForm)
        return self._fields(
            "outcome", outcomes_of(self._application) if is_refused else self._outcomes, asks=open_prompts
        )

    @property
    def version(self) -> Mapping[str, str]:
        """What a decision carries unseen: the version that the page shows."""
        return {"version": self._version}

    @property
    def note(self) -> Markup:
        return self._fields("note")

    @property
    def assign(self) -> Markup:
        people = assignees(g.actor, self._offer.people, self._application)
        return self._fields("assign", people, chosen=self.has_it)

    @property
    def has_it(self) -> str:
        """Who has the application, as a choice."""
        return str(self._application.assigned_to_id or NOBODYS)

    @property
    def label(self) -> Markup:
        """Nothing where there is no label to choose."""
        is_shown = self._offer.labels or isinstance(self._refused, LabelForm)
        return self._fields("label", self._offer.labels) if is_shown else Markup()

    def _fields(self, name: str, offered: Sequence[Any] = (), *, chosen: str = "", asks: int = 0) -> Markup:
        if isinstance(self._refused, _KINDS[name]):
            return _fields(name, self._refused, offered, asks)
        return _fresh(name, tuple(offered), chosen, asks)


@lru_cache(maxsize=_KEPT)
def _fresh(name: str, offered: tuple[Any, ...], chosen: str, asks: int) -> Markup:
    """Return the fields of a form that nobody has sent: made of what is given and of nothing else, so they are kept.

    Args:
        offered: what can be chosen, as the form takes it.
        chosen: what is chosen beforehand; only of who has an application.
        asks: for how much more the form asks why: scores that are not in, or prompts that are not explained.
    """
    form = _KINDS[name](formdata=None, meta=_FRESH)
    if isinstance(form, AssignForm):
        form.assignee.data = chosen
    return _fields(name, form, offered, asks)


def _fields(name: str, form: Any, offered: Sequence[Any], asks: int) -> Markup:
    if offered:
        form.offer(offered)
    more = (asks,) if name in ("shortlist", "outcome") else ()
    return markup_of("review/_application_fields.html", name, form, *more)


def outcomes_of(application: Application) -> list[Outcome]:
    """Return what can come of the interviews of `application`: nothing before it is on the shortlist."""
    moves = moves_open_to(APPLICATION_MOVES, g.actor, application)
    return [move for move in moves if move.target in OUTCOMES and not move.is_undo]
