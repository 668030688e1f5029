"""The choices of the list's filters as markup.

A filter says the same on every page but for its numbers, and the list is mostly filters: each choice is made once,
chosen and not, and the number is put in.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from flask import current_app
from markupsafe import Markup

from recruit.core.money import pounds
from recruit.vacancies.facet_words import HOURS_WORDS, YES_WORDS
from recruit.vacancies.finder_query import CLOSING_DAYS, SALARIES, YES, Facet
from recruit.vacancies.finder_rows import GradeRow, TeamRow
from recruit.vacancies.presentation import CONTRACT_WORDS

LISTS = frozenset({Facet.SALARY_MIN, Facet.CLOSING_WITHIN})  # shown as a list of which one is chosen; others as boxes
NUMBER = "\0"  # stands for the number of vacancies while the markup is made: the last in it, whatever people wrote


class Choice(NamedTuple):
    """One choice of a filter: its words, and its markup around the number of vacancies, not chosen and chosen."""

    text: str
    plain: tuple[str, str]
    chosen: tuple[str, str]


class Choices:
    """Every choice there is.

    Args:
        grades: every grade, from the lowest.
        teams: every team, by name.
    """

    def __init__(self, grades: Sequence[GradeRow], teams: Sequence[TeamRow]) -> None:
        texts: dict[Facet, dict[str, str]] = {
            Facet.GRADE: {grade.code: grade.title for grade in grades},
            Facet.TEAM: {team.slug: team.name for team in teams},
            Facet.HOURS: {way.value: words for way, words in HOURS_WORDS.items()},
            Facet.CONTRACT: {contract.value: words for contract, words in CONTRACT_WORDS.items()},
            Facet.SALARY_MIN: {str(least): f"{pounds(least * 100)} or more" for least in SALARIES},
            Facet.CLOSING_WITHIN: {str(days): f"Within {days} days" for days in CLOSING_DAYS},
            **{facet: {YES: text} for facet, text in YES_WORDS.items()},
        }
        self._choices: Mapping[Facet, Mapping[str, Choice]] = {
            facet: {value: _choice(facet, number, value, text) for number, (value, text) in enumerate(offered.items())}
            for facet, offered in texts.items()
        }

    def text(self, facet: Facet, value: str) -> str:
        """Return the words of one choice.

        Raises:
            KeyError: it is not offered.
        """
        return self._choices[facet][value].text

    def offers(self, facet: Facet, value: str) -> bool:
        """Say whether `value` is offered."""
        return value in self._choices[facet]

    def markup(
        self, facet: Facet, chosen: Sequence[str], counts: Mapping[str, int], *, all_of_them: bool = False
    ) -> Markup:
        """Return the choices of `facet` that would find something or are chosen; or all of them.

        Args:
            facet: which.
            chosen: the values in use.
            counts: for each value how many vacancies there would be; none for one that is not there.
            all_of_them: leave none out.
        """
        pieces = []
        for value, choice in self._choices[facet].items():
            found = counts.get(value, 0)
            if value in chosen:
                before, after = choice.chosen
            elif found or all_of_them:
                before, after = choice.plain
            else:
                continue
            pieces.append(f"{before}{found}{after}")
        return Markup("".join(pieces))  # noqa: S704  the template has escaped all but the whole numbers


@lru_cache(maxsize=4)
def choices_of(grades: tuple[GradeRow, ...], teams: tuple[TeamRow, ...]) -> Choices:
    """Return the choices; made once for as long as teams and grades are what they are."""
    return Choices(grades, teams)


def _choice(facet: Facet, number: int, value: str, text: str) -> Choice:
    id_ = f"filter-{facet.value}" if facet in YES_WORDS else f"filter-{facet.value}-{number}"
    macros = current_app.jinja_env.get_template("components/filters.html").module
    macro = macros.option if facet in LISTS else macros.box  # type: ignore[attr-defined]  # the template has both

    def around(checked: bool) -> tuple[str, str]:
        before, _, after = str(macro(id_, facet.value, value, text, checked, NUMBER)).rpartition(NUMBER)
        return before, after

    return Choice(text, around(False), around(True))
