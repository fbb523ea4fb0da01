"""What power cuts leave of a backup, a restoration, an anchor and the matching index, and whether each sync there is needed."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from bench.durability.apart import run_apart
from bench.durability.commands import Commands
from bench.durability.disk import Name, Recorder, Step
from bench.durability.states import is_named_or_told, is_taken, is_told, make_state, states_of
from bench.durability.without_syncs import Place, taking_out, waiting_modules, waiting_places
from bench.figures import Figure, held_against
from catalog.custody.anchors import read_anchor, statement_alterations
from catalog.custody.backup_folder import DATABASE_FILE, digest_of, listed_files, read_facts
from catalog.custody.signing import sign
from catalog.errors import CatalogError
from catalog.matching.index_folder import LIST
from catalog.workflow.anchor_ledger import KEY_FILE
from catalog.workflow.back_up import RESTORING_FILE
from tests.journeys.killing import make_collection

SUITE, IN_MEMORY = "reliability", True
PHOTOS, STATES, STATES_WITHOUT_A_SYNC = 4, 2_000, 1_000
Command = tuple[Path, tuple[str | Path, ...]]


def run(folder: Path, photos: int = PHOTOS, states: int = STATES, without: int = STATES_WITHOUT_A_SYNC) -> Iterator[Figure]:
    """Cut the power of each command in so many states; then take every sync on its way out in turn."""
    for name in CASES:
        told = run_apart("bench.power_cuts_of_copies:cut_power", str(folder / name), name, photos, states, without)
        yield Figure(f"{name}: steps on the disk", str(told["steps"]), f"{states} states")
        yield held_against("  states that break a promise", "", len(told["harm"]), "must be", 0)
        for said in sorted(set(told["harm"]))[:3]:
            yield Figure(f"    {said}", str(told["harm"].count(said)))
        for place, after in told["without"].items():
            seen = f"harm in state {after}" if after else "no harm seen"
            yield Figure(f"  sync taken out: {place}", seen, "must be seen", holds=bool(after))


def cut_power(folder: str, name: str, photos: int, states: int, without: int) -> dict[str, object]:
    """Record one case, look at so many states of its disk, and again with every sync that it needs taken out in turn."""
    case = CASES[name](Path(folder), photos)
    steps = case.record()
    found = states_of(case.disk, steps, states, is_moment=case.is_moment)
    harm = [said for state, lines in found if (said := case.harm_in(state, lines))]
    after: dict[str, int] = {}
    for place in places_of(name):
        cut = states_of(case.disk, case.record(taking_out(place)), without, 0.1, case.is_moment)
        after[str(place)] = next((number for number, (state, lines) in enumerate(cut, 1) if case.harm_in(state, lines)), 0)
    return {"steps": len(steps), "harm": harm, "without": after}


def places_of(name: str) -> list[Place]:
    """Return the places at which a case waits for the disk and no other case or import does."""
    return [place for place in waiting_places(waiting_modules()) if str(place).startswith(CASES[name].waits)]


class Case(ABC):
    """Hold an imported collection and the disk of the command that is cut; a subclass says what it promises.

    `waits` are beginnings of the places that it is the one to hold to their purpose.
    """

    waits: tuple[str, ...] = ()

    def __init__(self, folder: Path, photos: int) -> None:
        """Import the collection once, undisturbed."""
        self.folder, self.disk = folder, folder / "disk"
        self.commands = Commands(folder / "output")
        self.press = make_collection(folder / "press", photos)
        self.source = folder / "source"
        self.mapped: dict[str, bytes] = {}
        self.commands.warm(self.source, "import", self.press, "--manifest", self.press / "manifest.csv", "--json")
        self.prepare()

    @staticmethod
    def is_moment(step: Step) -> bool:
        """Tell whether power is to be cut right after a step: most cuts are of this kind."""
        return is_told(step)

    def prepare(self) -> None:  # noqa: B027 – most cases need no more
        """Make what the command needs beside the collection."""

    @abstractmethod
    def asked(self) -> list[Command]:
        """Return the commands to be cut, each with its instance."""

    @abstractmethod
    def harm(self, *, is_told: bool) -> str:
        """Say what is wrong with the state that was made, "" for nothing; `is_told`: the person was told that it is done."""

    def record(self, before: Callable[[], None] | None = None) -> list[Step]:
        """Return the steps of the commands on an empty disk; `before` is called in each process first."""
        shutil.rmtree(self.disk, ignore_errors=True)
        self.disk.mkdir()
        recorder = Recorder(self.disk, self.commands.output)
        for instance, arguments in self.asked():
            ended = self.commands.watch(instance, recorder.watcher, *arguments, before=before)
            if ended.code:
                raise RuntimeError(f"catalog {arguments[0]} ended with {ended.code}: {ended.err[-1000:]}")
        # As the first, undisturbed recording left them.
        self.mapped = self.mapped or recorder.mapped
        return recorder.steps

    def harm_in(self, state: Mapping[str, bytes | None], lines: bytes) -> str:
        """Make a state and say what is wrong with it."""
        make_state(self.disk, dict(state))
        return self.harm(is_told=lines.endswith(b"\n"))


class Backup(Case):
    """A folder of the backup's name is a whole backup, and it is there once the person was told so."""

    waits = (
        "custody.backup_folder.", "store.online_copy.", "lasting.sync_names", "lasting.make_lasting_folder",
        "lasting.write_lasting",
    )  # fmt: skip

    def asked(self) -> list[Command]:
        """Back up into a folder whose parents have to be made."""
        return [(self.source, ("backup", self.disk / "some" / "backup", "--json"))]

    def harm(self, *, is_told: bool) -> str:
        """Hold every file against the backup's own list."""
        folder = self.disk / "some" / "backup"
        if not folder.exists():
            return "the backup is not there" if is_told else ""
        try:
            read_facts(folder)
            files = listed_files(folder)
            torn = [name for name, sha256 in files if not (folder / name).exists() or digest_of(folder / name) != sha256]
        except (CatalogError, OSError) as error:
            return f"the backup is no backup: {type(error).__name__}"
        return "a file of the backup is not whole" if torn or not files else ""


class Restoration(Case):
    """An instance without the word that it is half is whole; once told, it is there."""

    waits = ("workflow.back_up.",)

    @staticmethod
    def is_moment(step: Step) -> bool:
        """Tell whether a name was given, or the person told."""
        return is_named_or_told(step)

    def prepare(self) -> None:
        """Make a backup."""
        ended = self.commands.run(self.source, "backup", self.folder / "backup", "--json")
        if ended.code:
            raise RuntimeError(f"catalog backup ended with {ended.code}: {ended.err[-1000:]}")
        self.originals = {name: sha256 for name, sha256 in listed_files(self.folder / "backup") if name.startswith("originals/")}

    def asked(self) -> list[Command]:
        """Restore into an instance that is not there yet."""
        return [(self.disk / "instance", ("restore", self.folder / "backup", "--json"))]

    def harm(self, *, is_told: bool) -> str:
        """Hold every original against the backup's list, and the database against SQLite's own check."""
        instance = self.disk / "instance"
        if (instance / RESTORING_FILE).exists():
            return "an instance that was told to be whole calls itself half" if is_told else ""
        if not (instance / DATABASE_FILE).exists():
            return "the instance is not there" if is_told else ""
        torn = [
            name
            for name, sha256 in self.originals.items()
            if not (instance / name).exists() or hashlib.sha256((instance / name).read_bytes()).hexdigest() != sha256
        ]
        try:
            with closing(sqlite3.connect(instance / DATABASE_FILE)) as database:
                (photos,) = database.execute("SELECT count(*) FROM photo").fetchone()
        except sqlite3.DatabaseError:
            return "the database of an instance that calls itself whole is damaged"
        return "an original of an instance that calls itself whole is not" if torn or photos != len(self.originals) else ""


class SignedAnchor(Case):
    """Anchor and key are there once told, fit each other, and are never half."""

    waits = ("custody.key_file.", "lasting.replace_lasting")

    def asked(self) -> list[Command]:
        """Write an anchor of a new instance, which makes its key."""
        return [(self.disk / "instance", ("anchor", "--output", self.disk / "anchor.json", "--json"))]

    def harm(self, *, is_told: bool) -> str:
        """Read both, and hold the signature against the key."""
        anchor, key = self.disk / "anchor.json", self.disk / "instance" / KEY_FILE
        if not (anchor.exists() and key.exists()):
            return "anchor or key is not there" if is_told else ""
        try:
            statement = read_anchor(anchor.read_text("utf-8", "replace"), "anchor")
            public_key = sign(b"", bytes.fromhex(key.read_text("ascii", "replace"))).public_key
        except (CatalogError, ValueError) as error:
            return f"anchor or key is half: {type(error).__name__}"
        return "the anchor is not of this key" if statement_alterations(statement, public_key) else ""


class Index(Case):
    """What the list of the index names is whole: it may be an older one, and what it lacks is added again."""

    waits = ("matching.",)

    @staticmethod
    def is_moment(step: Step) -> bool:
        """Tell whether the list of the index was exchanged, or a segment removed."""
        return isinstance(step, Name) and is_taken(step) and any(Path(path).parent.name == "index" for path, _ in step.changes)

    def prepare(self) -> None:
        """Make a second collection, so that a segment is merged with one that was there."""
        self.later = make_collection(self.folder / "later", 2 * len(list(self.press.glob("*.jpg"))))

    def asked(self) -> list[Command]:
        """Import one collection and then the other."""
        return [
            (self.disk / "instance", ("import", folder, "--manifest", folder / "manifest.csv", "--json"))
            for folder in (self.press, self.later)
        ]

    def harm(self, *, is_told: bool) -> str:
        """Hold every file of every segment that the list names against how it was written."""
        listed = self.disk / "instance" / "index" / LIST
        if not listed.exists():
            return ""
        try:
            names = json.loads(listed.read_text("utf-8", "replace"))["segments"]
        except ValueError:
            return "the list of the index is half"
        folders = {str(listed.parent / name) for name in names}
        wanted = {path: content for path, content in self.mapped.items() if str(Path(path).parent) in folders}
        torn = [path for path, content in wanted.items() if not Path(path).exists() or Path(path).read_bytes() != content]
        return "the list names what is not whole" if torn else ""


CASES: dict[str, type[Case]] = {"backup": Backup, "restoration": Restoration, "anchor": SignedAnchor, "index": Index}
