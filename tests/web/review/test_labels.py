"""Labels on pages: named, put on, taken off, filtered by; in files for HR and in the candidate's own data."""

import pytest
from sqlalchemy.exc import IntegrityError

from recruit.applications.labels import Label, LabelRename
from recruit.core.db import db
from tests.factories import ApplicationFactory, VacancyFactory
from tests.review.sent import sent_application

LIST = "/review/labels"


def add(hr, name="Second opinion"):
    hr.post(LIST, {"name": name})
    return db.session.query(Label).filter_by(name=name).one()


def test_a_label_is_named_with_a_word_about_fairness_retired_and_brought_back(hr):
    page = hr.get(LIST)
    assert "No labels yet." in page.text
    assert "Candidates can ask to see the labels" in page.select_one("#name-hint").text
    label = add(hr)
    assert "The label ‘Second opinion’ can be put on applications." in hr.follow().text
    twice = hr.post(LIST, {"name": "second opinion"}, status=200)
    assert "A label has that name" in twice.text
    assert twice.select_one("#name")["value"] == "second opinion"
    hr.post(f"{LIST}/{label.id}/retire")
    assert "Retired" in hr.follow().select_one("section.note").text
    hr.post(f"{LIST}/{label.id}/bring-back")
    assert "Retired" not in hr.follow().select_one("section.note").text
    hr.post(f"{LIST}/{2**62}/retire", status=404)


def test_one_is_renamed_wherever_it_is_and_what_it_was_called_is_kept(hr, visit_as):
    label, other = add(hr), add(hr, "Spring")
    address = f"{LIST}/{label.id}/rename"
    page = hr.get(address)
    assert page.select_one("#name")["value"] == "Second opinion"
    seen = page.select_one("[name=seen]")["value"]
    for name, refusal in (("", "Enter a name"), ("SPRING", "A label has that name"), ("x" * 41, "40 characters")):
        refused = hr.post(address, {"name": name, "seen": seen}, status=200)
        assert refusal in refused.text
        assert refused.select_one("#name")["value"] == name
    hr.post(address, {"name": "Another opinion", "seen": seen})
    words = " ".join(hr.follow().select_one("section.note").text.split())
    assert words.startswith("Another opinion Was called ‘Second opinion’ until ")
    assert "renamed by Harper Reed" in words
    late = hr.post(address, {"name": "Third opinion", "seen": seen}, status=409)
    assert "Somebody renamed this label to ‘Another opinion’ meanwhile." in late.text
    hr.post(address, {"name": "another Opinion", "seen": "Another opinion"})
    assert db.session.query(LabelRename).count() == 2
    hr.post(address, {"name": "another Opinion", "seen": "Another opinion"})
    assert db.session.query(LabelRename).count() == 2
    hr.get(f"{LIST}/{other.id + 99}/rename", status=404)


def test_the_database_too_holds_names_to_be_different_in_whatever_case(session):
    session.add_all([Label(name="Spring"), Label(name="SPRING")])
    with pytest.raises(IntegrityError, match="uq_label_name_lower|label"):
        session.flush()
    session.rollback()


def test_one_is_put_on_an_application_and_taken_off_with_both_in_its_history(hr):
    label, application = add(hr), sent_application()
    address = f"/review/applications/{application.reference}"
    assert "Select a label" in hr.post(f"{address}/labels", {"label": ""}, status=200).text
    hr.post(f"{address}/labels?status=any", {"label": str(label.id)})
    assert hr.response.headers["Location"] == f"{address}?status=any#labels"
    page = hr.get(address)
    assert "Label ‘Second opinion’ put on" in page.text
    hr.post(page.select_one("form[action$='/off']")["action"])
    page = hr.get(address)
    assert "Label ‘Second opinion’ taken off" in page.text
    assert page.select("form[action$='/off']") == []


def test_what_is_on_stands_beside_what_takes_it_off_and_is_not_offered_again(hr):
    on, other, application = add(hr), add(hr, "Other"), sent_application()
    address = f"/review/applications/{application.reference}"
    hr.post(f"{address}/labels", {"label": str(on.id)})
    page = hr.get(address)

    assert [option.text for option in page.select("#labels option")] == [other.name]
    rows = page.select("#labels li")
    assert [(row.select_one(".tag").text, row.select_one("form")["action"]) for row in rows] == [
        (on.name, f"{address}/labels/{on.id}/off")
    ]
    assert [tag.text for tag in page.select("a[href='#who']")[0].parent.select(".tag")] == [on.name]
    hr.post(f"{address}/labels", {"label": str(other.id)})
    assert hr.get(address).select("#labels select") == []


def test_a_label_that_was_retired_meanwhile_is_said_to_be(hr):
    label, application = add(hr), sent_application()
    hr.post(f"{LIST}/{label.id}/retire")
    address = f"/review/applications/{application.reference}/labels"
    assert "‘Second opinion’ was retired" in hr.post(address, {"label": str(label.id)}, status=409).text
    hr.post(address, {"label": "99999"}, status=404)


def test_the_queue_is_filtered_by_label_and_by_ones_own_vacancies(hr):
    label, one = add(hr), ApplicationFactory(submitted=True)
    other = ApplicationFactory(submitted=True, vacancy=VacancyFactory(published=True, contact_email=hr.user.email))
    hr.post("/review/bulk", {"do": "label", "row": f"{one.reference}:{one.version}:0", "label": str(label.id)})
    page = hr.get(f"/review?label={label.id}")
    assert "Label ‘Second opinion’" in page.text
    assert [link.text for link in page.select("table.queue tbody th a")] == [one.reference]
    mine = hr.get("/review?mine=yes&status=todo")
    assert [link.text for link in mine.select("table.queue tbody th a")] == [other.reference]
    assert mine.select_one("h1").text == "Your vacancies"
    hr.post("/review/bulk", {"do": "unlabel", "row": f"{one.reference}:{one.version}:0", "label": str(label.id)})
    assert "No application matches these filters." in hr.get(f"/review?label={label.id}").text


@pytest.mark.parametrize("value", ["x", "0", "9" * 30, "١"])
def test_a_label_that_there_is_not_is_left_out_and_said(hr, value):
    assert "There is no label" in hr.get(f"/review?label={value}").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_of_a_label_takes_three_queries(hr, queries, rows):
    key = add(hr).id
    made = [ApplicationFactory(submitted=True) for _ in range(rows)]
    rows_of = [f"{one.reference}:{one.version}:0" for one in made]
    hr.post("/review/bulk", {"do": "label", "row": rows_of, "label": str(key)})
    hr.get("/review")
    queries.clear()
    page = hr.get(f"/review?label={key}&mine=no")
    assert len(page.select("table.queue tbody tr")) == rows
    assert len(queries) == 3  # the session, what stands around the queue, the rows


def test_hr_has_them_in_files_and_the_candidate_in_their_own_data_and_on_no_page_of_the_service(hr, visit_as):
    label, application = add(hr), sent_application()
    hr.post(f"/review/applications/{application.reference}/labels", {"label": str(label.id)})
    hr.post("/review/export?status=any", {"taking": "csv", "reason": "For the panel’s chair"}, status=200)
    assert '"Labels"' in hr.response.text
    assert '"Second opinion"' in hr.response.text

    candidate = visit_as(application.candidate)
    candidate.get("/account/data.json")
    assert candidate.response.json["applications"][0]["labels"] == ["Second opinion"]
    assert "Labels that HR put on it, to sort its work: Second opinion." in candidate.get("/account/data").text
    for path in ("/applications", f"/applications/{application.reference}"):
        assert "Second opinion" not in candidate.get(path).text
