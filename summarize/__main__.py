"""Run the command with ``python -m summarize``."""

from summarize.cli import main

main()
