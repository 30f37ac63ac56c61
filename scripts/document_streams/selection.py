"""What Meltano selects: by default the tables that the catalog selects, and ready-made sets.

Meltano does not look at the catalog's own defaults; with `*.*` it would take every table, those
that cost a request per customer too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tap_stripe.streams import AREAS, STREAMS, StripeStream, streams_of
from tap_stripe.streams.cuts import ListedIn
from tap_stripe.sync.log import SyncLog

from .parts import YAML, YAML_SETS

_FILE = Path(__file__).with_name("sets.json")
_ALL = "*.*"


@dataclass(frozen=True)
class TableSet:
    """A choice of tables that has a name: an extractor of its own in `meltano.yml`."""

    name: str
    holds: str
    rules: tuple[str, ...]
    """As Meltano takes them."""

    @property
    def extractor(self) -> str:
        """The name by which Meltano runs it."""
        return f"tap-stripe-{self.name}"


def with_selection(definition: str) -> str:
    """A plugin's definition with its list of selected tables as it should be.

    Raises:
        ValueError: The definition lacks the comments that the list stands between.
    """
    indent = definition.partition(YAML.begin)[0].rpartition("\n")[2]
    rules = _rules(stream for stream in STREAMS if not stream.off_because())
    return YAML.fill(definition, "\n".join(f'{indent}- "{rule}"' for rule in rules))


def with_sets(project: str) -> str:
    """`meltano.yml` with its extractors for the ready-made sets as they should be.

    Raises:
        ValueError: The file lacks the comments that they stand between.
    """
    indent = project.partition(YAML_SETS.begin)[0].rpartition("\n")[2]
    lines = [line for table_set in sets() for line in _extractor(table_set)]
    return YAML_SETS.fill(project, "\n".join(indent + line for line in lines))


def sets() -> Iterator[TableSet]:
    """The ready-made sets: those of `sets.json`, and everything."""
    areas = {area.__name__.rpartition(".")[2]: area for area in AREAS}
    for told in json.loads(_FILE.read_text(encoding="utf-8")):
        of_areas = {stream for name in told["areas"] for stream in streams_of(areas[name])}
        chosen = [
            stream
            for stream in STREAMS
            if (stream in of_areas and not stream.off_because()) or stream.table() in told["tables"]
        ]
        yield TableSet(told["name"], told["holds"], tuple(_rules(chosen)))
    lists = _lists_with_a_table({stream.table() for stream in STREAMS})
    everything = "Every table, those of further products and those that take many requests too."
    yield TableSet("everything", everything, (_ALL, *lists))


def _rules(streams: Iterable[type[StripeStream]]) -> Iterator[str]:
    names = [stream.table() for stream in streams]
    yield from (f"{name}.*" for name in sorted([*names, SyncLog.name]))
    yield from _lists_with_a_table(set(names))


def _lists_with_a_table(selected: set[str]) -> Iterator[str]:
    """Lists inside an object that are tables of their own, so as not to carry them twice."""
    for stream in STREAMS:
        for cut in stream.cuts:
            # What is only sent when expanded is no column of the parent.
            twice = {cut.parent, stream.table()} <= selected
            if twice and isinstance(cut, ListedIn) and not cut.expanded:
                yield f"!{cut.parent}.{cut.field}"


def _extractor(table_set: TableSet) -> Iterator[str]:
    yield f"- name: {table_set.extractor}"
    yield "  inherit_from: tap-stripe"
    yield f"  label: Stripe, {table_set.name}"
    yield f"  description: {table_set.holds}"
    yield "  select:"
    yield from (f'    - "{rule}"' for rule in table_set.rules)
