"""The page for those who come from another connector."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from string import Template

from tap_stripe.api.client import API_VERSION

from .markdown import code, link, table
from .peers import Peer, peers

_HERE = Path(__file__).parent
_MOVED = _HERE / "moved.json"


def moving_in_page() -> str:
    """The text of the page."""
    beginning = Template((_HERE / "moving_in.md").read_text(encoding="utf-8"))
    tables = [line for peer in peers() for line in _tables_of(peer)]
    # The template has the head of the table of moved fields.
    moved = table((), _moved())[2:]
    return (
        beginning.substitute(
            version=API_VERSION, moved="\n".join(moved), tables="\n".join(tables)
        ).rstrip("\n")
        + "\n"
    )


def moved_columns() -> Iterator[str]:
    """Where fields that Stripe has moved are now: columns behind their tables."""
    return (column for entry in json.loads(_MOVED.read_text("utf-8")) for column in entry["here"])


def _moved() -> Iterator[list[str]]:
    for entry in json.loads(_MOVED.read_text(encoding="utf-8")):
        inside = f", inside it {entry['inside']}" if "inside" in entry else ""
        yield [code(*entry["there"].split(", ")), f"{code(*entry['here'])}{inside}"]


def _tables_of(peer: Peer) -> Iterator[str]:
    """The chapter on one connector's tables."""
    yield from (f"## Tables of {peer.name}", "", f"Taken from {peer.source}.", "")
    same = [theirs for theirs, ours in peer.tables.items() if theirs == ours]
    if same:
        yield from (f"The same name here: {code(*same)}.", "")
    renamed = {theirs: ours for theirs, ours in peer.tables.items() if ours and theirs != ours}
    if renamed:
        yield from table((peer.name, "Here"), ([code(t), _here(o)] for t, o in renamed.items()))
        yield ""
    if peer.missing:
        page = link("not here, and why", "comparison.md", "What others have and tap-stripe has not")
        yield from (f"{code(*sorted(peer.missing))}: {page}.", "")


def _here(ours: str) -> str:
    """A table of ours, or a column of one."""
    name, _, column = ours.partition(".")
    return link(code(name), "streams.md", name) + (f", its column {code(column)}" if column else "")
