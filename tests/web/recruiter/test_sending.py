"""Preview, send for approval, take back, write about it, cancel."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from recruit.core.db import db
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyComment, VacancyEvent
from tests import factories
from tests.visitor import Visitor

WHOLE: dict[str, Any] = {"contact_role": "Team manager", "contact_email": "team@demo.example"}


def _in_days(days: int) -> datetime:
    return (datetime.now(UTC) + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)


@pytest.fixture
def ready(mine) -> Vacancy:
    return mine(**WHOLE, pay_table=factories.PayTableFactory(), closes_at=_in_days(20))


def _path(vacancy: Vacancy, end: str) -> str:
    return f"/recruiter/vacancies/{vacancy.reference}/{end}"


def _version(vacancy: Vacancy) -> str:
    db.session.rollback()
    return str(db.session.scalars(select(Vacancy.version).where(Vacancy.id == vacancy.id)).one())


def _status(vacancy: Vacancy) -> VacancyStatus:
    db.session.rollback()
    return db.session.scalars(select(Vacancy.status).where(Vacancy.id == vacancy.id)).one()


def _approve(hr: Visitor, vacancy: Vacancy) -> None:
    form = hr.get(f"/review/approvals/{vacancy.reference}").select_one("form[action$='/approve']")
    seen = {name: form.select_one(f"[name={name}]")["value"] for name in ("version", "pay")}
    hr.post(f"/review/approvals/{vacancy.reference}/approve", seen)


def test_the_check_page_links_to_what_is_missing(recruiter: Visitor, mine):
    vacancy = mine(contact_role="Manager", summary="")
    factories.PayTableFactory()

    page = recruiter.get(_path(vacancy, "send"))

    links = page.select_one("main ul").select("a")
    assert {link.get_text(): link["href"].partition("#")[2] for link in links} == {
        "Enter the summary": "summary",
        "Enter an email address or a phone number for an informal chat": "contact_email",
        "Enter the closing date": "closes_on-day",
    }
    for link in page.select("dl a"):  # every answer can be changed where its link leads
        path, _, control = link["href"].partition("#")
        assert not control or recruiter.get(path).select_one(f"[id='{control}']"), link["href"]
    assert page.select("main form") == []


def test_sending_keeps_the_vacancy_from_the_public_until_it_is_approved(
    recruiter: Visitor, hr: Visitor, ready: Vacancy, visitor: Visitor
):
    recruiter.submit(_path(ready, "send"), {"comment": "The panel room is booked."})

    page = recruiter.follow()
    assert "Sent for approval." in page.get_text()
    assert page.select_one(".govuk-inset-text").get_text().startswith("Waiting for approval since ")
    assert "sent by Robin Carter" in page.select_one(".govuk-inset-text").get_text()
    assert [note.get_text() for note in page.select("#comments + ol .timeline__note")] == ["The panel room is booked."]
    visitor.get(f"/jobs/{ready.slug}", status=404)
    hr.submit(f"/review/approvals/{ready.reference}", {}, status=200)  # its first form is an empty comment
    _approve(hr, ready)
    assert visitor.get(f"/jobs/{ready.slug}").h1.get_text() == ready.title


def test_what_waits_is_taken_back_to_be_changed(recruiter: Visitor, ready: Vacancy):
    recruiter.submit(_path(ready, "send"))
    page = recruiter.get(_path(ready, "edit"), status=409)
    assert "take it back first" in page.get_text()
    for end in ("send", "cancel"):
        recruiter.get(_path(ready, end), status=409)

    button = recruiter.get(_path(ready, "").rstrip("/")).select_one("form[action$=take-back]")
    recruiter.post(button["action"], {"version": button.select_one("[name=version]")["value"]})

    assert "Taken back." in recruiter.follow().get_text()
    assert _status(ready) is VacancyStatus.DRAFT
    recruiter.get(_path(ready, "edit"))


def test_what_was_typed_before_a_colleague_sent_it_is_kept_and_not_saved(recruiter: Visitor, ready: Vacancy):
    seen = recruiter.get(_path(ready, "edit/post")).select_one("[name=version]")["value"]
    token = recruiter.token()
    recruiter.submit(_path(ready, "send"))

    page = recruiter.post(
        _path(ready, "edit/post"),
        {"csrf_token": token, "version": seen, "title": "Typed", "grade_id": str(ready.grade_id), "posts": "1",
         "team_id": str(ready.team_id)},
        status=409,
    )  # fmt: skip

    assert "sent this vacancy for approval" in page.select_one(".govuk-error-summary").get_text()
    assert page.select_one("#title")["value"] == "Typed"


@pytest.mark.parametrize("version", ["", "0", "-1", "²", "9" * 40, "x"])
def test_an_odd_version_takes_nothing_back(recruiter: Visitor, mine, version: str):
    vacancy = mine(waiting=True)

    recruiter.post(_path(vacancy, "take-back"), {"version": version}, status=409)

    assert _status(vacancy) is VacancyStatus.AWAITING_APPROVAL


def test_what_hr_asks_for_is_shown_answered_and_sent_again(recruiter: Visitor, hr: Visitor, mine):
    vacancy = mine(waiting=True)
    sent = {"version": _version(vacancy), "comment": "Say more\nabout <b>nights</b>."}
    hr.post(f"/review/approvals/{vacancy.reference}/changes", sent)

    page = recruiter.get(_path(vacancy, "").rstrip("/"))
    assert page.select_one(".govuk-inset-text").get_text().startswith("Changes were asked for: see the comments below.")
    assert page.select_one("#comments + ol .timeline__note").get_text() == "Say more\nabout <b>nights</b>."
    assert [title.get_text() for title in page.select("#history + ol .timeline__title")] == ["Changes asked for"]

    recruiter.post(_path(vacancy, "comments"), {"text": "I will."})
    recruiter.submit(_path(vacancy, "send"))

    assert _status(vacancy) is VacancyStatus.AWAITING_APPROVAL
    notes = [note.get_text() for note in recruiter.follow().select("#comments + ol .timeline__note")]
    assert notes == ["Say more\nabout <b>nights</b>.", "I will."]


@pytest.mark.parametrize(("text", "words"), [(" \x00", "Enter a comment"), ("x" * 2_001, "2,000 characters or fewer")])
def test_an_empty_or_very_long_comment_is_refused_at_the_field(recruiter: Visitor, mine, text: str, words: str):
    vacancy = mine(waiting=True)

    page = recruiter.post(_path(vacancy, "comments"), {"text": text}, status=200)

    link = page.select_one(".govuk-error-summary__list a")
    assert (link["href"], words in link.get_text()) == ("#text", True)


def test_nothing_is_written_about_a_draft(recruiter: Visitor, ready: Vacancy):
    assert recruiter.get(_path(ready, "").rstrip("/")).select("#comments") == []
    recruiter.post(_path(ready, "comments"), {"text": "Hello"}, status=409)


def test_what_changed_since_the_check_is_not_sent(recruiter: Visitor, ready: Vacancy, session):
    seen = recruiter.get(_path(ready, "send")).select_one("[name=version]")["value"]
    ready.title = "Changed meanwhile"
    session.commit()

    page = recruiter.post(_path(ready, "send"), {"version": seen}, status=200)

    assert "saved this vacancy" in page.select_one(".govuk-error-summary").get_text()
    assert _status(ready) is VacancyStatus.DRAFT


def test_an_incomplete_draft_cannot_be_sent_by_hand(recruiter: Visitor, mine):
    vacancy = mine()

    recruiter.post(_path(vacancy, "send"), {"version": str(vacancy.version)}, status=200)

    assert _status(vacancy) is VacancyStatus.DRAFT


@pytest.mark.parametrize("version", ["", "0", "-1", "²", "9" * 40, "x"])
def test_an_odd_version_sends_nothing(recruiter: Visitor, ready: Vacancy, version: str):
    recruiter.post(_path(ready, "send"), {"version": version}, status=200)

    assert _status(ready) is VacancyStatus.DRAFT


def test_a_second_sending_is_told(recruiter: Visitor, ready: Vacancy):
    recruiter.submit(_path(ready, "send"))

    page = recruiter.post(_path(ready, "send"), {"version": "2"}, status=409)

    assert "has been sent for approval already" in page.get_text()


def test_what_was_typed_for_hr_comes_back_when_a_colleague_was_first(recruiter: Visitor, ready: Vacancy):
    recruiter.submit(_path(ready, "send"))

    page = recruiter.post(_path(ready, "send"), {"version": "2", "comment": "Please before Friday"}, status=409)

    assert "has been sent for approval already" in page.select_one(".govuk-error-summary").get_text()
    assert page.select_one("textarea").get_text().strip() == "Please before Friday"


def test_a_comment_after_approval_comes_back_with_why(recruiter: Visitor, hr: Visitor, ready: Vacancy, session):
    recruiter.submit(_path(ready, "send"))
    _approve(hr, ready)

    page = recruiter.post(_path(ready, "comments"), {"text": "One more thing"}, status=409)

    assert len(page.select(".govuk-error-summary li")) == 1
    assert page.select_one("textarea").get_text().strip() == "One more thing"
    assert session.scalars(select(VacancyComment.text)).all() == []


def test_the_preview_is_the_public_page(recruiter: Visitor, hr: Visitor, ready: Vacancy, visitor: Visitor):
    preview = recruiter.get(_path(ready, "preview")).select_one("main")
    recruiter.submit(_path(ready, "send"))
    recruiter.follow()  # says that it was sent
    assert recruiter.get(_path(ready, "preview")).select_one("main").get_text() == preview.get_text()
    assert hr.get(f"/review/approvals/{ready.reference}/preview").select_one("main").get_text() == preview.get_text()
    _approve(hr, ready)

    public = visitor.get(f"/jobs/{ready.slug}").select_one("main")

    public.select_one("a[href$='/save']").decompose()  # a stranger's; nobody who previews can save a vacancy

    assert preview.get_text().split() == public.get_text().split()
    recruiter.get(_path(ready, "preview"), status=302)


def test_a_preview_keeps_nothing(recruiter: Visitor, ready: Vacancy, session):
    recruiter.get(_path(ready, "preview"))

    assert session.scalars(select(Vacancy.id)).all() == [ready.id]
    assert _status(ready) is VacancyStatus.DRAFT


def test_a_draft_without_pay_has_no_preview_yet(recruiter: Visitor, mine):
    vacancy = mine()

    recruiter.get(_path(vacancy, "preview"), status=302)

    assert "There is no preview yet." in recruiter.follow().get_text()


def test_cancelling_asks_why_and_keeps_it(recruiter: Visitor, mine, session):
    vacancy = mine(published=True)

    page = recruiter.submit(_path(vacancy, "cancel"), {"reason": " \x00", "why": "other"}, status=200)
    assert page.select_one(".govuk-error-summary__list a")["href"] == "#reason"
    recruiter.submit(_path(vacancy, "cancel"), {"reason": "The post was filled.", "why": "other"})

    assert _status(vacancy) is VacancyStatus.CANCELLED
    assert session.scalars(select(VacancyEvent.reason)).all() == ["The post was filled."]
    for end in ("edit", "send", "cancel"):
        recruiter.get(_path(vacancy, end), status=409)


def test_a_deleted_draft_leaves_the_list(recruiter: Visitor, mine):
    vacancy = mine()

    recruiter.submit(_path(vacancy, "cancel"))

    assert recruiter.follow().select(".worklist__item") == []
    recruiter.get(_path(vacancy, "edit"), status=404)


def test_looking_changes_nothing(recruiter: Visitor, ready: Vacancy, session):
    before = ready.version
    for end in ("edit", "preview", "send", "cancel"):
        recruiter.get(_path(ready, end))

    assert session.scalars(select(Vacancy.version)).all() == [before]
    assert session.scalars(select(VacancyEvent.id)).all() == []
