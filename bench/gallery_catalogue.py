"""A synthetic catalogue for measuring pages: rows as an import leaves them, without pictures."""

from __future__ import annotations

import hashlib
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text

from catalog.settings import Settings
from catalog.store.files import LocalFiles
from catalog.store.search import letters_of, words_of
from catalog.store.sql.catalogue import SqlStore
from catalog.store.tables.derived import (
    chain,
    chain_member,
    credit_party,
    finding,
    group_member,
    named_source,
    picture_group,
    publisher_party,
    rendition,
    standing,
)
from catalog.store.tables.evidence import caption, credit, event, photo, publication, publication_statement

SEED = 20261122
SOURCES = 60
WORDS = (
    "harbour", "street", "ruins", "market", "school", "bridge", "column", "smoke", "river", "winter", "rescue", "square",
    "порт", "улица", "развалины", "рынок", "школа", "мост", "дым", "река", "зима", "площадь", "больница", "міст", "вулиця",
    "ميناء", "شارع", "أنقاض", "سوق", "مدرسة", "جسر", "دخان", "نهر", "شتاء", "ساحة", "مستشفى",
)  # fmt: skip
SLICE = 5_000


def made_catalogue(folder: Path, groups: int) -> tuple[SqlStore, LocalFiles, Settings]:
    """Write so many picture groups of 1–3 photos with 1–3 publications each; every tenth has no date."""
    settings = Settings(instance=folder)
    store = SqlStore(settings.resolved_database_url, folder / "arrays", "bench")
    store.open_schema()
    rows: dict[str, list[dict[str, Any]]] = {}
    _fill(rows, groups, Random(SEED))
    with store.engine.write() as connection:
        for table in (
            event, photo, rendition, publication, publication_statement, publisher_party, caption, credit, credit_party,
            named_source, picture_group, group_member, chain, chain_member, finding, standing,
        ):  # fmt: skip
            _write(connection, table, rows[table.name])
        for index in ("photo_words", "photo_letters"):
            column = index.removeprefix("photo_")
            connection.execute(text(f"INSERT INTO {index}(rowid, {column}) VALUES (:id, :{column})"), rows["words"])
    return store, LocalFiles(folder / "originals", folder / "previews"), settings


def _write(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while part := list(islice(waiting, SLICE)):
        connection.execute(insert(table), part)


def _fill(rows: dict[str, list[dict[str, Any]]], groups: int, chance: Random) -> None:
    def add(table: str, **values: Any) -> int:
        kept = rows.setdefault(table, [])
        kept.append(values)
        return len(kept)

    add("event", sequence=1, at="2026-11-22T00:00:00.000000Z", agent="bench", action="made", outcome="success", subject="",
        detail="{}", digest="", previous_hash="", hash="0" * 64)  # fmt: skip
    for number in range(SOURCES):
        add(
            "named_source",
            id=f"source-{number}",
            name=f"Paper {number}",
            published_count=groups // 30,
            credited_count=groups // 30,
        )
    for group in range(1, groups + 1):
        photos = [_photo(add, chance) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        moment = (
            None if group % 10 == 0 else f"{chance.randint(2005, 2025)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        )
        appearances = [_publication(add, chance, chance.choice(photos), moment) for _ in range(chance.choice((1, 1, 2, 3)))]
        add("picture_group", id=group, cover_photo_id=photos[0], weakest_score=0.9, photo_count=len(photos),
            publication_count=len(appearances), finding_count=0, first_publication_id=appearances[0],
            first_published=f"{moment}T00:00:00.000000Z" if moment else "~")  # fmt: skip
        made = add("chain", id=group, first_photo_id=photos[0], origin="[]", state="complete", state_reason="made", version=1)
        for member in photos:
            add("group_member", photo_id=member, group_id=group)
            add("chain_member", photo_id=member, chain_id=made)
        if group % 4 == 0:
            sha256 = rows["photo"][photos[0] - 1]["sha256"]
            add(
                "finding",
                chain_id=made,
                rule=chance.choice(("mirrored", "credit_dropped")),
                reason="made",
                subjects=f'["{sha256}"]',
            )


def _photo(add: Any, chance: Random) -> int:
    number: int = add(
        "photo", event_sequence=1, sha256=hashlib.sha256(chance.randbytes(16)).hexdigest(), size_bytes=200_000,
        media_type="image/jpeg", first_stored_at="2026-11-22T00:00:00.000000Z",
    )  # fmt: skip
    add("standing", kind="photo", subject_id=number)
    add("rendition", photo_id=number, recipe=1, width=1200, height=800, orientation=1, frames=1, detail=40.0, is_plain=False,
        preview_width=1200, preview_height=chance.choice((800, 675, 1200)))  # fmt: skip
    return number


def _publication(add: Any, chance: Random, photo_id: int, moment: str | None) -> int:
    source = chance.randrange(SOURCES)
    number: int = add(
        "publication", event_sequence=1, identity=chance.randbytes(16).hex(), photo_id=photo_id, publisher_raw=b"",
        publisher=f"Paper {source}", publisher_codec="utf-8", source_path="press/a.jpg",
    )  # fmt: skip
    bounds = {f"published_{part}": f"{moment}T00:00:00.000000Z" if moment else None for part in ("from", "to")}
    dated = {"published_raw": moment, "published_edtf": moment, "published_zone": "stated" if moment else None, **bounds}
    statement = add("publication_statement", event_sequence=1, publication_id=number, revision=1, extras="{}", **dated)
    said = " ".join(chance.choice(WORDS) for _ in range(14))
    kept = {
        "event_sequence": 1,
        "publication_id": number,
        "origin": "manifest",
        "revision": 1,
        "text_raw": b"",
        "text_codec": "utf-8",
    }
    spoken = add("caption", role="caption", language=chance.choice(("en", "ru", "uk", "ar")), text=said, **kept)
    credited = add("credit", role="credit_line", text=f"Paper {source}", **kept)
    add("credit_party", credit_id=credited, role="agency", name=f"Paper {source}", span_from=0, span_to=7, confidence=0.9,
        source_id=f"source-{source}")  # fmt: skip
    add("publisher_party", publication_id=number, source_id=f"source-{source}")
    evidence = {"publication": number, "publication_statement": statement, "caption": spoken, "credit": credited}
    for kind, subject in evidence.items():
        add("standing", kind=kind, subject_id=subject)
    add("words", id=number, words=words_of(said), letters=letters_of(said))
    return number


def key_of_page(store: SqlStore, sort: str, page: int, size: int) -> str:
    """Return the key that leads to a page of the grid in an order of `SORTS`, counted from 1."""
    order = {
        "newest": picture_group.c.first_published.desc(), "oldest": picture_group.c.first_published,
        "reuse": picture_group.c.publication_count.desc(),
    }[sort]  # fmt: skip
    behind = [] if sort == "reuse" else [picture_group.c.first_published == "~"]
    last = picture_group.c.id if sort == "oldest" else picture_group.c.id.desc()
    asked = (
        select(photo.c.sha256)
        .join(picture_group, picture_group.c.cover_photo_id == photo.c.id)
        .order_by(*behind, order, last)
        .limit(1)
        .offset((page - 1) * size - 1)
    )
    with store.engine.read() as connection:
        return str(connection.execute(asked).scalar_one())
