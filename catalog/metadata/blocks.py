"""The raw metadata blocks of one file, gathered within stated limits."""

from __future__ import annotations

from dataclasses import dataclass, field

# A marker segment of a JPEG holds 64 KiB, so Exif blocks above that are rare and 4 MiB is far above any seen; XMP's limit is
# that of ASVS 1.5.1 as docs/metadata.md states it; IIM is a wire format of short texts.
MAX_EXIF_BYTES = 4 * 1024 * 1024
MAX_XMP_BYTES = 2 * 1024 * 1024
MAX_IIM_BYTES = 1024 * 1024
MAX_PHOTOSHOP_BYTES = 8 * 1024 * 1024
MAX_TEXT_BYTES = 1024 * 1024
# A store of content credentials holds a thumbnail of every ingredient; the public test files have 50 to 130 kB.
MAX_CREDENTIALS_BYTES = 8 * 1024 * 1024
MAX_BLOCKS = 64
MAX_COMMENTS = 256

TOO_LARGE = "metadata_too_large"
CONTAINER_DAMAGED = "container_damaged"


@dataclass(frozen=True, slots=True)
class Comment:
    """Hold one comment of a container: `codec` as the container's standard states it, None where it states none."""

    vocabulary: str
    property: str
    language: str | None
    raw: bytes
    codec: str | None

    def size(self) -> int:
        """Return how much there is to keep of it."""
        return len(self.property) + len(self.language or "") + len(self.raw)


@dataclass(frozen=True, slots=True)
class ExtendedPart:
    """Hold one part of an extended XMP packet (XMP specification part 3, §1.1.3.1): digest, whole length, place, bytes."""

    guid: bytes
    full_length: int
    offset: int
    part: bytes


@dataclass(frozen=True, slots=True)
class Store:
    """Hold a store of content credentials, and where in the file it stands: start and end of each run, headers included."""

    block: bytes
    places: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Blocks:
    """Gather the blocks of one file; each list keeps the order of the file, `warnings` are stable codes."""

    exif: list[bytes] = field(default_factory=list)
    iim: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    extended_xmp: list[ExtendedPart] = field(default_factory=list)
    credentials: list[Store] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    comment_size: int = 0

    def warn(self, code: str) -> None:
        """Add a warning code once."""
        if code not in self.warnings:
            self.warnings.append(code)

    def add_exif(self, block: bytes) -> None:
        """Add a TIFF structure that holds Exif, without the `Exif` prefix some containers put before it."""
        self._add(self.exif, block.removeprefix(b"Exif\0\0"), MAX_EXIF_BYTES)

    def add_iim(self, block: bytes) -> None:
        """Add a sequence of IIM datasets."""
        self._add(self.iim, block, MAX_IIM_BYTES)

    def add_xmp(self, packet: bytes) -> None:
        """Add an XMP packet, with or without its wrapper."""
        self._add(self.xmp, packet, MAX_XMP_BYTES)

    def add_extended_xmp(self, part: ExtendedPart) -> None:
        """Add one part of an extended XMP packet."""
        held = sum(len(other.part) for other in self.extended_xmp)
        if held + len(part.part) > MAX_XMP_BYTES or part.full_length > MAX_XMP_BYTES:
            self.warn(TOO_LARGE)
        else:
            self.extended_xmp.append(part)

    def add_credentials(self, store: Store) -> None:
        """Add a store of content credentials."""
        if len(store.block) > MAX_CREDENTIALS_BYTES or len(self.credentials) >= MAX_BLOCKS:
            self.warn(TOO_LARGE)
        elif store.block:
            self.credentials.append(store)

    def add_comment(self, comment: Comment) -> None:
        """Add a comment of the container."""
        self.comment_size += comment.size()
        if self.comment_size > MAX_TEXT_BYTES or len(self.comments) >= MAX_COMMENTS:
            self.warn(TOO_LARGE)
        else:
            self.comments.append(comment)

    def _add(self, blocks: list[bytes], block: bytes, limit: int) -> None:
        if len(block) > limit or len(blocks) >= MAX_BLOCKS:
            self.warn(TOO_LARGE)
        elif block and block not in blocks:
            # The same block twice (a resource repeated in the next segment) says nothing new.
            blocks.append(block)
