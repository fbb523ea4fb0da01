"""Stories told by photos and publications: for each rule one in which it speaks, and its honest twin, in which nothing does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from catalog.provenance.comparison import Comparison, Side
from catalog.provenance.drawn import Drawn
from catalog.records.partial_date import PartialDate
from catalog.records.provenance import Derivation
from catalog.records.traces import CreditedSource, StatedFacts, TracedPhoto, TracedPublication
from tests.provenance.stories import bare, barred, saved, scene, shown, traced, verified

WHOLE = Side(1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.01, 0.2, 1.0, 20.0, 9.0, 0.0)
ALIKE = Comparison(WHOLE, WHOLE, 1.0, False, 0.0, 0.99, 1.0, 1.0)


@dataclass(frozen=True)
class Story:
    """Hold photos in the order they were made from one another, and what was laid over what."""

    photos: tuple[TracedPhoto, ...]
    parents: tuple[tuple[int, int], ...]
    comparison: Comparison = ALIKE
    directed: bool = True
    neighbours: tuple[TracedPhoto, ...] = ()

    def drawn(self) -> Drawn:
        names = [photo.sha256 for photo in self.photos]
        edges = tuple(Derivation(names[a], names[b], self.directed, (), 0.9, ()) for a, b in self.parents)
        children = {edge.child for edge in edges}
        return Drawn(
            photos={photo.sha256: photo for photo in self.photos}, derivations=edges,
            origin=tuple(name for name in names if name not in children),
            comparisons={(edge.parent, edge.child): self.comparison for edge in edges},
            same_scene=tuple((other, verified(self.photos[0], other, relation="same_scene")) for other in self.neighbours),
        )  # fmt: skip


def chain(*publications: TracedPublication) -> Story:
    """Tell a story of photos each made from the one before, one publication each."""
    photos = tuple(bare(item.id, number, item) for number, item in enumerate(publications))
    return Story(photos, tuple((number, number + 1) for number in range(len(photos) - 1)))


def lone(facts: StatedFacts, *publications: TracedPublication) -> Story:
    return Story((bare("one", 1, *publications, facts=facts),), ())


def framed(story: Story) -> Story:
    """Give the first photo the traces of a picture with a caption bar."""
    traces = traced(saved(barred(scene())[0]), 1).traces
    return replace(story, photos=(replace(story.photos[0], traces=traces), *story.photos[1:]))


def collage(left: TracedPublication, right: TracedPublication, board: TracedPublication) -> Story:
    photos = (bare("left", 1, left), bare("right", 2, right), bare("board", 3, board))
    return Story(photos, ((0, 2), (1, 2)))


def said(name: str, publisher: str, credits: tuple[tuple[str, str, str], ...]) -> TracedPublication:
    """Describe a publication that credits in several statements; people are known to no authority, the others are."""
    made = tuple(
        CreditedSource(
            role, f"name-{who}" if role in ("creator", "rights_holder") else who.lower(), who, statement, who, (0, len(who)), 0.8
        )
        for role, who, statement in credits
    )
    return replace(shown(name, publisher, "2017-01-02"), credits=made)


WIRE, COURTESY = (("agency", "Orbit Wire"),), (("issuer", "Ministry of Defence"), ("distributor", "Orbit Wire"))
MIRRORED = replace(ALIKE, is_mirrored=True)
BARRED = replace(ALIKE, first=replace(WHOLE, covered=0.8, bare_flat=0.18))
SKY_CUT_OFF = replace(ALIKE, first=replace(WHOLE, covered=0.8, bare_flat=0.18, bare_seam=0.5))
BOTH_WIDER = replace(
    ALIKE, first=replace(WHOLE, covered=0.7, bare_textured=0.3), second=replace(WHOLE, covered=0.7, bare_textured=0.3)
)
TAKEN_2022 = StatedFacts(date_created=PartialDate.parse("2022-03-01T10:00:00Z"), has_exif=True)
OFFICIAL = "official"

# rule: (story, honest twin, words its reason must hold)
STORIES: dict[str, tuple[Story, Story, tuple[str, ...]]] = {
    "credited_source_never_seen_publishing": (
        chain(shown("a", "Evening Courier", "2017-01-02", credits=WIRE)),
        chain(shown("w", "Orbit Wire", "2017-01-01"), shown("a", "Evening Courier", "2017-01-02", credits=WIRE)),
        ("Orbit Wire", "Evening Courier (2017-01-02)"),
    ),
    "credited_source_seen_only_later": (
        chain(shown("a", "Evening Courier", "2017-01-02", credits=WIRE), shown("w", "Orbit Wire", "2017-02-01", credits=WIRE)),
        chain(shown("w", "Orbit Wire", "2017-01-01", credits=WIRE), shown("a", "Evening Courier", "2017-01-02", credits=WIRE)),
        ("Orbit Wire", "first seen publishing it later (2017-02-01)"),
    ),
    "circular_credit": (
        chain(
            shown("a", "North Wire", credits=(("agency", "South Wire"),)),
            shown("b", "South Wire", credits=(("agency", "North Wire"),)),
        ),
        chain(shown("a", "North Wire"), shown("b", "South Wire", credits=(("agency", "North Wire"),))),
        ("North Wire credits South Wire", "South Wire credits North Wire"),
    ),
    "credit_dropped": (
        chain(shown("w", "Orbit Wire", "2017-01-01", credits=WIRE), shown("a", "Evening Courier", "2017-01-02")),
        chain(shown("w", "Orbit Wire", "2017-01-01", credits=WIRE), shown("a", "Evening Courier", "2017-01-02", credits=WIRE)),
        ("Orbit Wire", "Evening Courier (2017-01-02) shows the picture without any credit"),
    ),
    "credit_changed": (
        chain(
            shown("w", "Orbit Wire", "2012-01-01", credits=(("agency", "Orbit Wire"),)),
            shown("a", "Evening Courier", "2012-05-27", credits=(("creator", "an activist"),)),
        ),
        chain(
            shown("w", "Orbit Wire", "2012-01-01", credits=(("creator", "M. di Lauro"),)),
            shown("a", "Evening Courier", "2012-05-27", credits=(("creator", "M. di Lauro"), ("agency", "Orbit Wire"))),
        ),
        ("an activist instead", "Orbit Wire (2012-01-01)"),
    ),
    "credit_statements_disagree": (
        chain(said("a", "Evening Courier", (("agency", "Orbit Wire", "credit_line"), ("agency", "North Wire", "caption")))),
        chain(
            said(
                "a",
                "Orbit Wire",
                (
                    ("agency", "Orbit Wire", "credit_line"), ("creator", "A. Weber", "credit_line"),
                    ("creator", "Anna Weber", "creator"),
                    ("creator", "Анна Вебер", "caption"), ("agency", "Orbit Wire", "caption"),
                    ("rights_holder", "Anna Weber", "copyright_notice"),
                ),
            )
        ),
        ("the credit line names Orbit Wire; the caption names North Wire",),
    ),
    "credit_upgraded": (
        chain(
            shown("m", "Ministry of Defence", "2016-12-30", credits=(("issuer", "Ministry of Defence"),)),
            shown("w", "Orbit Wire", "2017-01-01", credits=COURTESY, flags=("handout",)),
            shown("a", "Evening Courier", "2017-01-02", credits=WIRE),
        ),
        chain(
            shown("m", "Ministry of Defence", "2016-12-30", credits=(("issuer", "Ministry of Defence"),)),
            shown("w", "Orbit Wire", "2017-01-01", credits=COURTESY, flags=("handout",)),
            shown("a", "Evening Courier", "2017-01-02", credits=COURTESY),
        ),
        ("Ministry of Defence", "credits only Orbit Wire"),
    ),
    "copy_seen_before_original": (
        chain(shown("a", "Square News", "2021-03-04"), shown("b", "Harbour Post", "2019-03-04")),
        chain(shown("a", "Square News", "2019"), shown("b", "Harbour Post", "2019-03-04")),
        ("of Harbour Post (2019-03-04) looks made from", "Square News (2021-03-04), which was first seen later"),
    ),
    "shown_before_date_claimed": (
        chain(shown("a", "Square News", "2014-02-20"), shown("b", "Harbour Post", "2022-03-02", events=("2022-03-01",))),
        chain(
            shown("a", "Square News", "2014-02-20", events=("2014-02-20",)),
            shown("b", "Harbour Post", "2022-03-02", events=("2014-02",)),
        ),
        ("Harbour Post (2022-03-02) dates the picture 2022-03-01", "Square News (2014-02-20)"),
    ),
    "camera_date_after_publication": (
        lone(TAKEN_2022, shown("a", "Square News", "2014-02-20")),
        lone(TAKEN_2022, shown("a", "Square News", "2022-03-05")),
        ("2022-03-01T10:00:00Z", "Square News (2014-02-20)"),
    ),
    "mirrored": (
        replace(chain(shown("a", "Square News"), shown("b", "Harbour Post")), comparison=MIRRORED),
        chain(shown("a", "Square News"), shown("b", "Harbour Post")),
        ("shows the mirror image of", "Square News"),
    ),
    "cropped_away_mark": (
        replace(framed(chain(shown("a", "Game Studio"), shown("b", "Ministry of Defence"))), comparison=BARRED),
        replace(chain(shown("a", "Game Studio"), shown("b", "Ministry of Defence")), comparison=BARRED),
        ("Ministry of Defence", "lacks the bar or border"),
    ),
    "date_conflict": (
        chain(shown("a", "Square News", created="2003-05"), shown("b", "Harbour Post", events=("2012-05-26",))),
        chain(shown("a", "Square News", created="2003-05"), shown("b", "Harbour Post", events=("2003-05-12",))),
        ("Square News dates the picture 2003-05", "Harbour Post dates it 2012-05-26"),
    ),
    "same_scene_used_as_other_event": (
        replace(
            chain(shown("a", "Square News", events=("2016-03-01",))),
            neighbours=(bare("n", 9, shown("b", "Harbour Post", events=("2022-02-24",))),),
        ),
        replace(
            chain(shown("a", "Square News", events=("2016-03-01",))),
            neighbours=(bare("n", 9, shown("b", "Harbour Post", events=("2016-03",))),),
        ),
        ("two frames of one scene", "Harbour Post 2022-02-24"),
    ),
    "official_first_publisher_not_origin": (
        chain(shown("g", "Game Studio"), shown("m", "Ministry of Defence", "2017-11-14", kind=OFFICIAL)),
        chain(shown("m", "Ministry of Defence", "2017-11-14", kind=OFFICIAL), shown("g", "Game Studio")),
        ("Ministry of Defence (2017-11-14) is the first publisher seen", "existed elsewhere"),
    ),
    "missing_intermediate": (
        replace(chain(shown("a", "Square News"), shown("b", "Harbour Post")), comparison=BOTH_WIDER, directed=False),
        chain(shown("a", "Square News"), shown("b", "Harbour Post")),
        ("both come from a version that is not held here",),
    ),
    "place_conflict": (
        chain(
            shown("a", "Square News", "2016-10-01"),
            shown("b", "Harbour Post", "2016-10-03", against=(("a", "place", "Mosul", "Aleppo"),)),
        ),
        chain(shown("a", "Square News", "2016-10-01"), shown("b", "Harbour Post", "2016-10-03")),
        ("Harbour Post (2016-10-03) places the picture in Mosul", "Square News (2016-10-01) in Aleppo"),
    ),
    "actor_conflict": (
        chain(
            shown("a", "Square News", "2016-10-01"),
            shown("b", "Harbour Post", "2016-10-03", against=(("a", "actor", "Orbit Army denies", "Orbit Army"),)),
        ),
        chain(shown("a", "Square News", "2016-10-01"), shown("b", "Harbour Post", "2016-10-03")),
        ("“Orbit Army denies”", "“Orbit Army”"),
    ),
    "count_conflict": (
        chain(
            shown("a", "Square News", "2016-10-01"),
            shown("b", "Harbour Post", "2016-10-03", against=(("a", "number", "50 people", "12 people"),)),
        ),
        chain(shown("a", "Square News", "2016-10-01"), shown("b", "Harbour Post", "2016-10-03")),
        ("“50 people”", "“12 people”"),
    ),
    "today_republished": (
        chain(shown("a", "Square News", "2014-02-20"), shown("b", "Harbour Post", "2022-03-02", today="this morning")),
        chain(shown("a", "Square News", "2022-03-01"), shown("b", "Harbour Post", "2022-03-02", today="yesterday")),
        ("Harbour Post (2022-03-02) says “this morning”", "Square News (2014-02-20)"),
    ),
    "date_before_camera_date": (
        lone(TAKEN_2022, shown("a", "Square News", "2022-03-05", events=("2014-02-20",))),
        lone(TAKEN_2022, shown("a", "Square News", "2022-03-05", events=("2022-03",))),
        ("Square News (2022-03-05) dates the picture 2014-02-20", "2022-03-01T10:00:00Z"),
    ),
}  # fmt: skip
