"""How many of a thousand alterations of evidence `catalog verify` finds and names, and how many alarms it gives without one."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

from bench.figures import Figure, held_against
from catalog.records.custody import AnchorStatement
from catalog.store.tables.derived import DERIVED
from catalog.workflow.anchor_ledger import head_of_ledger
from catalog.workflow.rebuild_derived import rebuild_derived
from catalog.workflow.verify_catalogue import VerifyOrder, verify_catalogue
from tests.conftest import SAMPLES, run_catalog
from tests.store.keeping import Keeping
from tests.store.tampering import ALTERATIONS, Tampered, alter_derived, compared, everything_kept

SUITE = "reliability"
ALTERED, ITEMS, CLEAN_ITEMS, DERIVED_SHARE, SEED = 1_000, 60, 100_000, 0.1, 20261122
IN_A_COMMIT = 1_000


def run(folder: Path, altered: int = ALTERED, items: int = ITEMS, clean_items: int = CLEAN_ITEMS) -> Iterator[Figure]:
    """Alter a catalogue of so many items so often, one thing at a time, and check it; then check a clean one of many items."""
    chance = Random(SEED)
    derived = round(altered * DERIVED_SHARE)
    kinds: Counter[str] = Counter()
    missed: list[str] = []
    for tampered in _evidence(folder / "evidence", items, altered - derived, chance):
        kinds[tampered.kind] += 1
        missed += [] if tampered.is_named else [f"{tampered.kind}: {tampered.what}"]
    yield held_against("alterations of evidence, named by verify", "", altered - derived - len(missed), "made", altered - derived)
    named = _derived(folder / "derived", derived, chance)
    yield held_against("alterations of derived rows, seen by rebuild and compare", "", named, "made", derived)
    for kind, count in sorted(kinds.items()):
        yield Figure(f"  {kind}", f"{count}")
    for one in missed:
        yield Figure("NOT NAMED", one)
    alarms, read, events = _alarms(folder / "clean", clean_items)
    yield held_against(f"false alarms over {read} originals and {events} events", "", alarms, "must be", 0)


def _evidence(folder: Path, items: int, times: int, chance: Random) -> Iterator[Tampered]:
    """Alter one thing of a clean catalogue, check it, put it back, and go on with the next."""
    whole, instance = folder / "whole", folder / "instance"
    everything_kept(whole, items)
    keeping = Keeping(whole)
    anchor = AnchorStatement(head_of_ledger(keeping.catalogue), "", None)
    keeping.close()
    shutil.copytree(whole, instance)
    for number in range(times):
        # Every kind in turn, so that the rare ones are tried as often as the common ones.
        kind = list(ALTERATIONS)[number % len(ALTERATIONS)]
        expected, what = ALTERATIONS[kind](instance, chance)
        keeping = Keeping(instance)
        verdict = verify_catalogue(keeping.catalogue, VerifyOrder(anchor=anchor), lambda _done, _total: None)
        keeping.close()
        found = {(one.code, one.subject) for one in verdict.alterations}
        yield Tampered(kind, what, bool(found & expected) and not verdict.is_whole)
        shutil.rmtree(instance)
        shutil.copytree(whole, instance)


def _derived(folder: Path, times: int, chance: Random) -> int:
    """Return how many of so many alterations of derived rows differ from what a rebuild of the altered catalogue makes."""
    press = folder / "press"
    press.mkdir(parents=True)
    for path in sorted((SAMPLES / "photos").glob("lighthouse*.jpg")):
        shutil.copy(path, press)
    instance = folder / "instance"
    run_catalog(instance, "import", press)
    # How far a photo got is noted as it came; a rebuild is compared with a rebuild.
    _rebuilt(instance)
    shutil.copytree(instance, folder / "rebuilt")
    rebuilt = _rebuilt(folder / "rebuilt")
    seen = 0
    for number in range(times):
        shutil.copy(instance / "catalog.sqlite", folder / "altered.sqlite")
        alter_derived(folder / "altered.sqlite", chance)
        seen += derived_rows(folder / "altered.sqlite") != rebuilt
        if number % max(1, times // 3) == 0:
            # What a rebuild makes does not depend on what was there: so it is done, now and then, on the altered one itself.
            shutil.copy(folder / "altered.sqlite", folder / "rebuilt" / "catalog.sqlite")
            assert _rebuilt(folder / "rebuilt") == rebuilt
    assert derived_rows(instance / "catalog.sqlite") == rebuilt
    return seen


def _rebuilt(instance: Path) -> dict[str, list[tuple[object, ...]]]:
    keeping = Keeping(instance)
    failed = rebuild_derived(keeping.catalogue, lambda _phase, _done, _total: None)
    keeping.close()
    assert failed == []
    return derived_rows(instance / "catalog.sqlite")


def derived_rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every derived row with every value but how long drawing took, sorted."""
    with closing(sqlite3.connect(database)) as opened:
        return {
            table.name: sorted(opened.execute(f"SELECT {', '.join(compared(table))} FROM {table.name}"), key=repr)
            for table in DERIVED
        }


def _alarms(folder: Path, items: int) -> tuple[int, int, int]:
    """Return alarms, originals read and events read of a check over a clean catalogue of so many items."""
    keeping = Keeping(folder)
    keeping.begin()
    for start in range(0, items, IN_A_COMMIT):
        with keeping.store.write() as change:
            for number in range(start, min(items, start + IN_A_COMMIT)):
                change.keep(keeping.run, keeping.item(hashlib.sha256(b"%d" % number).digest() * 8))
    verdict = verify_catalogue(keeping.catalogue, VerifyOrder(), lambda _done, _total: None)
    keeping.close()
    assert (verdict.originals_expected, verdict.originals_skipped) == (items, 0)
    return len(verdict.alterations), verdict.originals_read, verdict.events_read
