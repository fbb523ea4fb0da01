"""Sentences of single quantities, with the figures that weigh, as precisely as they count."""

from __future__ import annotations

from collections.abc import Callable

from catalog.provenance.comparison import Comparison
from catalog.provenance.quantities import OrderedPair, border_share
from catalog.provenance.sentences import figure, share
from catalog.records.saying import Saying, say
from catalog.records.traces import TracedPhoto

Spoken = Callable[[OrderedPair, OrderedPair, bool], Saying]


def _of_comparison(spoken: Callable[[Comparison, bool], Saying]) -> Spoken:
    def told(forward: OrderedPair, _: OrderedPair, supports: bool) -> Saying:
        if forward.comparison is None:
            return say("The two could not be laid over each other.")
        return spoken(forward.comparison, supports)

    return told


def _content(comparison: Comparison, supports: bool) -> Saying:
    beyond = share("first", comparison.first.bare_textured), share("second", comparison.second.bare_textured)
    if supports:
        return say(
            "Beyond what both show, %(first)s of the first and %(second)s of the second are picture: content was cut, not found.",
            *beyond,
        )
    return say(
        "Beyond what both show, %(first)s of the first and %(second)s of the second are picture: "
        "the second shows content that the first does not have.",
        *beyond,
    )  # fmt: skip


def _plain(comparison: Comparison, supports: bool) -> Saying:
    beyond = share("first", comparison.first.bare_flat), share("second", comparison.second.bare_flat)
    if supports:
        return say(
            "Beyond what both show, %(first)s of the first and %(second)s of the second are plain, as borders, bars and clear "
            "skies are: the first holds more that could be cut off.",
            *beyond,
        )
    return say(
        "Beyond what both show, %(first)s of the first and %(second)s of the second are plain, as borders, bars and clear "
        "skies are: the second holds more that the first does not have.",
        *beyond,
    )  # fmt: skip


def _goes_on(_: Comparison, supports: bool) -> Saying:
    if supports:
        return say("In the first the picture goes on beyond the edge of what both show, as in what a crop was cut from.")
    return say("In the second the picture goes on beyond the edge of what both show, as in what a crop was cut from.")


def _beside(comparison: Comparison, supports: bool) -> Saying:
    first, second = share("first", comparison.first.covered), share("second", comparison.second.covered)
    if supports:
        return say(
            "%(first)s of the first is in the second, %(second)s of the second is in the first: "
            "the second has something beside what both show, as a framed or pasted copy has.",
            first, second,
        )  # fmt: skip
    return say(
        "%(first)s of the first is in the second, %(second)s of the second is in the first: "
        "the first has something beside what both show, as a framed or pasted copy has.",
        first, second,
    )  # fmt: skip


def _edge(comparison: Comparison, _: bool) -> Saying:
    first, second = figure("first", f"{comparison.first.bare_seam:.1f}"), figure("second", f"{comparison.second.bare_seam:.1f}")
    return say(
        "Where what both show ends, steps are %(first)s times those nearby in the first and %(second)s times in the second "
        "(1: the picture goes on).",
        first, second,
    )  # fmt: skip


def _tones(comparison: Comparison, _: bool) -> Saying:
    first, second = comparison.first.residual_energy, comparison.second.residual_energy
    return say(
        "Laid over each other small, %(first)s of how the first varies cannot be made from the second, "
        "and %(second)s of how the second varies not from the first.",
        figure("first", f"{100 * first:.1f} %"), figure("second", f"{100 * second:.1f} %"),
    )  # fmt: skip


def _from_grey(_: Comparison, supports: bool) -> Saying:
    if supports:
        return say(
            "The second is without colours and the first has them: no copy gets colours from grey, unless it was coloured in."
        )
    return say("The first is without colours and the second has them: no copy gets colours from grey, unless it was coloured in.")


def _left_over(forward: OrderedPair, backward: OrderedPair, _: bool) -> Saying:
    if forward.remaking is None or backward.remaking is None:
        return _not_laid(forward, backward, _)
    return say(
        "Made again at full size from the first, the second differs by %(ahead)s levels; the first, made from the second, "
        "by %(behind)s.",
        figure("ahead", f"{forward.remaking.left_over:.2f}"), figure("behind", f"{backward.remaking.left_over:.2f}"),
    )  # fmt: skip


def _beyond_coding(forward: OrderedPair, backward: OrderedPair, _: bool) -> Saying:
    if forward.remaking is None or backward.remaking is None:
        return _not_laid(forward, backward, _)
    return say(
        "Made again at full size from the first, the second keeps %(ahead)s levels that its JPEG rounding does not explain; "
        "the first, made from the second, %(behind)s.",
        figure("ahead", f"{forward.remaking.beyond_coding:.2f}"), figure("behind", f"{backward.remaking.beyond_coding:.2f}"),
    )  # fmt: skip


def _explained(forward: OrderedPair, backward: OrderedPair, _: bool) -> Saying:
    if forward.remaking is None or backward.remaking is None:
        return _not_laid(forward, backward, _)
    return say(
        "At full size %(ahead)s of the second's fine structure comes out of the first, "
        "and %(behind)s of the first's out of the second.",
        share("ahead", max(0.0, forward.remaking.explained)), share("behind", max(0.0, backward.remaking.explained)),
    )  # fmt: skip


def _not_laid(_forward: OrderedPair, _backward: OrderedPair, _: bool) -> Saying:
    return say("Only one of the two could be laid over the other finely enough to be made again at full size.")


def _grid(forward: OrderedPair, _: OrderedPair, __: bool) -> Saying:
    return say(
        "Steps at the 8-pixel grid of JPEG are %(first)s times those beside it in the first, %(second)s times in the second.",
        figure("first", _blocking(forward.parent)), figure("second", _blocking(forward.child)),
    )  # fmt: skip


def _blocking(photo: TracedPhoto) -> str:
    return f"{photo.traces.blocking:.2f}" if photo.traces is not None else "0"


def _steps_seen(_forward: OrderedPair, _backward: OrderedPair, supports: bool) -> Saying:
    if supports:
        return say(
            "The second still shows the steps in which the first was saved: "
            "its values cluster at multiples of the first's quantisation table."
        )
    return say(
        "The first still shows the steps in which the second was saved: "
        "its values cluster at multiples of the second's quantisation table."
    )


def _steps_missing(_forward: OrderedPair, _backward: OrderedPair, supports: bool) -> Saying:
    if supports:
        return say(
            "Nothing in the first stands at the steps in which the second was saved, as it would if it had been made from it."
        )
    return say("Nothing in the second stands at the steps in which the first was saved, as it would if it had been made from it.")


def _shifted_grid(_forward: OrderedPair, _backward: OrderedPair, supports: bool) -> Saying:
    if supports:
        return say("The second shows an 8-pixel grid elsewhere than where its own save put it, as what was cropped does.")
    return say("The first shows an 8-pixel grid elsewhere than where its own save put it, as what was cropped does.")


def _own_border(forward: OrderedPair, _: OrderedPair, __: bool) -> Saying:
    return say(
        "Plain borders and bars of their own take %(first)s of the first and %(second)s of the second.",
        share("first", _border(forward.parent)), share("second", _border(forward.child)),
    )  # fmt: skip


def _border(photo: TracedPhoto) -> float:
    return border_share(photo.traces) if photo.traces is not None else 0.0


# Quantity → its sentence; where none stands here the code has one for all of its quantities (words.py).
BY_QUANTITY: dict[str, Spoken] = {
    "content_missing": _of_comparison(_content),
    "content_regained": _of_comparison(_goes_on),
    "border_added": _of_comparison(_plain),
    "content_cut": _of_comparison(_beside),
    "seam": _of_comparison(_edge),
    "tones_lost": _of_comparison(_tones),
    "colour_from_grey": _of_comparison(_from_grey),
    "left_over": _left_over,
    "beyond_coding": _beyond_coding,
    "structure_lost": _explained,
    "not_laid_finely": _not_laid,
    "steps_seen": _steps_seen,
    "steps_missing": _steps_missing,
    "blocking_lost": _grid,
    "root_shifted_grid": _shifted_grid,
    "root_border": _own_border,
}
