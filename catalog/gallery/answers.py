"""One page, two answers: HTML at its address and the same record as JSON at that address with `.json`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, get_type_hints
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.routing import BaseConverter

from catalog.errors import UsageError
from catalog.gallery.json_view import json_answer
from catalog.gallery.speech import _
from catalog.records.pages.turning import Place, Turn
from catalog.workflow.plain import plain

Loader = Callable[..., Any]
Beside = Callable[[Any], Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class PageAddress:
    """Hold the address of a page as data, for the description of the interface."""

    rule: str
    endpoint: str
    record: type
    summary: str


PAGES: list[PageAddress] = []


class Sha256Converter(BaseConverter):
    """Let only a SHA-256 in lower-case hex into an address."""

    regex = "[0-9a-f]{64}"


def page(blueprint: Blueprint, rule: str, template: str, beside: Beside | None = None) -> Callable[[Loader], Loader]:
    """Make a function that loads a record into a page of a blueprint, as HTML and as JSON.

    `beside` returns what only the HTML needs: choices of a form, a drawing.
    """

    def register(load: Loader) -> Loader:
        name = load.__name__
        data_rule = f"{rule}.json"
        summary = (load.__doc__ or "").strip().splitlines()[0]
        address = PageAddress(data_rule, f"{blueprint.name}.{name}", get_type_hints(load)["return"], summary)
        if address not in PAGES:
            PAGES.append(address)

        @wraps(load)
        def show(**values: str) -> str:
            record = load(**values)
            extra = beside(record) if beside else {}
            return render_template(template, page=record, data_address=_data_address(address.endpoint, values), **extra)

        @wraps(load)
        def tell(**values: str) -> Response:
            record = load(**values)
            response = json_answer(plain(record))
            _add_links(response, record)
            return response

        blueprint.add_url_rule(rule, name, show)
        blueprint.add_url_rule(data_rule, f"{name}_json", tell)
        return load

    return register


def asked_place() -> Place:
    """Return the place in a list that the address asks for; both directions at once raise UsageError."""
    after, before = request.args.get("after", ""), request.args.get("before", "")
    if after and before:
        raise UsageError(_("an address may say `after` or `before`, not both"))
    return Place(after or before, backward=bool(before))


def here(**changed: str | None) -> str:
    """Return this page's address with some of its parameters changed; empty ones are left out, the rest keep their order."""
    kept = {name: value for name, value in request.args.items() if name not in changed and value}
    kept |= {name: value for name, value in changed.items() if value}
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def _data_address(endpoint: str, values: Mapping[str, str]) -> str:
    query = [(name, value) for name, value in request.args.items() if name != "lang" and value]
    address = url_for(f"{endpoint}_json", _external=False, **dict[str, Any](values))
    return f"{address}?{urlencode(query)}" if query else address


def _add_links(response: Response, record: object) -> None:
    turn = getattr(record, "turn", None)
    if isinstance(turn, Turn):
        if turn.after:
            response.headers.add("Link", f'<{here(after=turn.after, before=None)}>; rel="next"')
        if turn.before:
            response.headers.add("Link", f'<{here(before=turn.before, after=None)}>; rel="prev"')
