"""`catalog captions`: what one caption claims, and how two captions of one picture stand to each other."""

from __future__ import annotations

import json
from pathlib import Path

import click

from catalog.cli.claim_words import claim_words
from catalog.cli.language import _
from catalog.cli.named_paths import FileToRead
from catalog.cli.printing import emit, show_line
from catalog.errors import PairError


@click.group("captions", help=_("Read and compare captions."))
def captions_group() -> None:
    """Hold what is done with captions."""


@captions_group.command(help=_("Say what captions claim of their picture. Told are dates, places, who, how many and weapons."))
@click.argument("texts", nargs=-1, required=True, metavar="TEXT…")
@click.option("--published", metavar="DATE", help=_("When they were published: “yesterday” counts back from there."))
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON line a caption, in order."))
def claims(texts: tuple[str, ...], published: str | None, as_json: bool) -> None:
    """Print the claims of every caption."""
    from catalog.workflow.compare_captions import caption_line
    from catalog.workflow.read_claims import claims_on

    for text in texts:
        found = claims_on(text, published)
        if as_json:
            emit(caption_line(text, found))
            continue
        show_line(text)
        for claim in found:
            show_line(f"  {claim_words(claim)}")
        if not found:
            show_line("  " + _("no claim was recognised"))


@captions_group.command(help=_("Say how the captions of each pair stand to each other. Each contradiction is named."))
@click.option(
    "--file", "pairs", required=True, type=FileToRead(),
    help=_("JSON Lines, one pair a line: a, b and, where known, lang_a and lang_b."),
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help=_("Print one JSON line a pair, in order."))
def compare(pairs: Path, as_json: bool) -> None:
    """Print how the captions of every pair stand to each other."""
    from catalog.workflow.compare_captions import compare_pair, comparison_line

    failed = 0
    with pairs.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                found = compare_pair(_pair(line))
            except PairError as error:
                failed += 1
                if as_json:
                    emit({"error": error.code, "line": number, "detail": str(error)})
                else:
                    show_line(f"{pairs.name}, {number}: {error.code}: {error}")
                continue
            if as_json:
                emit(comparison_line(found))
                continue
            show_line(found.relation + (f" ({', '.join(found.contradictions)})" if found.contradictions else ""))
            for item in found.claims:
                show_line(
                    f"  {item.kind}: {item.a.text if item.a else '–'} | {item.b.text if item.b else '–'}: {item.comparison}"
                )
    if failed:
        raise click.exceptions.Exit(1)


def _pair(line: bytes) -> dict[str, object]:
    """Read one line; raises PairError where it is no JSON object in UTF-8."""
    try:
        pair = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        raise PairError(f"not JSON in UTF-8 ({error})") from error
    if not isinstance(pair, dict):
        raise PairError("a pair is an object with the texts “a” and “b”")
    return pair
