"""A panel member takes out what they read: only what they opened, by reference, with a reason that is kept."""

from io import BytesIO
from zipfile import ZipFile

from recruit.core.db import db
from recruit.record.models import DisclosedApplication, Disclosure, Taking
from tests.panels.sifting import open_sift, panel_member, score
from tests.paper import needs_pango, read

pytestmark = needs_pango
REASON = "To read on the train"


def test_a_zip_has_what_was_opened_and_nothing_else(visit_as):
    vacancy, applications, members, hr = open_sift()
    score(applications[0], members[0], (3, 0, 2), submit=False)
    member = visit_as(members[0])
    page = member.get(f"/panel/{vacancy.reference}/download")

    data = {"reason": REASON, "csrf_token": member.token()}
    answer = member.client.post(f"/panel/{vacancy.reference}/download", data=data)

    assert "A zip with 1 PDF, one for each application" in page.main.text
    assert answer.headers["Content-Disposition"] == f'attachment; filename="applications-{vacancy.reference}.zip"'
    with ZipFile(BytesIO(answer.data)) as file:
        assert file.namelist() == [f"{applications[0].reference}.pdf"]
        paper = read(file.read(file.namelist()[0]))
    assert (paper.language, paper.is_marked) == ("en-GB", True)
    assert "How I show it: Works with risk" in paper.text
    assert "Sam Taylor" not in paper.text
    assert "Because 3" not in paper.text
    kept = db.session.query(Disclosure.actor_id, Disclosure.taking, Disclosure.content, Disclosure.reason).all()
    assert kept == [(members[0].id, Taking.ZIP, f"without names, vacancy {vacancy.reference}", REASON)]
    assert db.session.query(DisclosedApplication.application_id).all() == [(applications[0].id,)]
    assert REASON in visit_as(hr).get("/review/export").text


def test_nothing_is_handed_out_without_a_reason_or_before_anything_is_opened(visit_as):
    vacancy, applications, members, _hr = open_sift()
    member, address = visit_as(members[0]), f"/panel/{vacancy.reference}/download"

    early = member.post(address, {"reason": REASON}, 200)
    score(applications[0], members[0], (3, 0, 2), submit=False)
    without = member.post(address, {"reason": " "}, 200)

    assert "There is nothing to download yet." in early.main.text
    assert "Enter why you need them" in without.text
    assert db.session.query(Disclosure).count() == 0


def test_nobody_else_takes_it_out(visit_as, recruiter):
    vacancy, applications, members, hr = open_sift()
    score(applications[0], members[0], (3, 0, 2), submit=False)
    address = f"/panel/{vacancy.reference}/download"

    for visitor, status in ((visit_as(panel_member("Stranger")), 404), (visit_as(hr), 403), (recruiter, 403)):
        visitor.get(address, status)
        visitor.post(address, {"reason": REASON}, status)
    assert db.session.query(Disclosure).count() == 0
