"""The gallery is served on this machine only, and on the next free port when the wanted one is taken."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from catalog.cli import catalog
from catalog.cli.serving import PORTS_TRIED
from catalog.compute.local import LocalExecutor


@pytest.fixture
def taken() -> Iterator[int]:
    """Yield a port of this machine on which somebody listens."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1)
        yield int(listening.getsockname()[1])


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return the addresses that were served; nothing is, but the sockets are real."""
    addresses: list[tuple[str, int]] = []

    def record(opened: Callable[[], object], listening: socket.socket) -> None:
        del opened
        addresses.append(listening.getsockname()[:2])
        listening.close()

    monkeypatch.setattr("catalog.gallery.serving.serve_forever", record)
    return addresses


def serve(tmp_path: Path, *arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(catalog, ["serve", *arguments], env={"CATALOG_INSTANCE": str(tmp_path / "desk"), **environment})


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "gallery.example", "127.0.0.1.evil.example", ""])
def test_an_address_that_others_can_reach_is_refused(tmp_path: Path, host: str, served: list[tuple[str, int]]) -> None:
    result = serve(tmp_path, "--host", host)
    assert result.exit_code == 2
    assert "loopback addresses only" in result.stderr
    assert served == []
    assert not (tmp_path / "desk").exists()


def test_the_setting_is_held_to_the_same_rule(tmp_path: Path, served: list[tuple[str, int]]) -> None:
    assert serve(tmp_path, CATALOG_HOST="0.0.0.0").exit_code == 2
    assert served == []


def test_a_taken_port_is_said_and_the_next_free_one_used(tmp_path: Path, taken: int, served: list[tuple[str, int]]) -> None:
    result = serve(tmp_path, CATALOG_PORT=str(taken))
    assert result.exit_code == 0, result.stderr
    [(host, port)] = served
    assert host == "127.0.0.1"
    assert taken < port < taken + PORTS_TRIED
    assert f"Port {taken} is taken; using {port}." in result.stderr
    assert f"http://127.0.0.1:{port} " in result.stderr


def test_beyond_the_last_port_there_is_no_next_one(tmp_path: Path, served: list[tuple[str, int]]) -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 65_535))
        listening.listen(1)
        result = serve(tmp_path, "--port", "65535")
    assert result.exit_code == 2
    assert "no free port from 65535 to 65535" in result.stderr
    assert served == []


def test_a_limit_that_this_machine_refuses_is_said_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, served: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr(LocalExecutor, "limits", lambda _executor: ("Workers can reach the network (refused).",))
    picture = tmp_path / "a.jpg"
    picture.write_bytes(b"no picture")
    results = [serve(tmp_path, "--port", "0")]
    for arguments in (["import", str(picture)], ["match", str(picture)], ["rebuild"]):
        results.append(CliRunner().invoke(catalog, arguments, env={"CATALOG_INSTANCE": str(tmp_path / "desk")}))
    assert [result.stderr.count("Note: Workers can reach the network") for result in results] == [1, 1, 1, 1]
    assert len(served) == 1
