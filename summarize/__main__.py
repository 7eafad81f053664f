"""python -m summarize."""

from summarize.cli.main import main

main()
