"""Which events each command and each changing address writes into the ledger; a new one is declared here."""

from __future__ import annotations

# What is typed after `catalog`; {press}, {copy}, {photo}, {other}, {run}, {labels}, {out} and {backup} are filled by the test.
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "init": (("init",), ()),
    "upgrade": (("upgrade",), ()),
    "import": (("import", "{press}"), ("import started", "item added", "item added", "item rejected", "import ended")),
    "match": (("match", "{copy}", "--keep"), ("inquiry made",)),
    "decide": (("decide", "reject", "{photo}", "{other}", "--reason", "two walls"), ("decision reject",)),
    "evaluate": (("evaluate", "{labels}"), ()),
    "report duplicates": (("report", "duplicates", "-o", "{out}"), ()),
    "report custody": (("report", "custody", "{photo}", "-o", "{out}"), ()),
    "chains": (("chains",), ()),
    "inquire": (("inquire", "{photo}", "--place", "an archive"), ("inquiry made",)),
    "captions claims": (("captions", "claims", "Ruins in Aleppo, 12 killed"), ()),
    "captions compare": (("captions", "compare", "--file", "{labels}"), ()),
    "search": (("search", "harbour"), ()),
    "show": (("show", "{photo}"), ()),
    "sources": (("sources",), ()),
    "sources add": (("sources", "add", "New Wire", "--kind", "agency", "--reason", "it is one"), ("source add",)),
    "sources alias": (("sources", "alias", "New Wire", "ru=Новый провод", "--reason", "its Russian name"), ("source alias",)),
    "sources merge": (("sources", "merge", "New Wire", "reuters", "--reason", "bought"), ("source merge",)),
    "sources undo": (("sources", "undo", "3", "--reason", "not bought"), ("source undo",)),
    "sources show": (("sources", "show", "New Wire"), ()),
    "credits parse": (("credits", "parse", "Photo: A. Author/AP"), ()),
    "anchor": (("anchor", "-o", "{out}"), ()),
    "backup": (("backup", "{backup}"), ()),
    "restore": (("restore", "{backup}"), ()),
    "verify": (("verify", "--record"), ("catalogue checked",)),
    "rebuild": (("rebuild",), ()),
    "undo": (("undo", "{run}", "--reason", "wrong folder"), ("import undone",)),
    "serve": (("serve", "--port", "0"), ()),
}
# The same commands in the ways that must write nothing.
QUIET: tuple[tuple[str, ...], ...] = (
    ("import", "{press}", "--dry-run"), ("match", "{copy}"), ("verify",), ("verify", "--resume"), ("rebuild", "--pending"),
    ("decide", "reject", "{photo}", "{photo}", "--reason", "x"), ("decide", "undo", "{photo}", "{other}", "--reason", "x"),
    ("undo", "nobody"), ("sources", "add", "Reuters", "--kind", "agency", "--reason", "x"),
    ("sources", "undo", "9", "--reason", "x"),
)  # fmt: skip
