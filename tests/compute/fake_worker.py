"""A worker that lies: run as the real one is, it answers as the parameter `lie` says."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import sys
import time
from typing import Any


def message(values: object, blobs: tuple[bytes, ...] = ()) -> bytes:
    return raw(json.dumps(values).encode(), blobs)


def raw(text: bytes, blobs: tuple[bytes, ...] = ()) -> bytes:
    return struct.pack(">II", len(text), len(blobs)) + text + b"".join(struct.pack(">I", len(blob)) + blob for blob in blobs)


def lies(number: int) -> dict[str, bytes]:
    """Return every lie as the bytes that are sent for it."""
    good = {"number": number, "values": {}}
    return {
        "huge length": struct.pack(">II", 0xFFFFFFFF, 0),
        "huge number of blobs": struct.pack(">II", 2, 0xFFFFFFFF) + b"{}",
        "huge blob": struct.pack(">II", 2, 1) + b"{}" + struct.pack(">I", 0xFFFFFFFF),
        "many large blobs": struct.pack(">II", 2, 200) + b"{}" + (struct.pack(">I", 1 << 20) + bytes(1 << 20)) * 17,
        "hundred megabytes": struct.pack(">II", 100 << 20, 0) + b'"' + b"x" * (1 << 20),
        "huge integer": raw(b'{"number": %d, "values": {"width": %s}}' % (number, b"9" * 1_000_000)),
        "integer beyond 64 bits": raw(b'{"number": %d, "values": {"width": 9223372036854775808}}' % number),
        "infinite number": raw(b'{"number": %d, "values": {"width": 1e999}}' % number),
        "not a number": raw(b'{"number": %d, "values": {"width": NaN}}' % number),
        "invalid UTF-8": raw(b'{"number": %d, "values": {"text": "\xff\xfe"}}' % number),
        "no JSON": raw(b"hello"),
        "empty": raw(b""),
        "half JSON": raw(b'{"number": %d, "values": ' % number),
        "list": message([number, {}]),
        "null": message(None),
        "deep nesting": raw(b'{"number": %d, "values": {"a": %s}}' % (number, b"[" * 1_000_000)),
        "doubled key": raw(b'{"number": %d, "number": %d, "values": {}}' % (number, number)),
        "no number": message({"values": {}}),
        "another number": message({"number": number + 1, "values": {}}),
        "true for a number": message({"number": True, "values": {}}),
        "text for a number": message({"number": str(number), "values": {}}),
        "text for values": message({"number": number, "values": "all fine"}),
        "values and error": message({**good, "error": {"code": "a", "message": "b"}}),
        "neither": message({"number": number}),
        "more than asked": message({**good, "path": "/etc/passwd"}),
        "list for an error": message({"number": number, "error": ["truncated_image"]}),
        "number for a code": message({"number": number, "error": {"code": 7, "message": "b"}}),
        "markup for a code": message({"number": number, "error": {"code": "<script>", "message": "b"}}),
        "number for a message": message({"number": number, "error": {"code": "a", "message": 7}}),
        "error with blobs": message({"number": number, "error": {"code": "a", "message": "b"}}, (b"x",)),
        "random bytes": bytes(range(256)) * 16,
        "text protocol": b"HTTP/1.1 200 OK\r\n\r\n",
    }


def main() -> None:
    channel = socket.socket(fileno=int(sys.argv[1]))
    if sys.argv[4].endswith("mute."):
        sys.exit(3)
    channel.sendall(message({"number": 0, "values": {"missing_limits": []}}))
    while head := channel.recv(8, socket.MSG_WAITALL):
        text_bytes, _ = struct.unpack(">II", head)
        asked: dict[str, Any] = json.loads(channel.recv(text_bytes, socket.MSG_WAITALL))
        number, lie = asked["number"], (asked["parameters"] or {}).get("lie")
        good = message({"number": number, "values": {"honest": True}})
        if lie is None:
            channel.sendall(good)
        elif lie == "nothing, exit 0":
            sys.exit(0)
        elif lie == "nothing, exit 7":
            sys.exit(7)
        elif lie == "segmentation fault":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif lie == "too slow":
            time.sleep(60)
        elif lie == "slow drip":
            for byte in good:
                channel.sendall(bytes((byte,)))
                time.sleep(0.2)
        elif lie == "half a head":
            channel.sendall(good[:5])
            sys.exit(0)
        elif lie == "half a reply":
            channel.sendall(good[:-5])
            sys.exit(0)
        elif lie == "two replies":
            channel.sendall(good + message({"number": number + 1, "values": {"honest": False}}))
        else:
            channel.sendall(lies(number)[lie])


if __name__ == "__main__":
    main()
