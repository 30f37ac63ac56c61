"""Choosing tables and columns."""

from __future__ import annotations

from standin import Account, Server
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, selection, sync


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


def test_a_table_off_and_on_again_catches_up_without_a_hole(
    account: Account, server: Server
) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)
    product = account.create("product", created=NOW - 90 * DAY)
    first = sync(server, "customers", "products")
    account.clock.advance(5 * DAY)
    account.update(customer["id"], name="while off")
    account.update(product["id"], name="while off")
    second = sync(server, "products", state=first.state)
    account.clock.advance(5 * DAY)
    third = sync(server, "customers", "products", state=second.state)
    mirror = Mirror().load(first.messages).load(second.messages).load(third.messages)
    assert mirror.live("customers")[customer["id"],]["name"] == "while off"
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
