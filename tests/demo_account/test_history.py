"""The account is reproducible, varied, and changes in most tables when business goes on."""

from __future__ import annotations

import hashlib
from collections import Counter

import orjson
import pytest

from standin import Account
from standin.demo import build, business_goes_on
from standin.demo.dates import DAY, epoch
from tests.demo_account.pictures import KINDS, Picture, picture_of


def _fingerprint(account: Account) -> str:
    state = {kind: account.all(kind) for kind in KINDS}
    return hashlib.sha256(orjson.dumps(state)).hexdigest()


def test_the_same_seed_gives_the_same_account() -> None:
    first, second = build(seed=3, scale=0.05), build(seed=3, scale=0.05)
    assert _fingerprint(first) == _fingerprint(second)
    for account in (first, second):
        business_goes_on(account, 3)
    assert _fingerprint(first) == _fingerprint(second)


def test_another_seed_gives_another_account() -> None:
    first, second = build(seed=3, scale=0.05), build(seed=4, scale=0.05)
    assert first.id != second.id
    assert _fingerprint(first) != _fingerprint(second)


def test_any_moment_can_be_the_present() -> None:
    now = epoch(2025, 3, 31, 17)
    account = build(scale=0.05, now=now)
    assert account.clock.now() == now
    assert min(charge["created"] for charge in account.all("charge")) > now - 732 * DAY


def test_business_goes_on_from_the_present_clock(before: Picture, after: Picture) -> None:
    assert before.now == epoch(2026, 11, 1, 9)
    assert after.now == before.now + 7 * DAY
    with pytest.raises(ValueError, match="whole days"):
        business_goes_on(after.account, 0)


def test_no_table_is_empty(demo: Picture) -> None:
    assert [kind for kind in KINDS if not demo.tables[kind]] == []


def test_a_week_brings_new_objects_to_most_tables(before: Picture, after: Picture) -> None:
    same = {kind for kind in KINDS if not set(after.tables[kind]) - set(before.tables[kind])}
    assert same <= {"tax_rate"}


def test_a_week_changes_objects_in_most_tables(before: Picture, after: Picture) -> None:
    unchanged = {
        kind
        for kind in KINDS
        if all(
            after.tables[kind].get(found, obj) == obj for found, obj in before.tables[kind].items()
        )
    }
    assert unchanged <= {"event", "credit_note_line_item", "discount", "line_item",
                         "transfer_reversal"}  # fmt: skip


def test_a_week_deletes_objects(before: Picture, after: Picture) -> None:
    fewer = {kind for kind in KINDS if set(before.tables[kind]) - set(after.tables[kind])}
    assert fewer >= {
        "customer",
        "product",
        "coupon",
        "invoice",
        "line_item",
        "invoiceitem",
        "subscription_item",
        "tax_id",
    }


def test_even_a_day_deletes_objects() -> None:
    account = build(scale=0.05)
    early = picture_of(account)
    business_goes_on(account, 1)
    late = picture_of(account)
    for kind in ("customer", "coupon", "invoice", "invoiceitem", "tax_id"):
        assert set(early.tables[kind]) - set(late.tables[kind]), kind


def test_nothing_is_dated_in_the_future(demo: Picture) -> None:
    for kind in KINDS:
        for obj in demo.all(kind):
            created = obj.get("created") or obj.get("date") or obj.get("start") or 0
            assert created <= demo.now, (kind, obj["id"])


def test_events_reach_back_thirty_days_and_cover_every_week(demo: Picture) -> None:
    ages = [(demo.now - event["created"]) / DAY for event in demo.all("event")]
    assert 29 < max(ages) < 38
    assert set(range(4)) <= {int(age // 7) for age in ages}
    types = Counter(event["type"] for event in demo.all("event"))
    for expected in (
        "charge.failed",
        "charge.dispute.created",
        "charge.refunded",
        "coupon.deleted",
        "credit_note.created",
        "customer.deleted",
        "customer.subscription.deleted",
        "customer.tax_id.deleted",
        "invoice.deleted",
        "invoice.payment_failed",
        "invoiceitem.deleted",
        "payout.paid",
        "product.deleted",
        "transfer.reversed",
    ):
        assert types[expected], expected


def test_the_business_is_varied(before: Picture) -> None:
    def values(kind: str, field: str) -> set[object]:
        return {obj[field] for obj in before.all(kind)}

    assert values("charge", "currency") == {"usd", "eur", "gbp", "jpy"}
    assert values("invoice", "status") == {"draft", "open", "paid", "uncollectible", "void"}
    assert values("invoice", "billing_reason") == {
        "manual",
        "subscription_create",
        "subscription_cycle",
        "subscription_update",
    }
    assert values("dispute", "status") >= {"won", "lost"}
    assert values("price", "tiers_mode") == {None, "graduated", "volume"}
    assert values("coupon", "duration") == {"once", "repeating", "forever"}
    assert values("charge", "failure_code") >= {None, "card_declined", "expired_card"}
    assert values("subscription_schedule", "status") >= {"active", "canceled", "not_started"}
    assert {c["outcome"]["type"] for c in before.all("charge")} == {
        "authorized",
        "blocked",
        "issuer_declined",
    }
    places = ("subscription", "subscription_item", "invoice")
    holders = {tuple(bool(d[place]) for place in places) for d in before.all("discount")}
    assert len(holders) == 4, "on subscriptions, items, invoices, and customers"
    assert max(Counter(r["charge"] for r in before.all("refund")).values()) > 1
    fees = {part["type"] for t in before.all("balance_transaction") for part in t["fee_details"]}
    assert fees == {"stripe_fee", "tax"}
    prorations = [item for item in before.all("invoiceitem") if item["proration"]]
    assert {item["amount"] < 0 for item in prorations} == {True, False}
    assert {p["recurring"]["usage_type"] for p in before.all("price") if p["recurring"]} == {
        "licensed",
        "metered",
    }


def test_the_account_has_the_size_of_a_real_small_business(before: Picture) -> None:
    statuses = Counter(subscription["status"] for subscription in before.all("subscription"))
    assert {"canceled", "incomplete_expired", "past_due", "paused", "trialing"} <= set(statuses)
    assert 250 <= statuses["active"] + statuses["past_due"] <= 400
    assert 350 <= len(before.all("customer")) <= 650
    total = sum(len(before.all(kind)) for kind in KINDS)
    assert 30_000 <= total <= 60_000
