"""The note of a long check: which originals were read and found whole, so that an interrupted one can go on."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

FORMAT = "creditline-reading-note-1"
FLUSH_SECONDS = 1.0
_DIGITS = frozenset("0123456789abcdef")


class ReadingNote:
    """Write down the originals that were read whole, in a file of the instance that goes when the check has ended.

    Only what was found to be as it must be is noted, so that an interrupted check tells of what was altered when it goes on. The
    note is no evidence: whoever can write to the instance can write to it, and what it says is told apart from what was read.
    """

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is read or written yet."""
        self._path = path
        self._file: BinaryIO | None = None
        self._flushed = 0.0
        self.begun_at = ""

    def open(self) -> frozenset[str]:
        """Begin or go on with the note and return what it says was read; a line that was not written whole says nothing."""
        content = self._path.read_bytes() if self._path.exists() else b""
        lines = content.decode("ascii", "replace").split("\n")
        header = lines[0].split(" ")
        is_ours = len(header) == 2 and header[0] == FORMAT and len(lines) > 1
        read = frozenset(line for line in lines[1:-1] if len(line) == 64 and set(line) <= _DIGITS) if is_ours else frozenset()
        self.begun_at = header[1] if is_ours else datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        # Written anew, so that nothing is appended to half a line.
        self._file = self._path.open("wb")
        self._file.write(f"{FORMAT} {self.begun_at}\n".encode() + b"".join(f"{line}\n".encode() for line in sorted(read)))
        self._flush()
        return read

    def add(self, sha256: str) -> None:
        """Note one original; what a kill takes back is a second's work, and a power cut what the system had not written yet."""
        if self._file is not None:
            self._file.write(f"{sha256}\n".encode())
            if time.monotonic() - self._flushed > FLUSH_SECONDS:
                self._flush()

    def close(self, *, is_done: bool) -> None:
        """Keep the note for a later check, or remove it when this one has come to its end."""
        if self._file is not None:
            self._file.close()
            self._file = None
            if is_done:
                self._path.unlink()

    def _flush(self) -> None:
        # Not synced: an original that the note no longer names is only read once more.
        if self._file is not None:
            self._file.flush()
            self._flushed = time.monotonic()
