"""A disk that loses power: which states of files and names it may be found in, given the calls that were made and synced.

What was synced is there. Of what was not, any part may be: writes wholly, by sectors or not at all, in any order; names as a
journal keeps them (in the order they were given, up to some moment) or, more strictly, any of them (POSIX promises no more).
A rename is there or not, never half. The design is that of ALICE and CrashMonkey (OSDI 2014, OSDI 2018).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.durability.system_calls import LET_PASS, Answer, Call, Watcher

SECTOR_BYTES = 512
# SQLite makes its shared memory anew after a crash, whatever is found (sqlite.org/walformat.html, "WAL-Index recovery").
_UNSTORED = "-shm"
# Filled through a map of their pages and not by calls: what they hold is known when somebody waits for it.
_MAPPED = ".npy"
FOLDER = -1


@dataclass(frozen=True, slots=True)
class Write:
    """Hold bytes that were written into a file, or, without bytes, the size it was cut or extended to."""

    file: int
    offset: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Name:
    """Hold names that were given or taken in one step: path to file, FOLDER, or None for a name that is gone."""

    changes: tuple[tuple[str, int | None], ...]

    @property
    def moved(self) -> tuple[str, str] | None:
        """Return the old and the new path of a folder that was renamed with all in it, None for any other step."""
        if len(self.changes) == 2 and self.changes[1][1] == FOLDER:
            return self.changes[0][0], self.changes[1][0]
        return None


@dataclass(frozen=True, slots=True)
class Sync:
    """Hold that a file, or the names of a folder, were waited for."""

    file: int | None
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Hold a line that was acknowledged."""

    line: bytes


Step = Write | Name | Sync | Told


class Recorder:
    """Note every step of a command that changes files below a folder, in the order they were made."""

    def __init__(self, root: Path, output: str) -> None:
        """Name the folder, and the file into which acknowledgements are written."""
        self._root, self._output = str(root), output
        self.steps: list[Step] = []
        # What each mapped file held when it was last waited for, by path.
        self.mapped: dict[str, bytes] = {}
        self._files: dict[int, int] = {}
        self._is_new = False

    @property
    def watcher(self) -> Watcher:
        """Return the watcher that notes."""
        return Watcher(self._before, self._after)

    def _is_ours(self, path: str) -> bool:
        return (path + os.sep).startswith(self._root + os.sep) and not path.endswith(_UNSTORED)

    def _before(self, call: Call) -> Answer:
        if call.name in {"open", "openat"}:
            self._is_new = not Path(call.paths[0]).exists()
        return LET_PASS

    def _after(self, call: Call, result: int) -> None:
        if result < 0 or not call.is_change:
            return
        if call.name == "write" and call.paths[0] == self._output:
            self.steps.append(Told(call.content()))
        elif any(map(self._is_ours, call.paths)):
            self.steps += self._step(call, result)

    def _step(self, call: Call, result: int) -> Iterator[Step]:
        path, numbers = call.paths[0], call.arguments
        if call.name in {"open", "openat"}:
            if self._is_new:
                yield Name(((path, self._file(path, is_new=True)),))
            elif numbers[1 + (call.name == "openat")] & os.O_TRUNC:
                yield Write(self._file(path), 0, None)
        elif call.name in {"write", "pwrite64"}:
            offset = numbers[3] if call.name == "pwrite64" else _position(call.pid, numbers[0]) - result
            yield Write(self._opened(call), offset, call.content()[:result])
        elif call.name == "ftruncate":
            yield Write(self._opened(call), numbers[1], None)
        elif call.name in {"fsync", "fdatasync"}:
            if path.endswith(_MAPPED):
                self.mapped[path] = Path(path).read_bytes()
                yield Write(self._opened(call), 0, self.mapped[path])
            yield Sync(None, path) if Path(path).is_dir() else Sync(self._opened(call))
        elif call.name in {"mkdir", "mkdirat"}:
            yield Name(((path, FOLDER),))
        elif call.name in {"unlink", "unlinkat", "rmdir"}:
            yield Name(((path, None),))
        elif call.name in {"rename", "renameat", "renameat2"}:
            is_folder = Path(call.paths[1]).is_dir()
            yield Name(((path, None), (call.paths[1], FOLDER if is_folder else self._file(call.paths[1]))))
        elif call.name in {"link", "linkat"}:
            yield Name(((call.paths[1], self._file(call.paths[1])),))
        elif call.name not in {"chmod", "fchmod", "fchmodat"}:
            raise RuntimeError(f"{call.name} changes {path}, and the model of the disk does not know it")

    def _opened(self, call: Call) -> int:
        return self._files[Path(f"/proc/{call.pid}/fd/{call.arguments[0]}").stat().st_ino]

    def _file(self, path: str, *, is_new: bool = False) -> int:
        # A number of the file system may be used again for another file.
        inode = Path(path).stat().st_ino
        if is_new:
            self._files[inode] = len(self.steps)
        return self._files[inode]


def _position(pid: int, descriptor: int) -> int:
    told = Path(f"/proc/{pid}/fdinfo/{descriptor}").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in told if line.startswith("pos:"))


@dataclass(slots=True)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    pending: list[Write] = field(default_factory=list)


class Disk:
    """Follow the steps and say, at any moment, how the disk may be found if power fails then."""

    def __init__(self, root: Path) -> None:
        """Begin with an empty folder that is there for sure."""
        self._root = str(root)
        self._files: dict[int, _File] = {}
        self._names: list[Name] = []
        self._lasting: list[bool] = []
        self._journalled = 0

    def take(self, step: Step) -> None:
        """Go one step further."""
        if isinstance(step, Write):
            self._files.setdefault(step.file, _File()).pending.append(step)
        elif isinstance(step, Name):
            self._names.append(step)
            self._lasting.append(False)
        elif isinstance(step, Sync) and step.file is not None:
            file = self._files.setdefault(step.file, _File())
            file.synced = _written(file.synced, file.pending)
            file.pending = []
        elif isinstance(step, Sync):
            self._sync_names(step.folder)

    def found(self, chance: random.Random) -> dict[str, bytes | None]:
        """Choose one way in which the disk may be found: content by path, None for a folder."""
        names = self._found_names(chance)
        contents = {number: self._found_content(number, chance) for number in sorted({*names.values()} - {FOLDER})}
        return {
            path: None if file == FOLDER else contents[file] for path, file in names.items() if self._is_reachable(path, names)
        }

    def _sync_names(self, folder: str) -> None:
        folders = {folder}
        for moved in reversed([name.moved for name in self._names if name.moved]):
            # What was named in it before it was renamed stands under its old path.
            folders |= {_below(one, moved[1], moved[0]) for one in folders} - {""}
        for number, name in enumerate(self._names):
            if any(os.path.dirname(path) in folders for path, _ in name.changes):  # noqa: PTH120 – a million times
                self._lasting[number] = True
                self._journalled = max(self._journalled, number + 1)

    def _found_names(self, chance: random.Random) -> dict[str, int]:
        count = len(self._names)
        if chance.random() < 0.5:
            kept = list(range(chance.randint(self._journalled, count)))
        else:
            share = chance.choice((0.0, 0.5, 0.9, 1.0))
            kept = [number for number in range(count) if self._lasting[number] or chance.random() < share]
        names: dict[str, int] = {}
        for number in kept:
            if moved := self._names[number].moved:
                names = {_below(path, *moved) or path: file for path, file in names.items()}
                continue
            for path, file in self._names[number].changes:
                if file is None:
                    names.pop(path, None)
                else:
                    names[path] = file
        return names

    def _found_content(self, number: int, chance: random.Random) -> bytes:
        file = self._files.get(number, _File())
        if not file.pending:
            return bytes(file.synced)
        how = chance.choice(("none", "all", "some", "torn"))
        if how == "none":
            return bytes(file.synced)
        if how == "some":
            return bytes(_written(file.synced, [write for write in file.pending if chance.random() < 0.5]))
        if how == "torn":
            kept = chance.randint(1, len(file.pending))
            last = file.pending[kept - 1]
            if last.content is not None:
                size = chance.randint(0, len(last.content) // SECTOR_BYTES) * SECTOR_BYTES
                return bytes(_written(file.synced, [*file.pending[: kept - 1], Write(number, last.offset, last.content[:size])]))
        return bytes(_written(file.synced, file.pending))

    def _is_reachable(self, path: str, names: dict[str, int]) -> bool:
        folder = os.path.dirname(path)  # noqa: PTH120 – a million times
        return folder == self._root or (names.get(folder) == FOLDER and self._is_reachable(folder, names))


def _below(path: str, old: str, new: str) -> str:
    """Return where a path lies once a folder is renamed, "" when it does not lie in that folder."""
    return new + path[len(old) :] if path == old or path.startswith(old + os.sep) else ""


def _written(start: bytearray, writes: list[Write]) -> bytearray:
    content = bytearray(start)
    for write in writes:
        if write.content is None:
            content = content[: write.offset].ljust(write.offset, b"\0")
        elif write.content:
            end = write.offset + len(write.content)
            if len(content) < end:
                content.extend(bytes(end - len(content)))
            content[write.offset : end] = write.content
    return content
