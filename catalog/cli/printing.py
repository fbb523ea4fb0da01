"""What goes to the terminal: clean lines, JSON Lines, progress with time left."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from catalog.cli.language import _

PLAIN_SECONDS = 5.0
# Left-to-right and right-to-left overrides, embeddings, isolates and marks: a terminal obeys them, a reader cannot see them.
_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Spaces that do not break a line, which Russian and French typography puts into most sentences.
_SPACES = "\u00a0\u2009\u202f"


def clean(text: str) -> str:
    """Return text that a terminal shows and does not obey: control, bidi and invisible characters become visible escapes."""
    return "".join(letter if _is_shown(letter) else letter.encode("unicode_escape").decode("ascii") for letter in text)


def _is_shown(letter: str) -> bool:
    return letter in _SPACES or (letter.isprintable() and letter not in _BIDI)


def say(text: str) -> None:
    """Print one line for people, to standard error; a line end in a file name cannot forge another line."""
    click.echo(clean(text), err=True)


def show_line(text: str) -> None:
    """Print one line of the answer, to standard output."""
    click.echo(clean(text))


def say_limits(missing: Iterable[str]) -> None:
    """Tell which limits this machine does not draw around the processes that read files."""
    for limit in missing:
        say(_("Note: {limit}").format(limit=limit))


def emit(value: Mapping[str, object]) -> None:
    """Print one JSON line to standard output and flush it: whoever reads it may rely on it at once."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    try:
        sys.stdout.buffer.write(line.encode("utf-8") + b"\n")
    except UnicodeEncodeError:
        # A file name that is not valid UTF-8: escapes keep it exactly.
        sys.stdout.buffer.write(json.dumps(value, allow_nan=False).encode("ascii") + b"\n")
    sys.stdout.flush()


@dataclass
class Meter:
    """Tell how far a phase is: a bar on a terminal, a plain line now and then elsewhere; both on standard error."""

    label: str
    progress: Progress | None
    started: float = field(default_factory=time.monotonic)
    told: float = field(default_factory=time.monotonic)
    task: int | None = None

    def tell(self, done: int, total: int, detail: str = "") -> None:
        """Tell that `done` of `total` are done."""
        if self.progress is not None:
            if self.task is None:
                self.task = self.progress.add_task(self.label, total=total, detail=detail)
            self.progress.update(self.task, completed=done, total=total, detail=f"{self._rate(done):.1f}/s {detail}")  # type: ignore[arg-type]
            return
        now = time.monotonic()
        if now - self.told >= PLAIN_SECONDS:
            self.told = now
            left = (total - done) / max(self._rate(done), 1e-9)
            words = _("{label}: {done} of {total}, {rate:.1f}/s, {left:.0f} s left{detail}")
            more = f"; {detail}" if detail else ""
            say(words.format(label=self.label, done=done, total=total, rate=self._rate(done), left=left, detail=more))

    def _rate(self, done: int) -> float:
        return done / max(time.monotonic() - self.started, 1e-9)


class Meters:
    """Hand out meters, one a phase."""

    def __init__(self, progress: Progress | None) -> None:
        """Draw on a progress display, or print plain lines when there is none."""
        self._progress = progress

    def phase(self, label: str) -> Meter:
        """Begin a phase."""
        return Meter(label, self._progress)


@contextmanager
def meters() -> Iterator[Meters]:
    """Open the progress display for one command."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Meters(None)
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True),
        TextColumn("{task.fields[detail]}"),
    )  # fmt: skip
    with Progress(*columns, console=console) as progress:
        yield Meters(progress)
