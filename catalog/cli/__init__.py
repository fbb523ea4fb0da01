"""The command line: one command a file, each reads its arguments, calls the workflow and prints."""

from __future__ import annotations

from catalog.cli.group import catalog, main

__all__ = ["catalog", "main"]
