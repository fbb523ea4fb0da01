"""Tasks for the executors' tests, importable in a worker."""

from __future__ import annotations

import os
import time
from pathlib import Path

from catalog.compute.interface import Reply, Work
from catalog.errors import ImageError


def echo(work: Work) -> Reply:
    return Reply(dict(work.parameters), work.blobs)


def digest_file(work: Work) -> Reply:
    assert work.file is not None
    body = work.file.read()
    return Reply({"size": len(body), "first": body[:4].hex()})


def describe_file(work: Work) -> Reply:
    return Reply({"has_file": work.file is not None})


def refuse(work: Work) -> Reply:
    raise ImageError("no picture, \x1b[31mreally\ud800", code="truncated_image")


def fail(work: Work) -> Reply:
    raise KeyError("something")


def exhaust_memory(work: Work) -> Reply:
    return Reply({"size": len(bytearray(8 << 30))})


def exhaust_stack(work: Work) -> Reply:
    return exhaust_stack(work)


def reply_with_objects(work: Work) -> Reply:
    return Reply({"value": object()})


def reply_with_too_much(work: Work) -> Reply:
    return Reply({}, (bytes(17 << 20),))


def reply_with_not_a_number(work: Work) -> Reply:
    return Reply({"value": float("nan")})


def talk(work: Work) -> Reply:
    print("this must reach nobody")
    os.write(1, b"nor this")
    os.write(2, b"nor this")
    return Reply({})


def spin(work: Work) -> Reply:
    while True:
        pass


def sleep(work: Work) -> Reply:
    begun = time.monotonic()
    time.sleep(work.parameters["seconds"])
    return Reply({"slept": work.parameters["seconds"], "begun": begun, "ended": time.monotonic()})


def end_by_signal(work: Work) -> Reply:
    os.kill(os.getpid(), work.parameters["signal"])
    return Reply({})


def process_id(work: Work) -> Reply:
    return Reply({"pid": os.getpid()})


def keep_memory(work: Work) -> Reply:
    _kept.append(bytearray(os.urandom(1 << 20) * work.parameters["mib"]))
    return Reply({"pid": os.getpid()})


def state_of_limits(work: Work) -> Reply:
    import resource

    names = ("RLIMIT_AS", "RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CPU")
    return Reply({
        "limits": {name: resource.getrlimit(getattr(resource, name))[0] for name in names},
        "environment": sorted(os.environ),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
        "folder": str(Path.cwd()),
    })  # fmt: skip


def write_a_file(work: Work) -> Reply:
    with open(work.parameters["path"], "wb") as file:  # noqa: PTH123
        file.write(b"changed")
    return Reply({})


def reach_the_network(work: Work) -> Reply:
    import socket

    with socket.socket() as connection:
        connection.settimeout(2)
        connection.connect(("127.0.0.1", work.parameters["port"]))
    return Reply({})


def start_a_program(work: Work) -> Reply:
    import subprocess

    return Reply({"status": subprocess.run(["/bin/true"], check=False).returncode})


_kept: list[bytearray] = []
