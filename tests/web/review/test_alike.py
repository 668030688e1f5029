"""Applications that are alike but for one thing: the outline that one leaves is not taken for the other's."""

import pytest

from recruit.accounts.models import RoleGrant
from recruit.applications.labels import ApplicationLabel, Label, LabelEvent
from recruit.applications.models import RegistrationAnswer
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.interviews.models import PromptNote
from recruit.interviews.prompting import prompts_for
from recruit.rules.access import Role
from recruit.rules.self_disclosure import DisclosureStatus
from recruit.self_disclosures.asking import ask_shortlisted
from recruit.self_disclosures.standing import disclosure_of
from tests.factories import UserFactory
from tests.interviews.planning import held, planned
from tests.interviews.test_prompting import leave_gap
from tests.panels.sifting import open_sift, score
from tests.review.sent import open_vacancy, sent_application

pytestmark = pytest.mark.usefixtures("session")


def put(application, name):
    """Put a label on that can be chosen no more."""
    label = Label(name=name, retired_at=clock.now())
    db.session.add(label)
    db.session.flush()
    actor = UserFactory(roles=[Role.HR])
    db.session.add(ApplicationLabel(label_id=label.id, application_id=application.id))
    db.session.add(
        LabelEvent(
            application_id=application.id, label_id=label.id, actor_id=actor.id, is_on=True, at=application.submitted_at
        )
    )


def two_labels():
    pair = [sent_application(vacancy=open_vacancy()) for _ in range(2)]
    for application, name in zip(pair, ("Ring back", "Second opinion"), strict=True):
        put(application, name)
    return [(pair[0], "Ring back"), (pair[1], "Second opinion")]


def two_prompts():
    interviews = planned(2)
    for application in interviews.applications:
        leave_gap(application)
        held(interviews, application)
    first, second = interviews.applications
    (prompt, *_) = [one.prompt for one in prompts_for(second)]
    note = {"author_id": interviews.hr.id, "words": "Cared for a parent", "is_explained": True, "at": clock.now()}
    db.session.add(PromptNote(application_id=second.id, prompt=prompt.key, **note))
    number = len(prompts_for(first))
    return [(first, f"{number} thing"), (second, f"{number - 1} thing" if number > 1 else "All of it is explained.")]


def two_disclosures():
    first, second = planned(2).applications
    with transaction():
        ask_shortlisted(clock.now())
    disclosure = disclosure_of(second.id)
    disclosure.status, disclosure.sent_at = DisclosureStatus.RECEIVED, clock.now()
    return [(first, "Self-disclosure: asked for"), (second, "Self-disclosure: received")]


def two_stages():
    interviews = planned(2, slots=2, invited=True)
    to_come, over = interviews.applications
    interviews.choose(to_come, interviews.slots[0])
    held(interviews, over)
    return [(to_come, "An interview is still to come."), (over, "Decide and open next")]


def two_sifts():
    """Both have two scores, one of which is to be looked at together before anybody decides."""
    vacancy, (first, second), members, _ = open_sift(2)
    for application, points in ((first, ([2, 2, 2], [2, 2, 2])), (second, ([3, 2, 2], [0, 2, 2]))):
        for member, own in zip(members, points, strict=True):
            score(application, member, own)
    vacancy.scores_first = True
    return [(first, None), (second, "without the panel’s scores")]


PAIRS = [two_labels, two_prompts, two_disclosures, two_stages, two_sifts]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.__name__)
def test_what_tells_two_apart_is_on_each_ones_page_alone(hr, pair):
    (first, of_first), (second, of_second) = pair()
    db.session.query(RegistrationAnswer).update({"number": ""})  # or each page would name the other
    db.session.commit()
    paths = [f"/review/applications/{one.reference}" for one in (first, second)]

    for place in (0, 1, 0):
        page = hr.get(paths[place])
        page.select_one(".timeline").decompose()  # which is no part of an outline
        words = page.select_one("main").text
        assert (of_second in words) == (place == 1)
        assert of_first is None or (of_first in words) == (place == 0)


def test_the_name_of_who_has_it_is_the_one_that_they_have_now(hr):
    """Also of somebody who is in HR no more, and so in no list."""
    application, colleague = sent_application(), UserFactory(name="Wren Alder", roles=[Role.HR])
    path = f"/review/applications/{application.reference}"
    hr.post(f"{path}/assign", {"seen": "0", "assignee": str(colleague.id)})
    db.session.query(RoleGrant).filter_by(user_id=colleague.id).delete()
    db.session.commit()
    assert "Wren Alder has it" in hr.get(path).text  # with a message on top, so it leaves no outline
    before = hr.get(path).text
    colleague.name = "Wren Ashdown"
    db.session.commit()

    assert ["Wren Ashdown has it." in words for words in (before, hr.get(path).text)] == [False, True]
