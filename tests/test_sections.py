"""Where removals end: markers don't end an article, lists stop where prose resumes."""

import pytest
from conftest import PARAGRAPHS as P

import boilerstrip

TEASERS = [
    "Ferry Fares Rise for the Third Time This YearThe operator blames the price of diesel.",
    "Lime Trees to Be Felled by EasterResidents have gathered four thousand names against it.",
    "Old Bridge Photographed From AboveA drone shows how far the cracks have grown.",
]


def body_of(*lines):
    return boilerstrip.clean("\n".join(lines)).body.split("\n")


@pytest.mark.parametrize(
    "marker",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "[Advertisement]",
        "- Advertisement -",
        "Advertisement – Scroll to Continue",
        "Advertisement - Continue Reading Below",
        "Story continues below advertisement",
        "Article continues below this ad",
        "Sponsored",
    ],
)
@pytest.mark.parametrize("place", range(6))
def test_an_ad_marker_goes_alone_wherever_it_stands(marker, place):
    lines = [*P[:place], marker, *P[place:]]
    assert body_of(*lines) == P


@pytest.mark.parametrize(
    "link",
    [
        "Also read: Ferry fares rise for the third time",
        "READ MORE: Ferry fares rise for the third time",
        "Related: Ferry fares rise for the third time",
        "Read also: Ferry fares rise for the third time",
    ],
)
def test_an_inline_link_leaves_the_paragraphs_after_it(link):
    assert body_of(*P[:2], link, *P[2:]) == P


@pytest.mark.parametrize(
    "heading", ["Related Articles", "You may also like", "Recommended for you"]
)
def test_a_list_in_the_middle_ends_where_prose_resumes(heading):
    items = ["Ferry fares rise for the third time", "Lime trees to be felled by Easter"]
    assert body_of(*P[:2], heading, *items, *P[2:]) == P


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Der Rat der Stadt hat am Montagabend nach zwei Jahren Streit über den Bau der neuen "
            "Brücke abgestimmt, und die Mehrheit war knapp.",
            "Ingenieure hatten gewarnt, dass die alte Brücke einen weiteren Winter mit schwerem "
            "Verkehr nicht aushält. Sie bekamen recht.",
            "Lesen Sie auch:",
            "Fähre zur Insel fällt drei Tage aus",
            "Warum dauerte es so lange? Der Bürgermeister zuckt mit den Schultern: „Jeder wollte "
            "etwas anderes.“ Im März wird gebaut.",
        ],
        [
            "Le conseil municipal a voté lundi soir la construction du nouveau pont, après deux "
            "ans de débats sur son coût et son tracé.",
            "Les ingénieurs avaient prévenu que l'ancien pont ne supporterait pas un hiver de plus "
            "le poids des camions de la carrière.",
            "À lire aussi",
            "Le bac de l'île en panne depuis trois jours",
            "« On ne pouvait plus attendre », dit la maire. Les travaux commencent en mars et "
            "dureront trois ans, selon la mairie.",
        ],
        [
            "Городской совет в понедельник вечером проголосовал за строительство нового моста "
            "после двух лет споров о его цене.",
            "Инженеры предупреждали, что старый мост не выдержит ещё одной зимы с тяжёлыми "
            "грузовиками из карьера, и просили решить до морозов.",
            "Читайте также:",
            "Паром на остров не ходит третий день",
            "«Ждать было нельзя», — сказала мэр. Работы начнутся в марте и продлятся три года, а "
            "пока людей возит паром.",
        ],
    ],
    ids=["de", "fr", "ru"],
)
def test_the_last_paragraph_stays_under_a_link_to_another_article(lines):
    assert body_of(*lines) == [*lines[:2], lines[4]]
    assert lines[4].split()[-1] in boilerstrip.clean("".join(lines)).body


def test_a_list_ends_where_a_sentence_introduces_what_follows():
    items = ["Ferry fares rise for the third time", "Lime trees to be felled by Easter"]
    intro = "Once the council has met again, the work can start. These are the steps that follow:"
    rest = ["Steps", intro, "1. Survey", "2. Piles", *P[2:]]
    assert body_of(*P[:2], "Related Articles", *items, *rest) == [*P[:2], *rest]


def test_a_heading_after_a_list_stays():
    items = ["Ferry fares rise for the third time", "Lime trees to be felled by Easter"]
    lines = body_of(*P[:2], "Related Articles", *items, "Years of delay", *P[2:])
    assert lines == [*P[:2], "Years of delay", *P[2:]]


@pytest.mark.parametrize("marker", [[], ["Read more »"]])
def test_a_similar_news_list_goes_to_its_end(marker):
    heading = "Similar News:You can also read news stories similar to this one that we collected."
    items = [line for teaser in TEASERS for line in (teaser, *marker)]
    article = boilerstrip.clean("\n".join([*P, heading, *items]))
    assert article.body.split("\n") == P
    assert [item.title for item in article.related] == [
        "Ferry Fares Rise for the Third Time This Year",
        "Lime Trees to Be Felled by Easter",
        "Old Bridge Photographed From Above",
    ]
    assert article.related[1].summary == "Residents have gathered four thousand names against it."


def test_markers_are_cut_out_of_one_long_line():
    text = f"{P[0]} {P[1]} Advertisement – Scroll to Continue {P[2]} {P[3]}"
    assert body_of(text) == [f"{P[0]} {P[1]}", f"{P[2]} {P[3]}"]


def test_comments_go_apart_from_the_widget():
    thread = [
        "2 Comments",
        "Jo Bell",
        "May 3, 2024 at 9:12 am",
        "I have crossed that bridge every day for forty years and will miss it.",
        "Reply",
        "Sam Hart",
        "May 3, 2024 at 10:40 am",
        "A tunnel would have been the better choice for all of us.",
        "Reply",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
    ]
    article = boilerstrip.clean("\n".join([*P, *thread]))
    assert article.body.split("\n") == P
    assert article.comments == (
        "I have crossed that bridge every day for forty years and will miss it.",
        "A tunnel would have been the better choice for all of us.",
    )


def test_comments_under_a_heading_go_for_their_own_marks_from_the_first_on():
    heading, before = "2 thoughts on “The Bridge”", "Walking there takes too long."
    thread = ["Great post!", "I took the ferry.", "I love this article, thanks!"]
    removed = boilerstrip.clean("\n".join([*P, heading, before, *thread])).removed
    assert [(removal.cause, removal.text) for removal in removed] == [
        ("rule:comment-widget/thread-of-title", heading),
        ("rule:comment-widget/thread-of-title", before),
        ("rule:comment/praise", "\n".join(thread)),
    ]


BIO = "Ada Moore is a reporter at the Ardal Post who has covered the river for nine years."


@pytest.mark.parametrize(
    "more",
    [
        ["She lives on the old quay with two cats and a boat that does not float."],
        [
            "Moore holds a degree in law from the university and another one in rowing.",
            "When she is not writing, she mends nets with her two sons on the old quay.",
        ],
    ],
)
def test_what_more_is_said_of_the_author_goes_with_the_bio(more):
    article = boilerstrip.clean("\n".join([*P, BIO, *more]))
    assert article.body.split("\n") == P
    assert {removal.category for removal in article.removed} == {"author_bio"}


@pytest.mark.parametrize(
    "more",
    [
        ["The vote will be held again in May, if the court agrees with the town."],
        ["She lives on the old quay.", *P[:1], "Her sons mend nets there."],
        ["She lives on the old quay with two cats."] * 5,
        ["Further north"],
    ],
)
def test_a_person_in_the_story_is_no_author(more):
    assert body_of(*P, BIO, *more) == [*P, BIO, *more]


def test_what_is_said_of_someone_beside_other_boilerplate_stays():
    line = "She lives on the old quay with two cats and a boat that does not float."
    assert body_of(*P, "Advertisement", line) == [*P, line]


THREAD = [
    "Marta says",
    "I crossed that bridge every day for forty years. A tunnel would have been better.",
    "Hanna M. writes",
    "The ferry takes bicycles, too, but only on week days.",
]
LETTERS = [
    "Dear Ada, my neighbour has cut down the hedge between us, and now she waves. What can I do?",
    "Dear Worried, wave back. A hedge grows a foot a year, and a grudge grows faster than that.",
    "Dear Ada, my brother has had my ladder for eleven years and says that it is his by now.",
]
DIALOGUE = [
    "Adam says:",
    "I never liked the bridge, and I said so at the time to everyone who asked me.",
    "Bella says:",
    "You never said a word of it to me, and I asked you twice before the vote.",
]


def test_comments_without_a_heading_go_from_their_first_mark_on():
    article = boilerstrip.clean("\n".join([*P, *THREAD]))
    assert article.body.split("\n") == P
    assert article.comments == (THREAD[1], THREAD[3])
    assert {removal.category for removal in article.removed} == {"comment"}


@pytest.mark.parametrize(
    "comment",
    ["Great post, thanks!", "Thank you for this article, Jo.", "I totally agree with you."],
)
def test_what_readers_say_of_the_article_marks_a_thread(comment):
    answers = ["It would be good to know what the tunnel would have cost.", "So helpful!"]
    assert body_of(*P, comment, *answers) == P


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([*P, *THREAD[:2]], "one mark is no thread"),
        ([THREAD[0], *P, THREAD[2]], "nothing stands above the first"),
        ([*P[:2], *THREAD, *P[2:]], "more of the article than the tail follows"),
        ([*P, THREAD[0], *P[:1] * 31, THREAD[2]], "too much stands between"),
        ([*P, *LETTERS], "letters are what the column is made of"),
        ([*P, *DIALOGUE], "all speak, and nobody comments"),
    ],
)
def test_what_looks_like_a_mark_of_comments_stays(lines, why):
    assert body_of(*lines) == lines, why


def test_many_marks_are_a_thread_longer_than_the_article():
    assert body_of(*P[:1], *THREAD * 3) == P[:1]


def test_more_names_than_a_dialogue_has_are_readers():
    names = ["Ada", "Bo Quay", "midwestsails", "Paula@Pier"]
    thread = [line for name in names for line in (f"{name} says", THREAD[1])]
    assert body_of(*P, *thread) == P
    assert body_of(*P, *thread[:6]) == [*P, *thread[:6]]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "Ada Moor 11. Februar 2020 at 9:41 Antworten",
            "Bo Lind 12. Februar 2020 um 7:05 Antworten",
        ),
        ("Ada May 3, 2021 at 9:41 pm Reply", "Bo May 4, 2021 at 7:05 am Reply"),
        ("Jeanne le 3 mai 2021 à 18:05 Répondre", "Luc le 4 mai 2021 à 8:05 Répondre"),
    ],
)
def test_names_with_the_hour_and_a_button_are_readers(first, second):
    assert body_of(*P, first, THREAD[1], second, THREAD[3]) == P
    assert body_of(*P, "One Comment", first, THREAD[1]) == P
    assert body_of(*P, first[:-2] + " to him", THREAD[1]) == [*P, first[:-2] + " to him", THREAD[1]]


def test_what_follows_a_thread_at_some_distance_stays():
    before = [f"In town {n}, {line}" for n, line in enumerate(P * 9)]
    after = [f"{n}. {line}" for n, line in enumerate(P * 6)]
    assert body_of(*before, *THREAD, *after) == [*before, *THREAD[3:], *after]


@pytest.mark.parametrize(
    "sentence",
    [
        "The advertisement ran for a week before anyone complained.",
        "Readers who want to know more can read more in the report.",
        "In related news, the ferry was late again.",
        "She left a comment and signed it with her full name.",
        "He subscribed to the newsletter and never read it.",
        "All rights were reserved by the publisher, who died in 1931.",
        "Share prices fell by a tenth on Tuesday.",
        "Sign up early, she said, or the list will be full.",
        "Source: the word has two meanings in journalism.",
        "Similar news reached the capital a day later.",
    ],
)
def test_a_sentence_that_looks_like_a_marker_stays(sentence):
    lines = [*P[:3], sentence, *P[3:]]
    article = boilerstrip.clean("\n".join(lines))
    assert article.removed == ()
    assert article.body.split("\n") == lines
