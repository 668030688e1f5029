import pytest

from recruit.applications.phone import is_phone


@pytest.mark.parametrize(
    "text",
    [
        "01632 960 001",
        "07700 900 982",
        "+44 808 157 0192",
        "(01642) 245432",
        "01642-245432 ext 12",
        "+1 (555) 010-9999",
    ],
)
def test_a_phone_number_as_people_write_it(text: str):
    assert is_phone(text)


@pytest.mark.parametrize(
    "text", ["", "12345", "ring me", "0" * 30, "٠١٦٣٢٩٦٠٠٠١", "01632 960 001 or 2", "<script>", "+", "-- -- --"]
)
def test_what_is_no_phone_number(text: str):
    assert not is_phone(text)
