from itertools import product

import pytest

from recruit.pay.eligibility import (
    Answer,
    Answers,
    Employed,
    Outcome,
    Post,
    Rules,
    check_eligibility,
    post_ruled_out,
)

OPEN = Rules(
    permanent=True, fixed_term_from_months=12, secondment=False, existing_employees=False, rejoin_after_months=12,
    agency_workers=True, newly_qualified=True,
)  # fmt: skip
SOME = OPEN.model_copy(update={"grades": ["SW"], "teams": ["fostering"]})
STRICT = OPEN.model_copy(update={"agency_workers": False, "newly_qualified": False, "fixed_term_from_months": None})
ANY = OPEN.model_copy(
    update={"fixed_term_from_months": 1, "secondment": True, "existing_employees": True, "rejoin_after_months": 0}
)
NO = Answer.NO


@pytest.mark.parametrize(
    ("rules", "answers", "outcome", "reasons"),
    [
        (OPEN, (Post.PERMANENT, Employed.NO, NO, NO), Outcome.LIKELY, ()),
        (SOME, (Post.PERMANENT, Employed.NO, NO, NO), Outcome.LIKELY, ()),
        (
            SOME, (Post.OTHER, Employed.NO, NO, NO),
            Outcome.NOT_LIKELY, ("it is not for posts of other grades or teams",),
        ),
        (SOME, (Post.UNSURE, Employed.NO, NO, NO), Outcome.ASK_US, ("it depends on the post",)),
        (OPEN, (Post.FIXED_LONG, Employed.NO, Answer.YES, Answer.YES), Outcome.LIKELY, ()),
        (
            OPEN, (Post.FIXED_SHORT, Employed.NO, NO, NO),
            Outcome.NOT_LIKELY, ("a fixed term must be 12 months or more",),
        ),
        (OPEN, (Post.SECONDMENT, Employed.NO, NO, NO), Outcome.NOT_LIKELY, ("it is not for secondments",)),
        (
            OPEN, (Post.UNSURE, Employed.NOW, NO, NO),
            Outcome.NOT_LIKELY, ("it is not for people the council employs already",),
        ),
        (
            OPEN, (Post.PERMANENT, Employed.LEFT, NO, NO),
            Outcome.NOT_LIKELY, ("it is not for people who left the council in the last 12 months",),
        ),
        (OPEN, (Post.UNSURE, Employed.NO, NO, NO), Outcome.ASK_US, ("it depends on how long the post is for",)),
        (OPEN, (Post.PERMANENT, Employed.NO, Answer.UNSURE, Answer.UNSURE), Outcome.LIKELY, ()),
        (STRICT, (Post.FIXED_LONG, Employed.NO, NO, NO), Outcome.NOT_LIKELY, ("it is not for fixed-term posts",)),
        (
            STRICT, (Post.PERMANENT, Employed.NO, Answer.YES, Answer.YES), Outcome.NOT_LIKELY,
            (
                "it is not for people who work for us through an agency",
                "it is not for newly qualified social workers",
            ),
        ),
        (
            STRICT, (Post.PERMANENT, Employed.UNSURE, NO, NO),
            Outcome.ASK_US, ("it depends on when you worked for the council",),
        ),
    ],
)  # fmt: skip
def test_the_answers_are_judged_by_the_terms(rules: Rules, answers: tuple, outcome: Outcome, reasons: tuple[str, ...]):
    verdict = check_eligibility(rules, Answers(*answers))

    assert (verdict.outcome, verdict.reasons) == (outcome, reasons)


def test_every_answer_has_a_verdict_with_its_reasons():
    for rules in (OPEN, STRICT, ANY):
        for answers in product(Post, Employed, Answer, Answer):
            verdict = check_eligibility(rules, Answers(*answers))

            assert bool(verdict.reasons) is (verdict.outcome is not Outcome.LIKELY)


def test_what_could_not_rule_it_out_is_not_asked_about():
    unsure = Answers(Post.UNSURE, Employed.UNSURE, Answer.UNSURE, Answer.UNSURE)

    assert check_eligibility(ANY, unsure).outcome is Outcome.LIKELY


@pytest.mark.parametrize(
    ("rules", "post", "reason"),
    [
        (SOME, ("SW", "fostering", "permanent", None), ""),
        (SOME, ("TM", "fostering", "permanent", None), "it is not for this grade"),
        (SOME, ("SW", "adoption", "permanent", None), "it is not for this team"),
        (OPEN, ("TM", "adoption", "fixed_term", 12), ""),
        (OPEN, ("TM", "adoption", "fixed_term", 11), "it is only for fixed terms of 12 months or more"),
        (STRICT, ("TM", "adoption", "fixed_term", 60), "it is not for fixed terms"),
        (OPEN, ("TM", "adoption", "secondment", None), "it is not for secondments"),
        (OPEN.model_copy(update={"permanent": False}), ("TM", "x", "permanent", None), "it is not for permanent posts"),
    ],
)
def test_a_post_is_one_that_the_terms_are_for_or_not(rules: Rules, post: tuple, reason: str):
    assert post_ruled_out(rules, *post) == reason
