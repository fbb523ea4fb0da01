"""The page of words: what the interface means by each of its own, in the reader's language."""

from __future__ import annotations

from flask import Blueprint

from catalog.gallery.answers import page
from catalog.gallery.speech import _, later
from catalog.records.pages.glossary import GlossaryPage, WordLine

# Anchor → word and meaning; other pages lead to the anchors, so a name stays what it is.
MEANINGS = {
    "photo": (later("photo"), later("A stored file of an image, known by its bytes. Two files of one picture are two photos.")),
    "picture": (later("picture"), later("All photos here that show the whole of the same image: copies of one another.")),
    "publication": (
        later("publication"),
        later("One appearance of a photo: who published it, when, where, with which caption and credit."),
    ),
    "first-seen": (
        later("first seen here"),
        later("The earliest publication known to this catalogue. An earlier one may exist elsewhere; nobody knows from here."),
    ),
    "observed": (later("observed"), later("What pixels, dates and publications show.")),
    "claimed": (later("claimed"), later("What credit lines and captions say. It is kept apart from what is observed.")),
    "source": (later("source"), later("A person or organisation that publishes pictures or is credited for them.")),
    "chain": (later("chain"), later("Photos that were made from one another, with their publications in time.")),
    "made-from": (
        later("made from"),
        later("One photo is a copy, a crop or another change of the other. The direction rests on evidence for and against."),
    ),
    "undetermined": (later("undetermined"), later("The evidence does not decide. That is an answer, not a gap.")),
    "elsewhere": (
        later("pieces in other chains"),
        later(
            "A piece that was used in composites of several pictures joins none of them: it has a chain of its own, "
            "and each of theirs leads there."
        ),
    ),
    "finding": (
        later("in dispute"),
        later("A disagreement that a rule found, with its reason. It is a question for a person, not a verdict."),
    ),
    "score": (
        later("score"),
        later("How sure the machine is that two photos show the same picture, 0 to 1. It is read against two thresholds."),
    ),
    "suggested": (later("suggested"), later("A pair between the two thresholds. It joins nothing until a person accepts it.")),
    "same-scene": (
        later("same scene, another frame"),
        later("Two pictures of one moment or place that are not copies of one another."),
    ),
    "custody": (
        later("custody"),
        later("Every event that concerns a photo since it was taken in, each sealed by the one before."),
    ),
    "seal": (
        later("seal"),
        later("The hash of an event and of the one before it. Whoever alters an event breaks all seals after it."),
    ),
}

bp = Blueprint("glossary", __name__)


@page(bp, "/words", "glossary.html")
def glossary() -> GlossaryPage:
    """Show what the words of the interface mean."""
    return GlossaryPage(tuple(WordLine(name, _(word), _(meaning)) for name, (word, meaning) in MEANINGS.items()))
