"""The page for those who move in speaks of tables and columns that there are."""

from __future__ import annotations

import re

import pytest

from scripts.document_streams.moving_in_page import moved_columns, moving_in_page
from scripts.document_streams.peers import Peer, peers
from tap_stripe.streams import STREAMS
from tap_stripe.streams.base import load_schema
from tap_stripe.sync.log import SyncLog

PAGE = moving_in_page()
COLUMNS = {
    **{stream.table(): load_schema(stream.table())["properties"] for stream in STREAMS},
    SyncLog.name: SyncLog.schema["properties"],
}


@pytest.mark.parametrize("column", [*moved_columns(), "sync_log.synced_until", "events.data"])
def test_fields_are_where_the_page_says(column: str) -> None:
    assert f"`{column}`" in PAGE
    table, _, name = column.partition(".")
    assert name in COLUMNS[table]


@pytest.mark.parametrize("column", ["customer", "metadata", "livemode", "created"])
def test_columns_have_the_names_that_the_page_says(column: str) -> None:
    assert column in COLUMNS["charges"]


@pytest.mark.parametrize("peer", peers(), ids=lambda peer: str(peer.name))
def test_every_table_of_theirs_is_on_the_page(peer: Peer) -> None:
    chapter = re.split(r"^## ", PAGE, flags=re.MULTILINE)
    [text] = [part for part in chapter if part.startswith(f"Tables of {peer.name}\n")]
    assert all(f"`{theirs}`" in text for theirs in peer.tables)
