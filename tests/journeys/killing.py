"""Kill an import at random moments, resume it after each, and say what was lost, doubled or left over."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import time
from dataclasses import dataclass, fields
from pathlib import Path

from PIL import Image

from tests.conftest import SAMPLES, command, environment, run_catalog


@dataclass(frozen=True)
class Damage:
    """Hold what killing did: all of it must be nothing."""

    kills: int
    acknowledged_lost: int
    doubled: int
    rows_without_bytes: int
    left_over: int
    missing_at_the_end: int
    verify_code: int

    def __add__(self, other: Damage) -> Damage:
        return Damage(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    @property
    def is_none(self) -> bool:
        harm = (
            self.acknowledged_lost,
            self.doubled,
            self.rows_without_bytes,
            self.left_over,
            self.missing_at_the_end,
            self.verify_code,
        )
        return not any(harm)


def make_collection(folder: Path, count: int) -> Path:
    """Cut so many different small pictures out of the samples, with a manifest that shows each tenth of them twice."""
    folder.mkdir(parents=True)
    sources = sorted((SAMPLES / "photos").glob("*.jpg"))
    rows = ["file,publisher,url,caption,credit_line"]
    for number in range(count):
        with Image.open(sources[number % len(sources)]) as picture:
            left, top = (number // len(sources)) * 37, (number // len(sources)) * 23
            picture.convert("RGB").crop((left, top, left + 200, top + 160)).save(folder / f"{number:04d}.jpg", quality=88)
        rows.append(
            f"{number:04d}.jpg,Outlet {number % 7},https://outlet.example/{number},Caption {number},Photo: Person {number % 5}"
        )
        if number % 10 == 0:
            rows.append(f"{number:04d}.jpg,Other outlet,https://other.example/{number},Another caption {number},")
    (folder / "manifest.csv").write_text("\n".join(rows) + "\n", "utf-8")
    return folder


def kill_and_resume(folder: Path, instance: Path, kills: int, seed: int) -> Damage:
    """Kill the import of a collection `kills` times with SIGKILL, resume after each, let it finish and count the harm.

    A catalogue that is whole has nothing left to lose: from then on kills go on with an empty one, below `instance` by number.
    """
    chance, total, number = random.Random(seed), Damage(0, 0, 0, 0, 0, 0, 0), 0
    while total.kills < kills and not total.acknowledged_lost:
        number += 1
        total += kill_until_whole(folder, instance / str(number), kills - total.kills, chance)
    return total


def kill_until_whole(folder: Path, instance: Path, kills: int, chance: random.Random) -> Damage:
    """Kill and resume on one catalogue until it is whole or that was often enough; then let it finish and count."""
    arguments = ("import", folder, "--manifest", folder / "manifest.csv", "--json", "--no-match")
    rows = (folder / "manifest.csv").read_text("utf-8").count("\n") - 1
    acknowledged: dict[str, str] = {}
    items, made = set[str](), 0
    while made < kills and len(items) < rows:
        process = subprocess.Popen(
            command(*arguments),
            env=environment(instance),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        # Most kills fall into the work, some into the start: a run that has acknowledged nothing yet must lose nothing either.
        time.sleep(chance.uniform(0.2, 3.5))
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        made += 1
        for line in output.decode().splitlines():
            said = json.loads(line) if line.endswith("}") else {}
            if said.get("outcome") in {"added", "known"}:
                acknowledged[said["item"]] = said["photo"]
                items.add(said["publication"])
        if lost := _lost(instance, acknowledged):
            return Damage(made, lost, 0, 0, 0, 0, 0)
    final = run_catalog(instance, *arguments)
    with sqlite3.connect(instance / "catalog.sqlite") as database:
        photos = {row[0] for row in database.execute("SELECT sha256 FROM photo")}
        publications = database.execute("SELECT count(*), count(DISTINCT url) FROM publication").fetchone()
        captions = database.execute("SELECT count(*) FROM caption").fetchone()[0]
    database.close()
    originals = {path.name for path in (instance / "originals").glob("*/*")}
    staging = [path for path in (instance / "staging").rglob("*") if path.name not in {"guard"}]
    return Damage(
        kills=made,
        acknowledged_lost=_lost(instance, acknowledged),
        doubled=abs(publications[0] - publications[1] + captions - rows),
        rows_without_bytes=len(photos - originals),
        left_over=len(originals - photos) + len(staging),
        missing_at_the_end=rows - publications[1] + final.summary["rejected"],
        verify_code=run_catalog(instance, "verify").code,
    )


def _lost(instance: Path, acknowledged: dict[str, str]) -> int:
    path = instance / "catalog.sqlite"
    if not path.exists():
        return len(acknowledged)
    with sqlite3.connect(path) as database:
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
        kept = {row[0] for row in database.execute("SELECT sha256 FROM photo")} if "photo" in tables else set()
    database.close()
    return sum(photo not in kept or not (instance / "originals" / photo[:2] / photo).exists() for photo in acknowledged.values())
