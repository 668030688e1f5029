import pytest

from recruit.panels.masking import Masking

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("names", "text", "shown"),
    [
        (["Zoë Field-Okafor"], "ZOE and Okafor’s team", "[hidden] and [hidden] team"),
        (["Zoë Field"], "In the field. Field visits with Mrs Field", "In the field. Field visits with Mrs [hidden]"),
        (["Sean O’Neil"], "O'Neil told ONEIL of Neil", "[hidden] told [hidden] of [hidden]"),
        (["Grace Hope"], "Grace Hope hopes for grace. Grace is given", "[hidden] hopes for grace. Grace is given"),
        (["Jo Li"], "I told Jo: a jo is not li", "I told [hidden]: a jo is not li"),
        (["Ann de la Cruz"], "de la Cruz of the team, annual plan", "de la [hidden] of the team, annual plan"),
        (["李小龍"], "我是李小龍。", "我是[hidden]。"),
        (["J. R. Marlow"], "J. R. Marlow, R and J", "[hidden], R and J"),
        ([], "ring +44 7700 900123 or a.b@c.example, www.me.example", "ring [hidden] or [hidden]"),
        ([], "12 children, 2014 to 2019, £1,200, 37 hours", "12 children, 2014 to 2019, £1,200, 37 hours"),
        ([], "SW12345 at TS1 2PA", "[hidden] at [hidden]"),
        ([""], "Nothing to hide", "Nothing to hide"),
    ],
)  # fmt: skip
def test_names_are_hidden_word_by_word(names: list[str], text: str, shown: str):
    assert Masking(names).hide(text) == shown


def test_phrases_are_hidden_whole_and_what_hr_hides_says_so():
    masking = Masking([], phrases=["9 Wombat Row", "ab"], by_hr=["the Moonflower  Choir"])

    assert masking.hide("At 9 wombat\nrow, the moonflower choir; 19 Wombat Rows ab") == (
        "At [hidden], [hidden by HR]; 19 Wombat Rows ab"
    )
    assert masking.hidden == 2


def test_years_of_study_are_hidden_where_asked():
    assert Masking([]).hide_with_years("BA Social Work (1998)") == "BA Social Work ([hidden])"


@pytest.mark.parametrize("odd", ["", "(", "a" * 20_000, "((((*+?[", "\u200f\u202e", "e\u0301" * 5_000, "'" * 5_000])
def test_odd_text_breaks_nothing(odd: str):
    assert isinstance(Masking([odd], phrases=[odd], by_hr=[odd]).hide(odd + " text"), str)
