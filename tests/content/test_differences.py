"""What changed between two texts."""

import pytest

from recruit.content.differences import Line, Piece, differences

pytestmark = pytest.mark.one_database

SAME, OUT, IN = Piece.SAME, Piece.OUT, Piece.IN


def test_the_same_text_has_no_differences():
    assert differences("One\nTwo", "One\nTwo") == []


def test_a_changed_word_is_shown_within_its_line_and_what_is_far_away_left_out():
    before = "\n".join([*"abcdefgh", "We are there on Monday", "i"])
    after = "\n".join([*"abcdefgh", "We are there on Friday", "i"])

    assert differences(before, after) == [
        Line([], 7),
        Line([(SAME, "h")]),
        Line([(SAME, "We are there on "), (OUT, "Monday"), (IN, "Friday")]),
        Line([(SAME, "i")]),
    ]


def test_lines_are_added_and_taken_out():
    assert differences("One\nTwo", "One\nTwo\nThree") == [
        Line([(SAME, "One")]),
        Line([(SAME, "Two")]),
        Line([(IN, "Three")]),
    ]
    assert differences("One\nTwo", "Two") == [Line([(OUT, "One")]), Line([(SAME, "Two")])]


def test_lines_that_have_nothing_in_common_are_shown_as_wholes():
    assert differences("Come and see us", "Nobody knows") == [Line([(OUT, "Come and see us"), (IN, "Nobody knows")])]


def test_the_pieces_make_both_texts_again():
    before, after = "One two three\n\nFour " * 50, "One 2 three\n\nFour, five " * 50

    shown = differences(before, after)

    assert all(line.left_out == 0 or not line.pieces for line in shown)
    for old, new in (("x\n" * 10_000, "y\n" * 10_000), ("a " * 10_000, "b " * 10_000), ("\n" * 20_000, "x")):
        differences(old, new)
