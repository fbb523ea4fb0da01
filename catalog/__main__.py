"""Runs the command line as `python -m catalog`."""

from catalog.cli import main

main()
