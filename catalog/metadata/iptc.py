"""The datasets of an IPTC-IIM block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from catalog.metadata.blocks import TOO_LARGE
from catalog.metadata.charset import is_utf8, read_padded, undeclared_codecs
from catalog.metadata.meanings import iim_meaning
from catalog.records.metadata import MetadataValue
from catalog.records.text import shown

DAMAGED = "iim_damaged"
CHARSET_UNKNOWN = "iim_charset_unknown"
CHARSET_WRONG = "iim_charset_wrong"
MAX_DATASETS = 5_000

_TAG_MARKER = 0x1C
_CHARSET = (1, 90)
# IIM 4.2, 1:90 names a set of ISO 2022 by its escape sequence; these are the ones that mean one codec for the whole text.
CHARSETS = {
    b"\x1b%G": "utf-8", b"\x1b%/G": "utf-8", b"\x1b%/H": "utf-8", b"\x1b%/I": "utf-8",
    b"\x1b.A": "iso8859-1", b"\x1b-A": "iso8859-1", b"\x1b-B": "iso8859-2", b"\x1b-L": "iso8859-5", b"\x1b-G": "iso8859-6",
    b"\x1b-F": "iso8859-7", b"\x1b-H": "iso8859-8", b"\x1b-M": "iso8859-9", b"\x1b-b": "iso8859-15",
}  # fmt: skip
# Binary numbers by the standard, not text.
_NUMBERS = {(1, 0), (1, 20), (1, 22), (2, 0)}
# Pictures inside the envelope; the records 3 and above hold picture parameters and the object itself.
_PICTURES = {(2, 125), (2, 202)}
_TEXT_RECORDS = (1, 2)
# A dataset that may hold text, with a length of the plain form; whether another follows it says that it is no chance.
_TEXT_DATASET = re.compile(rb"\x1c[\x01\x02].[\x00-\x7f]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Hold one dataset as it stands in the block."""

    record: int
    number: int
    raw: bytes

    @property
    def name(self) -> str:
        """Return the name people use: record, colon, dataset."""
        return f"{self.record}:{self.number}"


def read_iim(block: bytes) -> tuple[tuple[MetadataValue, ...], tuple[str, ...]]:
    """Return the values of an IIM block in the order of the file, and warning codes.

    Text is read with the character set that 1:90 declares. Without one, and where the bytes contradict it
    (`iim_charset_wrong`), `undeclared_codecs` chooses. `iim_damaged`: a dataset runs beyond the end or something else stands
    where one should begin; what can be read before and after it is kept. Never raises.
    """
    datasets, warnings = split_datasets(block)
    declared = _declared_codec(datasets, warnings)
    codecs = iter(_codecs([dataset.raw for dataset in datasets if _is_text(dataset)], declared, warnings))
    values = []
    for dataset in datasets:
        if (dataset.record, dataset.number) in _NUMBERS:
            text, codec = str(int.from_bytes(dataset.raw[:8], "big")), "iim-number"
        elif (dataset.record, dataset.number) == _CHARSET:
            text, codec = _charset_name(dataset.raw), "iim-charset"
        elif _is_text(dataset):
            recorded = read_padded(dataset.raw, next(codecs))
            text, codec = recorded.text, recorded.codec
        else:
            continue
        values.append(MetadataValue("iim", dataset.name, 0, None, dataset.raw, text, codec, iim_meaning(dataset.name)))
    return tuple(values), tuple(warnings)


def split_datasets(block: bytes) -> tuple[list[Dataset], list[str]]:
    """Cut a block into datasets (IIM 4.2 §1.5–1.6, extended lengths included).

    Damage yields a warning code; the next place from which datasets follow one another is where reading goes on.
    """
    datasets: list[Dataset] = []
    warnings: list[str] = []
    place = 0
    while place < len(block) and len(datasets) < MAX_DATASETS:
        content = _content_at(block, place)
        if content is not None:
            datasets.append(Dataset(block[place + 1], block[place + 2], block[content]))
            place = content.stop
            continue
        # Writers pad the block to an even or a round length with NUL.
        if not block[place:].strip(b"\0"):
            return datasets, warnings
        warnings = [DAMAGED]
        following = _following(block, place + 1)
        if following is None:
            return datasets, warnings
        place = following
    return datasets, warnings if place >= len(block) else [*warnings, TOO_LARGE]


def _content_at(block: bytes, place: int) -> slice | None:
    """Return where the content of the dataset at a place lies, None where there is no whole dataset."""
    header = block[place : place + 5]
    if len(header) < 5 or header[0] != _TAG_MARKER:
        return None
    length, start = int.from_bytes(header[3:5], "big"), place + 5
    if length & 0x8000:
        size = length & 0x7FFF
        if size > 8:
            return None
        length, start = int.from_bytes(block[start : start + size], "big"), start + size
    return slice(start, start + length) if start + length <= len(block) else None


def _following(block: bytes, place: int) -> int | None:
    """Return the next place of a dataset that another one or the end of the block follows, None where there is none."""
    for found in _TEXT_DATASET.finditer(block, place):
        content = _content_at(block, found.start())
        if content is not None and block[content.stop : content.stop + 1] in (b"", b"\x1c"):
            return found.start()
    return None


def _is_text(dataset: Dataset) -> bool:
    key = (dataset.record, dataset.number)
    return dataset.record in _TEXT_RECORDS and key not in _NUMBERS | _PICTURES and key != _CHARSET


def _charset_name(raw: bytes) -> str:
    return CHARSETS.get(raw.rstrip(b"\0 ")) or shown(raw.replace(b"\x1b", b"ESC ").decode("latin-1"))


def _declared_codec(datasets: list[Dataset], warnings: list[str]) -> str | None:
    sequences = [dataset.raw.rstrip(b"\0 ") for dataset in datasets if (dataset.record, dataset.number) == _CHARSET]
    if not sequences or not sequences[-1]:
        return None
    if sequences[-1] not in CHARSETS:
        warnings.append(CHARSET_UNKNOWN)
    return CHARSETS.get(sequences[-1])


def _codecs(texts: list[bytes], declared: str | None, warnings: list[str]) -> tuple[str, ...]:
    """Choose the codec of each text: the declared one where it can read the bytes, else the choice for undeclared ones."""
    texts = [text.rstrip(b"\0") for text in texts]
    undeclared = undeclared_codecs([text for text in texts if not declared or not _reads(text, declared)])
    rest = iter(undeclared)
    codecs = tuple(declared if declared and _reads(text, declared) else next(rest) for text in texts)
    if declared and undeclared:
        warnings.append(CHARSET_WRONG)
    return codecs


def _reads(text: bytes, codec: str) -> bool:
    if codec == "utf-8":
        return is_utf8(text)
    try:
        text.decode(codec)
    except UnicodeDecodeError:
        return False
    return True
