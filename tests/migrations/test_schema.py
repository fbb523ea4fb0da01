"""The migrations and the tables say the same, in both directions."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from catalog.errors import SchemaError
from catalog.store.engine import APPLICATION_ID, CatalogEngine
from catalog.store.schema import HEAD, alembic_config, current_revision, require_head, upgrade
from catalog.store.tables import SEARCH_TABLES, metadata


@pytest.fixture
def engine(tmp_path: Path) -> CatalogEngine:
    return CatalogEngine(f"sqlite:///{tmp_path / 'catalog.sqlite'}")


def downgrade(engine: CatalogEngine, revision: str = "base") -> None:
    with engine.write() as connection:
        command.downgrade(alembic_config(connection), revision)


def test_there_is_one_head_and_it_is_the_one_the_program_needs() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [HEAD]


def test_up_down_up_leaves_nothing_behind_and_ends_at_head(engine: CatalogEngine) -> None:
    upgrade(engine)
    downgrade(engine)
    with engine.read() as connection:
        left = [name for name in inspect(connection).get_table_names() if name != "alembic_version"]
    assert left == []
    upgrade(engine)
    assert current_revision(engine) == HEAD


def test_the_migrated_schema_equals_the_tables(engine: CatalogEngine) -> None:
    upgrade(engine)
    with engine.read() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _object, name, kind, _reflected, _to: (
                    not (kind == "table" and name.startswith(SEARCH_TABLES))
                ),
            },
        )
        assert compare_metadata(context, metadata) == []


def test_going_back_keeps_every_decision_that_the_older_schema_can_say(engine: CatalogEngine) -> None:
    upgrade(engine)
    with engine.write() as connection:
        for number, verdict in enumerate(("accept", "reject", "same_scene", "undo"), 1):
            connection.exec_driver_sql(
                "INSERT INTO event (sequence, at, agent, action, outcome, subject, detail, digest, previous_hash, hash)"
                f" VALUES ({number}, 'now', 'editor', 'decision', 'success', 'a-b', '{{}}', '', '', '{number}')"
            )
            connection.exec_driver_sql(
                "INSERT INTO decision (event_sequence, first_sha256, second_sha256, verdict, reason, agent, at)"
                f" VALUES ({number}, 'a', 'b', '{verdict}', 'why', 'editor', 'now')"
            )
    downgrade(engine, "0008")
    with engine.read() as connection:
        kept = connection.exec_driver_sql("SELECT event_sequence, verdict FROM decision ORDER BY id").all()
    assert [tuple(row) for row in kept] == [(1, "accept"), (2, "reject"), (4, "undo")]
    upgrade(engine)
    with engine.write() as connection, pytest.raises(IntegrityError, match="ck_decision_verdict"):
        connection.exec_driver_sql("UPDATE decision SET verdict = 'perhaps'")


def test_the_full_text_tables_are_made(engine: CatalogEngine) -> None:
    upgrade(engine)
    with engine.write() as connection:
        connection.exec_driver_sql("INSERT INTO photo_letters (rowid, letters) VALUES (7, 'выставка')")
        found = connection.exec_driver_sql("SELECT rowid FROM photo_letters WHERE photo_letters MATCH '\"став\"'").scalar()
    assert found == 7


def test_a_database_behind_the_program_is_named_with_the_command_that_mends_it(engine: CatalogEngine) -> None:
    upgrade(engine)
    downgrade(engine)
    with pytest.raises(SchemaError, match="catalog upgrade"):
        require_head(engine)


def test_a_database_of_a_later_version_is_left_alone_and_named(engine: CatalogEngine) -> None:
    upgrade(engine)
    with engine.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for refused in (upgrade, require_head):
        with pytest.raises(SchemaError, match="schema 9999, made by a later version"):
            refused(engine)
    assert current_revision(engine) == "9999"


def test_the_file_says_whose_it_is(engine: CatalogEngine) -> None:
    upgrade(engine)
    with engine.read() as connection:
        assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID


def test_migrations_are_dated_and_numbered_in_order() -> None:
    names = sorted(path.name for path in Path(__file__).parents[2].joinpath("migrations", "versions").glob("*.py"))
    numbers = [int(name.split("_")[3]) for name in names]
    assert numbers == list(range(1, len(names) + 1))
