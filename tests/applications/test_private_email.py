import pytest

from recruit.applications.private_email import is_private_email


@pytest.mark.parametrize(
    "email", ["ann@gmail.com", " Ann@GMAIL.com ", "a@hotmail.co.uk", "a@yahoo.fr", "a@btinternet.com", "a@sky.com"]
)
def test_a_private_address_is_seen(email: str):
    assert is_private_email(email)


@pytest.mark.parametrize(
    "email", ["ann@north.gov.example", "gmail@council.example", "a@mygmail.com", "a@outlook-council.example", ""]
)
def test_a_work_address_is_not_taken_for_one(email: str):
    assert not is_private_email(email)
