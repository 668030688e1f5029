"""Words that keep people from applying: what is pointed at, and what is not."""

import pytest

from recruit.rules.fair_words import TABLE, pointed_at


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("He/she leads. HIS OR HER team, his or her choice.", ["He/she", "his or her"]),
        ("You work with the chairman.", ["chairman"]),
        ("A rock star, fearless", ["rock star", "fearless"]),
        ("Hit the\nground running", ["Hit the ground running"]),
        ("A young, dynamic team", ["young"]),
        ("At least 5 years’ post-qualifying experience", ["5 years’ post-qualifying experience"]),
        ("two years of experience", ["two years of experience"]),
        ("A full UK driving licence and own car", ["full UK driving licence", "own car"]),
        ("native speaker, physically fit", ["physically fit", "native speaker"]),
        ("In order to utilise it prior to Monday", ["utilise", "In order to", "prior to"]),
        ("Young people, young carers and younger children; a young person’s plan; young, children", []),
        ("She needs a plan; his school; the health visitor; in year 5; 5 years old", []),
        ("Chairs a conference; manages; a competitive salary", []),
        ("Five years on, experience of court", []),
        ("", []),
    ],
)
def test_what_is_pointed_at(text: str, said: list[str]):
    assert [words for words, _ in pointed_at(text)] == said


def test_each_advice_ends_a_sentence_and_says_what_to_do():
    for wording in TABLE:
        assert not wording.advice.endswith(".")
        assert ": " in wording.advice
