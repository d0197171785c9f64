"""What can go wrong: ``BoilerstripError``, and below it ``InputError`` and ``RuleError``."""


class BoilerstripError(Exception):
    """Any failure that boilerstrip reports; catch this one to catch them all."""


class InputError(BoilerstripError):
    """A source that can't be read: names the source, what is wrong and what to do next."""


class RuleError(BoilerstripError):
    """A rule or rule file that can't be used: names file, rule, key and the nearest valid key."""
