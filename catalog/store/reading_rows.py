"""Read the texts and names out of which credits, claims and sources are read."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from catalog.records.reading import CaptionText, CreditLine
from catalog.store.standing import standing_of
from catalog.store.tables.derived import (
    standing,
)
from catalog.store.tables.evidence import caption, credit, publication


def credit_lines(connection: Connection) -> Iterator[CreditLine]:
    """Yield every credit statement that stands: those of rights name no party, but what a picture may be used for."""
    rows = (
        select(credit.c.id, credit.c.role, credit.c.text).join(standing, standing_of("credit", credit.c.id)).order_by(credit.c.id)
    )
    for row in connection.execute(rows.execution_options(yield_per=2000)):
        yield CreditLine(row.id, row.role, row.text)


def caption_texts(connection: Connection) -> Iterator[CaptionText]:
    """Yield every caption that stands."""
    rows = select(caption.c.id, caption.c.text).join(standing, standing_of("caption", caption.c.id)).order_by(caption.c.id)
    for row in connection.execute(rows.where(caption.c.role == "caption").execution_options(yield_per=2000)):
        yield CaptionText(row.id, row.text)


def publishers(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield identity and publisher's name of every publication that stands and states one."""
    rows = select(publication.c.identity, publication.c.publisher).join(standing, standing_of("publication", publication.c.id))
    for row in connection.execute(rows.where(publication.c.publisher.is_not(None)).order_by(publication.c.id)):
        yield row.identity, row.publisher
