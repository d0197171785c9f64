"""Scores boilerstrip, its peers, or any function or command against gold data.

>>> from boilerstrip.evaluation import GoldPage, evaluate, function_system, summarise
>>> page = GoldPage("1", body="It rained all day.", text="It rained all day. Share this!")
>>> run = evaluate([page], [function_system(str.strip, takes={"text"})], "text", "bs4")
>>> summarise(run.outcomes["strip"]).body.recall
1.0
"""

from boilerstrip.evaluation.gold import GoldPage, load_gold
from boilerstrip.evaluation.measures import Figure, Overlap, Score
from boilerstrip.evaluation.peers import PEERS, find_peers
from boilerstrip.evaluation.renderers import RENDERERS
from boilerstrip.evaluation.run import Outcome, Run, evaluate
from boilerstrip.evaluation.summary import Summary, summarise
from boilerstrip.evaluation.systems import (
    Extraction,
    System,
    boilerstrip_system,
    command_system,
    function_system,
    held_out_system,
)
from boilerstrip.evaluation.worst import PageReport, explain_harm, explain_worst

__all__ = [
    "PEERS",
    "RENDERERS",
    "Extraction",
    "Figure",
    "GoldPage",
    "Outcome",
    "Overlap",
    "PageReport",
    "Run",
    "Score",
    "Summary",
    "System",
    "boilerstrip_system",
    "command_system",
    "evaluate",
    "explain_harm",
    "explain_worst",
    "find_peers",
    "function_system",
    "held_out_system",
    "load_gold",
    "summarise",
]
