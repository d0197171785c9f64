import pytest

import boilerstrip
from boilerstrip.rules.check import broken_examples
from boilerstrip.rules.literals import needs
from boilerstrip.rules.ruleset import catalogue


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.id)
def test_rule_does_what_its_examples_say(rule):
    assert list(broken_examples(rule, boilerstrip.clean)) == []


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.id)
def test_shipped_pattern_has_a_literal_for_the_index(rule):
    for pattern in filter(None, (rule.line, rule.inline)):
        assert needs(pattern).literals is not None


_SPANISH = (
    "El ayuntamiento se reunió el lunes por la tarde para votar el nuevo puente sobre el río, tras"
    " dos años de debate sobre su precio y su efecto en el puerto viejo.",
    "Los ingenieros habían advertido de que el viejo no aguantaría otro invierno, y pidieron una"
    " decisión antes de la primera helada.",
)
_GERMAN = (
    "Der Rat trat am Montagabend zusammen, um über die neue Brücke abzustimmen, nach zwei Jahren"
    " Streit über ihren Preis und den alten Hafen.",
    "Die Ingenieure hatten gewarnt, dass die alte keinen Winter mehr trägt, und wollten vor dem"
    " ersten Frost eine Entscheidung.",
)


@pytest.mark.parametrize(
    ("prose", "line"),
    [
        (_SPANISH, "Via Láctea"),  # the English rule for "Via Switchyard"
        (_SPANISH, "Les: ¿Cuándo vuelve el transbordador?"),  # the Norwegian one for "Les: ..."
        (_SPANISH, "Propaganda."),  # the Portuguese one for advertisements
        (_SPANISH, "Foto: Rechazar la oferta fue lo más sensato."),
        (_GERMAN, "Lea: Wann haben Sie die Fähre zuletzt gesehen?"),  # the Spanish one for "Lea:"
        (_GERMAN, "Le – Und andere Geschichten vom Deich"),  # the Galician one for "Le: ..."
        (_GERMAN, "Name"),  # the form for comments has "Name *"
        (_GERMAN, "Top."),  # the Chinese one for the way up
    ],
)
def test_a_word_of_one_language_is_no_label_in_another(prose, line):
    article = boilerstrip.clean("\n".join((*prose, line)))
    assert article.body.endswith(line)
    article = boilerstrip.clean("\n".join((prose[0], line, prose[1])))
    assert line in article.body
