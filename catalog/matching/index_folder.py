"""The index kept on disk between runs: segments that are only ever added, merged and removed whole."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from catalog.errors import DiskError
from catalog.lasting import sync_names
from catalog.matching.index import ReferenceIndex
from catalog.matching.making import ArrayFolder
from catalog.matching.points import ALGORITHM as LOCAL_POINTS
from catalog.matching.points import VERSION as LOCAL_POINTS_VERSION
from catalog.matching.segment import VERSIONS, Entry, Segment, merged, opened, segment_of
from catalog.records.model import LEARNED, LearnedModel
from catalog.records.trimmed import TRIMMED, TRIMMED_VERSION

# An index made by another format, or of other versions of the descriptors, is not read but made anew.
FORMAT: Final = 1
KEY: Final = {"format": FORMAT, **VERSIONS, LOCAL_POINTS: LOCAL_POINTS_VERSION, TRIMMED: TRIMMED_VERSION}
LIST: Final = "segments.json"
# A segment is merged with the one before it until that is this many times as long: n photos lie in about log4(n) segments,
# and each was written about as often.
GROWTH: Final = 4


class IndexFolder:
    """Keep an index in a folder that several processes may use at once; what it holds is derived and can be made again.

    A segment is synced before the list names it, and the list is replaced in one step: what is named is whole. A folder that
    cannot be read, or was made by another version, counts as empty.
    """

    def __init__(self, folder: Path, model: LearnedModel | None = None) -> None:
        """Name the folder, which is made when something is written, and the learned model whose vectors are held."""
        self.folder = folder
        self.model = model

    @contextmanager
    def growing(self) -> Iterator[GrowingIndex]:
        """Open the index for adding, alone: others wait. Raises DiskError when the disk refuses."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / "lock").open("wb") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield GrowingIndex(self.folder, self.model)
        except OSError as error:
            raise DiskError(
                f"{self.folder}: the index could not be written: {error}; free some space or mend the disk"
            ) from error

    def clear(self) -> None:
        """Remove the index; those who have it open keep what they opened. Raises DiskError when the disk refuses."""
        with self.growing() as index:
            index.clear()


class GrowingIndex:
    """Add photos to the index of a folder, whose lock is held."""

    def __init__(self, folder: Path, model: LearnedModel | None = None) -> None:
        """Open what the folder lists and remove what an interrupted run left."""
        self._folder = folder
        self._model = model
        self._key = KEY if model is None else {**KEY, LEARNED: model.version}
        self._names: list[str] = []
        self._segments: list[Segment] = []
        self._read()
        self._sweep()

    @property
    def index(self) -> ReferenceIndex:
        """Return the index as it is now; what is added later is not in it."""
        return ReferenceIndex(self._segments, self._model)

    def add(self, entries: Sequence[tuple[int, Entry]]) -> None:
        """Add photos, each with its number, as one more segment, and merge those that have become alike in length."""
        if not entries:
            return
        name, files = self._begin()
        segment = segment_of(entries, files.make, self._model)
        files.seal()
        names, segments = [*self._names, name], [*self._segments, segment]
        while len(segments) > 1 and len(segments[-2]) < GROWTH * len(segments[-1]):
            second, first = segments.pop(), segments.pop()
            del names[-2:]
            name, files = self._begin()
            segments.append(merged(first, second, files.make))
            files.seal()
            names.append(name)
        self._publish(names)
        self._names, self._segments = names, segments
        self._sweep()

    def clear(self) -> None:
        """Remove every segment."""
        self._publish([])
        self._names, self._segments = [], []
        self._sweep()

    def _read(self) -> None:
        path = self._folder / LIST
        if not path.exists():
            return
        try:
            listed = json.loads(path.read_text("utf-8"))
            if listed["key"] == self._key:
                has_vectors = self._model is not None
                self._segments = [
                    opened(ArrayFolder(self._folder / name), has_vectors=has_vectors) for name in listed["segments"]
                ]
                self._names = listed["segments"]
        except (OSError, ValueError, KeyError, TypeError):
            # Derived and damaged: the caller finds that nothing is held, and adds everything again.
            self._names, self._segments = [], []

    def _begin(self) -> tuple[str, ArrayFolder]:
        taken = [int(path.name.removeprefix("segment-")) for path in self._folder.glob("segment-*")]
        name = f"segment-{max(taken, default=0) + 1}"
        (self._folder / name).mkdir()
        return name, ArrayFolder(self._folder / name)

    def _publish(self, names: Sequence[str]) -> None:
        fresh = self._folder / f"{LIST}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"key": self._key, "segments": list(names)}, file)
            file.flush()
            os.fsync(file.fileno())
        sync_names(self._folder)
        fresh.replace(self._folder / LIST)
        sync_names(self._folder)

    def _sweep(self) -> None:
        for path in self._folder.glob("segment-*"):
            if path.name not in self._names:
                shutil.rmtree(path)
