"""The words that local features are sorted by: codes that stand for many like them.

A tree of two levels: 64 branches of 64 words each. A code belongs to the nearest branch, and there to the nearest word.
The file is made by `python -m bench.matching_vocabulary` from drawn pictures, not from photographs, and is fixed: another
file is another version of the descriptor `local_points`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final

BRANCHES: Final = 64
WORDS_PER_BRANCH: Final = 64
CODE_BYTES: Final = 32


@lru_cache(maxsize=1)
def vocabulary() -> tuple[bytes, bytes]:
    """Return the codes of the branches, one after the other, and those of all words, branch by branch."""
    content = files("catalog.records").joinpath("vocabulary_2.bin").read_bytes()
    return content[: BRANCHES * CODE_BYTES], content[BRANCHES * CODE_BYTES :]
