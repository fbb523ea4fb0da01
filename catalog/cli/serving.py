"""`catalog serve`: the gallery, on this machine only."""

from __future__ import annotations

import ipaddress
import socket

import click

from catalog.cli.language import _
from catalog.cli.printing import say, say_limits
from catalog.errors import UsageError
from catalog.settings import MAX_PORT

PORTS_TRIED = 20


@click.command(help=_("Serve the gallery at a loopback address of this machine."))
@click.option("--host", help=_("A loopback address; 127.0.0.1 by default."))
@click.option("--port", type=click.IntRange(0, MAX_PORT), help=_("The port; when it is taken the next free one is used."))
def serve(host: str | None, port: int | None) -> None:
    """Serve the gallery until it is interrupted."""
    from catalog.cli.opening import build_catalogue, open_catalogue, settings_in_force
    from catalog.gallery.serving import serve_forever

    settings = settings_in_force(host=host, port=port)
    _require_loopback(settings.host)
    listening = _listen(settings.host, settings.port)
    taken = listening.getsockname()[1]
    if taken != settings.port and settings.port:
        say(_("Port {wanted} is taken; using {taken}.").format(wanted=settings.port, taken=taken))
    with open_catalogue(settings) as catalogue:
        # An older schema, or an instance that cannot be opened, is said before anything is served.
        say_limits(catalogue.executor.limits())
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    say(_("The gallery is at http://{host}:{port} (Ctrl-C ends it).").format(host=shown, port=taken))
    serve_forever(lambda: build_catalogue(settings), listening)


def _require_loopback(host: str) -> None:
    try:
        is_loopback = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = False
    if not is_loopback:
        raise UsageError(
            f"--host {host}: there are no accounts yet, so the gallery is served on loopback addresses only; "
            "use 127.0.0.1, or a tunnel to this machine"
        )


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last = min(port + PORTS_TRIED - 1, MAX_PORT)
    for tried in range(port, last + 1):
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, tried if port else 0))
            listening.listen(128)
        except OSError:
            listening.close()
        else:
            # A name can stand for any address, so what it came to is held to the rule as well.
            _require_loopback(listening.getsockname()[0])
            return listening
    raise UsageError(f"no free port from {port} to {last} on {host}; name one with --port")
