"""What other connectors lose, each a promise here. The names say who loses it."""

from __future__ import annotations

from collections import Counter

import pytest

from standin import Account, Fault, Server
from tap_stripe.check import as_text
from tap_stripe.commands import checked
from tap_stripe.tap import TapStripe
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import Mirror, config, sync

RESTRICTED = "rk_test_restricted"


def customers(account: Account, count: int, *, first: int = 1000) -> None:
    """So many customers, one a day."""
    for n in range(count):
        account.create("customer", created=NOW - (first - n) * DAY)


def test_airbyte_a_failed_first_sync_leaves_no_trace_in_the_state(
    account: Account, server: Server
) -> None:
    customers(account, 250)
    server.faults.add(
        Fault(path="/v1/customers", status=400, body={"error": {"message": "No.", "type": "x"}})
    )
    failed = sync(server, "customers")
    assert failed.failure is not None
    assert "No." in failed.failure
    assert "customers" not in failed.state["bookmarks"]
    assert len(sync(server, "customers", state=failed.state).records("customers")) == 250


def test_airbyte_a_forbidden_first_sync_leaves_no_trace_in_the_state(
    account: Account, server: Server
) -> None:
    customers(account, 250)
    account.add_key(RESTRICTED, {"event_read"})
    forbidden = sync(server, "customers", api_key=RESTRICTED)
    assert "customers" not in forbidden.state["bookmarks"]
    assert len(sync(server, "customers", state=forbidden.state).records("customers")) == 250


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"api_key": RESTRICTED}, "no permission: Customers Read (customer_read)"),
        ({"account_id": "acct_other"}, "belongs to acct_test"),
    ],
)
def test_airbyte_the_connection_test_does_not_pass_with_a_key_that_can_read_nothing(
    account: Account, server: Server, settings: dict[str, str], words: str
) -> None:
    account.add_key(RESTRICTED, set())
    tap = TapStripe(config=config(server, **settings))
    assert not tap.run_connection_test()
    assert words in as_text(checked(tap))


def test_airbyte_a_state_older_than_the_feed_reads_the_table_again(
    account: Account, server: Server
) -> None:
    customers(account, 150)
    first = sync(server, "customers")
    changed, deleted = account.all("customer")[3], account.all("customer")[7]
    account.update(changed["id"], name="changed in the gap")
    account.delete(deleted["id"])
    account.clock.advance(40 * DAY)
    second = sync(server, "customers", state=first.state)
    assert second.failure is None
    assert "customers is read again from its beginning" in second.log
    mirror = Mirror().load(first.messages).load(second.messages)
    assert mirror.live("customers")[changed["id"],]["name"] == "changed in the gap"
    assert list(mirror.flagged("customers")) == [(deleted["id"],)]
    third = sync(server, "customers", state=second.state)
    assert third.records("customers") == []


def test_airbyte_an_interrupted_reading_after_a_gap_goes_on_and_is_activated_at_its_end(
    account: Account, server: Server
) -> None:
    customers(account, 450)
    first = sync(server, "customers")
    deleted = account.all("customer")[7]
    account.delete(deleted["id"])
    account.clock.advance(40 * DAY)
    refusal = Fault(path="/v1/customers", status=400, skip=4, times=None)
    server.faults.add(refusal)
    second = sync(server, "customers", state=first.state)
    assert second.failure is not None
    assert not [m for m in second.messages if m["type"] == "ACTIVATE_VERSION"]
    server.faults.clear()
    third = sync(server, "customers", state=second.state)
    mirror = Mirror().load(first.messages).load(second.messages).load(third.messages)
    assert list(mirror.flagged("customers")) == [(deleted["id"],)]
    assert len(mirror.live("customers")) == 449


def test_airbyte_a_400_on_the_second_page_fails_the_table_and_keeps_the_rest_to_do(
    account: Account, server: Server
) -> None:
    customers(account, 250)
    account.create("product", created=NOW - DAY)
    server.faults.add(
        Fault(
            path="/v1/customers",
            status=400,
            body={"error": {"message": "Invalid cursor.", "type": "invalid_request_error"}},
            where=lambda params: "starting_after" in params,
        )
    )
    broken = sync(server, "customers", "products")
    assert broken.failure is not None
    assert "Invalid cursor." in broken.failure
    assert len(broken.records("products")) == 1
    resumed = sync(server, "customers", "products", state=broken.state)
    mirror = Mirror().load(broken.messages).load(resumed.messages)
    assert len(mirror.live("customers")) == 250


def test_airbyte_refunds_do_not_land_in_charges(account: Account, server: Server) -> None:
    charge = account.create("charge", created=NOW - 50 * DAY, amount=100, currency="eur")
    refund = account.create(
        "refund", created=NOW - 40 * DAY, charge=charge["id"], amount=10, currency="eur"
    )
    first = sync(server, "charges", "refunds")
    account.clock.advance(DAY)
    account.update(refund["id"], event="charge.refund.updated", status="failed")
    second = sync(server, "charges", "refunds", state=first.state)
    assert {row["object"] for row in second.records("charges")} <= {"charge"}
    assert [(row["object"], row["status"]) for row in second.records("refunds")] == [
        ("refund", "failed")
    ]


def test_airbyte_an_invoice_event_brings_all_lines(account: Account, server: Server) -> None:
    first = sync(server, "invoice_line_items")
    account.clock.advance(DAY)
    invoice = account.create(
        "invoice",
        created=NOW - 60 * DAY,
        lines=[{"amount": n, "currency": "eur"} for n in range(12)],
    )
    account.update(invoice["id"], event="invoice.finalized", status="open")
    second = sync(server, "invoice_line_items", state=first.state)
    assert sorted(row["amount"] for row in second.records("invoice_line_items")) == list(range(12))


def test_airbyte_good_values_are_not_overwritten_by_the_events_snapshot(
    account: Account, server: Server
) -> None:
    product = account.create("product", created=NOW - 90 * DAY)
    price = account.create(
        "price",
        created=NOW - 90 * DAY,
        product=product["id"],
        currency="eur",
        billing_scheme="tiered",
        tiers_mode="graduated",
        tiers=[{"up_to": 10, "unit_amount": 100}, {"up_to": None, "unit_amount": 80}],
    )
    first = sync(server, "prices")
    account.clock.advance(DAY)
    account.update(price["id"], nickname="Seats")
    second = sync(server, "prices", state=first.state)
    before, after = first.records("prices")[0], second.records("prices")[0]
    assert len(before["tiers"]) == 2
    assert after == {**before, "nickname": "Seats"}


def test_airbyte_balance_transactions_do_not_stay_pending(account: Account, server: Server) -> None:
    transactions = [
        account.create(
            "balance_transaction",
            created=NOW - DAY,
            available_on=NOW + day * DAY,
            status="pending",
            currency="eur",
        )
        for day in (1, 2, 3)
    ]
    mirror, state = Mirror(), None
    for transaction in transactions:
        run = sync(server, "balance_transactions", state=state)
        mirror.load(run.messages)
        state = run.state
        account.clock.advance(DAY)
        account.update(transaction["id"], silent=True, status="available")
    mirror.load(sync(server, "balance_transactions", state=state).messages)
    assert {row["status"] for row in mirror.live("balance_transactions").values()} == {"available"}


def test_singer_io_a_restricted_key_needs_nothing_beyond_its_tables(
    account: Account, server: Server
) -> None:
    customers(account, 3)
    account.add_key(RESTRICTED, {"customer_read", "event_read"})
    run = sync(server, "customers", api_key=RESTRICTED)
    assert run.failure is None
    assert len(run.records("customers")) == 3
    assert {r.path for r in server.requests if r.status == 200} == {"/v1/events", "/v1/customers"}
    # The account is asked for, and Stripe's refusal tells it.
    assert {r.path for r in server.requests if r.status == 403} == {"/v1/account"}


def test_singer_io_a_deletion_does_not_look_like_an_update(
    account: Account, server: Server
) -> None:
    plan = account.create("product", created=NOW - 90 * DAY, name="Gone")
    first = sync(server, "products")
    assert first.records("products")[0]["_sdc_deleted_at"] is None
    account.clock.advance(DAY)
    account.delete(plan["id"])
    second = sync(server, "products", state=first.state)
    assert second.records("products")[0]["_sdc_deleted_at"] is not None


def test_singer_io_canceled_subscriptions_and_inactive_prices_are_there(
    account: Account, server: Server
) -> None:
    customer = account.create("customer", created=NOW - 90 * DAY)
    for status in ("active", "canceled", "incomplete_expired"):
        account.create(
            "subscription", created=NOW - 80 * DAY, customer=customer["id"], status=status
        )
    product = account.create("product", created=NOW - 90 * DAY)
    for active in (True, False):
        account.create(
            "price", created=NOW - 90 * DAY, product=product["id"], currency="eur", active=active
        )
    run = sync(server, "subscriptions", "prices")
    assert {row["status"] for row in run.records("subscriptions")} == {
        "active",
        "canceled",
        "incomplete_expired",
    }
    assert {row["active"] for row in run.records("prices")} == {True, False}


def test_hotglue_a_refetch_uses_the_right_url_for_every_table(
    account: Account, server: Server
) -> None:
    """Each kind of object that can change is fetched where Stripe has it."""
    who = account.create("customer", created=NOW - 60 * DAY)["id"]
    invoice = account.create("invoice", created=NOW - 60 * DAY)["id"]
    charge = account.create("charge", created=NOW - 60 * DAY, amount=1, currency="eur")["id"]
    made = {
        "promotion_codes": account.create("promotion_code", created=NOW - 50 * DAY),
        "tax_rates": account.create("tax_rate", created=NOW - 50 * DAY),
        "subscription_schedules": account.create(
            "subscription_schedule", created=NOW - 50 * DAY, customer=who
        ),
        "disputes": account.create(
            "dispute", created=NOW - 50 * DAY, amount=1, currency="eur", charge=charge
        ),
        "payouts": account.create("payout", created=NOW - 50 * DAY, amount=1, currency="eur"),
        "transfers": account.create("transfer", created=NOW - 50 * DAY, amount=1, currency="eur"),
        "credit_notes": account.create(
            "credit_note", created=NOW - 50 * DAY, currency="eur", customer=who, invoice=invoice
        ),
    }
    first = sync(server, *made)
    account.clock.advance(DAY)
    server.clear()
    for stripe_object in made.values():
        account.update(stripe_object["id"], metadata={"touched": "yes"})
    second = sync(server, *made, state=first.state)
    touched = {row["id"] for row in second.records() if row["metadata"].get("touched") == "yes"}
    assert touched == {stripe_object["id"] for stripe_object in made.values()}
    assert not Counter(r.status for r in server.requests)[404]


def test_dlt_an_incremental_run_is_no_full_reload(account: Account, server: Server) -> None:
    customers(account, 500)
    first = sync(server, "customers")
    account.clock.advance(DAY)
    account.create("customer")
    server.clear()
    second = sync(server, "customers", state=first.state)
    assert len(second.records("customers")) == 1
    assert len(server.requests) <= 4


def test_all_of_them_several_requests_are_in_flight(account: Account, server: Server) -> None:
    for stream in ("customer", "product", "coupon"):
        account.create(stream, created=NOW - DAY)
    server.latency = 0.3
    sync(server, "customers", "products", "coupons")
    lists = [r.at for r in server.requests if r.path not in ("/v1/account", "/v1/events")]
    assert max(lists) - min(lists) < 0.25
