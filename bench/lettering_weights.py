"""Learn what letters look like the right way round, from rows set in free fonts and from rows of other marks.

    python -m bench.lettering_weights FONTS [FONTS …] [--cache FILE] [--write]

FONTS are folders of TrueType and OpenType files; docs/provenance.md names those that the shipped weights were learnt from.
Printed: of windows that had no part in learning, how often letters are told from other marks, and how often they are told the
right way round. With `--write` the weights replace those in catalog/provenance/lettering.npz. `--cache` keeps what was made.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.lettering_made import MadeRow, Maker, fonts_by_script
from catalog.provenance import row_reading
from catalog.provenance.row_reading import COLUMN, FEATURES, SCRIPTS, WEIGHTS_FILE, WINDOW, mirrored, seen_in

LINES, OTHERS, PARTS = 48_000, 1200, 8
# What a row is, as a number: a script of SCRIPTS, or after them no letters that are to be read.
NEITHER = len(SCRIPTS)
HIDDEN, ROUNDS, BATCH, RATE, DECAY, DROPPED = 64, 12, 512, 2e-3, 1e-4, 0.1
# In a round each row of letters gives about so many of its windows, each other row fewer, as there are more of them.
WINDOWS_OF_LETTERS, WINDOWS_OF_OTHERS = 6, 4
HELD_OUT = 12
Numbers = NDArray[np.float32]


def rows_made(folders: Sequence[Path]) -> list[MadeRow]:
    """Make all rows, in parts side by side."""
    fonts = fonts_by_script([path for folder in folders for end in ("ttf", "otf", "ttc") for path in folder.rglob(f"*.{end}")])
    print({script: len(paths) for script, paths in fonts.items()}, "fonts", flush=True)
    with ProcessPoolExecutor(2) as processes:
        parts = [processes.submit(_part, seed, fonts) for seed in range(PARTS)]
        return [row for part in parts for row in part.result()]


def _part(seed: int, fonts: dict[str, list[str]]) -> list[MadeRow]:
    maker = Maker(seed, fonts)
    return [*maker.lines(LINES // PARTS), *maker.others(OTHERS // PARTS)]


def windows_drawn(rows: Sequence[MadeRow], chance: np.random.Generator) -> tuple[NDArray[np.float16], NDArray[np.intp]]:
    """Draw windows from rows at random, in random order, and what each is of."""
    found, kinds = [], []
    for row in rows:
        starts = len(row.columns) - WINDOW + 1
        for start in chance.integers(starts, size=min(starts, WINDOWS_OF_LETTERS if row.script else WINDOWS_OF_OTHERS)):
            found.append(row.columns[start : start + WINDOW].reshape(FEATURES))
            kinds.append(SCRIPTS.index(row.script) if row.script else NEITHER)
    order = chance.permutation(len(found))
    return np.array(found, np.float16)[order], np.array(kinds, np.intp)[order]


def _scaled(windows: NDArray[np.float16]) -> Numbers:
    exact = windows.astype(np.float32)
    return np.asarray(exact / np.maximum(np.sqrt(np.square(exact).sum(1, keepdims=True)), 1e-6))


def learn(rows: Sequence[MadeRow], seed: int = 0) -> tuple[Numbers, ...]:
    """Return the weights that best tell letters that read rightly, the same mirrored, and neither (Adam: Kingma and Ba 2015)."""
    chance = np.random.default_rng(seed)
    weights = [
        chance.normal(0, np.sqrt(2 / WINDOW / 4), (FEATURES, HIDDEN)).astype(np.float32),
        np.zeros(HIDDEN, np.float32),
        chance.normal(0, 0.3, (2, HIDDEN, len(SCRIPTS))).astype(np.float32),
        np.zeros(len(SCRIPTS), np.float32),
    ]
    means, squares = ([np.zeros_like(each) for each in weights] for _ in range(2))
    step = 0
    for number in range(ROUNDS):
        windows, kinds = windows_drawn(rows, chance)
        batches, total = len(windows) // BATCH, 0.0
        for place in range(batches):
            which = slice(place * BATCH, (place + 1) * BATCH)
            kept = ((chance.random(HIDDEN) >= DROPPED) / (1 - DROPPED)).astype(np.float32)
            lost, slopes = _slopes(weights, _scaled(windows[which]), kinds[which], kept)
            total += lost / batches
            step += 1
            rate = RATE / 2 * (1 + np.cos(np.pi * step / (ROUNDS * batches)))
            for each, slope in enumerate(slopes):
                means[each] += 0.1 * (slope - means[each])
                squares[each] += 0.001 * (slope * slope - squares[each])
                sized = np.sqrt(squares[each] / (1 - 0.999**step)) + 1e-8
                weights[each] = (weights[each] - rate * means[each] / (1 - 0.9**step) / sized).astype(np.float32)
        print(f"round {number + 1}: loss {total:.4f}", flush=True)
    return tuple(weights)


def _slopes(weights: Sequence[Numbers], windows: Numbers, kinds: NDArray[np.intp], kept: Numbers) -> tuple[float, list[Numbers]]:
    """Return the mean loss of a batch and its gradient; `kept` is 0 for what is dropped (Srivastava and others 2014)."""
    first, offset, (of_right, of_text), least = weights
    other = mirrored(windows)
    one_sum, other_sum = windows @ first + offset, other @ first + offset
    one, opposite = np.maximum(one_sum, 0), np.maximum(other_sum, 0)
    apart, both = (one - opposite) * kept, (one + opposite) * kept
    right, text = apart @ of_right, both @ of_text + least
    # By script the right way round, neither, by script mirrored.
    logits = np.concatenate([text + right, np.zeros((len(text), 1), np.float32), text - right], 1)
    odds = np.exp(logits - logits.max(1, keepdims=True))
    share = odds / odds.sum(1, keepdims=True)
    lost = -np.log(share[np.arange(len(kinds)), kinds] + 1e-9)
    share[np.arange(len(kinds)), kinds] -= 1
    rightly, wrongly = share[:, :NEITHER] / len(kinds), share[:, NEITHER + 1 :] / len(kinds)
    by_text, by_right = rightly + wrongly, rightly - wrongly
    through_right, through_text = by_right @ of_right.T * kept, by_text @ of_text.T * kept
    by_one, by_other = (through_text + through_right) * (one_sum > 0), (through_text - through_right) * (other_sum > 0)
    slopes = [
        windows.T @ by_one + other.T @ by_other + DECAY * first,
        by_one.sum(0) + by_other.sum(0),
        np.stack([apart.T @ by_right, both.T @ by_text]) + DECAY * weights[2],
        by_text.sum(0),
    ]
    return float(lost.mean()), [np.asarray(slope, np.float32) for slope in slopes]


def report(weights: tuple[Numbers, ...], rows: Sequence[MadeRow]) -> None:
    """Print how windows of rows that had no part are told."""
    windows, kinds = windows_drawn(rows, np.random.default_rng(1))
    text, right = seen_in(_scaled(windows), weights)
    rightly, wrongly = np.logaddexp.reduce(text + right, 1), np.logaddexp.reduce(text - right, 1)
    for number, script in enumerate(SCRIPTS):
        which = kinds == number
        print(f"{script}: told the right way round {(rightly > wrongly)[which].mean():.3f} of {which.sum()} windows")
    taken = np.logaddexp(rightly, wrongly) > 0
    print(f"taken for letters: letters {taken[kinds < NEITHER].mean():.3f}, other marks {taken[kinds == NEITHER].mean():.3f}")


def write(weights: tuple[Numbers, ...]) -> None:
    """Replace the catalogue's own file; the first layer is kept in bytes, each unit with its scale."""
    first, offset, second, least = weights
    scale = np.abs(first).max(0) / 127
    kept = {"first": np.round(first / scale).astype(np.int8), "scale": scale, "offset": offset, "second": second, "least": least}
    np.savez_compressed(Path(row_reading.__file__).with_name(WEIGHTS_FILE), **kept)


def _kept(path: Path, folders: Sequence[Path]) -> list[MadeRow]:
    if not path.exists():
        rows = rows_made(folders)
        lengths, scripts = [len(row.columns) for row in rows], [row.script or "" for row in rows]
        np.savez(path, columns=np.concatenate([row.columns for row in rows]), lengths=lengths, scripts=scripts)
    with np.load(path) as kept:
        parts = np.split(kept["columns"].reshape(-1, COLUMN), np.cumsum(kept["lengths"])[:-1])
        return [MadeRow(columns, str(script) or None) for columns, script in zip(parts, kept["scripts"], strict=True)]


def main() -> None:
    """Read the arguments, learn, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("fonts", type=Path, nargs="+")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    rows = _kept(asked.cache, asked.fonts) if asked.cache else rows_made(asked.fonts)
    weights = learn([row for number, row in enumerate(rows) if number % HELD_OUT])
    report(weights, rows[::HELD_OUT])
    if asked.write:
        write(weights)


if __name__ == "__main__":
    main()
