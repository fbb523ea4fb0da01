"""The exception family of the catalogue, and nothing else.

CatalogError
├── SettingsError            a setting is unknown or has a value that cannot be used
├── UsageError               the command was asked for something that makes no sense
│   └── PairError            a line is no pair of captions
├── ThresholdsError          no thresholds follow from labelled pairs, or these are too few
├── IntakeError              something could not be taken in (path, row)
│   ├── ManifestError        the manifest itself cannot be read
│   ├── LabelsError          a table of labelled pairs cannot be read (row)
│   └── FileRefusedError     one named file cannot be read or must not be
├── ImageError               a file is not a picture that can be used (code)
│   └── TooLargeToPreviewError  it may be a picture, but decoding it would take more memory than a worker has (size, media type)
├── MetadataError            a metadata block cannot be read (block)
├── DescriptorError          a descriptor cannot be computed or compared (algorithm)
├── ComputeError             work did not come back from a worker
│   ├── WorkerDiedError      the process ended without a reply
│   ├── WorkerTimeoutError   the process did not answer in time and was killed
│   ├── ReplyRefusedError    the reply is not what it must be
│   └── WorkRefusedError     the work itself named a reason (code of the error raised in the worker)
├── StoreError               the database or the file store could not do it
│   ├── SchemaError          the schema is not the one this program needs
│   ├── StoreBusyError       another process held the lock for too long
│   ├── DiskError            the disk refused a write or a sync
│   ├── FixityError          stored bytes are not the bytes that were stored
│   └── NotInCatalogueError  nothing of that name is kept here
└── CustodyError             the ledger, an anchor or a backup cannot be written, read or trusted

Every error has a `code`, a short stable name in lower case that may be stored, printed and documented
(`docs/reason-codes.md`), and keeps its facts as attributes. Its text says what, where and what to do.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from typing import Self

# What a person can do about a refusal; for all others the disk itself has to be looked at.
_DISK_ADVICE = {
    errno.ENOSPC: "free some space",
    errno.EDQUOT: "free some space",
    errno.EACCES: "change its permissions or name another place",
    errno.EPERM: "change its permissions or name another place",
    errno.EROFS: "name a place that can be written to",
    errno.EEXIST: "name another place, where no file is",
    errno.ENOTDIR: "name another place: what should be a folder is a file",
    errno.EISDIR: "name a file",
    errno.ENAMETOOLONG: "shorten the name",
    errno.ENOENT: "name a place whose folder is there",
}


class CatalogError(Exception):
    """Be the parent of everything this program raises on purpose."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        """Keep the sentence for people and, where one class serves several reasons, the code."""
        super().__init__(message)
        self.pattern = ""
        self.values: Mapping[str, object] = {}
        if code is not None:
            self.code = code

    @classmethod
    def because(cls, pattern: str, **values: object) -> Self:
        """Return the error whose sentence is a pattern with named places, `%(name)s`: a face can say it in its language."""
        error = cls(pattern % values)
        error.pattern, error.values = pattern, values
        return error

    def said(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in another language, as it is where it has no pattern."""
        return translate(self.pattern) % self.values if self.pattern else str(self)


class SettingsError(CatalogError):
    """Say that a setting is unknown or its value cannot be used."""

    code = "bad_setting"


class UsageError(CatalogError):
    """Say that the command was asked for something that makes no sense."""

    code = "usage"


class PairError(UsageError):
    """Say that a line is no pair of captions."""

    code = "bad_pair"


class ThresholdsError(CatalogError):
    """Say that no thresholds follow from labelled pairs, or that these are too few to show what was wished for."""

    code = "too_few_labels"


class IntakeError(CatalogError):
    """Say that something could not be taken in."""

    code = "intake"

    def __init__(self, message: str, *, code: str | None = None, path: str | None = None, row: int | None = None) -> None:
        """Keep the path as given and the line of the manifest, counted from 1 for the header."""
        super().__init__(message, code=code)
        self.path = path
        self.row = row


class ManifestError(IntakeError):
    """Say that the manifest itself cannot be read."""

    code = "bad_manifest"


class LabelsError(IntakeError):
    """Say that a table of labelled pairs cannot be read."""

    code = "bad_labels"


class FileRefusedError(IntakeError):
    """Say that one named file cannot be read or must not be."""

    code = "file_refused"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        path: str | None = None,
        size_bytes: int | None = None,
        sha256: str | None = None,
    ) -> None:
        """Keep the path as given and, of a file that was read to its end all the same, its size and SHA-256."""
        super().__init__(message, code=code, path=path)
        self.size_bytes = size_bytes
        self.sha256 = sha256


class ImageError(CatalogError):
    """Say that a file is not a picture that can be used."""

    code = "unreadable_image"


class TooLargeToPreviewError(ImageError):
    """Say that a file has a picture's header, but decoding it would take more memory than a worker has."""

    code = "too_large_to_preview"

    def __init__(self, message: str, *, width: int, height: int, media_type: str) -> None:
        """Keep the oriented size in pixels and the media type, so that the file can be kept without a preview."""
        super().__init__(message)
        self.width = width
        self.height = height
        self.media_type = media_type


class MetadataError(CatalogError):
    """Say that a metadata block of a file cannot be read."""

    code = "bad_metadata"

    def __init__(self, message: str, *, block: str, code: str | None = None) -> None:
        """Keep which block it was: exif, iim, xmp."""
        super().__init__(message, code=code)
        self.block = block


class DescriptorError(CatalogError):
    """Say that a descriptor cannot be computed or compared."""

    code = "bad_descriptor"

    def __init__(self, message: str, *, algorithm: str, code: str | None = None) -> None:
        """Keep the algorithm's name."""
        super().__init__(message, code=code)
        self.algorithm = algorithm


class ComputeError(CatalogError):
    """Say that work did not come back from a worker."""

    code = "worker_failed"


class WorkerDiedError(ComputeError):
    """Say that the worker process ended without a reply."""

    code = "worker_died"


class WorkerTimeoutError(ComputeError):
    """Say that the worker process did not answer in time and was killed."""

    code = "worker_timeout"


class ReplyRefusedError(ComputeError):
    """Say that what the worker replied is not what it must be."""

    code = "worker_reply_refused"


class WorkRefusedError(ComputeError):
    """Say that the work itself ended with a named reason; `code` is that of the error raised in the worker."""

    code = "work_refused"


class StoreError(CatalogError):
    """Say that the database or the file store could not do what was asked."""

    code = "store_failed"


class SchemaError(StoreError):
    """Say that the database's schema is not the one this program needs."""

    code = "schema_not_at_head"


class StoreBusyError(StoreError):
    """Say that another process held the writer's lock for too long."""

    code = "store_busy"


class DiskError(StoreError):
    """Say that the disk refused a write or a sync."""

    code = "disk_error"

    @classmethod
    def of(cls, error: OSError, place: object) -> DiskError:
        """Say what the system said of a place, and what can be done about it."""
        codes = {errno.ENOSPC: "disk_full", errno.EDQUOT: "disk_quota"}
        advice = _DISK_ADVICE.get(error.errno or 0, "look at the disk")
        return cls(f"{place}: {error.strerror}; {advice}, then run the command again", code=codes.get(error.errno or 0))


class FixityError(StoreError):
    """Say that stored bytes are not the bytes that were stored."""

    code = "fixity_mismatch"


class NotInCatalogueError(StoreError):
    """Say that nothing of that name is kept here."""

    code = "not_in_catalogue"


class CustodyError(CatalogError):
    """Say that the ledger, an anchor or a backup cannot be written, read or trusted."""

    code = "ledger"
