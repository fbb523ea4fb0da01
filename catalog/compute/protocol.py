"""How a request and its reply travel: a length, JSON, blobs; never an object that could run.

A message is two big-endian 32-bit numbers (bytes of JSON, number of blobs), the JSON object, then each blob behind its
32-bit length. Whoever reads believes none of the numbers before having held it against its limit.
"""

from __future__ import annotations

import json
import math
import socket
import struct
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.errors import ReplyRefusedError, WorkerDiedError, WorkerTimeoutError

MAX_JSON_BYTES = 4 * 1024 * 1024
MAX_BLOBS = 256
MAX_REQUEST_BLOB_BYTES = 64 * 1024 * 1024
MAX_REPLY_BLOB_BYTES = 16 * 1024 * 1024
_MAX_INTEGER = 2**63
_HEAD = struct.Struct(">II")
_LENGTH = struct.Struct(">I")


@dataclass(frozen=True, slots=True)
class Message:
    """Hold what one side tells the other: a JSON object and blobs beside it."""

    values: Mapping[str, Any]
    blobs: tuple[bytes, ...] = ()


def pack(message: Message, max_blob_bytes: int) -> list[bytes]:
    """Write a message as the pieces to send; the first piece is its head.

    Raises ReplyRefusedError for what is over a limit or is no plain JSON (numbers must be finite, keys texts).
    """
    try:
        _refuse_other_keys(message.values)
        text = json.dumps(message.values, allow_nan=False, separators=(",", ":")).encode("ascii")
    except (TypeError, ValueError, RecursionError) as error:
        raise ReplyRefusedError(f"the message is no plain JSON: {error}") from error
    _hold_sizes(len(text), len(message.blobs))
    _hold_blobs(sum(map(len, message.blobs)), max_blob_bytes)
    pieces = [_HEAD.pack(len(text), len(message.blobs)), text]
    for blob in message.blobs:
        pieces += [_LENGTH.pack(len(blob)), blob]
    return pieces


def send(channel: socket.socket, pieces: Sequence[bytes], descriptor: int | None = None) -> None:
    """Send packed pieces, the descriptor with the head; raises WorkerDiedError, WorkerTimeoutError by the channel's timeout."""
    try:
        if descriptor is None:
            channel.sendall(pieces[0])
        else:
            socket.send_fds(channel, [pieces[0]], [descriptor])
        for piece in pieces[1:]:
            channel.sendall(piece)
    except TimeoutError as error:
        raise WorkerTimeoutError("the worker did not take its work in time") from error
    except OSError as error:
        raise WorkerDiedError(f"the worker ended before it had its work: {error.strerror}") from error


def receive_from_worker(channel: socket.socket, deadline: float) -> Message:
    """Read one message that a worker sent; it may hold anything.

    `deadline` is on the monotonic clock. Raises WorkerDiedError when the worker ends first, WorkerTimeoutError when the time
    is over, ReplyRefusedError for whatever is no message.
    """

    def read(size: int) -> bytes:
        buffer = bytearray(size)
        view, have = memoryview(buffer), 0
        while have < size:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise WorkerTimeoutError("the worker did not answer in time")
            channel.settimeout(remaining)
            try:
                count = channel.recv_into(view[have:])
            except TimeoutError as error:
                raise WorkerTimeoutError("the worker did not answer in time") from error
            except OSError as error:
                raise WorkerDiedError(f"the worker ended without a reply: {error.strerror}") from error
            if not count:
                raise WorkerDiedError("the worker ended without a reply" if not have else "the worker ended within its reply")
            have += count
        return bytes(buffer)

    return _read_message(read, MAX_REPLY_BLOB_BYTES)


def receive_in_worker(channel: socket.socket) -> tuple[Message, int | None] | None:
    """Read the next request and the descriptor that came with it; None when the parent is gone."""
    descriptors: list[int] = []

    def read(size: int) -> bytes:
        buffer = bytearray()
        while len(buffer) < size:
            piece, received, _, _ = socket.recv_fds(channel, min(size - len(buffer), 1 << 20), 1, socket.MSG_CMSG_CLOEXEC)
            descriptors.extend(received)
            if not piece:
                raise EOFError
            buffer += piece
        return bytes(buffer)

    try:
        message = _read_message(read, MAX_REQUEST_BLOB_BYTES)
    except (EOFError, ConnectionError):
        return None
    return message, descriptors[0] if descriptors else None


def _read_message(read: Callable[[int], bytes], max_blob_bytes: int) -> Message:
    text_bytes, blob_count = _HEAD.unpack(read(_HEAD.size))
    _hold_sizes(text_bytes, blob_count)
    values = parse_object(read(text_bytes))
    blobs, total = [], 0
    for _ in range(blob_count):
        (size,) = _LENGTH.unpack(read(_LENGTH.size))
        total += size
        _hold_blobs(total, max_blob_bytes)
        blobs.append(read(size))
    return Message(values, tuple(blobs))


def parse_object(text: bytes) -> dict[str, Any]:
    """Read a JSON object from bytes nobody vouches for.

    Raises ReplyRefusedError for anything else, for numbers that are not finite, integers beyond 64 bits, doubled keys and
    nesting deeper than Python's stack.
    """
    try:
        value = json.loads(
            text.decode("utf-8"),
            parse_int=_integer,
            parse_float=_finite,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except (ValueError, RecursionError) as error:
        raise ReplyRefusedError(f"the message is no JSON: {str(error)[:200]}") from error
    if not isinstance(value, dict):
        raise ReplyRefusedError(f"the message is a JSON {type(value).__name__}, not an object")
    return value


def _integer(text: str) -> int:
    # The text's length is held first: reading a number of a million digits takes minutes.
    if len(text) > 20 or not -_MAX_INTEGER <= (number := int(text)) < _MAX_INTEGER:
        raise ValueError("an integer is beyond 64 bits")
    return number


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number is not finite")
    return number


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is doubled")
    return found


def _refuse_other_keys(value: object) -> None:
    """Refuse keys that JSON would turn into texts without a word, so that both executors give the same reply."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a key is {type(key).__name__}, not text")
            _refuse_other_keys(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _refuse_other_keys(inner)


def _hold_sizes(text_bytes: int, blob_count: int) -> None:
    if text_bytes > MAX_JSON_BYTES:
        raise ReplyRefusedError(f"the message has {text_bytes:,} bytes of JSON, over {MAX_JSON_BYTES:,}")
    if blob_count > MAX_BLOBS:
        raise ReplyRefusedError(f"the message has {blob_count:,} blobs, over {MAX_BLOBS}")


def _hold_blobs(total_bytes: int, max_bytes: int) -> None:
    if total_bytes > max_bytes:
        raise ReplyRefusedError(f"the message has {total_bytes:,} bytes of blobs, over {max_bytes:,}")
