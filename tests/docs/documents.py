"""The documents of the repository, and the rows of their tables."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def documents() -> list[Path]:
    """Return every page that people read, sorted."""
    return sorted([*ROOT.glob("*.md"), *ROOT.joinpath("docs").rglob("*.md"), ROOT / "samples" / "README.md"])


def page(name: str) -> str:
    """Return the text of a page below docs/."""
    return ROOT.joinpath("docs", name).read_text("utf-8")


def rows(text: str) -> list[list[str]]:
    """Return the cells of every row of every table, headers and rules left out; `\\|` is a bar inside a cell."""
    found = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        is_header = number + 1 < len(lines) and re.match(r"\| *:?-+", lines[number + 1])
        if line.startswith("|") and not is_header and not re.match(r"\| *:?-+", line):
            found.append([cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]])
    return found


def named_first(text: str) -> list[str]:
    """Return what stands in backticks at the start of the first cell of every row, in order."""
    return [found[1] for row in rows(text) if (found := re.match(r"`([^`]+)`", row[0]))]
