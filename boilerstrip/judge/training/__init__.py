"""How the scorer's weights are made; ``boilerstrip.judge.train`` is the command."""
