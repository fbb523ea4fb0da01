"""Run `catalog` in forked children of one warm process: the real commands, with the worker's tasks done in line.

Starting Python and a worker takes seconds, and a killed import has to be started thousands of times. Workers change no file, so
nothing that these benches look at is missing, and what a task once replied to the same request it need not work out again.
`kills` and `hostile_files` use real workers.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.durability.system_calls import Watcher, run_forked, watch
from catalog.cli import opening
from catalog.cli.group import catalog
from catalog.compute.inline import InlineExecutor
from catalog.compute.interface import Key, Reply, Request
from catalog.errors import ComputeError

# What these packages load late has to be there before the fork.
_WARM = ("catalog.", "alembic", "sqlalchemy", "cv2", "numpy", "scipy", "PIL", "exifread", "imagehash", "rich", "click")


@dataclass(frozen=True, slots=True)
class Ended:
    """Hold how a command ended: its exit code (minus the signal that ended it), and what it said."""

    code: int
    out: str
    err: str

    @property
    def acknowledged(self) -> dict[str, str]:
        """Return the photo of each item that was told to be added or known; half a line tells nothing."""
        told = [json.loads(line) for line in self.out.splitlines(keepends=True) if line.endswith("}\n")]
        return {line["item"]: line["photo"] for line in told if line.get("outcome") in {"added", "known"}}

    @property
    def summary(self) -> dict[str, Any]:
        """Return the numbers of the run."""
        found: dict[str, Any] = json.loads(self.out.splitlines()[-1])["summary"]
        return found


class _Remembering(InlineExecutor):
    """Do work in line, and answer from memory what was asked before."""

    def __init__(self, known: dict[str, Reply]) -> None:
        super().__init__()
        self._known = known

    def run(self, request: Request) -> Reply:
        digest = hashlib.sha256(repr((request.task, request.parameters)).encode("utf-8", "surrogateescape"))
        for content in (*request.blobs, b"" if request.path is None else request.path.read_bytes()):
            digest.update(hashlib.sha256(content).digest())
        key = digest.hexdigest()
        if key not in self._known:
            self._known[key] = super().run(request)
        return self._known[key]

    def map(self, requests: Iterable[tuple[Key, Request]]) -> Iterator[tuple[Key, Reply | ComputeError]]:
        for key, request in requests:
            try:
                yield key, self.run(request)
            except ComputeError as error:
                yield key, error


class Commands:
    """Run commands on instances; `folder` takes what they print."""

    def __init__(self, folder: Path) -> None:
        """Choose where output goes and have the work of workers done in line."""
        folder.mkdir(parents=True, exist_ok=True)
        self._out, self._err = folder / "out", folder / "err"
        self._known: dict[str, Reply] = {}
        setattr(opening, "LocalExecutor", lambda *_settings: _Remembering(self._known))  # noqa: B010 – its type is another

    def warm(self, instance: Path, *arguments: str | Path) -> None:
        """Run a command once, load here what it loaded there, remember what its tasks replied, and fill what caches there are."""
        listed, replies = self._out.with_name("modules"), self._out.with_name("replies")

        def body() -> int:
            code = self._catalog(instance, arguments)
            listed.write_text("\n".join(name for name in sys.modules if name.startswith(_WARM)), "utf-8")
            replies.write_bytes(pickle.dumps(self._known))
            return code

        if (code := run_forked(body)) != 0:
            raise RuntimeError(f"catalog {arguments[0]} ended with {code}: {self._err.read_text('utf-8')[-2000:]}")
        for name in listed.read_text("utf-8").split():
            importlib.import_module(name)
        self._known.update(pickle.loads(replies.read_bytes()))
        # With every reply known nothing starts threads, so that forking stays safe.
        kept = [os.dup(number) for number in (1, 2)]
        streams = sys.stdout, sys.stderr
        self._catalog(instance.with_name(instance.name + "-again"), arguments)
        sys.stdout, sys.stderr = streams
        for number, descriptor in zip((1, 2), kept, strict=True):
            os.dup2(descriptor, number)
            os.close(descriptor)

    def run(self, instance: Path, *arguments: str | Path, before: Callable[[], None] | None = None) -> Ended:
        """Run a command to its end; `before` is called in the child first."""
        return self._ended(run_forked(lambda: self._catalog(instance, arguments, before)))

    def watch(self, instance: Path, watcher: Watcher, *arguments: str | Path, before: Callable[[], None] | None = None) -> Ended:
        """Run a command under a watcher."""
        return self._ended(watch(lambda: self._catalog(instance, arguments, before), watcher))

    @property
    def output(self) -> str:
        """Return the path of the file into which commands acknowledge."""
        return str(self._out)

    def _ended(self, code: int) -> Ended:
        return Ended(code, self._out.read_text("utf-8"), self._err.read_text("utf-8", "replace"))

    def _catalog(self, instance: Path, arguments: Sequence[str | Path], before: Callable[[], None] | None = None) -> int:
        os.environ["CATALOG_INSTANCE"] = str(instance)
        for number, path in ((1, self._out), (2, self._err)):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(descriptor, number)
            os.close(descriptor)
        sys.stdout, sys.stderr = _stream(1), _stream(2)
        if before is not None:
            before()
        try:
            catalog([str(argument) for argument in arguments], prog_name="catalog")
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else 1
        return 0


def _stream(descriptor: int) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.FileIO(descriptor, "w", closefd=False), "utf-8", write_through=True)
