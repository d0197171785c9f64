"""Date lines at the head of an article: which of a line's dates is that of publication."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from boilerstrip.language.dates import is_month, parse_date

# What stands before the date of publication, and before the date of a later change.
_PUBLISHED = r"""first\ published | originally\ published | published | posted
    | publication\ date | date\ published | created | veröffentlicht
    | publiziert | erstellt | erschienen | publiée?
    | publicad[oa] | pubblicat[oa] | gepubliceerd | geplaatst | publisert | publiceret | publicerad
    | julkaistu | opublikowano | publikacja | data\ publikacji | utworzono | publikováno | vydáno
    | diterbitkan | tayang | giriş | yayınlanma | yayın\ tarihi | oluşturulma | eklenme
    | опубликовано | опубліковано | дата\ публикации | đăng | 公開 | 発行 | 掲載
    | 发布 | 發布 | 發佈
    | 입력 | 등록 | 발행 | เผยแพร่ | نُ?شر(?:ت)?(?:\ في)? | פורסם | प्रकाशित"""
_UPDATED = r"""(?:last\ |page\ )?(?:updated|modified|reviewed|edited|changed) | update | revised
    | (?:zuletzt\ )?(?:aktualisiert|geändert|bearbeitet) | letzte\ (?:aktualisierung|änderung)
    | mise?\ à\ jour | modifiée? | actualizad[oa] | actualización | última\ actualización
    | atualizad[oa]
    | atualização | aggiornat[oa] | ultimo\ aggiornamento | bijgewerkt | gewijzigd
    | (?:sist\ )?oppdatert
    | (?:sidst\ )?opdateret | (?:senast\ )?uppdaterad | muokattu | päivitetty | aktualizacja
    | zaktualizowano
    | aktualizováno | diperbarui | (?:son\ )?güncelleme | güncellendi | обновлено | оновлено
    | изменено
    | cập\ nhật | 最終更新 | 更新 | 修正 | 수정 | อัปเดต | แก้ไข | تحديث | עודכן | अपडेट"""
_LABEL = regex.compile(
    rf"""(?ix) (?<![\p{{L}}]) (?: (?P<updated> {_UPDATED} ) | {_PUBLISHED} )
    (?![\p{{Latin}}\p{{Cyrillic}}])"""
)
_SHORT_YEAR = regex.compile(r"(?<![\d.,:/])(\d{1,2}\s?[./]\s?\d{1,2}\s?[./]\s?)(\d\d)(?![\d.:/])")
_WORD = regex.compile(r"[\p{L}\p{M}]{3,}")
# "5 hours ago", "vor 3 Stunden", "il y a 2 jours", "hace 3 horas", "just now".
_AGO = regex.compile(
    r"""(?ix) (?<!\w) (?: (?: \d+ | an? | one | eine?[rm]? | une? | una? | några | noen ) \s?
      (?: s(?:ec(?:ond)?s?)? | m(?:in(?:ute)?s?)? | h(?:(?:ou)?rs?)? | d(?:ays?)? | w(?:eeks?)?
      | months?
        | years? | tim(?:mar|er|e) | minut\w* | dag\w* | dni | godzin\w* | saat | dakika | gün
        | jam | menit
        | час\w* | минут\w* | годин\w* | хвилин\w* ) \s+
      (?: ago | geleden | sedan | siden | temu | önce | (?:yang\ )?lalu | назад | тому )
    | (?: vor | hace | il\ y\ a | há | för ) \s+ \d+ \s+ \p{L}+
    | just\ now | vandaag\ om | i\ dag | oggi )(?!\w)
    | \d+ \s? (?: 分 | 時間 | 小时 | 小時 | 시간 | 분 | 日 | 일 ) \s? (?: 前 | 전 )"""
)
_READING = regex.compile(
    r"""(?ix) (?<!\w) \d+ [\s-]* (?: min(?:ute)?s?\.? | minuten | minutos? | minuti | minuter
    | minutter )
    (?: [\s-]* (?: of \s )? (?: read(?:ing)? (?:\s time)? | lesezeit
    | de \s (?:lectura|leitura|lecture)
    | di \s lettura | leestijd | läsning | lesetid | to \s read ) )?
    | (?: lesedauer | lesezeit | read(?:ing)? \s time | leestijd | tiempo \s de \s lectura ) \b"""
)
_LONGEST = 160
_MOST_WORDS = 4
_MOST_LABELLED = 9


class Stamp(NamedTuple):
    """Where in a line the date stands, whether it is that of a change, and how much else is said.

    ``words`` counts the words that belong to no date.
    """

    start: int
    end: int
    updated: bool
    labelled: bool
    words: int


@lru_cache(maxsize=10_000)  # the same lines are looked at again in every pass
def find_stamp(line: str, language: str | None, spare: int = 0) -> Stamp | None:
    """The date of publication in a line that says little else, or the date of a change.

    ``spare`` words more than a few may stand beside it: those that are known to be a byline.

    >>> line = "Updated: 4 May 2024, 9:00 | Published: 3 May 2024, 14:05"
    >>> stamp = find_stamp(line, "en")
    >>> line[stamp.start : stamp.end], stamp.updated
    ('Published: 3 May 2024, 14:05', False)
    >>> find_stamp("5 hours ago", "en") is None
    True
    """
    if len(line) > _LONGEST or not any(map(str.isdigit, line)):
        return None
    labels = list(_LABEL.finditer(line))
    bounds = [0, *(match.start() for match in labels), len(line)]
    kinds = [False, *(match["updated"] is not None for match in labels)]
    found = []
    for number, (start, end) in enumerate(pairwise(bounds)):
        value = read_day(line[start:end], language)
        if value:
            found.append((kinds[number], number == 0, start, end))
    if not found:
        return None
    updated, bare, start, end = min(found)
    words = sum(
        not is_month(word) and _LABEL.fullmatch(word) is None for word in _WORD.findall(line)
    )
    if words > spare + (_MOST_LABELLED if not bare else _MOST_WORDS):
        return None
    return Stamp(start, end, updated, not bare, words)


def read_day(text: str, language: str | None) -> str | None:
    """The first date in a text that names a day, its year perhaps in two figures.

    >>> read_day("15.10.24 23:35", "no"), read_day("May 2024", "en")
    ('2024-10-15T23:35', None)
    """
    value = parse_date(_SHORT_YEAR.sub(r"\g<1>20\2", text), language)
    return value if value and len(value) >= len("2024-10-15") else None


@lru_cache(maxsize=10_000)
def is_moment(line: str) -> bool:
    """Whether a short line says how long ago something was, or how long it takes to read.

    >>> is_moment("5 hours ago"), is_moment("4 min read"), is_moment("4 goals")
    (True, True, False)
    """
    return len(line) <= 60 and bool(_AGO.search(line) or _READING.search(line))


def cut_moment(line: str) -> int | None:
    """Where a line begins to say when; ``None`` if it doesn't.

    >>> line = "Ada Moore 5 hours ago"
    >>> line[: cut_moment(line)]
    'Ada Moore '
    """
    starts = [
        match.start() for pattern in (_AGO, _READING, _LABEL) if (match := pattern.search(line))
    ]
    if match := _DIGIT.search(line):
        start = match.start()
        words = list(_WORD_END.finditer(line, 0, start))
        # The names of the month and the weekday before the figure.
        for word in reversed(words[-3:]):
            if not (is_month(word[0]) or _WEEKDAY.fullmatch(word[0])):
                break
            start = word.start()
        starts.append(start)
    return min(starts, default=None)


_DIGIT = regex.compile(r"\d")
_WORD_END = regex.compile(r"[\p{L}\p{M}]+")
_WEEKDAY = regex.compile(
    r"""(?ix) on | (?:mon|tue|wed|thu|fri|sat|sun)(?:day|s|nes|rs|r|ur)?(?:day)?
    | \p{L}{3,7}tag | mittwoch
    | lunes | martes | miércoles | jueves | viernes | sábado | domingo
    | (?:lun|mar|mercre|jeu|vendre|same)di
    | dimanche | (?:lune|marte|mercole|giove|vener)dì | sabato | domenica | \p{L}{2,7}dag
    | mandag | tirsdag | onsdag | torsdag | fredag | lørdag | söndag | pazartesi | salı
    | çarşamba | perşembe
    | cuma | cumartesi | pazar | senin | selasa | rabu | kamis | jumat | sabtu | minggu
    | poniedziałek | wtorek | środa | czwartek | piątek | sobota | niedziela"""
)
