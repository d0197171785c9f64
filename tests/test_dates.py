"""Dates as pages print them, in the languages of news."""

from datetime import date, datetime

import pytest
from conftest import PARAGRAPHS
from hypothesis import given
from hypothesis import strategies as st

import boilerstrip
from boilerstrip.fields.stamp import is_moment, read_day
from boilerstrip.language.dates import find_date, next_date, parse_date


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
        ("03/04/2024 13:55 BST", "en", "2024-04-03T13:55+01:00"),
        ("03/04/2024 1:55 PM EST", "en", "2024-03-04T13:55-05:00"),
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


@pytest.mark.parametrize(
    ("text", "language", "iso"),
    [
        ("०३ मई २०२४", "hi", "2024-05-03"),
        ("14 जुलाई 2022, 11:26 पूर्वाह्न", "hi", "2022-07-14T11:26"),
        ("शुक्रवार, 3 मई 2024", "hi", "2024-05-03"),
        ("14 जुलाई 2022, 04:26 अपराह्न", "hi", "2022-07-14T16:26"),
        ("০৩ মে ২০২৪, ১৪:৩০", "bn", "2024-05-03T14:30"),
        ("31 மே 2024, 5:40 pm", "ta", "2024-05-31T17:40"),
        ("9 ธ.ค. 2022 14:22", "th", "2022-12-09T14:22"),
        ("3 พ.ค. 2567 14:30 น.", "th", "2024-05-03T14:30"),
        ("๓ พฤษภาคม ๒๕๖๗", "th", "2024-05-03"),
        ("วันที่ 3 พฤษภาคม พ.ศ. 2567", "th", "2024-05-03"),
        ("3/5/2567", "th", "2024-05-03"),
        ("12. decembrī, 2023, 16:44", "lv", "2023-12-12T16:44"),
        ("2023. gada 12. decembris", "lv", "2023-12-12"),
        ("2023. gada 12. decembrī, 16:44", "lv", "2023-12-12T16:44"),
        ("2024 m. gegužės 3 d. 14:30", "lt", "2024-05-03T14:30"),
        ("2024-05-03 14:30", "lt", "2024-05-03T14:30"),
        ("2024 gegužės 3", "lt", "2024-05-03"),
        ("3. toukokuuta 2024 klo 14.30", "fi", "2024-05-03T14:30"),
        ("3.5.2024 klo 14:30", "fi", "2024-05-03T14:30"),
        ("17.7.2021", "fi", "2021-07-17"),
        ("3. mai 2024 kl. 14:30", "no", "2024-05-03T14:30"),
        ("3. maj 2024 kl. 14.30", "da", "2024-05-03T14:30"),
        ("fredag den 3. maj 2024", "da", "2024-05-03"),
        ("3 maj 2024 kl 14.30", "sv", "2024-05-03T14:30"),
        ("2024-05-03 kl. 14.30", "sv", "2024-05-03T14:30"),
        ("3. maí 2024", "is", "2024-05-03"),
        ("2024. március 5., 14:30", "hu", "2024-03-05T14:30"),
        ("2024. márc. 5.", "hu", "2024-03-05"),
        ("2024.03.05. 14:30", "hu", "2024-03-05T14:30"),
        ("2024. 03. 05.", "hu", "2024-03-05"),
        ("2024. március 5-én", "hu", "2024-03-05"),
        ("Thứ sáu, 3/5/2024, 14:30 (GMT+7)", "vi", "2024-05-03T14:30+07:00"),
        ("ngày 3 tháng 5 năm 2024", "vi", "2024-05-03"),
        ("03/05/2024 14:30", "vi", "2024-05-03T14:30"),
        ("14:30 03/05/2024", "vi", "2024-05-03T14:30"),
        ("03 tháng 5, 2024", "vi", "2024-05-03"),
        ("الجمعة 3 مايو 2024", "ar", "2024-05-03"),
        ("3 أيار/مايو 2024", "ar", "2024-05-03"),
        ("3 أيار 2024", "ar", "2024-05-03"),
        ("٣ مايو ٢٠٢٤ - ١٤:٣٠", "ar", "2024-05-03T14:30"),
        ("03 ماي 2024", "ar", "2024-05-03"),
        ("٠٣/٠٥/٢٠٢٤", "ar", "2024-05-03"),
        ("2024/05/03", "ar", "2024-05-03"),
        ("3 במאי 2024", "he", "2024-05-03"),
        ("ב-3 במאי 2024, 14:30", "he", "2024-05-03T14:30"),
        ("03.05.24", "he", "2024-05-03"),
        ("۱۴ اردیبهشت ۱۴۰۳", "fa", "2024-05-03"),
        ("جمعه ۱۴ اردیبهشت ۱۴۰۳ - ۱۴:۳۰", "fa", "2024-05-03T14:30"),
        ("۱۴۰۳/۰۲/۱۴", "fa", "2024-05-03"),
        ("۱۴۰۳/۲/۱۴ ۱۴:۳۰", "fa", "2024-05-03T14:30"),
        ("3 مه 2024", "fa", "2024-05-03"),
        ("14 حمل 1403", "fa", "2024-04-02"),
        ("۲۹ اسفند ۱۴۰۳", "fa", "2025-03-19"),
        ("۳۰ اسفند ۱۴۰۳", "fa", "2025-03-20"),
        ("۱ فروردین ۱۴۰۰", "fa", "2021-03-21"),
        ("3 مئی 2024", "ur", "2024-05-03"),
        ("۳ مئی ۲۰۲۴", "ur", "2024-05-03"),
        ("令和6年5月3日", "ja", "2024-05-03"),
        ("令和元年5月3日", "ja", "2019-05-03"),
        ("平成30年5月3日", "ja", "2018-05-03"),
        ("2024年5月3日（金） 14時30分", "ja", "2024-05-03T14:30"),
        ("2024年5月3日 午後2時30分", "ja", "2024-05-03T14:30"),
        ("2024/05/03 14:30", "ja", "2024-05-03T14:30"),
        ("2024.5.3", "ja", "2024-05-03"),
        ("2024年05月03日14:30", "zh", "2024-05-03T14:30"),
        ("民國113年5月3日", "zh", "2024-05-03"),
        ("二〇二四年五月三日", "zh", "2024-05-03"),
        ("2024年5月3日 下午2:30", "zh", "2024-05-03T14:30"),
        ("2024/6/3 9:12:07", "zh", "2024-06-03T09:12:07"),
        ("2024-05-03 05:07", "zh", "2024-05-03T05:07"),
        ("2024. 3. 5.", "ko", "2024-03-05"),
        ("2024.03.05 14:30", "ko", "2024-03-05T14:30"),
        ("2024년 3월 5일 14시 30분", "ko", "2024-03-05T14:30"),
        ("2024.03.05. 오후 2:30", "ko", "2024-03-05T14:30"),
        ("2024-03-05 오전 9:05:11", "ko", "2024-03-05T09:05:11"),
        ("3 Μαΐου 2024", "el", "2024-05-03"),
        ("3 Μαϊ 2024", "el", "2024-05-03"),
        ("03.05.2024 | 14:30", "el", "2024-05-03T14:30"),
        ("Παρασκευή, 03 Μαΐου 2024 14:30", "el", "2024-05-03T14:30"),
        ("03 ΜΑΪΟΥ 2024", "el", "2024-05-03"),
        ("3 мая 2024 г.", "ru", "2024-05-03"),
        ("03.05.2024, 14:30", "ru", "2024-05-03T14:30"),
        ("14:30, 3 мая 2024", "ru", "2024-05-03T14:30"),
        ("3 трав. 2024", "uk", "2024-05-03"),
        ("3 май 2024, 14:30 ч.", "bg", "2024-05-03T14:30"),
        ("03 мая 2024 в 14:30", "ru", "2024-05-03T14:30"),
        ("3 мај 2024", "sr", "2024-05-03"),
        ("3. maj 2024. 14:30", "sr", "2024-05-03T14:30"),
        ("03.05.2024. u 14:30", "hr", "2024-05-03T14:30"),
        ("3. svibnja 2024.", "hr", "2024-05-03"),
        ("3. maja 2024 ob 14:30", "sl", "2024-05-03T14:30"),
        ("3. května 2024 14:30", "cs", "2024-05-03T14:30"),
        ("3. 5. 2024 14:30", "cs", "2024-05-03T14:30"),
        ("3. mája 2024 o 14:30", "sk", "2024-05-03T14:30"),
        ("3 maja 2024, godz. 14:30", "pl", "2024-05-03T14:30"),
        ("3 mai 2024, 14:30", "ro", "2024-05-03T14:30"),
        ("3. mai 2024, 14:30", "et", "2024-05-03T14:30"),
        ("03 Mayıs 2024 - 14:30", "tr", "2024-05-03T14:30"),
        ("03.05.2024 - 14:30", "tr", "2024-05-03T14:30"),
        ("3 Mei 2024 14:30 WIB", "id", "2024-05-03T14:30+07:00"),
        ("Jumat, 03 Mei 2024 | 14:30 WIB", "id", "2024-05-03T14:30+07:00"),
        ("3 Mei 2024, 2:30 petang", "ms", "2024-05-03T14:30"),
        ("Mayo 3, 2024", "tl", "2024-05-03"),
        ("ika-3 ng Mayo 2024", "tl", "2024-05-03"),
        ("3 de maio de 2024 às 14h30", "pt", "2024-05-03T14:30"),
        ("3.mai.2024 às 14h30", "pt", "2024-05-03T14:30"),
        ("03/mai/2024", "pt", "2024-05-03"),
        ("3 de mai. de 2024", "pt", "2024-05-03"),
        ("09/05/2023 16h20", "pt", "2023-05-09T16:20"),
        ("3 may. 2024", "es", "2024-05-03"),
        ("03/05/2024 a las 14:30h.", "es", "2024-05-03T14:30"),
        ("3 de mayo del 2024", "es", "2024-05-03"),
        ("29 de agosto de 2023 12:15 p. m.", "es", "2023-08-29T12:15"),
        ("Mayo 3, 2024", "es", "2024-05-03"),
        ("5 de marzo 2024, 07:48", "es", "2024-03-05T07:48"),
        ("1er mai 2024", "fr", "2024-05-01"),
        ("vendredi 3 mai 2024 à 14 h 30", "fr", "2024-05-03T14:30"),
        ("03/05/2024 à 14:30", "fr", "2024-05-03T14:30"),
        ("3 mai 2024 à 14h30", "fr", "2024-05-03T14:30"),
        ("Fr., 3. Mai 2024", "de", "2024-05-03"),
        ("3.5.2024, 14:30 Uhr", "de", "2024-05-03T14:30"),
        ("28.09.1912:44", "de", "2019-09-28T12:44"),
        ("03.05.202414:30", "de", "2024-05-03T14:30"),
        ("26 | 01 | 2022", "de", "2022-01-26"),
        ("3 ottobre 2023 alle 17:45Tempo", "it", "2023-10-03T17:45"),
        ("1° maggio 2024", "it", "2024-05-01"),
        ("03 mag 2024", "it", "2024-05-03"),
        ("3 maggio 2024 (modifica il 4 maggio 2024)", "it", "2024-05-03"),
        ("18 aug. 2023", "nl", "2023-08-18"),
        ("3 mei 2024 om 14:30", "nl", "2024-05-03T14:30"),
        ("03-05-2024", "nl", "2024-05-03"),
        ("May 3 2024", "en", "2024-05-03"),
        ("Oct 24, 2019 at2:56 pm", "en", "2019-10-24T14:56"),
        ("PublishedMay 3, 2024", "en", "2024-05-03"),
        ("adminNovember 18, 2023in", "en", "2023-11-18"),
        ("Friday May 3, 2024", "en", "2024-05-03"),
        ("3rd May, 2024", "en", "2024-05-03"),
        ("27 September,2023", "en", "2023-09-27"),
        ("May 03,2024", "en", "2024-05-03"),
        ("5/3/2024 7:38:01 PM EST", "en", "2024-05-03T19:38:01-05:00"),
        ("2024, December 21", "en", "2024-12-21"),
        ("May. 3, 2024", "en", "2024-05-03"),
        ("3May 2024", "en", "2024-05-03"),
        ("May 3, 2024 | 2:30 PM ET", "en", "2024-05-03T14:30"),
        ("3 Mai 2024", "cy", "2024-05-03"),
    ],
)
def test_dates_are_read_as_papers_of_each_language_print_them(
    text: str, language: str, iso: str
) -> None:
    assert read_day(text, language) == iso


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # Either order: what Chinese prints with the year last, and English without its country.
        ("01/05/2024", "zh"),
        ("05/01/2024 14:30", "en"),
        # No year of the solar calendar where another language is spoken; no such day in it.
        ("1403/02/14", "de"),
        ("۳۱ مهر ۱۴۰۳", "fa"),
        ("۳۰ اسفند ۱۴۰۵", "fa"),
        # Numbers, scores and versions.
        ("12 | 10", "de"),
        ("tháng 5 năm 2024", "vi"),
        ("第 3 年 5 月", "zh"),
        ("令和の30年間", "ja"),
        ("二〇二四年の夏", "ja"),
        ("McMay 2024", "en"),
    ],
)
def test_what_is_no_day_in_the_language_stays_unread(text: str, language: str) -> None:
    assert read_day(text, language) is None


@pytest.mark.parametrize(
    "line",
    [
        "5 hours ago", "vor 3 Stunden", "vor einer Woche", "hace 2 días", "hace una hora",
        "il y a 5 minutes", "há 3 horas", "acum 2 ore", "před 5 minutami", "för 3 timmar sedan",
        "преди 2 часа", "prije 3 sata", "prieš 2 valandas", "pirms 3 stundām", "منذ 3 ساعات",
        "לפני 3 שעות", "3시간 전", "5分前",
    ],
)  # fmt: skip
def test_how_long_ago_is_a_moment_in_each_language(line: str) -> None:
    assert is_moment(line)


@pytest.mark.parametrize(
    "line",
    [
        "vor 3 Zeugen",
        "hace 2 goles",
        "il y a 5 blessés",
        "há 3 gols",
        "för 3 kronor",
        "před 5 lidmi",
    ],
)
def test_what_is_counted_besides_time_is_no_moment(line: str) -> None:
    assert not is_moment(line)


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


def test_the_next_date_is_the_first_of_all_that_follows():
    days = ["3 May 2024, 14:05", "on 28.09.1912:44", "in 2024 and May 2023", "2024-05-03T10:00"]
    text = "".join(
        day + " the rain went on" * gap for day, gap in zip(days, (0, 20, 31, 90), strict=True)
    )
    for start in range(0, len(text), 7):
        assert next_date(text, start, "en") == find_date(text[start:], "en")


def dated(*lines: str, url: str | None = None) -> tuple[str | None, str | None]:
    article = boilerstrip.clean("\n".join(lines), url=url)
    return article.date, article.sources.get("date")


STORY = ("Ferry to the outer islands runs aground at dawn", *PARAGRAPHS)


def test_the_day_in_the_title_of_a_page_is_its_date():
    assert dated(f"{STORY[0]} | Ardal Post | 03.05.2024", *STORY) == ("2024-05-03", "text:title")
    assert dated(f"{STORY[0]} - 2024 in review", *STORY) == (None, None)


@pytest.mark.parametrize(
    "address", ["https://ardal.example/2024/05/03/ferry", "https://a.example/2024-05-03-b"]
)
def test_the_address_at_an_end_of_a_text_or_given_has_the_date(address):
    assert dated(address, *STORY) == ("2024-05-03", "url")
    assert dated(*STORY, url=address) == ("2024-05-03", "url")
    assert dated(STORY[0], "3 June 2024", *STORY[1:], url=address)[0] == "2024-06-03"
    assert dated(*STORY[:3], address, *STORY[3:], *STORY[1:3]) == (None, None)


def test_the_day_beside_the_name_of_the_outlet_is_the_date():
    foot = ["Originally published in The Ardal Post", "The Ardal Post, 3 May 2024"]
    assert dated(*STORY, *foot) == ("2024-05-03", "text:outlet-line")
    assert dated(*STORY, foot[0], "The Lund Herald, 3 May 2024") == (None, None)


@pytest.mark.parametrize(
    ("opening", "date"),
    [
        ("May 3, 2024 Ferry to the islands", "2024-05-03"),
        ("Ferry runs aground Veröffentlicht am 03.05.2024 von Ada Moor", "2024-05-03"),
        ("Ферибот заседна Публикувано на 03.05.2024 от Ада Морска", "2024-05-03"),
        ("May 3, 2024 was the day on which the ferry ran aground", None),
    ],
)
def test_a_text_without_line_breaks_has_its_date_at_its_start_or_behind_a_label(opening, date):
    assert dated(f"{opening} {' '.join(STORY)}")[0] == date
