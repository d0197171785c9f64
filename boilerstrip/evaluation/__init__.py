"""Scores boilerstrip, its peers, or any function or command against gold data.

>>> from boilerstrip.evaluation import GoldPage, evaluate, function_system, summarise
>>> page = GoldPage("1", body="It rained all day.", text="It rained all day. Share this!")
>>> run = evaluate([page], [function_system(str.strip, takes={"text"})], "text", "bs4")
>>> summarise(run.outcomes["strip"]).body.recall
1.0
"""

from boilerstrip.evaluation.cases import Verdict, check_case
from boilerstrip.evaluation.gold import Corpus, GoldPage, find_corpora, load_corpus
from boilerstrip.evaluation.measures import Figure, Overlap, Score
from boilerstrip.evaluation.peers import PEERS, find_peers
from boilerstrip.evaluation.renderers import RENDERERS
from boilerstrip.evaluation.run import FragmentOutcome, Outcome, Run, evaluate, evaluate_fragments
from boilerstrip.evaluation.summary import Summary, summarise
from boilerstrip.evaluation.systems import (
    Extraction,
    System,
    boilerstrip_system,
    command_system,
    function_system,
    held_out_systems,
)
from boilerstrip.evaluation.worst import PageReport, explain_harm, explain_worst

__all__ = [
    "PEERS",
    "RENDERERS",
    "Corpus",
    "Extraction",
    "Figure",
    "FragmentOutcome",
    "GoldPage",
    "Outcome",
    "Overlap",
    "PageReport",
    "Run",
    "Score",
    "Summary",
    "System",
    "Verdict",
    "boilerstrip_system",
    "check_case",
    "command_system",
    "evaluate",
    "evaluate_fragments",
    "explain_harm",
    "explain_worst",
    "find_corpora",
    "find_peers",
    "function_system",
    "held_out_systems",
    "load_corpus",
    "summarise",
]
