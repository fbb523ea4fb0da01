"""Ways in which a disk may be found after a power cut, chosen among the steps of a command and made on the real disk."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.durability.disk import Disk, Name, Step, Told

SEED = 20261122
Found = dict[str, bytes | None]


def is_told(step: Step) -> bool:
    """Tell whether the person was told something."""
    return isinstance(step, Told)


def is_named_or_told(step: Step) -> bool:
    """Tell whether a name was given or taken, or the person told something."""
    return isinstance(step, Name | Told)


def is_taken(step: Step) -> bool:
    """Tell whether a name was taken away, or exchanged for another."""
    return isinstance(step, Name) and any(file is None for _, file in step.changes)


def states_of(
    root: Path, steps: Sequence[Step], count: int, between: float = 0.5, is_moment: Callable[[Step], bool] = is_told
) -> Iterator[tuple[Found, bytes]]:
    """Yield so many states with the lines told before the cut, in the order of the cuts.

    The share `between` of the cuts falls anywhere, the others right after a moment.
    """
    chance = random.Random(SEED)
    moments = [number for number, step in enumerate(steps, 1) if is_moment(step)]
    cuts = [chance.randint(1, len(steps)) if chance.random() < between else chance.choice(moments) for _ in range(count)]
    disk, lines, done = Disk(root), b"", 0
    for cut in sorted(cuts):
        for step in steps[done:cut]:
            disk.take(step)
            lines += step.line if isinstance(step, Told) else b""
        done = max(done, cut)
        yield disk.found(chance), lines


def make_state(root: Path, found: Found) -> None:
    """Make a state below a folder, which is emptied first."""
    shutil.rmtree(root)
    root.mkdir()
    for path, content in sorted(found.items()):
        if content is None:
            Path(path).mkdir()
        else:
            Path(path).write_bytes(content)
