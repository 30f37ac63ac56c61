"""What Meltano selects unless told otherwise: the tables that the catalog selects.

Meltano does not look at the catalog's own defaults; with `*.*` it would take every table, those
that cost a request per customer too.
"""

from __future__ import annotations

from collections.abc import Iterator

from tap_stripe.streams import STREAMS
from tap_stripe.streams.cuts import ListedIn

from .parts import YAML


def with_selection(definition: str) -> str:
    """A plugin's definition with its list of selected tables as it should be.

    Raises:
        ValueError: The definition lacks the comments that the list stands between.
    """
    indent = definition.partition(YAML.begin)[0].rpartition("\n")[2]
    rules = [*_tables(), *_lists_with_a_table()]
    return YAML.fill(definition, "\n".join(f'{indent}- "{rule}"' for rule in rules))


def _tables() -> Iterator[str]:
    for stream in STREAMS:
        if not stream.off_because():
            yield f"{stream.table()}.*"


def _lists_with_a_table() -> Iterator[str]:
    """Lists inside an object that are tables of their own, so as not to carry them twice."""
    selected = {stream.table() for stream in STREAMS if not stream.off_because()}
    for stream in STREAMS:
        for cut in stream.cuts:
            # What is only sent when expanded is no column of the parent.
            if isinstance(cut, ListedIn) and not cut.expanded and cut.parent in selected:
                yield f"!{cut.parent}.{cut.field}"
