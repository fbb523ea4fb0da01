"""The tables of what is derived: rows can be dropped and made again, and carry the version of what made them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text

from catalog.store.tables.columns import metadata

standing = Table(
    "standing", metadata,  # which evidence stands: attested by a run that is not retracted
    Column("kind", Text, primary_key=True),
    Column("subject_id", Integer, primary_key=True),
)  # fmt: skip

rendition = Table(
    "rendition", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("recipe", Integer, nullable=False),
    Column("width", Integer), Column("height", Integer),
    Column("orientation", Integer, nullable=False),
    Column("frames", Integer, nullable=False),
    Column("detail", Float, nullable=False),
    Column("is_plain", Boolean(create_constraint=False), nullable=False),
    Column("image_data_sha256", Text, index=True),
    Column("pixels_sha256", Text),
    Column("preview_width", Integer, nullable=False), Column("preview_height", Integer, nullable=False),
)  # fmt: skip

descriptor = Table(
    "descriptor", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("algorithm", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("bits", Integer, nullable=False),
    Column("data", LargeBinary),  # small codes
    Column("array_offset", Integer),  # packed local features lie in an array file
    Column("array_length", Integer),
)  # fmt: skip

# What a row of `stage` says of a photo. One that is outdated has to be described, matched and traced anew: what was made of it is
# of before a rebuild, or of an older version, and stays until then.
MATCHED, TRACED, OUTDATED = "matched", "traced", "outdated"

stage = Table(
    "stage", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("stage", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("through_photo_id", Integer, nullable=False),
)  # fmt: skip

verification = Table(
    "verification", metadata,
    Column("id", Integer, primary_key=True),
    Column("query_photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),
    Column("reference_photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),
    Column("relation", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("changes", Text, nullable=False),
    Column("transform", Text),
    Column("overlap_query", Float), Column("overlap_reference", Float),
    Column("box", Text),
    Column("rung", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("threshold_suggest", Float, nullable=False), Column("threshold_accept", Float, nullable=False),
    Column("evidence", Text, nullable=False),
    Index("ix_verification_queue", "state", "score", "id"),
)  # fmt: skip

template = Table(
    "template", metadata,  # what many unrelated photos share: a banner, a logo, a studio frame
    Column("digest", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("points", LargeBinary, nullable=False),
    Column("aspect", Float, nullable=False),
    Column("room", Text, nullable=False),
    Column("photo_count", Integer, nullable=False),
)  # fmt: skip

picture_group = Table(
    "picture_group", metadata,
    Column("id", Integer, primary_key=True),
    Column("cover_photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),  # its first stored photo
    Column("weakest_score", Float),
    Column("photo_count", Integer, nullable=False),
    Column("publication_count", Integer, nullable=False),
    Column("finding_count", Integer, nullable=False),
    Column("first_published", Text, nullable=False),  # UTC: past when all that its date can mean is; "~" when none
    Column("first_publication_id", Integer, ForeignKey("publication.id")),
    Index("ix_picture_group_newest", "first_published", "id"),
    Index("ix_picture_group_reuse", "publication_count", "id"),
)  # fmt: skip

group_member = Table(
    "group_member", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("group_id", Integer, ForeignKey("picture_group.id", ondelete="CASCADE"), nullable=False, index=True),
)  # fmt: skip

named_source = Table(
    "named_source", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text),  # of its authority record, none when it has none
    Column("published_count", Integer, nullable=False),
    Column("credited_count", Integer, nullable=False),
)  # fmt: skip

publisher_party = Table(
    "publisher_party", metadata,
    Column("publication_id", Integer, ForeignKey("publication.id"), primary_key=True),
    Column("source_id", Text, nullable=False, index=True),
)  # fmt: skip

credit_reading = Table(
    "credit_reading", metadata,
    Column("credit_id", Integer, ForeignKey("credit.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("flags", Text, nullable=False), Column("identifiers", Text, nullable=False), Column("unread", Text, nullable=False),
)  # fmt: skip

credit_party = Table(
    "credit_party", metadata,
    Column("id", Integer, primary_key=True),
    Column("credit_id", Integer, ForeignKey("credit.id"), nullable=False, index=True),
    Column("role", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("span_from", Integer, nullable=False), Column("span_to", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("source_id", Text, nullable=False, index=True),
)  # fmt: skip

# Credits that stand inside a caption, with the same columns as those of a credit line; spans point into the caption.
caption_credit_reading = Table(
    "caption_credit_reading", metadata,
    Column("caption_id", Integer, ForeignKey("caption.id"), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("flags", Text, nullable=False), Column("identifiers", Text, nullable=False),
)  # fmt: skip

caption_credit_party = Table(
    "caption_credit_party", metadata,
    Column("id", Integer, primary_key=True),
    Column("caption_id", Integer, ForeignKey("caption.id"), nullable=False, index=True),
    Column("role", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("span_from", Integer, nullable=False), Column("span_to", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("source_id", Text, nullable=False, index=True),
)  # fmt: skip

# What captions claim; spans point into the caption. Days told relative to a publication have no value here.
caption_claim = Table(
    "caption_claim", metadata,
    Column("id", Integer, primary_key=True),
    Column("caption_id", Integer, ForeignKey("caption.id"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False), Column("role", Text, nullable=False), Column("value", Text, nullable=False),
    Column("span_from", Integer, nullable=False), Column("span_to", Integer, nullable=False),
    Column("least", Integer), Column("most", Integer),
    Index("ix_caption_claim_said", "kind", "value"),
)  # fmt: skip

# Where a caption says its picture is, and everything that place lies in.
caption_place = Table(
    "caption_place", metadata,
    Column("caption_id", Integer, ForeignKey("caption.id"), primary_key=True),
    Column("place", Text, primary_key=True, index=True),
)  # fmt: skip

chain = Table(
    "chain", metadata,
    Column("id", Integer, primary_key=True),
    Column("first_photo_id", Integer, ForeignKey("photo.id"), nullable=False, unique=True),
    Column("origin", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_reason", Text, nullable=False),
    Column("state_sayings", Text, nullable=False, server_default="[]"),  # what the sentences of the reason are made of
    Column("drawing_seconds", Float, nullable=False),
    Column("version", Integer, nullable=False),
)  # fmt: skip

chain_member = Table(
    "chain_member", metadata,
    Column("photo_id", Integer, ForeignKey("photo.id"), primary_key=True),
    Column("chain_id", Integer, ForeignKey("chain.id", ondelete="CASCADE"), nullable=False, index=True),
)  # fmt: skip

derivation = Table(
    "derivation", metadata,
    Column("id", Integer, primary_key=True),
    Column("chain_id", Integer, ForeignKey("chain.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("parent_photo_id", Integer, ForeignKey("photo.id"), nullable=False),
    Column("child_photo_id", Integer, ForeignKey("photo.id"), nullable=False, index=True),
    Column("directed", Boolean(create_constraint=False), nullable=False),
    Column("changes", Text, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("decision", Text),  # the last word of a person, as JSON
    Column("or_from", Text, nullable=False, server_default="[]"),  # photos with the parent's pixels, as likely parents
)  # fmt: skip

finding = Table(
    "finding", metadata,
    Column("id", Integer, primary_key=True),
    Column("chain_id", Integer, ForeignKey("chain.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("rule", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("subjects", Text, nullable=False),
    Column("decision", Text),  # the last word of a person, as JSON
    Column("spans", Text, nullable=False, server_default="[]"),  # where in captions and credits the words stand
    Column("saying", Text),  # what the reason is made of, as JSON
)  # fmt: skip

READ_IN_WORDS = (
    named_source, publisher_party, credit_reading, credit_party, caption_credit_reading, caption_credit_party, caption_claim,
    caption_place,
)  # fmt: skip
DERIVED = (
    standing, rendition, descriptor, stage, verification, template, picture_group, group_member, *READ_IN_WORDS, chain,
    chain_member, derivation, finding,
)  # fmt: skip
