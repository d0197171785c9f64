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


# Three lines, of the head, the story and the foot of a page, each without the breaks within it.
PARTS = {
    "en": (
        "Home News Sport Weather Video Culture Travel Shop Sign in Subscribe The Ardal Post Local "
        "stories, told by locals. This article is free to read. Share this page",
        "The council voted on Monday to rebuild the old bridge over the harbour, and the mayor said"
        " that work will start in March. Boats will pass on the south side until the autumn. The "
        "ferry keeps its timetable, she added, whatever the weather brings this year.",
        "Follow us Facebook Twitter Instagram YouTube Newsletter Jobs Contact Imprint You can reach"
        " the desk at any hour. We answer every letter. Copyright 2024 Ardal Post Ltd.",
    ),
    "de": (
        "Startseite Politik Wirtschaft Sport Kultur Wetter Anzeigen Abo Anmelden Guten Morgen! Hier"
        " lesen Sie, was im Norden los ist. Der Newsletter kommt täglich um sechs.",
        "Der Rat stimmte am Montag für den Neubau der alten Brücke am Hafen, und die "
        "Bürgermeisterin rechnet mit einer Bauzeit von drei Jahren. Boote fahren bis zum Herbst "
        "an der Südseite vorbei. Die Fähre bleibt bei ihrem Fahrplan, sagte sie auch noch.",
        "Impressum Datenschutz AGB Kontakt Karriere Mediadaten Archiv Hilfe Alle Rechte liegen beim"
        " Verlag. Nachdruck nur mit Erlaubnis. Wir sind von acht bis vier zu erreichen.",
    ),
    "es": (
        "Portada Sucesos Deportes Economía Cultura Opinión Esquelas Hemeroteca Suscríbete Hola, "
        "lector. Este contenido es abierto durante el día de hoy. Gracias por venir.",
        "El pleno aprobó el lunes la reconstrucción del viejo puente sobre el puerto, y la "
        "alcaldesa calcula que las obras durarán tres años. Los barcos pasarán por el lado sur "
        "hasta el otoño. El transbordador mantiene su horario, añadió al final de la reunión.",
        "Contacto Publicidad Empleo Archivo Ayuda Mapa Newsletter Privacidad Todos los derechos "
        "quedan reservados. La redacción abre a las nueve. Escríbanos cuando quiera, por favor.",
    ),
    "ru": (
        "Главная Политика Экономика Спорт Культура Погода Видео Подписка Войти Добрый день! Здесь "
        "собраны новости нашего города. Редакция работает каждый день без выходных.",
        "Городской совет в понедельник проголосовал за восстановление старого моста через гавань, "
        "и мэр сказала, что работы займут три года. Лодки до осени пойдут вдоль южного берега. "
        "Паром сохранит расписание, добавила она в конце заседания совета.",
        "Контакты Реклама Вакансии Архив Помощь Карта Рассылка Приложение Все права принадлежат "
        "редакции. Перепечатка только с разрешения. Мы отвечаем на каждое письмо читателей.",
    ),
    "el": (
        "Αρχική Πολιτική Οικονομία Αθλητικά Πολιτισμός Καιρός Βίντεο Συνδρομή Είσοδος Καλημέρα σας."
        " Εδώ διαβάζετε τα νέα του νησιού. Η σύνταξη εργάζεται κάθε μέρα ως αργά.",
        "Το συμβούλιο ψήφισε τη Δευτέρα την ανακατασκευή της παλιάς γέφυρας στο λιμάνι, και η "
        "δήμαρχος είπε ότι τα έργα θα κρατήσουν τρία χρόνια. Οι βάρκες θα περνούν από τη νότια "
        "πλευρά ως το φθινόπωρο. Το πλοίο κρατά τα δρομολόγιά του, πρόσθεσε.",
        "Επικοινωνία Διαφήμιση Θέσεις Αρχείο Βοήθεια Χάρτης Όροι Απόρρητο Τα δικαιώματα ανήκουν "
        "στον εκδότη. Η αναδημοσίευση θέλει άδεια. Απαντάμε σε κάθε γράμμα σας με χαρά.",
    ),
    "zh": (
        "首页 新闻 体育 财经 娱乐 天气 视频 论坛 登录 注册 "
        "早上好。这里是本市的新闻。编辑部每天工作到很晚，" * 3,
        "市议会周一投票决定重建港口上的旧桥，市长说工程将于三月开始，需要三年时间。船只在秋天之前将从南侧"
        "通过。她补充说，渡轮的时刻表不变。" * 3,
        "联系 广告 招聘 档案 帮助 地图 订阅 隐私 "
        "版权归出版社所有。转载需要许可。我们会回答每一封读者来信。" * 3,
    ),
}


def in_spans(text):
    """The text laid out, and the number of tentative and sure cuts within each of its lines."""
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append((at, at + len(line)))
        at += len(line) + 1
    pieces = lay_out(text, spans)
    return [
        sum(first < piece.start < last and piece.cut != Cut.LINE for piece in pieces)
        for first, last in spans
    ]


@pytest.mark.parametrize("language", PARTS)
def test_each_long_line_of_a_page_that_lost_its_breaks_is_cut(language):
    text = "\n".join(" ".join((part, part)) for part in PARTS[language])
    assert all(cuts >= 3 for cuts in in_spans(text))


@pytest.mark.parametrize("language", ["en", "de", "es", "ru"])
def test_menus_around_the_story_go_from_three_lines_that_lack_breaks(language):
    head, story, foot = PARTS[language]
    article = boilerstrip.clean("\n".join((head, story, foot)))
    assert story in article.body
    assert head.rsplit(maxsplit=12)[0] not in article.body
    assert foot.split(maxsplit=8)[0] not in article.body.split()


@pytest.mark.parametrize(
    "text",
    [
        # Paragraphs, the name of an office among them.
        "\n".join(
            (
                PARTS["en"][1],
                "A spokesman for Her Majesty's Revenue and Customs said that nobody was told. "
                + PARTS["en"][1],
                PARTS["en"][1],
            )
        ),
        # A menu alone on its line, over paragraphs.
        "\n".join((" ".join(["Home News Sport Weather Video"] * 8), *[PARTS["en"][1]] * 3)),
        # Many short lines, one of which was put together.
        "\n".join((*["Ferry fares rise again"] * 30, PARTS["en"][0] + ".", PARTS["en"][1])),
    ],
)
def test_lines_of_paragraphs_and_menus_stay_whole(text):
    assert sum(in_spans(text)) == 0


# A text on one line, its headline, who wrote it, and its story.
HEADS = {
    "en": (
        "Home News Sport Culture",
        "Council votes for new bridge over the harbour",
        "By Jane Doe 12 May 2024",
        "The council voted on Monday to rebuild the old bridge over the harbour. The mayor said "
        "that work will start in March and take three years.",
    ),
    "es": (
        "Inicio Sucesos Deportes Cultura",
        "El pleno aprueba el nuevo puente del puerto",
        "Por Juana Dorado 12 de mayo de 2024",
        "El pleno aprobó el lunes la reconstrucción del viejo puente sobre el puerto. La alcaldesa "
        "calcula que las obras durarán tres años.",
    ),
    "fr": (
        "Accueil Politique Sports Culture",
        "Le conseil vote pour un nouveau pont sur le port",
        "Par Jeanne Doré Publié le 12 mai 2024 à 18h04",
        "Le conseil a voté lundi la reconstruction du vieux pont qui enjambe le port. La maire "
        "estime que les travaux dureront trois ans.",
    ),
    "ru": (
        "Главная Политика Спорт Культура",
        "Совет проголосовал за новый мост через гавань",
        "Анна Дорохова 12 мая 2024, 18:04",
        "Городской совет в понедельник проголосовал за восстановление старого моста через гавань. "
        "По словам мэра, работы займут три года.",
    ),
    "pl": (
        "Strona główna Polityka Sport Kultura",
        "Rada zagłosowała za nowym mostem w porcie",
        "Joanna Dorska 12 maja 2024, 18:04",
        "Rada miasta przegłosowała w poniedziałek odbudowę starego mostu nad portem. Zdaniem "
        "burmistrza prace potrwają trzy lata.",
    ),
    "fi": (
        "Etusivu Urheilu Kulttuuri Sää",
        "Valtuusto äänesti uuden sillan puolesta",
        "Janna Dorre Julkaistu 12.5.2024 klo 18.04",
        "Valtuusto äänesti maanantaina sataman vanhan sillan uusimisesta. Pormestarin mukaan työt "
        "kestävät kolme vuotta.",
    ),
}


@pytest.mark.parametrize("language", HEADS)
def test_what_stands_above_the_story_on_one_line_goes(language):
    menu, title, byline, story = HEADS[language]
    story = f"{story} {PARTS.get(language, PARTS['en'])[1]}"
    text = f"{menu} {title} {byline} {story}"
    article = boilerstrip.clean(text)
    assert (article.body, article.title, article.date) == (story, title, "2024-05-12")
    assert article.rebuild() == text
    gone = {removal.category for removal in article.removed}
    assert {"title", "date"} <= gone
    assert "byline" in gone


@pytest.mark.parametrize(
    "text",
    [
        # Names of authors and days amid a sentence.
        "In England findet bald die Krönungszeremonie von König Charles III. statt. Die Stadt "
        "rechnet mit vielen Gästen, und die Bürgermeisterin freut sich sehr.",
        "This blog post was authored by Jake Donaldson, Managing Principal of the office. He has "
        "built houses for forty years and likes them all.",
        "LONDON (AP) — A man who stole a stop sign was arrested on Saturday. The police said that "
        "the sign was found in a shed.",
        "Am 12. Mai 2024 stimmte der Rat für den Neubau der Brücke. Die Bürgermeisterin rechnet "
        "mit einer Bauzeit von drei Jahren.",
    ],
)
def test_a_story_on_one_line_that_begins_with_names_and_days_stays(text):
    assert boilerstrip.clean(text).body == text


# Between two sentences of a text on one line: a heading and headlines; with the last of these the
# next sentence might begin.
LISTS = {
    "en": (
        "Related Articles Ferry fares rise again after a quiet winter Storm closes the northern "
        "port for a week",
        "Lighthouse keeper retires after forty years Boats will pass on the south side until the "
        "autumn, she said. Nobody knew yet who will pay for it.",
    ),
    "es": (
        "Noticias relacionadas La tormenta cierra el puerto del norte El farero se jubila tras "
        "cuarenta años",
        "Suben otra vez los billetes del transbordador Los barcos pasarán por el lado sur hasta el "
        "otoño, añadió. Nadie sabe todavía quién lo pagará.",
    ),
    "fr": (
        "À lire aussi La tempête ferme le port du nord pendant une semaine",
        "Le gardien du phare prend sa retraite Les bateaux passeront par le côté sud jusqu’à "
        "l’automne, a-t-elle ajouté. Personne ne sait encore qui paiera.",
    ),
    "ru": (
        "Читайте также Шторм закрыл северный порт на неделю Смотритель маяка вышел на пенсию",
        "Билеты на паром снова подорожали Лодки до осени будут проходить вдоль южного берега, "
        "добавила она. Кто за это заплатит, пока неизвестно.",
    ),
    "pl": (
        "Zobacz także Sztorm zamknął północny port na tydzień Latarnik przechodzi na emeryturę",
        "Bilety na prom znowu drożeją Łodzie będą do jesieni pływać południową stroną, dodała. "
        "Nikt jeszcze nie wie, kto za to zapłaci.",
    ),
    "fi": (
        "Aiheeseen liittyvää Myrsky sulki pohjoisen sataman viikoksi Majakanvartija jää eläkkeelle",
        "Lautan liput kallistuvat taas Veneet kulkevat syksyyn asti eteläpuolelta, hän lisäsi. "
        "Kukaan ei vielä tiedä, kuka maksaa koko työn.",
    ),
}


@pytest.mark.parametrize("language", LISTS)
def test_headlines_under_a_heading_amid_the_story_go_but_for_the_last(language):
    story, (listed, rest) = HEADS[language][-1], LISTS[language]
    article = boilerstrip.clean(f"{story} {listed} {rest}")
    assert article.body.split() == f"{story} {rest}".split()
    assert {removal.category for removal in article.removed} == {"related"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Related Articles of faith were read out by Jane Doe on Sunday, the day before.",
        "Most Read Books of the year are shown by Ardal Library until the end of May.",
    ],
)
def test_a_sentence_that_begins_as_a_heading_does_stays(sentence):
    story = HEADS["en"][-1]
    text = f"{story} {sentence} {story.replace('Monday', 'Sunday')}"
    assert sentence.split(maxsplit=2)[2] in boilerstrip.clean(text).body
