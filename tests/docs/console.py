"""Commands and their output as documents show them.

A fenced `console` block holds commands and what they print, as in a terminal:

- a line that begins with `$ ` is a command; one that ends in a backslash goes on in the next line;
- the lines below it, up to the next command or the end of the block, are what it prints on standard output and standard error,
  where nothing need be printed below a command whose output is not shown;
- `…` stands for any text within a line, a line of `…` alone for any number of lines;
- seconds, rates, run ids and moments are compared by their form only; every other number is compared as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELLIPSIS = "…"
# What differs from run to run and from machine to machine.
PASSING = (
    (re.compile(r"\b\d{8}T\d{6}-[0-9a-f]{6}\b"), "RUN"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"), "MOMENT"),
    (re.compile(r"\b\d+(\.\d+)? s\b"), "N s"),
    (re.compile(r"\b\d+(\.\d+)?/s\b"), "N/s"),
    (re.compile(r'("seconds"|"describe_ms"|"search_ms"): [\d.e-]+'), r"\1: N"),
)
# Progress, and limits that this machine does not have, are told beside the output.
BESIDE = re.compile(r"[^:]+: \d+ of \d+, .+ left\b.*|Note: .+")


@dataclass(frozen=True, slots=True)
class Shown:
    """Hold one command and the lines shown below it; `block` counts the blocks of a document from 1."""

    block: int
    command: str
    output: tuple[str, ...]


def shown_commands(text: str) -> list[Shown]:
    """Return every command that a document shows, in order."""
    found = []
    for number, block in enumerate(BLOCK.findall(text), 1):
        joined = block.replace("\\\n", " ")
        for part in re.split(r"^\$ ", joined, flags=re.MULTILINE)[1:]:
            command, *output = part.rstrip("\n").split("\n")
            found.append(Shown(number, " ".join(command.split()), tuple(output)))
    return found


def is_as_shown(shown: tuple[str, ...], printed: str) -> bool:
    """Tell whether what a command printed has the form that is shown; nothing shown asks nothing."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == ELLIPSIS else f"{'.*'.join(re.escape(part) for part in _form(line).split(ELLIPSIS))}\n"
        for line in shown
    )
    lines = [line for line in printed.splitlines() if not BESIDE.fullmatch(line)]
    return not shown or re.fullmatch(pattern, "".join(f"{_form(line)}\n" for line in lines)) is not None


def _form(line: str) -> str:
    for passing, name in PASSING:
        line = passing.sub(name, line)
    return line.rstrip()
