"""What pages of the gallery cost over 10,000 picture groups: queries and CPU a request, page 200 against page 1."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import event

from bench.figures import Figure, held_against
from bench.gallery_catalogue import key_of_page, made_catalogue
from catalog.compute.local import LocalExecutor
from catalog.gallery import create_app
from catalog.gallery.grid import TILES
from catalog.store.sql.catalogue import SqlStore
from catalog.workflow.catalogue import Catalogue

GROUPS = 10_000
PAIRS = 40
FAR_PAGE = 200


def run(folder: Path, groups: int = GROUPS, pairs: int = PAIRS) -> Iterator[Figure]:
    """Ask for pages in turn, near and far, so that whatever else the machine does weighs on both."""
    store, files, settings = made_catalogue(folder / "instance", groups)
    catalogue = Catalogue(settings, store, files, LocalExecutor(1, 10.0), "bench")
    client = create_app(catalogue).test_client()
    try:
        far = min(FAR_PAGE, groups // TILES)
        for sort in ("newest", "oldest", "reuse"):
            order = "" if sort == "newest" else f"sort={sort}&"
            addresses = (f"/?{order}".rstrip("?&"), f"/?{order}after={key_of_page(store, sort, far, TILES)}")
            yield from _near_and_far(client, store, sort, addresses, far, pairs)
        photo = key_of_page(store, "newest", 2, TILES)
        for what, address in (
            ("photo", f"/photo/{photo}"), ("chain", f"/chain/{photo}"), ("sources", "/sources"), ("source", "/sources/source-7"),
            ("duplicates", "/duplicates"), ("grid, two words", "/?q=harbour+bridge"), ("grid, publisher", "/?publisher=source-7"),
            ("grid, language and dates", "/?language=ar&from=2015&to=2016"), ("grid, finding", "/?finding=mirrored"),
        ):  # fmt: skip
            costs = [_cpu_ms(client, address) for _ in range(pairs // 2)]
            yield Figure(
                f"{what}: CPU a request; queries", f"{statistics.median(costs):.1f} ms; {_queries(client, store, address)}"
            )
    finally:
        catalogue.close()


def _near_and_far(
    client: FlaskClient, store: SqlStore, sort: str, addresses: tuple[str, str], page: int, pairs: int
) -> Iterator[Figure]:
    near, far = addresses
    costs = [(_cpu_ms(client, near), _cpu_ms(client, far)) for _ in range(pairs)]
    first, last = (statistics.median(column) for column in zip(*costs, strict=True))
    yield held_against(f"grid, {sort}: page {page}", "ms CPU", last, "page 1", first)
    yield Figure(
        f"grid, {sort}: queries on page {page}", str(_queries(client, store, far)), f"page 1 {_queries(client, store, near)}"
    )


def _cpu_ms(client: FlaskClient, address: str) -> float:
    begun = time.process_time()
    answer = client.get(address)
    spent = 1e3 * (time.process_time() - begun)
    if answer.status_code not in {200, 429}:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return spent


def _queries(client: FlaskClient, store: SqlStore, address: str) -> int:
    sent: list[str] = []

    def _note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append(statement)

    event.listen(store.engine.engine, "before_cursor_execute", _note)
    try:
        client.get(address)
    finally:
        event.remove(store.engine.engine, "before_cursor_execute", _note)
    return len(sent)
