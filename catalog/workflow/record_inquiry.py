"""Record that a picture was looked for somewhere, and what was found or was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from catalog.errors import UsageError
from catalog.records.inquiry import THIS_CATALOGUE, Inquiry
from catalog.records.partial_date import PartialDate
from catalog.workflow.catalogue import Catalogue


def record_inquiry(
    catalogue: Catalogue, photo: str, place: str, *, scope: str = "", made_at: str = "", found: tuple[str, ...] = ()
) -> Inquiry:
    """Record a search for an earlier appearance of a photo, made by a person outside this catalogue.

    `place` is where, `scope` what was looked through, `made_at` the day or moment (now when empty), `found` addresses of earlier
    appearances: none says that the search found none. Raises UsageError without a place and for a date that cannot be read or has
    not come yet.
    """
    if not place.strip():
        raise UsageError.because("an inquiry needs the place that was searched: an archive, a site, a search service")
    now = datetime.now(UTC)
    moment = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    if made_at.strip():
        stated = PartialDate.parse(made_at.strip(), "UTC")
        if stated.edtf is None or stated.earliest is None:
            raise UsageError.because("'%(date)s' is no date that can be read; write it as 2026-11-22", date=made_at)
        if stated.earliest > now:
            raise UsageError.because("'%(date)s' has not come yet", date=made_at)
        moment = stated.edtf
    return _kept(catalogue, Inquiry(
        made_at=moment, agent=catalogue.agent, place=place.strip(), scope=scope.strip() or "an earlier appearance",
        query_name=photo[:12], query_sha256=photo, found=tuple({"url": address.strip()} for address in found if address.strip()),
    ))  # fmt: skip


def keep_search(catalogue: Catalogue, query: str, sha256: str, photos: int, found: Sequence[Mapping[str, object]]) -> Inquiry:
    """Record a search by image that this catalogue answered: among how many photos, and the matches as they were told."""
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _kept(catalogue, Inquiry(moment, catalogue.agent, THIS_CATALOGUE, f"{photos} photos", query, sha256, tuple(found)))


def _kept(catalogue: Catalogue, made: Inquiry) -> Inquiry:
    with catalogue.store.write() as change:
        change.inquire(made)
    return made
