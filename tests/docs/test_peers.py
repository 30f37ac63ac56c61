"""The comparison with other connectors speaks of tables and columns that there are."""

from __future__ import annotations

import re

import pytest

from scripts.document_streams.comparison_page import comparison_page
from scripts.document_streams.peers import Peer, peers, reasons
from tap_stripe.streams import STREAMS
from tap_stripe.streams.base import load_schema

TABLES = {stream.table() for stream in STREAMS}


@pytest.mark.parametrize("peer", peers(), ids=lambda peer: str(peer.name))
def test_counterparts_exist(peer: Peer) -> None:
    counterparts = {ours for ours in peer.tables.values() if ours}
    columns = {column for _, column in peer.columns()}
    assert counterparts - columns <= TABLES
    for table, name in (column.split(".") for column in columns):
        assert name in load_schema(table)["properties"], f"{table}.{name}"


def test_every_table_of_ours_has_a_row() -> None:
    rows = re.findall(r"^\| .*? \| \[`(\w+)`\]", comparison_page(), flags=re.MULTILINE)
    assert sorted(rows) == sorted(TABLES)


def test_what_we_lack_has_a_reason_and_no_other() -> None:
    lacking = sorted(theirs for peer in peers() for theirs in peer.missing)
    assert lacking == sorted(name for entry in reasons() for name in entry.tables)
    assert all(entry.reason for entry in reasons())
