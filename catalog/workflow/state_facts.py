"""Read, out of a file's metadata values, the facts that provenance weighs."""

from __future__ import annotations

from collections.abc import Sequence

from catalog.metadata.merge import embedded_dates
from catalog.records.metadata import MetadataValue
from catalog.records.traces import StatedFacts


def stated_facts(values: Sequence[MetadataValue]) -> StatedFacts:
    """Return what a file says about its own making; of several values of one meaning the first that is not blank."""
    stated: dict[str, list[str]] = {}
    for value in values:
        if value.meaning is not None and value.text.strip():
            stated.setdefault(value.meaning, []).append(value.text.strip())

    def first(meaning: str) -> str | None:
        return stated.get(meaning, [None])[0]

    # Credentials that were made for other bytes say nothing about these.
    checked = [value.text for value in values if value.vocabulary == "c2pa" and value.property.startswith("integrity/")]
    is_whole = bool(checked) and set(checked) == {"whole"}
    dates = {found.kind: found.date for found in reversed(embedded_dates(values)) if found.date.is_read}
    # XMP Specification part 2, ResourceEvent: each event of a history names the instance that it left.
    saves = [value.text.strip() for value in values if value.meaning == "edit_history" and value.property.endswith("}instanceID")]
    camera = " ".join(part for part in (first("camera_make"), first("camera_model")) if part)
    return StatedFacts(
        date_created=dates.get("date_created"),
        modified=dates.get("modified"),
        software=first("software"),
        camera=camera or None,
        document_id=first("document_id"),
        original_document_id=first("original_document_id"),
        instance_id=first("instance_id"),
        derived_from=tuple(stated.get("derived_from", ())),
        caption=first("description"),
        creator=first("creator"),
        manifest_ids=tuple(stated.get("manifest_id", ())) if is_whole else (),
        ingredients=tuple(stated.get("ingredient", ())) if is_whole else (),
        earlier_instance_ids=tuple(dict.fromkeys(one for one in saves if one and one != first("instance_id"))),
        has_exif=any(value.vocabulary == "exif" for value in values),
    )
