"""What is told in person and written at the same moment: never half of both."""

from concurrent.futures import ThreadPoolExecutor, wait

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.saving import Entered, version_of
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules.self_disclosure import DisclosureStatus
from recruit.self_disclosures import concluding, disclosing
from recruit.self_disclosures.answers import Given
from recruit.self_disclosures.contents import DisclosureAnswers
from recruit.self_disclosures.models import SelfDisclosure
from tests.self_disclosures.told import asked, cover, lead

BOTH_AT_IT = 0.2  # seconds for who is second to come as far as they can


def test_no_draft_is_left_beside_what_was_told_in_person(app, session):
    application, user = asked(), lead()
    key, lead_id, candidate_id, seen = application.id, user.id, application.candidate_id, cover(application).version
    session.remove()

    def keep_told() -> None:
        with app.app_context(), transaction():
            actor = db.session.get_one(User, lead_id).as_actor()
            disclosure = db.session.get_one(SelfDisclosure, key)
            concluding.keep_told_in_person(actor, disclosure, "They said", seen_version=seen, now=clock.now())

    with ThreadPoolExecutor(1) as pool:
        with transaction():
            actor = db.session.get_one(User, candidate_id).as_actor()
            entered = Entered({"spent": True}, version_of(Given()))
            disclosing.answer_questions(actor, db.session.get_one(Application, key), entered, now=clock.now())
            told = pool.submit(keep_told)
            wait([told], BOTH_AT_IT)
        told.result()

    assert db.session.get_one(SelfDisclosure, key).status is DisclosureStatus.HEARD
    assert db.session.get(DisclosureAnswers, key) is None
