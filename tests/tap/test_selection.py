"""Choosing tables and columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from meltano.core.plugin.singer.catalog import select_metadata_rules

from standin import Account, Clock, Server, everything
from tap_stripe.streams import STREAMS
from tests.meltano.page import address_rules
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Message, Mirror, selection, sync


def test_a_deselected_column_never_leaves_the_process(account: Account, server: Server) -> None:
    account.create("customer", created=NOW - DAY, email="secret@x.org", name="Ann")
    catalog = selection(["customers"], [("customers", "email")])
    run = sync(server, catalog=catalog)
    (row,) = run.records("customers")
    assert row["name"] == "Ann"
    assert "email" not in row
    assert "secret@x.org" not in str(run.messages)
    (schema,) = [m["schema"] for m in run.messages if m["type"] == "SCHEMA"]
    assert "email" not in schema["properties"]


def without(rules: list[str]) -> Message:
    """A catalog of all tables to which Meltano has applied rules that exclude."""
    catalog = selection(stream.table() for stream in STREAMS)
    excluding = select_metadata_rules(rules)
    for entry in catalog["streams"]:
        for metadata in entry["metadata"]:
            if any(rule.match(entry["stream"], metadata["breadcrumb"]) for rule in excluding):
                metadata["metadata"]["selected"] = False
    return catalog


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """All texts in a record, with where they stand."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry, path)
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, f"{path}.{name}")


def test_the_documented_rules_keep_every_address_in_the_process() -> None:
    account = Account(clock=Clock(NOW), seed=1)
    everything.fill(account, each=13, seed=1)
    with Server(account) as server:
        plain = [text for row in sync(server).records() for text in texts(row)]
        run = sync(server, catalog=without(address_rules()))
    found = [text for row in run.records() for text in texts(row)]
    for address in (re.compile(r"\.\w*email"), re.compile(r"\S@\S")):
        assert any(address.search(f"{path} {text}") for path, text in plain)
        assert [told for told in found if address.search(" ".join(told))] == []
    assert len(found) > len(plain) // 2


@pytest.mark.parametrize("days", [5, 40])
def test_a_table_off_and_on_again_catches_up_without_a_hole(
    account: Account, server: Server, days: int
) -> None:
    """What was created, changed and deleted meanwhile, within the event feed and beyond it."""
    changed, gone = (account.create("customer", created=NOW - 90 * DAY) for _ in range(2))
    product = account.create("product", created=NOW - 90 * DAY)
    first = sync(server, "customers", "products")
    account.clock.advance(DAY)
    account.update(changed["id"], name="while off")
    account.update(product["id"], name="while off")
    account.delete(gone["id"])
    new = account.create("customer", name="new while off")
    second = sync(server, "products", state=first.state)
    account.clock.advance(days * DAY)
    third = sync(server, "customers", "products", state=second.state)
    mirror = Mirror().load(first.messages).load(second.messages).load(third.messages)
    names = {row["id"]: row["name"] for row in mirror.live("customers").values()}
    assert names == {changed["id"]: "while off", new["id"]: "new while off"}
    assert list(mirror.flagged("customers")) == [(gone["id"],)]
    assert mirror.live("products")[product["id"],]["name"] == "while off"


def test_a_child_selected_later_brings_all_of_its_rows_but_not_its_parents_again(
    account: Account, server: Server
) -> None:
    for n in range(120):
        account.create(
            "invoice",
            created=NOW - 200 * DAY + n * DAY,
            lines=[{"amount": n, "currency": "eur"}],
        )
    first = sync(server, "invoices")
    account.clock.advance(DAY)
    second = sync(server, "invoices", "invoice_line_items", state=first.state)
    assert len(second.records("invoice_line_items")) == 120
    assert second.records("invoices") == []


def test_a_nested_list_is_not_completed_for_a_column_that_is_off(
    account: Account, server: Server
) -> None:
    account.create(
        "invoice",
        created=NOW - DAY,
        lines=[{"amount": n, "currency": "eur"} for n in range(30)],
    )
    catalog = selection(["invoices"], [("invoices", "lines")])
    run = sync(server, catalog=catalog)
    assert "lines" not in run.records("invoices")[0]
    assert not [r for r in server.requests if r.path.endswith("/lines")]
