"""Where the arrays of an index come to lie: in memory, or in files that are mapped."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from catalog.lasting import sync_names

# Takes a name, a shape and a dtype, and returns an array of that shape to be filled.
Make = Callable[[str, tuple[int, ...], type[np.generic]], NDArray[Any]]


def in_memory(name: str, shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[Any]:
    """Make an array in memory; the name is of no use there."""
    return np.empty(shape, dtype)


class ArrayFolder:
    """Make arrays in NPY files of one folder and open them again, mapped: what is not looked at takes no memory."""

    def __init__(self, folder: Path) -> None:
        """Name the folder."""
        self.folder = folder

    def make(self, name: str, shape: tuple[int, ...], dtype: type[np.generic]) -> NDArray[Any]:
        """Make one array in its file, to be filled; nothing is durable before `seal`."""
        return np.lib.format.open_memmap(self._path(name), mode="w+", dtype=dtype, shape=shape)

    def open(self, name: str) -> NDArray[Any]:
        """Open one array for reading; raises OSError or ValueError when its file is missing or no whole array."""
        return np.lib.format.open_memmap(self._path(name), mode="r")

    def seal(self) -> None:
        """Sync every file and the folder; what was written through the maps lies in the same pages."""
        for path in sorted(self.folder.iterdir()):
            _sync(path)
        sync_names(self.folder)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.npy"


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
