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
