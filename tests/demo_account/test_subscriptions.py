"""Life cycles are coherent: trials, periods, renewals, failures, ends."""

from __future__ import annotations

from collections import Counter, defaultdict

from standin.demo.dates import DAY, HOUR
from tests.demo_account.pictures import Obj, Picture

LIVE = ("active", "past_due", "trialing")


def _items(demo: Picture) -> dict[str, list[Obj]]:
    return demo.by("subscription_item", "subscription")


def _invoices(demo: Picture) -> dict[str, list[Obj]]:
    groups = defaultdict(list)
    for invoice in demo.all("invoice"):
        if invoice["parent"]:
            groups[invoice["parent"]["subscription_details"]["subscription"]].append(invoice)
    return groups


def test_items_share_a_period_that_holds_the_present(demo: Picture) -> None:
    items = _items(demo)
    for subscription in demo.all("subscription"):
        periods = {
            (item["current_period_start"], item["current_period_end"])
            for item in items[subscription["id"]]
        }
        assert len(periods) == 1
        start, end = periods.pop()
        assert start < end
        if subscription["status"] in LIVE:
            assert start <= demo.now < end


def test_each_subscription_was_billed_at_its_start_and_its_latest_invoice_is_named(
    demo: Picture,
) -> None:
    invoices = _invoices(demo)
    for subscription in demo.all("subscription"):
        own = invoices[subscription["id"]]
        reasons = Counter(invoice["billing_reason"] for invoice in own)
        assert reasons["subscription_create"] == 1
        assert own[0]["created"] == subscription["created"] == subscription["start_date"]
        assert subscription["latest_invoice"] in {invoice["id"] for invoice in own} or (
            subscription["status"] == "canceled"
        )


def test_periods_billed_follow_each_other(demo: Picture) -> None:
    """The cycle lines of a licensed item leave no gap but a pause after an unpaid trial."""
    licensed = {i["id"] for i in demo.all("subscription_item") if i["quantity"] is not None}
    spans = defaultdict(set)
    for line in demo.all("line_item"):
        details = line["parent"]["subscription_item_details"]
        if details and not details["proration"] and details["subscription_item"] in licensed:
            period = line["period"]
            spans[details["subscription_item"]].add((period["start"], period["end"]))
    assert len(spans) > 50
    for item, found in spans.items():
        ordered = sorted(found)
        current = demo.get("subscription_item", item)
        subscription = demo.get("subscription", current["subscription"])
        if subscription["customer"] not in demo.tables["customer"]:
            continue  # the drafts of a deleted customer are gone
        trial_end = subscription["trial_end"]
        for number, (start, _) in enumerate(ordered[1:]):
            end = ordered[number][1]
            assert start <= end or end == trial_end
        assert ordered[-1][1] <= current["current_period_end"]


def test_ends_are_dated_and_explained(demo: Picture) -> None:
    for subscription in demo.all("subscription"):
        ended = subscription["status"] in ("canceled", "incomplete_expired")
        assert (subscription["ended_at"] is not None) == ended
        details = subscription["cancellation_details"]
        if subscription["status"] == "canceled":
            assert details["reason"] in (
                "cancellation_requested",
                "payment_failed",
                "payment_disputed",
            )
            assert subscription["canceled_at"] <= subscription["ended_at"] <= demo.now
        if subscription["cancel_at_period_end"] and not ended:
            assert subscription["canceled_at"] is not None
            assert subscription["cancel_at"] > demo.now
        if subscription["canceled_at"] is None:
            assert details["reason"] is None


def test_no_invoice_after_the_end(demo: Picture) -> None:
    invoices = _invoices(demo)
    for subscription in demo.all("subscription"):
        if subscription["ended_at"]:
            for invoice in invoices[subscription["id"]]:
                assert invoice["created"] <= subscription["ended_at"]


def test_trials(demo: Picture) -> None:
    invoices = _invoices(demo)
    trials = [s for s in demo.all("subscription") if s["trial_end"]]
    assert len(trials) > 20
    for subscription in trials:
        first = invoices[subscription["id"]][0]
        assert (first["billing_reason"], first["total"]) == ("subscription_create", 0)
        assert subscription["trial_end"] - subscription["trial_start"] == 14 * DAY
        if subscription["status"] == "trialing":
            assert subscription["trial_end"] > demo.now
            assert len(invoices[subscription["id"]]) == 1
    outcomes = Counter(subscription["status"] for subscription in trials)
    assert outcomes["active"] > 5
    assert outcomes["canceled"] > 3


def test_past_due_means_a_failed_or_overdue_invoice(demo: Picture) -> None:
    invoices = _invoices(demo)
    for subscription in demo.all("subscription"):
        if subscription["status"] == "past_due":
            unpaid = [i for i in invoices[subscription["id"]] if i["status"] == "open"]
            assert any(
                invoice["attempt_count"] or (invoice["due_date"] or demo.now) <= demo.now
                for invoice in unpaid
            )


def test_failed_payments_are_recovered_or_end_the_subscription(demo: Picture) -> None:
    fates: Counter[str] = Counter()
    for invoice in demo.all("invoice"):
        by_card = invoice["collection_method"] == "charge_automatically"
        if by_card and invoice["attempt_count"] > 1:
            fates[invoice["status"]] += 1
            if invoice["status"] == "uncollectible":
                details = invoice["parent"]["subscription_details"]
                subscription = demo.get("subscription", details["subscription"])
                assert subscription["status"] == "canceled"
            if invoice["status"] == "open":
                assert invoice["next_payment_attempt"] > demo.now
    assert fates["paid"] > 10
    assert fates["uncollectible"] > 1


def test_drafts_wait_no_longer_than_an_hour(demo: Picture) -> None:
    for invoice in demo.all("invoice"):
        if invoice["status"] == "draft" and invoice["auto_advance"]:
            assert demo.now < invoice["automatically_finalizes_at"] <= demo.now + HOUR


def test_incomplete_subscriptions_expire_within_a_day(demo: Picture) -> None:
    for subscription in demo.all("subscription"):
        if subscription["status"] == "incomplete":
            assert demo.now - subscription["created"] < 23 * HOUR
        if subscription["status"] == "incomplete_expired":
            assert subscription["ended_at"] - subscription["created"] == 23 * HOUR


def test_schedules_agree_with_their_subscription(demo: Picture) -> None:
    for schedule in demo.all("subscription_schedule"):
        status = schedule["status"]
        if status == "active":
            subscription = demo.get("subscription", schedule["subscription"])
            assert subscription["schedule"] == schedule["id"]
            phase = schedule["current_phase"]
            assert phase["start_date"] <= demo.now < phase["end_date"]
        else:
            assert schedule["current_phase"] is None
        assert (schedule["released_at"] is not None) == (status == "released")
        if status == "not_started":
            assert schedule["phases"][0]["start_date"] > demo.now
            assert schedule["subscription"] is None


def test_discounts_point_at_what_holds_them(demo: Picture) -> None:
    for subscription in demo.all("subscription"):
        for found in subscription["discounts"]:
            discount = demo.get("discount", found)
            assert discount["subscription"] == subscription["id"]
            assert discount["customer"] == subscription["customer"]
    redeemed = Counter(d["source"]["coupon"] for d in demo.all("discount"))
    for coupon in demo.all("coupon"):
        assert coupon["times_redeemed"] == redeemed[coupon["id"]]


def test_discounts_apply_as_long_as_they_last(demo: Picture) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for invoice in demo.all("invoice"):
        for entry in invoice["total_discount_amounts"]:
            used[entry["discount"]].add(invoice["id"])
            end = demo.get("discount", entry["discount"])["end"]
            assert end is None or invoice["created"] < end
    once = {c["id"] for c in demo.all("coupon") if c["duration"] == "once"}
    for discount, invoices in used.items():
        if demo.get("discount", discount)["source"]["coupon"] in once:
            assert len(invoices) == 1
    assert max(len(invoices) for invoices in used.values()) > 3


def test_deleted_customers_leave_nothing_running(demo: Picture) -> None:
    known = demo.tables["customer"]
    gone = [s for s in demo.all("subscription") if s["customer"] not in known]
    assert gone
    assert {s["status"] for s in gone} <= {"canceled", "incomplete_expired"}
    for invoice in demo.all("invoice"):
        if invoice["customer"] not in known:
            assert invoice["status"] in ("paid", "void", "uncollectible")
