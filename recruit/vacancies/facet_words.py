"""What a search asks for, in words: the same in the list's filters, in emails and on the pages of alerts."""

from collections.abc import Mapping, Sequence

from recruit.core.money import pounds
from recruit.vacancies.finder_query import Facet, Hours
from recruit.vacancies.presentation import CONTRACT_WORDS

HOURS_WORDS = {Hours.FULL_TIME: "Full time", Hours.PART_TIME: "Part time", Hours.JOB_SHARE: "Job share"}
YES_WORDS = {
    Facet.NEWLY_QUALIFIED: "Newly qualified welcome",
    Facet.WELCOME_PAYMENT: "With a welcome payment",
}


def facet_words(facet: Facet, values: Sequence[str], names: Mapping[str, str]) -> str:
    """Return what one facet asks for: "Fostering or Adoption".

    Args:
        facet: which, but for the closing date.
        values: as in `finder_query.Query`.
        names: the names of teams by slug and the titles of grades by code; one that is not there stands for itself.
    """
    if facet in YES_WORDS:
        return YES_WORDS[facet]
    if facet == Facet.SALARY_MIN:
        return f"Pay reaches {pounds(int(values[0]) * 100)}"
    known = {**names}
    if facet == Facet.HOURS:
        known = {way.value: words for way, words in HOURS_WORDS.items()}
    elif facet == Facet.CONTRACT:
        known = {contract.value: words for contract, words in CONTRACT_WORDS.items()}
    return " or ".join(known.get(value, value) for value in values)
