"""Texts on one line: labels that stand between two sentences go, words of a sentence stay."""

from itertools import pairwise

import pytest

import boilerstrip
from boilerstrip.lines.layout import Cut, lay_out

# A text, and the label that stands in it between two sentences.
LABELS = [
    (
        "The council voted on Monday to rebuild the old bridge over the harbour. "
        "Advertisement The mayor said that work will start in March and take three years.",
        "Advertisement",
    ),
    (
        "The council voted on Monday to rebuild the old bridge over the harbour. Article "
        "continues below ad Boats will pass on the south side until the autumn of next year.",
        "Article continues below ad",
    ),
    (
        "Der Rat stimmte am Montag für den Neubau der alten Brücke am Hafen. Anzeige Die "
        "Bürgermeisterin rechnet mit einer Bauzeit von drei Jahren und mit vielen Staus.",
        "Anzeige",
    ),
    (
        "El pleno aprobó el lunes la reconstrucción del viejo puente sobre el puerto. "
        "PUBLICIDAD La alcaldesa calcula que las obras empezarán en marzo y durarán tres "
        "años.",
        "PUBLICIDAD",
    ),
    (
        "A câmara aprovou na segunda a reconstrução da velha ponte sobre o porto. Continua "
        "após a publicidade Os barcos passam pelo lado sul até ao outono do próximo ano.",
        "Continua após a publicidade",
    ),
    (
        "Il consiglio ha approvato lunedì la ricostruzione del vecchio ponte sul porto. "
        "Continua a leggere dopo la pubblicità Il sindaco prevede tre anni di lavori e molte "
        "code.",
        "Continua a leggere dopo la pubblicità",
    ),
    (
        "Le conseil a voté lundi la reconstruction du vieux pont qui enjambe le port. "
        "Publicité La maire estime que les travaux dureront trois ans à partir de mars "
        "prochain.",
        "Publicité",
    ),
    (
        "Belediye meclisi pazartesi günü limandaki eski köprünün yenilenmesine karar verdi. "
        "REKLAM Bu çalışmanın üç yıl sürmesi ve mart ayında başlaması bekleniyor.",
        "REKLAM",
    ),
    (
        "Городской совет в понедельник проголосовал за восстановление старого моста через "
        "гавань. Реклама По словам мэра, работы начнутся в марте и займут три года.",
        "Реклама",
    ),
    (
        "Rada miasta przegłosowała w poniedziałek odbudowę starego mostu nad portem. Dalsza "
        "część tekstu pod reklamą W ocenie burmistrza prace ruszą w marcu i potrwają trzy "
        "lata.",
        "Dalsza część tekstu pod reklamą",
    ),
    (
        "Fullmäktige röstade i måndags för att bygga om den gamla bron över hamnen. Annons "
        "Det är inte klart när arbetet börjar, men borgmästaren räknar med mars.",
        "Annons",
    ),
    (
        "The council voted on Monday to rebuild the old bridge over the harbour. Photo: Ines "
        "Calder The mayor said that work will start in March and take three years.",
        "Photo: Ines Calder",
    ),
    (
        "The council voted on Monday to rebuild the old bridge over the harbour. Read more: "
        "Storm closes the northern port for a week The mayor said that work will start in "
        "March and take three years.",
        "Read more: Storm closes the northern port for a week",
    ),
    (
        "Der Rat stimmte am Montag für den Neubau der alten Brücke am Hafen. Lesen Sie auch: "
        "Sturm legt den Fährverkehr lahm Die Bürgermeisterin rechnet mit einer Bauzeit von "
        "drei Jahren und mit vielen Staus.",
        "Lesen Sie auch: Sturm legt den Fährverkehr lahm",
    ),
    (
        "Le conseil a voté lundi la reconstruction du vieux pont qui enjambe le port. Lire "
        "aussi : La tempête ferme le port du nord pendant une semaine Les travaux dureront "
        "trois ans à partir de mars prochain.",
        "Lire aussi : La tempête ferme le port du nord pendant une semaine",
    ),
    (
        "Il consiglio ha approvato lunedì la ricostruzione del vecchio ponte sul porto. Leggi"
        " anche: La tempesta chiude il porto per una settimana Il sindaco prevede tre anni di"
        " lavori e molte code.",
        "Leggi anche: La tempesta chiude il porto per una settimana",
    ),
    (
        "Городской совет в понедельник проголосовал за восстановление старого моста через "
        "гавань. Читайте также: Шторм закрыл северный порт на неделю По словам мэра, работы "
        "начнутся в марте и займут три года.",
        "Читайте также: Шторм закрыл северный порт на неделю",
    ),
    (
        "Fullmäktige röstade i måndags för att bygga om den gamla bron över hamnen. Läs "
        "också: Stormen stänger hamnen i en vecka Det är inte klart när arbetet börjar, men "
        "borgmästaren räknar med mars.",
        "Läs också: Stormen stänger hamnen i en vecka",
    ),
    (
        "Byrådet stemte mandag for at genopbygge den gamle bro over havnen. Læs også: Stormen"
        " lukker havnen i en uge Det er endnu uklart, hvornår arbejdet går i gang, men "
        "borgmesteren regner med marts.",
        "Læs også: Stormen lukker havnen i en uge",
    ),
    (
        "Rada miasta przegłosowała w poniedziałek odbudowę starego mostu nad portem. Czytaj "
        "także: Sztorm zamknął północny port na tydzień W ocenie burmistrza prace ruszą w "
        "marcu i potrwają trzy lata.",
        "Czytaj także: Sztorm zamknął północny port na tydzień",
    ),
]


@pytest.mark.parametrize(("text", "label"), LABELS, ids=[label[:20] for _, label in LABELS])
def test_a_label_between_two_sentences_goes_and_both_stay(text, label):
    article = boilerstrip.clean(text)
    before, after = text.split(label)
    assert article.body.split() == before.split() + after.split()
    assert article.rebuild() == text
    assert boilerstrip.clean(article.body).removed == ()


# Words that are labels elsewhere, and here are those of sentences.
SENTENCES = [
    (
        "Advertisement was his trade for thirty years. He painted every sign on the old "
        "harbour road, and Advertisement Row was named for him."
    ),
    (
        "Share Holders of the ferry company met on Monday. The mayor said that the vote was a"
        " farce, and nobody disagreed."
    ),
    (
        "She said “Read more” The boy shrugged and went out to look at the boats in the "
        "harbour before the storm came."
    ),
    (
        "Sport England said on Monday that the pool would close. News Corp and Advertising "
        "Standards Authority staff were not told, the council said."
    ),
    (
        "Photo Mode The Game was a flop in 1999. Nobody at the office had read the reviews, "
        "and nobody wanted to hear of them."
    ),
    (
        "Mehr zum Thema Zeit will der Verein im Herbst zeigen. Die Ausstellung ist bis Ende "
        "März im alten Rathaus zu sehen."
    ),
    (
        "Foto Müller schloss im Mai nach vierzig Jahren. Anzeige Bremen hieß das Blatt, das "
        "als erstes darüber berichtete und die Leser fragte."
    ),
    (
        "Comments The village made about the hedge were kept in a box. Related Work is the "
        "name of the second volume, and it is long."
    ),
    (
        "Compartir El Pan es el lema de la cofradía. La reunión fue el lunes y duró hasta la "
        "noche sin que nadie se marchara."
    ),
    (
        "I asked him to Read More Books and he laughed at me. The iPhone in his hand said 3.5"
        " out of 5, and the U.S. Mail had not come."
    ),
    (
        "اشترك في القراءة منه، مساء كل خميس، عشرون رجلا من أهل القرية وجلسوا حتى طلوع الفجر. "
        "وقال العمدة إن الجسر سيبنى في مارس."
    ),
    (
        "Publicité mensongère, tranche ma tante, qui vendait des balances au marché. "
        "Commentaires et soupirs reprennent chaque mois d’août dans le village."
    ),
    (
        "— Vous êtes abonné ? — Non, dit-elle, et je ne le serai jamais. Le pont sera "
        "reconstruit en mars, a-t-on appris lundi."
    ),
    (
        "Juttu jatkuu huomenna. – Katso video, jos et usko, hän nauroi kentän laidalla ja "
        "lähti kotiin ennen kuin satoi."
    ),
]


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_that_says_what_labels_say_stays_whole(text):
    article = boilerstrip.clean(text)
    assert (article.body, article.removed) == (text, ())


def test_a_label_whose_end_cannot_be_told_takes_no_sentence_with_it():
    story = "The council voted on Monday to rebuild the old bridge over the harbour."
    ends = "Boats will pass on the south side until the autumn."
    for label in ("Picture: Supplied", "Photo: Ines Calder"):
        text = f"{story} {label} {ends} Nobody knew who paid."
        assert ends in boilerstrip.clean(text).body


def test_a_section_of_one_line_ends_where_sentences_begin():
    story = "It rained on Monday. The boats stayed in. Nobody went out to look at them at all."
    text = f"Related articles {story} {story.replace('Monday', 'Sunday')}"
    assert "The boats stayed in." in boilerstrip.clean(text).body


def surely_cut(text):
    """The text as it is surely cut where it stands on a line that lost its breaks."""
    starts = [start for start, _, cut in lay_out(text, [(0, len(text))]) if cut != Cut.TENTATIVE]
    return [text[start:end].strip() for start, end in pairwise([*starts, len(text)])]


@pytest.mark.parametrize(
    "pieces",
    [
        (
            "The bridge will be closed to all boats from Monday.",
            "RELATED NEWS",
            "Storm closes port",
        ),
        (
            "El puente se cierra el lunes a todos los barcos.",
            "TE PUEDE INTERESAR",
            "El puerto abre",
        ),
        (
            "Köprü pazartesi günü bütün teknelere kapatılacak",
            "İLGİLİ HABER",
            "Fırtına limanı kapattı",
        ),
        (
            "A ponte fecha na segunda-feira a todos os barcos",
            "PUBLICIDADE",
            "Porto reabre em março.",
        ),
        ("Dolar bugün güne yükselişle başladı: 34,80", "ALTIN HABERLERİ", "Gram altın düştü yine"),
        (
            "다리는 월요일부터 모든 배에 닫힌다.",
            "시장은 공사가 삼 년 걸린다고 말했다.",
            "월요일에는 하루 종일 비가 왔고 아무도 밖에 나가지 않았다.",
        ),
        ("पुल सोमवार से सभी नावों के लिए बंद रहेगा।", "महापौर ने कहा कि काम तीन साल चलेगा।", "बारिश हुई।"),
    ],
)
def test_a_label_in_capitals_or_a_sentence_is_cut_off_what_it_is_glued_to(pieces):
    assert surely_cut("".join(pieces)) == list(pieces)


@pytest.mark.parametrize(
    "text",
    [
        "He bought an iPhone from eBay for the YouTubers, and a McDonald's meal for PhDs on macOS",
        "See https://www.example.org/ReadMore/AboutUs or www.example.org/TheBridge for more of it",
        "The report.PDF had 100GB and 3.5pm was the time at which the 4WD came, he said to us",
        "The DeLorean of O'Brien stood at the LaTeX office beside a TikToker and two MacBooks",
    ],
)
def test_names_and_addresses_are_not_cut(text):
    assert surely_cut(text) == [text]
