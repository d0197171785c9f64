"""How the scorer's weights are made: ``python -m boilerstrip.training`` is the command.

It stands beside ``boilerstrip.evaluation``, whose gold, measures, alignment and renderers it uses.
No part of ``clean`` needs it.
"""
