"""``python -m boilerstrip``: the same as the ``boilerstrip`` command."""

from boilerstrip.cli import main

if __name__ == "__main__":
    main(prog_name="boilerstrip")
