"""The gallery as it is really served: what a client may send is limited at the door, and what is refused costs little."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalog.gallery.security import HEADERS
from tests.conftest import command, environment

WAIT_SECONDS = 60
MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Serve an empty catalogue by the command that people type, and return its port and its process."""
    instance = tmp_path_factory.mktemp("served") / "desk"
    process = subprocess.Popen(command("serve", "--port", "0"), env=environment(instance), stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = next(line for line in process.stderr if "The gallery is at" in line)
    port = int(re.findall(r":(\d+) ", line)[0])
    deadline = time.monotonic() + WAIT_SECONDS
    while b" 200 " not in asked(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")[:20]:
        assert time.monotonic() < deadline
    yield port, process
    process.terminate()
    process.wait(WAIT_SECONDS)
    process.stderr.close()


def asked(port: int, *parts: bytes) -> bytes:
    """Send bytes and return what comes back until the server closes, or nothing when it does not listen yet."""
    try:
        with socket.create_connection(("127.0.0.1", port), WAIT_SECONDS) as client:
            answer = b""
            try:
                for part in parts:
                    client.sendall(part)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before all of it was sent, which is what a limit is for
            try:
                while block := client.recv(65536):
                    answer += block
            except ConnectionResetError:
                pass
            return answer
    except ConnectionRefusedError:
        return b""


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def post(path: str, *headers: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


def memory(process: subprocess.Popen[str]) -> int:
    """Return the memory in bytes that a process and its children hold."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    total = 0
    for number in (str(process.pid), *children):
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{number}/status").read_text())
        total += int(found[1]) * 1024 if found else 0
    return total


FORM = "Content-Type: application/x-www-form-urlencoded"
CHUNK = b"100000\r\n" + b"x" * MEBIBYTE + b"\r\n"
PARTS = (
    b"".join(b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\nx\r\n' % number for number in range(10_000))
    + b"--b--\r\n"
)


@pytest.mark.parametrize(
    ("name", "parts", "statuses"),
    [
        ("a form of a gibibyte", (post("/decisions", FORM, f"Content-Length: {1 << 30}"), b"a=" + b"x" * MEBIBYTE), {413}),
        ("a form that states no length", (
            post("/decisions", FORM, "Transfer-Encoding: chunked"), *([CHUNK] * 8), b"0\r\n\r\n",
        ), {400, 413}),
        ("ten thousand parts", (
            post("/search-by-image", "Content-Type: multipart/form-data; boundary=b", f"Content-Length: {len(PARTS)}"), PARTS,
        ), {413}),
        ("less than the length says", (post("/decisions", FORM, "Content-Length: 100"), b"a=b"), {400}),
        ("two lengths", (post("/decisions", FORM, "Content-Length: 3", "Content-Length: 4"), b"a=bc"), {400}),
        ("a length and chunks", (
            post("/decisions", FORM, "Content-Length: 3", "Transfer-Encoding: chunked"), b"3\r\na=b\r\n0\r\n\r\n",
        ), {400}),
        ("a hundred headers", (post("/decisions", *(f"X-{number}: y" for number in range(100))),), {400, 431}),
        ("a header of a megabyte", (post("/decisions", "X: " + "y" * MEBIBYTE),), {400, 431}),
        ("an address of a megabyte", (b"GET /" + b"a" * MEBIBYTE + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",), {400, 414}),
        ("another host", (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",), {400}),
        ("an upload without a token", (
            post("/search-by-image", "Content-Type: multipart/form-data; boundary=b", "Content-Length: 5"), b"--b--",
        ), {400}),
    ],
)  # fmt: skip
def test_what_is_too_much_or_makes_no_sense_is_refused(
    server: tuple[int, subprocess.Popen[str]], name: str, parts: tuple[bytes, ...], statuses: set[int]
) -> None:
    port, process = server
    before = memory(process)
    if name == "less than the length says":
        with socket.create_connection(("127.0.0.1", port), WAIT_SECONDS) as client:
            for part in parts:
                client.sendall(part)
            client.shutdown(socket.SHUT_WR)
            answer = client.recv(65536)
    else:
        answer = asked(port, *parts)
    assert status_of(answer) in statuses, answer[:200]
    assert memory(process) - before < 50 * MEBIBYTE
    assert status_of(asked(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) == 200


def test_the_served_pages_carry_the_whole_set_of_headers(server: tuple[int, subprocess.Popen[str]]) -> None:
    port, _ = server
    for path in ("/", "/nowhere", "/audit", "/static/creditline.css", "/imports.json"):
        answer = asked(port, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        head = answer.partition(b"\r\n\r\n")[0].decode()
        for name, value in HEADERS.items():
            assert f"{name}: {value}" in head, path
