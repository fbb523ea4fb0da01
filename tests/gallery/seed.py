"""A small catalogue for tests of pages, written by the real store: pictures made in code, publications, pairs, chains."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from catalog.compute.interface import Key, Reply, Request
from catalog.errors import ComputeError, WorkerDiedError
from catalog.records.description import Description, Rendition
from catalog.records.keeping import KeptItem, ReadItem
from catalog.records.match import Overlap, PictureGroup, Verification
from catalog.records.metadata import EmbeddedText, MetadataValue
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Chain, Claim, Derivation, Evidence, Finding
from catalog.records.publication import Caption, Credit, CreditParty, CreditReading, Publication
from catalog.records.text import RecordedText
from catalog.settings import Settings
from catalog.store.files import LocalFiles
from catalog.store.sql.catalogue import SqlStore
from catalog.workflow.catalogue import Catalogue

RUN = "2026-11-22-seed"


class NoExecutor:
    """Run no work: pages that only read must not need any."""

    def run(self, request: Request) -> Reply:
        raise WorkerDiedError(f"{request.task} was asked of an executor that runs nothing")

    def map(self, requests: Iterable[tuple[Key, Request]]) -> Iterator[tuple[Key, Reply | ComputeError]]:
        for key, request in requests:
            yield key, WorkerDiedError(f"{request.task} was asked of an executor that runs nothing")

    def limits(self) -> tuple[str, ...]:
        return ()

    def close(self) -> None:
        return None


def drawn(width: int, height: int, hue: int) -> Image.Image:
    """Make a picture with a horizon, so that it has an up and a side."""
    picture = Image.new("RGB", (width, height), (hue % 200, (hue * 3) % 200, (hue * 7) % 200))
    picture.paste((220, 215, 205), (0, height * 2 // 3, width, height))
    picture.paste((90, 60, 40), (width // 8, height // 3, width // 3, height * 2 // 3))
    return picture


def jpeg(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.convert("RGB").save(target, "JPEG", quality=80)
    return target.getvalue()


@dataclass
class Seed:
    """Build a catalogue in a folder, item by item; `finish` makes what is derived from all of it."""

    folder: Path
    agent: str = "editor"
    store: SqlStore = field(init=False)
    files: LocalFiles = field(init=False)
    position: int = 0
    identities: dict[str, str] = field(default_factory=dict)
    chains: list[Chain] = field(default_factory=list)
    groups: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        settings = Settings(instance=self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.store = SqlStore(settings.resolved_database_url, self.folder / "arrays", self.agent)
        self.store.open_schema()
        self.files = LocalFiles(settings.resolved_store_folder, self.folder / "previews")
        self.catalogue = Catalogue(settings, self.store, self.files, NoExecutor(), self.agent)
        with self.store.write() as change:
            change.begin_run(RUN, {"paths": ["press"]}, "0.1.0")

    def photo(
        self,
        picture: Image.Image | bytes,
        *publications: Publication,
        metadata: Sequence[MetadataValue] = (),
        embedded: Sequence[EmbeddedText] = (),
        name: str = "",
        parties: Sequence[tuple[str, str]] = (),
    ) -> str:
        """Keep a photo with its publications; `parties` are (role, name) read in every credit line of them."""
        content = picture if isinstance(picture, bytes) else jpeg(picture)
        opened = Image.open(BytesIO(content))
        preview = opened.convert("RGB")
        preview.thumbnail((1280, 1280))
        sha256 = hashlib.sha256(content).hexdigest()
        made = Rendition(1, opened.width, opened.height, 1, 1, 40.0, False, jpeg(preview), preview.width, preview.height)
        described = Description(sha256, len(content), "image/jpeg", None, made, (), tuple(metadata), ())
        original = self.files.originals / sha256[:2] / sha256
        original.parent.mkdir(parents=True, exist_ok=True)
        original.write_bytes(content)
        self.files.put_preview(sha256, made.preview)
        with self.store.write() as change:
            for publication in publications or (None,):
                self.position += 1
                read = ReadItem(
                    self.position, name or f"press/{self.position:04d}.jpg", name or f"{self.position:04d}.jpg", None, (),
                    len(content), sha256,
                )  # fmt: skip
                outcome = change.keep(RUN, KeptItem(read, "image/jpeg", described, publication, tuple(embedded)))
                if outcome.publication and publication and publication.publisher:
                    name_of = publication.publisher.text
                    self.identities[f"{sha256}/{name_of}"] = outcome.publication
                    change.store_publisher(outcome.publication, source_id(name_of), name_of)
                for credit_id, line in outcome.new_credits:
                    found = tuple(
                        CreditParty(role, party, (line.find(party), line.find(party) + len(party)), 0.9)
                        for role, party in parties
                        if party in line
                    )
                    reading = CreditReading(line, found, ("handout",) if "handout" in line.lower() else (), (), ())
                    change.store_credit_reading(credit_id, reading, {one.name: source_id(one.name) for one in found}, 1)
            change.store_rendition(sha256, None, made)
        return sha256

    def reject(self, item: str, reason: str, message: str) -> None:
        """Record a rejected item."""
        self.position += 1
        with self.store.write() as change:
            change.reject(RUN, ReadItem(self.position, item, item, None, ("extension_mismatch",)), reason, message)

    def pair(self, query: str, reference: str, changes: Sequence[str] = (), **stated: object) -> Verification:
        """Record an examined pair; a copy, accepted, unless stated otherwise."""
        found = Verification(
            query, reference, "copy", "accepted", 0.97, tuple(changes), (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
            Overlap(1.0, 0.62), None, "hash", 1, 0.5, 0.8, (("inliers", 120.0),),
        )  # fmt: skip
        found = replace(found, **stated)  # type: ignore[arg-type]
        with self.store.write() as change:
            change.store_verifications([found])
        return found

    def group(self, *photos: str) -> None:
        """Put photos into one picture group when the catalogue is finished."""
        self.groups.append(photos)

    def chain(
        self, photos: Sequence[str], derivations: Sequence[Derivation], findings: Sequence[Finding] = (), state: str = "complete",
        claimed: Sequence[Claim] = (),
    ) -> None:  # fmt: skip
        """Join photos in a chain when the catalogue is finished."""
        reason = "Every derivation has a direction, and all lead back to one origin among the photos held here."
        self.chains.append(
            Chain(photos[0], tuple(photos), (photos[0],), tuple(derivations), tuple(claimed), tuple(findings), state, reason)
        )

    def finish(self) -> Catalogue:
        """Make groups, chains, counts and the index of words, and return the catalogue."""
        standing = self.store.standing_photos()
        grouped = {photo for group in self.groups for photo in group}
        groups = [*self.groups, *((photo,) for photo in standing if photo not in grouped)]
        chained = {photo for chain in self.chains for photo in chain.photos}
        alone = [
            Chain(photo, (photo,), (photo,), (), (), (), "complete", "The chain is one photo.")
            for photo in standing
            if photo not in chained
        ]
        with self.store.write() as change:
            change.replace_groups(standing, [PictureGroup(group, 0.9) for group in groups])
            change.replace_chains(standing, [*self.chains, *alone], 1)
            change.count_sources()
            change.index_words(standing)
        return self.catalogue


def source_id(name: str) -> str:
    """Return a source id of a name; the real ones are made by the credits room."""
    return hashlib.sha256(name.casefold().encode()).hexdigest()[:16]


def published(
    publisher: str | None,
    at: str | None,
    caption: str | None = None,
    language: str | None = None,
    credit: str | None = None,
    url: str | None = None,
    **more: str,
) -> Publication:
    """Return a publication as a manifest would state it."""
    return Publication(
        publisher=RecordedText.from_text(publisher) if publisher else None,
        url=RecordedText.from_text(url) if url else None,
        published_at=PartialDate.parse(at) if at else None,
        carrier=more.get("carrier"),
        first_seen_at=None,
        date_created=PartialDate.parse(more["taken"]) if "taken" in more else None,
        location=RecordedText.from_text(more["location"]) if "location" in more else None,
        captions=(Caption("caption", RecordedText.from_text(caption), language),) if caption else (),
        credits=(Credit("credit_line", RecordedText.from_text(credit)),) if credit else (),
        extras=(),
    )


def derived(parent: str, child: str, *changes: str, directed: bool = True, confidence: float = 0.93) -> Derivation:
    """Return a derivation with a ledger of two items."""
    evidence = (
        Evidence("containment", True, 1.8, "The second shows 62 % of the first: content was cut, not found."),
        Evidence("publication_dates", False, 0.4, "The second was first seen before the first."),
    )
    return Derivation(parent, child, directed, tuple(changes), confidence, evidence)
