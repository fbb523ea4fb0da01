"""A server that is killed while a picture is uploaded leaves nothing of it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from pathlib import Path

from tests.conftest import command, environment

MIB = b"x" * (1 << 20)


def files_of(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def test_a_server_killed_during_an_upload_leaves_nothing_of_it(samples_copy: Path, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before = files_of(samples_copy)
    server = subprocess.Popen(
        command("serve", "--port", "0"), env=environment(samples_copy, TMPDIR=str(scratch)), stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    assert server.stderr is not None
    with server.stderr as said:
        address = next(found for line in said if (found := re.search(r"http://127\.0\.0\.1:(\d+)", line)))
        with socket.create_connection(("127.0.0.1", int(address[1]))) as browser:
            head = b'--b\r\nContent-Disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n'
            lines = (
                "POST /search-by-image HTTP/1.1", f"Host: 127.0.0.1:{address[1]}",
                "Content-Type: multipart/form-data; boundary=b", f"Content-Length: {64 * len(MIB)}", "", "",
            )  # fmt: skip
            browser.sendall("\r\n".join(lines).encode("ascii") + head)
            # More than the sockets hold between them, so that the server has read most of it when this returns.
            for _ in range(24):
                browser.sendall(MIB)
            os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    assert files_of(scratch) == set()
    assert {name for name in files_of(samples_copy) - before if not name.endswith(("-wal", "-shm", ".writer", "secret"))} == set()
