"""Names of authors: cleaned of all that is no name, split, without doubles."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from boilerstrip.language.words import word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

_AGENCIES = word_set(
    """
    afp ap dpa reuters thomsonreuters apa sda keystonesda keystone ansa efe lusa tass belga anp ntb
    tt ritzau pap ctk čtk anadolu anadoluajansı aa dha i̇ha iha upi pti ani ians xinhua kyodo jiji
    yonhap antara bernama epa kna epd sid dpaafx awp europapress associatedpress theassociatedpress
    agencefrancepresse pressassociation pamedia canadianpress thecanadianpress interfax ria
    rianovosti ukrinform unian bloomberg bloombergnews deutschepresseagentur agenciaefe stt tasr
    mti hina tanjug fena beta bta agerpres mediafax adnkronos agi lapresse aap nzpa newswire
    cnnnewsource cnnwire tribunenewsservice zumapress gettyimages 共同通信 時事通信 新华社 연합뉴스
    тасс риановости интерфакс укринформ
    """
)
_LABEL = re.compile(
    r"""(?ix) ^ (?:
        (?: written | posted | published | reported | story | words | text | article | report
          | compiled | submitted | created | authored | contributed
          | edited ) \s+ (?: and \s+ \w+ \s+ )? by
      | (?: view \s+ | read \s+ )? (?: all \s+ | more \s+ )? (?: articles | posts | stories ) \s+ by
      | (?: by | von | por | par | door | av | af | od | kirjoittanut | przez | autorstwa
      | ditulis\ oleh
          | oleh | yazan | автор\w* | автори | текст | tekst | texte | texto | testo | text | foto
          | author s? | authors? | autor (?: en | in | es | a | zy )? | auteur s? | autore
          | författare
          | forfatter | redakteur | bài\ viết | by-?line | penulis | reporter | muhabir | haber
          | 文 | 文責 | 取材 | 記者 | 기자 )
    ) (?!\w) \s* [:：]? \s+ | ^ (?: by | author | von | por | text | words ) \s* [:：] \s*
    """
)
_PARTICLE_LABEL = re.compile(r"^(?:di|da|de|a cura di|a cargo de)\s+(?=\S+\s+\S)")
_NOT_AUTHOR = re.compile(
    r"(?i)^(?:(?:medically |expert |fact[- ]?)?(?:reviewed|checked|edited|updated|photographs?|"
    r"photos?|"
    r"images?|illustrations?|illustrated|fotos?|bilder?|video|translated|sponsored) ?(?:by|:|von|"
    r"af|av)"
    r"|photograph)"
)
_JUNK = re.compile(
    r"""(?xi)
      \S+@\S+\.\S+                                  # e-mail
    | (?: https?:// | www\. ) \S+                   # address
    | (?<![\w.]) @\w+                               # handle
    | [(\[（［【] [^()\[\]（）］】]* [)\]）］】]          # in brackets
    | \b (?: and | und | y | et | e | og | och ) \s+ (?: \d+ \s+ )?
      (?: others | more | weitere | andere | otros | autres | altri | andre | andra ) \b .* $
    | \b et \s+ al \b \.?  | \b u\. \s? a\. | 외 \s* \d+ \s* 명
    """
)
_TAIL = re.compile(
    r"""(?x)
      \s+ (?: \| | ｜ | [-–—•·»] ) \s+ .* $                           # what stands behind a stroke
    | \s* [,;]? \s+ (?: in | aus | from | for | at | für | bei | reports? | is \s an?
    | is \s the | has
        | \w* [Uu]pdated | [Pp]ublished | [Pp]osted | [Ll]ast ) \s .* $
    | \s+ (?: in | for | at ) $
    | \s* (?<=[가-힣]) \s* (?: 선임기자 | 인턴기자 | 기자 | 특파원 | 논설위원 | 칼럼니스트 ) .* $
    | (?: 記者 | 记者 | 編集委員 | 特派員 | 論説委員 ) \s* $
    """
)
_DATE_TAIL = re.compile(
    r"""(?xi) [\s,.|·•–-]* (?: \b (?: on \s+ )?
      (?: jan | feb | mar | apr | may | jun | jul | aug | sep | oct | nov
      | dec ) [a-z]* \.? \s+ \d .*
      | \b \d{1,2} [./\s] \s? [\w.]+ [./\s] \s? \d{2,4} .* | \b (?:19|20) \d\d \b .*
      | \b \d{1,2} : \d\d .* ) $"""
)
_ROLE = re.compile(
    r"""(?xi) (?<!\w) (?:
        (?: \w+ - )? editors? (?: -in-chief )? | reporters? | (?:staff\s+)? writers?
        | correspondents?
      | producers? | directors? | managers? | contribut(?:or|ors|ing) | columnists? | journalists?
      | senior | chief | head | lead | c[eftom]o | founders? | co-?founders? | specialists?
      | experts?
      | analysts? | professors? | lecturers? | president | vice | officer | representative
      | consultants? | strategists? | engineers? | developers? | designers? | marketing | attorney
      | lawyer | physician | dietitian | nutritionist | therapist | coach | realtor | author
      | blogger
      | associates? | assistant | coordinator | freelancer? | intern | fellow | owner | partner
      | sr\.? \s \w+ | director | candidate | phd \s student | researchers? | scientist | advocate
      | redakteur(?:in)? | redaktor(?:ka)? | redaktion | redakce | redaktör | redaktør
      | korrespondent(?:in)?
      | leiter(?:in)? | chefredakteur(?:in)? | reporter(?:in)? | volont[äa]r(?:in)? | autor(?:in)?
      | journaliste? | journalistin | rédacteur | rédactrice | envoyé | correspondant
      | periodista | redactora? | corresponsal | colaboradora? | giornalista | inviato
      | corrispondente
      | dziennikarz | dziennikarka | korespondent(?:ka)? | muhabir | editör | yazar | журналист
      | корреспондент | обозреватель | редактор | verslaggever | jornalista | repórter
    ) (?!\w)"""
)
_CREDENTIAL = re.compile(
    r"""(?x) ^ (?: (?: Ph\.?\ ?D | M\.?D | Ed\.?D | Psy\.?D | Pharm\.?D | D\.?O | J\.?D | B\.?A
      | B\.?Sc | M\.?Sc
      | M\.?A | M\.?S | B\.?S | R\.?D\.?N? | MBA | CPA | CFP | Esq | R\.?N | LCSW | FACP | DPhil
      | LL\.?[BM]
      | Dipl | Dr\.?\ ?med | Mag | Prof )  \.? [®™]?
      | [A-Z][A-Za-z®™./+-]*[A-Z®™][A-Za-z®™./+-]{0,6} (?: [ -] [A-Z\d®]{1,6} )* ) $"""
)
# The town where a Korean reporter is, before the name: one of two syllables before three.
_PLACED = re.compile(r"^[가-힣]{2}\s(?=[가-힣]{3}$)")
_SUFFIX = re.compile(r"(?i)^(?:jr|sr|jun|sen|ii|iii|iv)\.?$")
_CREDENTIAL_TAIL = re.compile(
    r"(?:\s+(?:Ph\.?D|M\.D|MD|DDS|DMD|MBA|CPA|RDN?|LCSW|MSc?|FACLM|CFP|Esq|CPP|PSP|RN)\.?[®™]?)+$"
)
_STROKE = re.compile(r"\s*(?:\||｜|•|·(?=\s))\s*")
_HARD = re.compile(r"\s*(?:;|；|、|，|\n|\t|\s/\s|/(?=\w{2}))\s*")
_AND = re.compile(
    r"\s*(?:,\s*)?(?:\s(?:and|with|und|sowie|mit|et|och|oraz|ve|та|dan|ja|és|și|&|\+)\s|\s?&\s?|"
    r"(?<=\w)\s?＆\s?)\s*"
)
# These join names in some languages and stand inside a name in others: "Ada Ríos y Peña".
_SHORT_AND = re.compile(r"\s*(?:,\s*)?\s(?:y|e|og|i|a|en|med|и|і)\s\s*")
_COMMA = re.compile(r"\s*,\s+|,(?=[^\W\d])")
_GROUP = re.compile(r"(?i)\b(?:team|staff|desk|editors|redaktion|redazione|rédaction|redacción)$")
_GROUP_WORDS = 5
# All words that stand in the patterns of what isn't part of a name.
_TAKEN = frozenset(
    word
    for pattern in (_LABEL, _TAIL, _ROLE)
    for letters in re.findall(r"[^\W\d_]{2,}", pattern.pattern.casefold())
    for word in (letters, letters.removesuffix("s"))
)
_FEW = 4  # words from which a name isn't plain any more
_JOINTS = word_set("And Und Och Mit Sowie With")
_LONGEST = 2000  # characters of an author string that are read
_NO_WORD = re.compile(r"[\W_]+")
_PARTICLES = word_set(
    """
    van von der den de del della di da dos das du la le el al bin ibn ben ter ten zu af av y e
    """
)
_GENERIC = word_set(
    """
    admin administrator webmaster root user guest anonymous unknown author authors editor default
    none null undefined n/a na test wordpress wpadmin siteadmin superadmin website byline by staff
    facebook twitter instagram linkedin youtube email print share follow
    """
)
_TEAM = word_set(
    """
    team staff redaktion redacción redaccion rédaction redazione redação redactie redaksjonen
    redaktionen redakcja editorial editors newsroom news desk newsdesk press agency agentur agencia
    agence ajansı magazine media group inc llc ltd gmbh company university institute center centre
    department online journal times post zeitung nachrichten contributor contributors blog club
    association society foundation network haber store service services solutions редакция
    """
)
_TEAM_PART = re.compile(
    r"新聞|通信|編集部|뉴스|신문|\.(?:com|org|net|de|tv|be|co)\b", re.IGNORECASE
)
_WORD = re.compile(r"\w+")


def split_authors(text: str) -> tuple[str, ...]:
    """The names in an author string, in order, each once; empty where there are none.

    >>> split_authors("By Ann Lee, Bo Díaz and Cy van den Berg")
    ('Ann Lee', 'Bo Díaz', 'Cy van den Berg')
    >>> split_authors("Von ANN LEE, Chefreporterin | The Daily Sketch")
    ('ANN LEE',)
    >>> split_authors("Lee, Ann; Díaz, Bo T.")
    ('Ann Lee', 'Bo T. Díaz')
    >>> split_authors("Ann Lee, MD, PhD"), split_authors("Bo King, Jr.")
    (('Ann Lee',), ('Bo King Jr.',))
    >>> split_authors("ann@example.com"), split_authors("@annlee"), split_authors("admin")
    ((), (), ())
    """
    if _is_plain(text):
        return (text,)
    return split_slowly(text)


def _is_plain(text: str) -> bool:
    """Whether ``text`` is a name that nothing has to be taken from: "Ann Lee"."""
    words = text.split(" ")
    if not (1 < len(words) < _FEW and all(map(_is_capitalised, words))):
        return False
    return not _is_labelled(words) and not _NOT_AUTHOR.match(text)


def _is_capitalised(word: str) -> bool:
    """Whether ``word`` is one capital letter and at least two small ones, and no "And"."""
    return len(word) > 2 and word.isalpha() and word.istitle() and word not in _JOINTS


def _is_labelled(words: Iterable[str]) -> bool:
    """Whether one of ``words`` may belong to what is taken from names."""
    folded = [word.casefold() for word in words]
    return any(
        word in _TAKEN or word.removesuffix("s") in _TAKEN or word.startswith("autor")
        for word in folded
    )


def split_slowly(text: str) -> tuple[str, ...]:
    """What ``split_authors`` returns, without its fast path for plain names."""
    names: list[str] = []
    for line in _lines(text):
        for part in _STROKE.split(_JUNK.sub(" ", line)):
            found = [name for piece in _HARD.split(part) for name in _split_piece(piece)]
            # Behind a stroke stands the outlet, or another person.
            names.extend(name for name in found if not names or looks_like_name(name))
    return merge_names(names)


def merge_names(names: Iterable[str]) -> tuple[str, ...]:
    """``names`` without doubles; of case variants the one in mixed case stays.

    >>> merge_names(["STEVE PEOPLES", "Ann Lee", "Steve Peoples"])
    ('Steve Peoples', 'Ann Lee')
    """
    found: dict[str, str] = {}
    for name in names:
        key = _key(name)
        if not key:
            continue
        known = found.get(key)
        if known is None or (known.isupper() and not name.isupper()):
            found[key] = name
    return tuple(found.values())


def is_agency(name: str) -> bool:
    """Whether ``name`` is a news agency's.

    >>> is_agency("The Associated Press"), is_agency("dpa-AFX"), is_agency("Ann Lee")
    (True, True, False)
    """
    return _key(name) in _AGENCIES


def is_person(name: str) -> bool:
    """Whether ``name`` reads as a person's and not as an agency's, a team's or a company's.

    >>> is_person("Ann Lee"), is_person("Editorial Team"), is_person("AFP")
    (True, False, False)
    """
    if is_agency(name) or not _TEAM.isdisjoint(_WORD.findall(name.casefold())):
        return False
    return not _TEAM_PART.search(name)


def is_team(name: str) -> bool:
    """Whether ``name`` is that of a group that writes under one name.

    >>> is_team("The Sketch Team"), is_team("the lake"), is_team("Ann Lee")
    (True, False, False)
    """
    return bool(_GROUP.search(name)) and name[:1].isalpha() and len(name.split()) <= _GROUP_WORDS


_NO_NAME = word_set(
    """
    read more view all posts post full bio min mins minute minutes written by share follow updated
    published comments comment learn about our fact checked reviewed reviewer disclosure advertiser
    home blog news subscribe newsletter twitter facebook instagram linkedin print email copy link
    table contents contact us privacy policy terms profile website story article authors author
    editor editors writer writers staff team strategy marketing guide recipe editorial standards
    last on in the this what how why your you we with from photo photos image images credit save
    sign log get free best top new see show hide next previous back search menu skip content day
    days hours ago today yesterday monday tuesday wednesday thursday friday saturday sunday january
    february march april june july august september october november december posted medically
    """
)


def looks_like_name(name: str) -> bool:
    """Whether ``name`` has the shape of a person's full name, for where no source says that it is.

    >>> looks_like_name("Ann van den Berg"), looks_like_name("Read More"), looks_like_name("amw")
    (True, False, False)
    >>> looks_like_name("松岡大地"), looks_like_name("J. R. Lee"), looks_like_name("and it rained")
    (True, True, False)
    """
    words = name.split()
    if not is_person(name) or len(name) > 45 or any(char.isdigit() for char in name):
        return False
    if any(word.casefold().strip(".,") in _NO_NAME for word in words):
        return False
    if all(map(_ROLE.fullmatch, words)):
        return False
    if not any(char.isupper() or char.islower() for char in name):
        return 2 <= len(name) <= 20 and len(words) <= 3
    capitals = [word for word in words if word[0].isupper()]
    small = [word for word in words if not word[0].isupper()]
    return (
        2 <= len(words) <= 6
        and len(capitals) >= 2
        and all(word.lower() in _PARTICLES or "'" in word or "’" in word for word in small)
    )


def is_role(text: str) -> bool:
    """Whether ``text`` is a short line that names a post: "Senior Writer".

    >>> is_role("Senior Writer"), is_role("Chefredakteur"), is_role("Ann Lee")
    (True, True, False)
    """
    return len(text) <= 60 and len(text.split()) <= 7 and bool(_ROLE.search(text))


def clean_body(text: str) -> str | None:
    """The name of an agency, a team or a company as printed; ``None`` where it is an address.

    >>> clean_body(" Centre for Rain and Sun "), clean_body("https://example.com")
    ('Centre for Rain and Sun', None)
    """
    name = _settle(html.unescape(text)).strip(" ,;:|")
    return name if _plausible(name) and "//" not in name else None


def clean_author(text: str) -> str | None:
    """One author's name without label, role, address or date; ``None`` if no name is left.

    >>> clean_author("  by Ann Lee (Reuters) "), clean_author("Ann Lee in Berlin")
    ('Ann Lee', 'Ann Lee')
    >>> clean_author("박준석 기자 외 1명"), clean_author("https://example.com/ann")
    ('박준석', None)
    """
    if _is_plain(text):
        return text
    if _NOT_AUTHOR.match(text):
        return None
    name = _JUNK.sub(" ", text)
    name = _LABEL.sub("", _settle(name))
    name = _PARTICLE_LABEL.sub("", name)
    name = _DATE_TAIL.sub("", _TAIL.sub("", name))
    if not is_agency(name):
        name = _CREDENTIAL_TAIL.sub("", name)
    name = _PLACED.sub("", _settle(name).strip(" ,;:|/–—-•·*\"“”'‘’«»<>_#+=~."))
    name = _restore_initial(name, text)
    return name if _plausible(name) else None


def _restore_initial(name: str, text: str) -> str:
    """``name`` with the full stop of a final initial or suffix that stripping took."""
    word = name.rsplit(" ", 1)[-1]
    dotted = len(word) == 1 or _SUFFIX.match(word)
    return name + "." if dotted and f"{word}." in text else name


def _lines(text: str) -> list[str]:
    text = text[:_LONGEST]
    text = html.unescape(html.unescape(text)) if "&" in text else text
    return [line for line in re.split(r"[\r\n]+", text) if line.strip()]


def _settle(text: str) -> str:
    text = re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad]", "", text)
    return " ".join(text.split())


def _split_piece(piece: str) -> list[str]:
    """The names in a piece without hard separators."""
    if _NOT_AUTHOR.match(piece.strip()):
        return []
    piece = _LABEL.sub("", _settle(_JUNK.sub(" ", piece)))
    parts = [part for half in _AND.split(piece) for part in _halves(half) if part.strip()]
    if parts and all(_is_reversed(part) for part in parts):
        return [name for part in parts if (name := clean_author(_turn(part)))]
    names: list[str] = []
    for part in parts:
        names.extend(_split_commas(part))
    return names


def _halves(piece: str) -> list[str]:
    """The names that a short "and" joins; none is cut where a part would be a lone surname."""
    halves = _SHORT_AND.split(piece)
    words = [len(half.split()) for half in halves]
    return halves if min(words) > 1 or max(words) == 1 else [piece]


def _is_reversed(part: str) -> bool:
    """Whether ``part`` is of the form "Last, First"."""
    halves = [half.strip() for half in _COMMA.split(part)]
    if len(halves) != 2 or not all(halves):
        return False
    last = halves[0].split()
    last = [word for word in last if word.lower() not in _PARTICLES] or last
    first = halves[1]
    return (
        len(last) == 1
        and len(first.split()) <= 3
        and not is_agency(halves[0])
        and not _drops(first)
        and not _SUFFIX.match(first)
        and not first.isupper()
        and not first[:1].islower()
    )


def _turn(part: str) -> str:
    last, first = (half.strip() for half in _COMMA.split(part))
    return f"{first} {last}"


def _split_commas(part: str) -> list[str]:
    """The names among the comma-separated pieces of ``part``; roles and places go."""
    names: list[str] = []
    for piece in _COMMA.split(part):
        if names and _SUFFIX.match(piece.strip()):
            names[-1] = f"{names[-1]} {piece.strip()}"
        elif not (names and _drops(piece)):
            name = clean_author(piece)
            if name and not (names and _is_place(name, names[0])):
                names.append(name)
    return names


def _drops(piece: str) -> bool:
    """Whether a piece behind a name is a role or a degree."""
    piece = piece.strip()
    return not is_agency(piece) and bool(_ROLE.search(piece) or _CREDENTIAL.match(piece))


def _is_place(name: str, first: str) -> bool:
    """Whether a one-word piece stands behind a full name, as places do; agencies are none."""
    spaced = " " in first or is_agency(first)
    return spaced and " " not in name and name.isascii() and not is_agency(name)


def _plausible(name: str) -> bool:
    words = name.split()
    return (
        bool(_LABEL.sub("", f"{name} ").strip())
        and 1 < len(name) <= 70
        and len(words) <= 9
        and any(char.isalpha() for char in name)
        and name.lower() not in _GENERIC
        and not re.search(r"[{}<>=\\:]|\.{3}|…|[!?]$", name)
        and not _ROLE.fullmatch(name)
    )


def _key(name: str) -> str:
    return _NO_WORD.sub("", name.casefold())
