from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.keeping import Keeping


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Keeping]:
    """Open an empty catalogue in a run of its own."""
    made = Keeping(tmp_path / "instance")
    made.begin()
    yield made
    made.close()
