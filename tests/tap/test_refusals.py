"""What Stripe refuses: which table, in Stripe's words, and what becomes of the run."""

from __future__ import annotations

import pytest

from standin import Account, Fault, Server
from tap_stripe.api.client import API_VERSION
from tests.tap.conftest import DAY, NOW
from tests.tap.harness import sync

RESTRICTED = "rk_test_restricted"


@pytest.fixture(autouse=True)
def objects(account: Account) -> None:
    """One object in each of three tables."""
    for name in ("customer", "product", "coupon"):
        account.create(name, created=NOW - 90 * DAY)


def test_a_missing_permission_skips_its_table_in_stripes_words(
    account: Account, server: Server
) -> None:
    account.add_key(RESTRICTED, {"customer_read", "event_read"})
    run = sync(server, "customers", "products", api_key=RESTRICTED)
    assert run.failure is None
    assert len(run.records("customers")) == 1
    (line,) = [line for line in run.log.splitlines() if line.startswith("WARNING products")]
    assert "Permission denied" in line
    assert "product_read" in line
    assert "req_" in line
    assert "products" not in run.state["bookmarks"]


def test_a_revoked_permission_fails_the_run_and_keeps_the_bookmark(
    account: Account, server: Server
) -> None:
    first = sync(server, "customers", "products")
    account.add_key(RESTRICTED, {"customer_read", "event_read"})
    account.clock.advance(DAY)
    second = sync(server, "customers", "products", state=first.state, api_key=RESTRICTED)
    assert second.failure is not None
    assert "product_read" in second.failure
    assert second.bookmark("products") == first.bookmark("products")
    assert second.bookmark("customers") != first.bookmark("customers")


def test_a_key_that_may_read_no_table_fails_the_run_and_writes_no_row(
    account: Account, server: Server
) -> None:
    account.add_key(RESTRICTED, {"event_read"})
    run = sync(server, "customers", "products", "sync_log", api_key=RESTRICTED)
    assert run.failure == (
        "The key may read none of the selected tables: tap-stripe --check tells what it lacks"
    )
    assert run.records() == []
    warnings = [line for line in run.log.splitlines() if line.startswith("WARNING")]
    assert len([line for line in warnings if "skipped: " in line]) == 2
    assert run.state["bookmarks"].keys() == {"stripe_account"}


def test_tables_whose_products_are_all_off_are_no_failure(account: Account, server: Server) -> None:
    account.disable("/v1/coupons", "Your account is not set up to use Coupons.")
    run = sync(server, "coupons", "sync_log")
    assert run.failure is None
    assert [row["outcome"] for row in run.records("sync_log")] == ["skipped"]


def test_a_table_that_was_synced_before_is_named_rather(account: Account, server: Server) -> None:
    first = sync(server, "customers", "sync_log")
    account.add_key(RESTRICTED, {"event_read"})
    run = sync(server, "customers", "sync_log", state=first.state, api_key=RESTRICTED)
    assert run.failure is not None
    assert run.failure.startswith("1 of the tables is not up to date: customers skipped: ")
    assert [row["outcome"] for row in run.records("sync_log")] == ["skipped"]


def test_a_table_that_failed_otherwise_is_named_rather(account: Account, server: Server) -> None:
    account.add_key(RESTRICTED, {"event_read", "product_read"})
    server.faults.add(Fault(path="/v1/products", status=422, times=None))
    run = sync(server, "customers", "products", "sync_log", api_key=RESTRICTED)
    assert run.failure is not None
    assert run.failure.startswith("1 of the tables is not up to date: products failed: ")
    outcomes = {row["table_name"]: row["outcome"] for row in run.records("sync_log")}
    assert outcomes == {"customers": "skipped", "products": "failed"}


def test_a_product_that_is_not_switched_on_skips_its_table(
    account: Account, server: Server
) -> None:
    words = "Your account is not set up to use Coupons. Please visit the dashboard."
    account.disable("/v1/coupons", words)
    run = sync(server, "customers", "coupons")
    assert run.failure is None
    assert f"coupons skipped: {words}" in run.log
    assert len(run.records("customers")) == 1


def test_a_wrong_key_ends_the_run_with_stripes_message(server: Server) -> None:
    run = sync(server, "customers", "products", api_key="sk_test_wrongwrongwrong1234")
    assert run.failure is not None
    assert "Invalid API Key provided" in run.failure
    assert "wrongwrong" not in run.failure + run.log
    assert len(server.requests) == 1


def test_a_key_that_expires_ends_the_run(account: Account, server: Server) -> None:
    account.add_key("sk_test_second")
    server.on_request(
        lambda request: (
            account.expire_key("sk_test_second") if "customers" in request.path else None
        )
    )
    run = sync(server, "customers", api_key="sk_test_second")
    assert run.failure is not None
    assert "Expired API Key" in run.failure


def test_any_other_refusal_fails_its_table_only(server: Server) -> None:
    server.faults.add(Fault(path="/v1/products", status=422, times=None))
    run = sync(server, "customers", "products")
    assert run.failure is not None
    assert run.failure.startswith("1 of the tables")
    assert len(run.records("customers")) == 1


def test_without_the_feed_new_rows_come_but_the_run_fails(account: Account, server: Server) -> None:
    account.add_key(RESTRICTED, {"customer_read"})
    first = sync(server, "customers", api_key=RESTRICTED)
    assert first.failure is None
    assert "changes and deletions can't be followed" in first.log
    account.clock.advance(DAY)
    account.create("customer")
    second = sync(server, "customers", state=first.state, api_key=RESTRICTED)
    assert second.failure is not None
    assert "event feed" in second.failure
    assert len(second.records("customers")) == 1
    since = [run.bookmark("customers")["changes_since"] for run in (first, second)]
    assert since[0] == since[1]


@pytest.mark.parametrize(
    "fault",
    [
        Fault(status=429, headers={"Stripe-Rate-Limited-Reason": "endpoint-rate"}, times=2),
        Fault(status=429, headers={"Retry-After": "0"}, times=2),
        Fault(status=409),
        Fault(status=500),
        Fault(kind="html", status=502),
        Fault(kind="truncated"),
        Fault(kind="malformed"),
        Fault(kind="reset"),
        Fault(status=400, headers={"Stripe-Should-Retry": "true"}),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.status}",
)
def test_what_passes_is_tried_again(server: Server, fault: Fault) -> None:
    fault.path = "/v1/customers"
    server.faults.add(fault)
    run = sync(server, "customers")
    assert run.failure is None
    assert len(run.records("customers")) == 1


def test_stripes_advice_not_to_retry_is_heeded(server: Server) -> None:
    server.faults.add(
        Fault(path="/v1/customers", status=500, headers={"Stripe-Should-Retry": "false"})
    )
    run = sync(server, "customers")
    assert run.failure is not None
    assert len([r for r in server.requests if r.path == "/v1/customers"]) == 1


def test_a_cursor_whose_object_was_deleted_loses_nothing(account: Account, server: Server) -> None:
    for n in range(250):
        account.create("customer", created=NOW - (80 * DAY) + n * 60)
    deleted: list[str] = []

    def delete_the_cursor(request: object) -> None:
        cursor = getattr(request, "params", {}).get("starting_after")
        if cursor and not deleted:
            deleted.append(cursor)
            account.delete(cursor)

    server.on_request(delete_the_cursor)
    run = sync(server, "customers")
    assert run.failure is None
    assert len(deleted) == 1
    alive = {customer["id"] for customer in account.all("customer")}
    assert alive <= set(run.ids("customers"))


def test_only_gets_are_sent_with_the_key_in_its_header_and_the_version_pinned(
    account: Account, server: Server
) -> None:
    run = sync(server)
    assert {r.method for r in server.requests} == {"GET"}
    assert {r.headers["stripe-version"] for r in server.requests} == {API_VERSION}
    assert all(r.authorized for r in server.requests)
    assert all(account.secret_key not in f"{r.path}{r.params}" for r in server.requests)
    assert account.secret_key not in run.log + str(run.messages)


@pytest.mark.parametrize("account_id", ["acct_test", "acct_other"])
def test_a_key_of_another_account_stops_before_anything_is_read(
    account: Account, server: Server, account_id: str
) -> None:
    account.add_key(RESTRICTED, {"customer_read", "event_read"})
    for key in (account.secret_key, RESTRICTED):
        run = sync(server, "customers", api_key=key, account_id=account_id)
        assert bool(run.records()) is (account_id == "acct_test")
        assert (run.failure is None) is (account_id == "acct_test")
