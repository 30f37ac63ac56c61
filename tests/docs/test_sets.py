"""The ready-made sets of tables: what Meltano reads, and what people read of them."""

from __future__ import annotations

import re
from fnmatch import fnmatch

import pytest

from scripts.document_streams.selection import TableSet, sets
from tap_stripe.permissions import parents
from tap_stripe.streams import STREAMS
from tap_stripe.streams.cuts import ListedIn
from tests.project import ROOT, meltano_plugin

SETS = list(sets())
BY_NAME = {stream.table(): stream for stream in STREAMS}
TABLES = {*BY_NAME, "sync_log"}


def tables(table_set: TableSet) -> set[str]:
    """What the set's rules select."""
    wanted = [rule for rule in table_set.rules if not rule.startswith("!")]
    return {name for name in TABLES for rule in wanted if fnmatch(f"{name}.id", rule)}


@pytest.mark.parametrize("table_set", SETS, ids=lambda table_set: str(table_set.name))
def test_meltano_has_the_set_as_an_extractor(table_set: TableSet) -> None:
    plugin = meltano_plugin("extractors", table_set.extractor)
    assert plugin["inherit_from"] == "tap-stripe"
    assert tuple(plugin["select"]) == table_set.rules
    assert plugin.keys() == {"name", "inherit_from", "label", "description", "select"}


@pytest.mark.parametrize("table_set", SETS, ids=lambda table_set: str(table_set.name))
def test_a_set_has_what_is_cut_from_its_tables_and_carries_no_list_twice(
    table_set: TableSet,
) -> None:
    chosen = tables(table_set)
    assert "sync_log" in chosen
    for stream in (BY_NAME[name] for name in chosen - {"sync_log"}):
        for cut in stream.cuts:
            if isinstance(cut, ListedIn) and not cut.expanded and cut.parent in chosen:
                assert f"!{cut.parent}.{cut.field}" in table_set.rules


def test_everything_is_everything_and_the_others_are_not() -> None:
    by_name = {table_set.name: tables(table_set) for table_set in SETS}
    assert by_name["everything"] == TABLES
    default = {"sync_log", *(s.table() for s in STREAMS if not s.off_because())}
    for name in ("revenue", "payments"):
        assert by_name[name] < default
    assert {"subscription_items", "invoice_line_items", "refunds", "discounts"} < by_name["revenue"]
    assert {"charges", "disputes", "payouts", "checkout_sessions"} < by_name["payments"]
    assert all(
        parent.table() in by_name["revenue"]
        for name in ("subscription_items", "invoice_line_items", "invoice_taxes")
        for parent in parents(BY_NAME[name])
    )


def test_the_page_tells_what_each_holds() -> None:
    page = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `tap-stripe-(\w+)` \| (.+) \|$", page, re.MULTILINE))
    assert told == {table_set.name: table_set.holds for table_set in SETS}
