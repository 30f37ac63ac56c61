"""Random business: what it changes, and that whoever listens hears of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from standin import Account, Clock, everything, official
from standin.everything.changes import RULES, rule
from standin.store import Row

NOW = 1_793_491_200
STEPS = 1500
STORY = re.compile(r"(create|update|delete) (\S+) (\S+)(?: ([\w, ]+))? \((.+)\)")

# By Stripe's documentation, not by the table under test.
WRITTEN_ONCE = (
    "billing.credit_balance_transaction",
    "credit_note_line_item",
    "customer_cash_balance_transaction",
    "file",
    "forwarding.request",
    "scheduled_query_run",
    "treasury.transaction_entry",
    "v2.money_management.adjustment",
    "v2.money_management.transaction_entry",
)
ALWAYS_TOLD = (
    "customer",
    "invoice",
    "payout",
    "product",
    "subscription",
    "transfer",
    "issuing.cardholder",
    "financial_connections.transaction",
    "item",
    "setup_attempt",
    "v2.money_management.payout_method",
)


def filled() -> Account:
    account = Account(clock=Clock(NOW), seed=7)
    everything.fill(account, each=15, seed=3)
    return account


def business(account: Account, *, seed: int = 1, **options: Any) -> list[str]:
    rng = random.Random(seed)
    stories = []
    for _ in range(STEPS):
        account.clock.advance(rng.choice((0, 1, 3600)))
        stories += everything.happen(account, rng, steps=1, **options)
    return stories


def rows_of(account: Account) -> dict[tuple[str, str], Row]:
    return {
        (kind, row.id): row
        for store in (account.ledger.store, account.v2.store)
        for kind, table in store.tables.items()
        for row in table.rows.values()
        if not kind.endswith("event")
    }


class Happened:
    """An account before and after."""

    def __init__(self) -> None:
        self.account = filled()
        self.before = rows_of(self.account)
        old = {row["id"] for row in self.events()}
        self.stories = business(self.account)
        self.after = rows_of(self.account)
        self.heard = [event for event in self.events() if event["id"] not in old]

    def events(self) -> Iterator[dict[str, Any]]:
        yield from self.account.all("event")
        yield from self.account.v2.all("v2.core.event")

    def changed(self) -> Iterator[Row]:
        """The old rows of what is no longer as it was."""
        for name, row in self.before.items():
            if name not in self.after or self.after[name].data != row.data:
                yield row


@pytest.fixture(scope="module")
def happened() -> Happened:
    return Happened()


def test_everything_comes_changes_and_goes(happened: Happened) -> None:
    told = [STORY.fullmatch(story) for story in happened.stories]
    assert all(told)
    deeds = {(match[1], match[2]) for match in told if match}
    kinds = {kind for collection in everything_listed() for kind in collection}
    assert len(kinds - {kind for _, kind in deeds}) <= 3
    assert sum(deed == "update" for deed, _ in deeds) > 80
    assert sum(deed == "delete" for deed, _ in deeds) > 15


def everything_listed() -> list[set[str]]:
    """The kinds in each collection; plans and events come with other things."""
    listed = everything.contents(filled()).values()
    kinds = [{shown["object"] for shown in held} for held in listed]
    return [known - {"plan", "event", "v2.core.event"} for known in kinds]


def test_a_story_names_the_events_that_were_written(happened: Happened) -> None:
    named = [match[5] for story in happened.stories if (match := STORY.fullmatch(story))]
    types = [name for names in named if names != "no event" for name in names.split(", ")]
    assert sorted(types) == sorted(event["type"] for event in happened.heard)
    assert set(types) <= official.event_types() | official.thin_event_types()


def test_what_changed_is_in_an_event_or_declared_silent(happened: Happened) -> None:
    heard = {event["data"]["object"]["id"] for event in happened.heard if "id" in about(event)}
    heard |= {event["related_object"]["id"] for event in happened.heard if "changes" in event}
    for row in happened.changed():
        known = rule(row.object)
        silent = (known.edits and known.edits.silent) or (known.moves and not known.edits)
        told = {row.data.get("id"), *row.shadow.values()} & heard
        gone = (row.object, row.id) not in happened.after
        assert told or silent or gone, f"{row.object} {row.id}"


def about(event: dict[str, Any]) -> dict[str, Any]:
    """The object of a snapshot event."""
    found: dict[str, Any] = event.get("data", {}).get("object", {})
    return found


def test_what_is_written_once_stays_as_it_is(happened: Happened) -> None:
    edited = [row for row in happened.changed() if (row.object, row.id) in happened.after]
    assert {row.object for row in edited}.isdisjoint(WRITTEN_ONCE)
    stories = [story for story in happened.stories if not story.startswith("create")]
    assert not [s for s in stories if s.split()[1] in WRITTEN_ONCE]


def test_a_balance_transaction_only_settles(happened: Happened) -> None:
    for row in happened.changed():
        if row.object == "balance_transaction":
            after = happened.after[row.object, row.id].data
            assert {**after, "status": "pending"} == row.data
            assert after["status"] == "available"


@pytest.mark.parametrize("kind", ALWAYS_TOLD)
def test_what_stripe_always_tells_is_told(happened: Happened, kind: str) -> None:
    stories = [story for story in happened.stories if story.split()[1] == kind]
    assert stories
    assert not [story for story in stories if "no event" in story]


def test_silent_edits_happen_in_the_declared_state_only() -> None:
    account = Account(clock=Clock(NOW))
    customer = account.create("customer")["id"]
    invoice = account.create("invoice", customer=customer)["id"]
    account.create("invoiceitem", customer=customer, invoice=invoice)
    pending = account.create("invoiceitem", customer=customer)
    rng = random.Random(5)
    stories = everything.happen(account, rng, steps=40, kinds={"invoiceitem"})
    edited = {story.split()[2] for story in stories if story.startswith("update")}
    assert pending["id"] in edited
    assert all(account.get(item)["invoice"] is None for item in edited & live(account))


def live(account: Account) -> set[str]:
    return {item["id"] for item in account.all("invoiceitem")}


def test_lists_that_events_cut_are_left_alone() -> None:
    account = Account(clock=Clock(NOW))
    customer = account.create("customer")["id"]
    owner = {"type": "customer", "customer": customer}
    for _ in range(12):
        account.create("tax_id", parent=customer, owner=owner)
    rng = random.Random(5)
    stories = everything.happen(account, rng, steps=40, kinds={"tax_id", "customer"})
    assert len(account.children(customer, "tax_ids")) == 12
    assert f"delete customer {customer}" not in "".join(stories)


def test_same_chance_same_business(happened: Happened) -> None:
    assert business(filled()) == happened.stories
    assert business(filled(), seed=2) != happened.stories


def test_kinds_restrict_what_happens() -> None:
    stories = everything.happen(
        filled(), random.Random(5), steps=100, kinds={"terminal.reader", "coupon"}
    )
    assert {story.split()[1] for story in stories} == {"terminal.reader", "coupon"}


def test_nothing_to_happen_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing lists"):
        everything.happen(filled(), random.Random(5), steps=1, kinds={"discount"})


@pytest.mark.parametrize("kind", RULES)
def test_a_rule_names_fields_that_there_are(kind: str) -> None:
    known = RULES[kind]
    named = {name for move in known.moves for name in (*move.to, *move.when)}
    if known.edits:
        named |= {*known.edits.fields, *known.edits.state.values}
    assert named <= set(official.fields(official.object_class(kind)))
    assert {*known.told_by.values()} <= official.event_types()
