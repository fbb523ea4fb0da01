"""The answer to a search by image, as the page and its data show it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.records.match import Verification
from catalog.records.pages.publications import PublicationLine
from catalog.records.pages.thumb import Thumb


@dataclass(frozen=True, slots=True)
class AppearedPhoto:
    """Hold a photo with its publications in order of time."""

    photo: Thumb
    width: int
    height: int
    publications: tuple[PublicationLine, ...]


@dataclass(frozen=True, slots=True)
class FoundPhoto:
    """Hold one answer to a search by image: what was found, and where the found photo appeared."""

    match: Verification
    photo: AppearedPhoto


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """Hold the answer to a search by image, best first. `is_comparable` is false for a picture too plain for its look.

    While a rebuild is not finished, `undescribed` counts the photos that no search finds yet, and `outdated` those that are
    looked up by the descriptors they had before it.
    """

    query: str
    is_comparable: bool
    found: tuple[FoundPhoto, ...]
    undescribed: int
    outdated: int
