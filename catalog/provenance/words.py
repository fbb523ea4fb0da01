"""The ledger's closed list of codes, the quantities each one sums, and its sentences."""

from __future__ import annotations

from collections.abc import Callable

from catalog.provenance.comparison import Comparison
from catalog.provenance.quantities import OrderedPair, first_shown
from catalog.provenance.quantity_words import BY_QUANTITY
from catalog.provenance.sentences import day, figure, part, share, words
from catalog.records.partial_date import PartialDate
from catalog.records.saying import Fill, Saying, say
from catalog.records.traces import TracedPhoto

# Code → quantities. docs/provenance.md explains each; tests hold the page to this list.
CODES: dict[str, tuple[str, ...]] = {
    "containment": ("content_missing", "content_regained", "content_cut", "seam"),
    "collage": ("collage_part",),
    "frame_added": ("border_added", "root_border"),
    "overlay": ("overlaid", "overlay_missing", "odd_share"),
    "resolution": ("enlarged", "reduced"),
    "enlargement": ("spectrum_empty",),
    "detail": ("detail_gained",),
    "remaking": (
        "remade_difference",
        "tones_lost",
        "not_remade",
        "left_over",
        "beyond_coding",
        "structure_lost",
        "not_laid_finely",
    ),
    "closest": ("closest", "closest_beyond_coding"),
    "colour": ("colour_gained", "colour_from_grey", "clipping_lost", "gaps_lost", "tone_step", "colour_step", "root_grey"),
    "mirroring": ("mirrored",),
    "lettering": ("lettering",),
    "earlier_save": ("steps_seen", "steps_missing"),
    "compression": ("quality_gained", "blocking_lost", "root_quality", "root_shifted_grid"),
    "file_format": ("png_from_jpeg", "jpeg_from_png", "same_pixels_from_jpeg"),
    "metadata": (
        "camera_kept",
        "camera_gained",
        "camera_lost",
        "facts_shared",
        "software_added",
        "software_lost",
        "root_camera",
        "root_software",
    ),
    "stated_times": ("created_before", "modified_before", "modified_after"),
    "document_ids": ("identifier_derived", "identifier_reversed", "identifier_shared"),
    "content_credentials": ("ingredient_named",),
    "stated_credit": ("credits_publisher",),
    "publication_dates": ("published_before", "published_after", "root_dated_first"),
}


def sentence(code: str, main: str, forward: OrderedPair, backward: OrderedPair, *, supports: bool) -> Saying:
    """Say in one sentence what the item of a ledger saw; `first` is the stated parent, `second` the stated child.

    `main` is the quantity that weighs most of the item: the sentence tells that one where it has a sentence of its own, so that
    the figures told are those that weigh. `backward` is the same pair with parent and child exchanged.
    """
    comparison = forward.comparison
    if comparison is not None and main in BY_QUANTITY:
        return BY_QUANTITY[main](forward, backward, supports)
    if comparison is not None and code in _OF_PIXELS:
        return _OF_PIXELS[code](comparison, supports)
    if code in _OF_FACTS:
        return _OF_FACTS[code](forward, supports)
    return say("The two could not be laid over each other.")


def _overlay(comparison: Comparison, supports: bool) -> Saying:
    odd = share("share", comparison.odd)
    if supports:
        return say("In %(share)s of what both show they differ, and it looks laid over in the second.", odd)
    return say("In %(share)s of what both show they differ, and it looks laid over in the first.", odd)


def _resolution(comparison: Comparison, supports: bool) -> Saying:
    scale = comparison.enlargement
    if scale < 1:
        length = share("share", scale)
        if supports:
            return say(
                "What both show has %(share)s of the first's length in the second; "
                "copies are made smaller more often than larger.",
                length,
            )
        return say("What both show has %(share)s of the first's length in the second, which copies rarely are.", length)
    times = figure("times", f"{scale:.2f}")
    if supports:
        return say(
            "What both show is %(times)s times as long in the second as in the first; "
            "copies are made smaller more often than larger.",
            times,
        )
    return say("What both show is %(times)s times as long in the second as in the first, which copies rarely are.", times)


def _enlargement(_: Comparison, supports: bool) -> Saying:
    if supports:
        return say("The second has more pixels and no finer detail: the end of its spectrum is empty, as after enlarging.")
    return say("The first has more pixels and no finer detail: the end of its spectrum is empty, as after enlarging.")


def _detail(comparison: Comparison, supports: bool) -> Saying:
    is_first_richer = comparison.first.detail >= comparison.second.detail
    if supports and is_first_richer:
        return say("At equal size the first holds more fine detail; a copy loses detail.")
    if supports:
        return say("At equal size the second holds more fine detail; a copy loses detail.")
    if is_first_richer:
        return say("At equal size the first holds more fine detail; that is unusual for this direction.")
    return say("At equal size the second holds more fine detail; that is unusual for this direction.")


def _remaking(comparison: Comparison, supports: bool) -> Saying:
    ahead, behind = comparison.second.trimmed, comparison.first.trimmed
    levels = figure("ahead", f"{ahead:.1f}"), figure("behind", f"{behind:.1f}")
    if supports and ahead <= behind:
        return say(
            "The second can be made from the first more closely than the first from the second "
            "(%(ahead)s against %(behind)s levels of difference).",
            *levels,
        )
    if supports:
        return say(
            "The second can be made from the first less closely than the first from the second "
            "(%(ahead)s against %(behind)s levels of difference).",
            *levels,
        )
    if ahead <= behind:
        return say(
            "The second can be made from the first more closely than the first from the second "
            "(%(ahead)s against %(behind)s levels of difference), yet not in the way that copying leaves.",
            *levels,
        )
    return say(
        "The second can be made from the first less closely than the first from the second "
        "(%(ahead)s against %(behind)s levels of difference), yet not in the way that copying leaves.",
        *levels,
    )


def _colour(_: Comparison, supports: bool) -> Saying:
    if supports:
        return say("The second has lost colour or tones that the other one still has.")
    return say("The first has lost colour or tones that the other one still has.")


def _mirroring(_: Comparison, supports: bool) -> Saying:
    if supports:
        return say("One is the other's mirror image; the second is laid out as a copy would be.")
    return say("One is the other's mirror image; the second is laid out as an original would be.")


def _lettering(_: Comparison, supports: bool) -> Saying:
    if supports:
        return say(
            "Lettering that both show reads rightly in the first and mirrored in the second; "
            "what stands mirrored in the scene itself would look so too."
        )
    return say(
        "Lettering that both show reads rightly in the second and mirrored in the first; "
        "what stands mirrored in the scene itself would look so too."
    )


def _closest(_: Comparison, supports: bool) -> Saying:
    if supports:
        return say("Of all photos tried, the second can be made again most closely from the first.")
    return say("Of all photos tried, the first can be made again most closely from the second.")


def _collage(_: Comparison, supports: bool) -> Saying:
    if supports:
        return say("The second shows all of the first, with an edge around it, beside a picture that shares nothing with it.")
    return say("The first shows all of the second, with an edge around it, beside a picture that shares nothing with it.")


def _publication_dates(pair: OrderedPair, _: bool) -> Saying:
    first, second = _when("first", first_shown(pair.parent)), _when("second", first_shown(pair.child))
    return say("The first was first seen %(first)s, the second %(second)s.", first, second)


def _metadata(pair: OrderedPair, _: bool) -> Saying:
    return say("The first: %(first)s. The second: %(second)s.", _stated("first", pair.parent), _stated("second", pair.child))


def _stated_times(pair: OrderedPair, _: bool) -> Saying:
    first, second = pair.parent.facts, pair.child.facts
    return say(
        "The first says it was taken %(taken)s and written %(written)s, the second %(second_taken)s and %(second_written)s.",
        _when("taken", first.date_created), _when("written", first.modified),
        _when("second_taken", second.date_created), _when("second_written", second.modified),
    )  # fmt: skip


def _document_ids(_pair: OrderedPair, supports: bool) -> Saying:
    if supports:
        return say("The identifiers in the second name the other one as what it was made from, or both name one document.")
    return say("The identifiers in the first name the other one as what it was made from, or both name one document.")


def _content_credentials(_pair: OrderedPair, supports: bool) -> Saying:
    if supports:
        return say(
            "The content credentials of the second name the first as what it was made from; "
            "the file is the one they were made for, who signed them was not checked."
        )
    return say(
        "The content credentials of the first name the second as what it was made from; "
        "the file is the one they were made for, who signed them was not checked."
    )


def _compression(pair: OrderedPair, _: bool) -> Saying:
    return say("The first has %(first)s, the second %(second)s.", _quality("first", pair.parent), _quality("second", pair.child))


def _stated_credit(_pair: OrderedPair, supports: bool) -> Saying:
    if supports:
        return say("A publication of the second credits a publisher of the first.")
    return say("A publication of the first credits a publisher of the second.")


def _file_format(pair: OrderedPair, _: bool) -> Saying:
    first, second = words("first", pair.parent.media_type), words("second", pair.child.media_type)
    return say("The first is %(first)s, the second %(second)s.", first, second)


def _stated(place: str, photo: TracedPhoto) -> Fill:
    camera, software = words("camera", photo.facts.camera or ""), words("software", photo.facts.software or "")
    if photo.facts.camera and photo.facts.software:
        return part(place, say("names a camera (%(camera)s) and a program (%(software)s)", camera, software))
    if photo.facts.camera:
        return part(place, say("names a camera (%(camera)s)", camera))
    if photo.facts.software:
        return part(place, say("names a program (%(software)s)", software))
    return part(place, say("names no camera and no program"))


def _quality(place: str, photo: TracedPhoto) -> Fill:
    traces = photo.traces
    if traces is None or traces.quality is None:
        return part(place, say("no JPEG quality of its own"))
    return part(place, say("JPEG quality %(quality)s", figure("quality", f"{traces.quality:.0f}")))


def _when(place: str, date: PartialDate | None) -> Fill:
    return part(place, say("at a date nobody stated") if date is None else say("(%(date)s)", day("date", date)))


_OF_FACTS: dict[str, Callable[[OrderedPair, bool], Saying]] = {
    "publication_dates": _publication_dates,
    "metadata": _metadata,
    "stated_times": _stated_times,
    "document_ids": _document_ids,
    "content_credentials": _content_credentials,
    "compression": _compression,
    "stated_credit": _stated_credit,
    "file_format": _file_format,
}
_OF_PIXELS: dict[str, Callable[[Comparison, bool], Saying]] = {
    "closest": _closest,
    "collage": _collage,
    "overlay": _overlay,
    "resolution": _resolution,
    "detail": _detail,
    "enlargement": _enlargement,
    "remaking": _remaking,
    "colour": _colour,
    "mirroring": _mirroring,
    "lettering": _lettering,
}
