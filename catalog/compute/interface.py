"""What a piece of work is, and what every executor promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TypeVar

from catalog.errors import ComputeError

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Request:
    """Hold one piece of work to send.

    `task` is `module:function`. `parameters` is plain JSON. `path` is a file the worker gets as an open read-only descriptor
    (never the path itself); it must be a regular file, links are refused. `blobs` travel beside the JSON.
    """

    task: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None
    blobs: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """Hold what a task function receives: its parameters, its blobs and the open file, if any."""

    parameters: Mapping[str, Any]
    blobs: tuple[bytes, ...]
    file: BinaryIO | None


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what a task function returns: plain JSON values and blobs. Nothing in it may be believed unchecked."""

    values: Mapping[str, Any]
    blobs: tuple[bytes, ...] = ()


class Executor(Protocol):
    """Run pieces of work somewhere."""

    def run(self, request: Request) -> Reply:
        """Run one piece of work and return its reply; raises ComputeError or a child of it."""
        ...

    def map(self, requests: Iterable[tuple[Key, Request]]) -> Iterator[tuple[Key, Reply | ComputeError]]:
        """Run many pieces of work, a bounded number at a time, and yield their outcomes in the order given."""
        ...

    def limits(self) -> tuple[str, ...]:
        """Name the limits that are not in force here, as sentences for the operator; empty when all are."""
        ...

    def close(self) -> None:
        """End every worker; harmless when done twice."""
        ...
