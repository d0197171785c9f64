"""Dates as pages print them, in the languages of news."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerstrip.language.dates import parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-03", "2024-05-03"),
        ("2024-05-03T14:30:00Z", "2024-05-03T14:30:00+00:00"),
        ("2024-05-03T14:30:05.123+0200", "2024-05-03T14:30:05+02:00"),
        ("2024-05-03 14:30", "2024-05-03T14:30"),
        ("20240503", "2024-05-03"),
        ("2024/05/03", "2024-05-03"),
        ("Fri, 03 May 2024 14:30:00 GMT", "2024-05-03T14:30:00+00:00"),
        ("May 3, 2024", "2024-05-03"),
        ("Posted on May 3rd, 2024 at 2:30 PM", "2024-05-03T14:30"),
        ("Thursday, 5th of September 2024", "2024-09-05"),
        ("12:05 a.m. on May 3, 2024", "2024-05-03T00:05"),
        ("Sept. 5, 2024", "2024-09-05"),
        ("12-May-2024", "2024-05-12"),
        ("3. Mai 2024, 14.30 Uhr", "2024-05-03T14:30"),
        ("03.05.2024", "2024-05-03"),
        ("28/04/2024", "2024-04-28"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("3 mai 2024 à 14h30", "2024-05-03T14:30"),
        ("3 maggio 2024", "2024-05-03"),
        ("3 maja 2024", "2024-05-03"),
        ("3 мая 2024 г., 14:30", "2024-05-03T14:30"),
        ("3 травня 2024, 14:30", "2024-05-03T14:30"),
        ("2024. május 3.", "2024-05-03"),
        ("3 Mayıs 2024", "2024-05-03"),
        ("3 Mei 2024", "2024-05-03"),
        ("2024年5月3日 14時30分", "2024-05-03T14:30"),
        ("2024. 5. 3. 14:30", "2024-05-03T14:30"),
        ("2024년 5월 3일", "2024-05-03"),
        ("٣ مايو ٢٠٢٤", "2024-05-03"),
        ("3 พฤษภาคม 2567", "2024-05-03"),
        ("May 2024", "2024-05"),
    ],
)
def test_dates_are_read_as_precisely_as_printed(text: str, iso: str) -> None:
    assert parse_date(text) == iso


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("03/04/2024", "en-US", "2024-03-04"),
        ("03/04/2024", "en-GB", "2024-04-03"),
        ("03/04/2024", "fr", "2024-04-03"),
        ("4. listopada 2024", "hr", "2024-10-04"),
        ("4 listopada 2024", "pl", "2024-11-04"),
    ],
)
def test_the_language_settles_what_is_open(text: str, language: str, iso: str) -> None:
    assert parse_date(text, language) == iso


@pytest.mark.parametrize(
    "text", ["03/04/2024", "In 2024", "32 May 2024", "2024-13-40", "version 2.10.2024.5", "", "May"]
)
def test_what_is_open_or_no_date_stays_unread(text: str) -> None:
    assert parse_date(text, "en") is None


@given(st.dates(min_value=date(1901, 1, 1), max_value=date(2099, 12, 31)))
def test_every_iso_day_comes_back(day) -> None:
    assert parse_date(day.isoformat()) == day.isoformat()


@given(
    st.datetimes(min_value=datetime(1901, 1, 1), max_value=datetime(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%fZ"]),
    st.sampled_from(["", "Z", "+0200", "-05:30"]),
)
def test_what_machines_write_is_read_as_in_a_sentence(moment, form: str, zone: str) -> None:
    text = moment.strftime(form) + (zone if "%H" in form and "Z" not in form else "")
    assert parse_date(text) == parse_date(f"({text})")


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    parse_date(text)
