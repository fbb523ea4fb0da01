"""What the tables have in common: how constraints are named, and the columns that stand in several of them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def under_ledger() -> Column[int]:
    """Return the column that ties an evidence row to the event it was written with."""
    return Column("event_sequence", Integer, ForeignKey("event.sequence"), nullable=False, index=True)


def recorded(name: str, *, nullable: bool = True) -> tuple[Column[bytes], Column[str], Column[str]]:
    """Return the three columns of a recorded text: bytes as received, text shown, codec between them."""
    return (
        Column(f"{name}_raw", LargeBinary, nullable=nullable),
        Column(name, Text, nullable=nullable),
        Column(f"{name}_codec", Text, nullable=nullable),
    )


def dated(name: str) -> tuple[Column[str], ...]:
    """Return the five columns of a partial date; bounds are UTC in ISO 8601, so that they sort as text."""
    return tuple(Column(f"{name}_{part}", Text) for part in ("raw", "edtf", "from", "to", "zone"))
