"""Serve the gallery over HTTP on a socket that is open already."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from catalog.gallery.application import create_app
from catalog.workflow.catalogue import Catalogue

THREADS = 8
TIMEOUT_SECONDS = 60


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    def __init__(self, opened: Callable[[], Catalogue], listening: socket.socket) -> None:
        self._opened = opened
        self._listening = listening
        super().__init__()

    def load_config(self) -> None:
        settings: dict[str, Any] = {
            "bind": [f"fd://{self._listening.fileno()}"], "workers": 1, "worker_class": "gthread", "threads": THREADS,
            "timeout": TIMEOUT_SECONDS, "graceful_timeout": 5, "loglevel": "warning", "control_socket_disable": True,
            # Limits on what a client may make the parser hold (reliability, Doors).
            "limit_request_line": 8190, "limit_request_fields": 60, "limit_request_field_size": 8190,
        }  # fmt: skip
        for name, value in settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        # The catalogue is opened in the process that serves: database connections and workers do not survive a fork.
        return create_app(self._opened())


def serve_forever(opened: Callable[[], Catalogue], listening: socket.socket) -> None:
    """Serve until the process is interrupted; `opened` opens the catalogue in the process that answers.

    One process with several threads: SQLite takes one writer, and a request only reads and lays out.
    """
    _Server(opened, listening).run()
