"""Decisions that customers make from day to day about the subscriptions they have."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from standin.demo.catalog import Catalog
from standin.demo.contracts import Contracts
from standin.demo.customers import Customers
from standin.demo.dates import DAY
from standin.demo.desk import Desk, Obj
from standin.demo.dice import some, weighted
from standin.demo.plan_changes import PlanChanges
from standin.demo.subscriptions import Subscriptions

_MONTH = 30
_NEXT_PLAN = {"starter": "team", "classic": "team", "team": "business"}
_PREVIOUS_PLAN = {"business": "team", "team": "starter"}
_SEAT_PLANS = ("team", "business")


@dataclass(eq=False)
class Decisions:
    """Seats, upgrades, add-ons, pauses and cancellations, at rates per month."""

    desk: Desk
    catalog: Catalog
    customers: Customers
    contracts: Contracts
    subscriptions: Subscriptions
    changes: PlanChanges

    def work(self, day: int) -> None:
        """Plan what customers decide on a day."""
        everyone = self.desk.all("subscription")
        active = [s for s in everyone if s["status"] == "active" and not s["cancel_at_period_end"]]
        leaving = [s for s in everyone if s["status"] == "active" and s["cancel_at_period_end"]]
        trials = [s for s in everyone if s["status"] == "trialing"]
        paused = [s for s in everyone if s["status"] == "paused"]
        self._plan(day, active, 0.045, self.change_seats)
        self._plan(day, active, 0.025, self.upgrade)
        self._plan(day, active, 0.008, self.downgrade)
        self._plan(day, active, 0.006, self.switch_interval)
        self._plan(day, active, 0.014, self.add_on)
        self._plan(day, active, 0.004, self.drop_add_on)
        self._plan(day, active, 0.017, self.give_notice)
        self._plan(day, active, 0.005, self.leave_now)
        self._plan(day, active, 0.004, self.pause)
        self._plan(day, leaving, 0.1, self._take_notice_back)
        self._plan(day, trials, 0.55, self._give_notice_on_trial)
        self._plan(day, trials, 0.7, self._enter_card)
        self._plan(day, paused, 0.2, self._come_back)
        self._plan(day, paused, 0.2, self.leave_now)

    def change_seats(self, subscription: Obj) -> None:
        """Some seats more or less; yearly customers pay the difference at once."""
        item = self.plan_item(subscription, _SEAT_PLANS)
        if item is None or subscription["schedule"]:
            return
        change = weighted(self.desk.rng, {1: 4.0, 2: 3.0, 5: 1.5, -1: 2.0, -2: 0.8})
        seats = max(1, item["quantity"] + change)
        if seats != item["quantity"]:
            yearly = self._interval_of(item) == "year"
            self.changes.change_seats(item["id"], seats, bill_now=yearly and change > 0)

    def upgrade(self, subscription: Obj) -> None:
        """The next larger plan, billed at once."""
        self._switch(subscription, _NEXT_PLAN, bill_now=True)

    def downgrade(self, subscription: Obj) -> None:
        """The next smaller plan; the credit goes on the next invoice."""
        self._switch(subscription, _PREVIOUS_PLAN, bill_now=False)

    def switch_interval(self, subscription: Obj) -> None:
        """From paying monthly to paying yearly."""
        item = self.plan_item(subscription, tuple(_NEXT_PLAN) + tuple(_PREVIOUS_PLAN))
        alone = len(self.subscriptions.items(subscription["id"])) == 1
        if item is None or not alone or self._interval_of(item) == "year":
            return
        plan = self._plan_of(item)
        if plan != "classic" and not subscription["schedule"]:
            price = self.catalog.price(f"{plan}_year", subscription["currency"])
            self.changes.switch_interval(item["id"], price)

    def add_on(self, subscription: Obj) -> None:
        """An add-on that the subscription lacks; sometimes with a discount of its own."""
        items = self.subscriptions.items(subscription["id"])
        interval = self._interval_of(items[0])
        key = self.desk.rng.choice(("storage", "support"))
        price = self.catalog.price(f"{key}_{interval}", subscription["currency"])
        if all(item["price"] != price["id"] for item in items):
            quantity = self.desk.rng.randint(1, 4) if key == "storage" else 1
            self.changes.add(subscription["id"], price, quantity)

    def drop_add_on(self, subscription: Obj) -> None:
        """The newest add-on goes, if there is one."""
        items = self.subscriptions.items(subscription["id"])
        if len(items) > 1:
            self.changes.remove(items[0]["id"])

    def give_notice(self, subscription: Obj) -> None:
        """Cancel with the end of the period."""
        _, end = self.subscriptions.period_of(subscription["id"])
        self.contracts.cancel_at_period_end(subscription["id"], end)

    def leave_now(self, subscription: Obj) -> None:
        """Cancel at once."""
        self.contracts.end(subscription["id"], "cancellation_requested")

    def pause(self, subscription: Obj) -> None:
        """Pause the collection for one to three months."""
        rng = self.desk.rng
        behavior = rng.choice(("void", "keep_as_draft", "mark_uncollectible"))
        until = self.desk.now + rng.randint(30, 90) * DAY
        self.contracts.pause_collection(subscription["id"], behavior, until)

    def plan_item(self, subscription: Obj, plans: Sequence[str]) -> Obj | None:
        """The subscription's item for one of the plans."""
        for item in self.subscriptions.items(subscription["id"]):
            if self._plan_of(item) in plans:
                return item
        return None

    def _plan(
        self,
        day: int,
        subscriptions: Sequence[Obj],
        per_month: float,
        decide: Callable[[Obj], None],
    ) -> None:
        rng = self.desk.rng
        for subscription in some(rng, subscriptions, per_month / _MONTH):
            self.desk.at(
                day + rng.randint(6 * 3600, DAY - 1), self._if_still_so, subscription, decide
            )

    def _if_still_so(self, planned: Obj, decide: Callable[[Obj], None]) -> None:
        """Decide on the subscription as it is now, unless its state has changed since."""
        subscription = self.desk.get(planned["id"])
        same = ("status", "cancel_at_period_end")
        if all(subscription[name] == planned[name] for name in same):
            decide(subscription)

    def _switch(self, subscription: Obj, ladder: dict[str, str], *, bill_now: bool) -> None:
        item = self.plan_item(subscription, tuple(ladder))
        by_card = subscription["collection_method"] == "charge_automatically"
        if item is None or subscription["schedule"] or not by_card:
            return
        key = f"{ladder[self._plan_of(item)]}_{self._interval_of(item)}"
        price = self.catalog.price(key, subscription["currency"])
        self.changes.switch_plan(item["id"], price, bill_now=bill_now)

    def _take_notice_back(self, subscription: Obj) -> None:
        self.contracts.stay(subscription["id"])

    def _give_notice_on_trial(self, subscription: Obj) -> None:
        self.contracts.cancel_at_period_end(subscription["id"], subscription["trial_end"])

    def _enter_card(self, subscription: Obj) -> None:
        customer = self.desk.get(subscription["customer"])
        if not customer["invoice_settings"]["default_payment_method"]:
            self.customers.give_new_card(customer["id"])

    def _come_back(self, subscription: Obj) -> None:
        """A customer whose trial had ended without a card enters one."""
        self.customers.give_new_card(subscription["customer"])
        self.subscriptions.resume_paused(subscription["id"])

    def _plan_of(self, item: Obj) -> str:
        product = self.desk.get(self.desk.get(item["price"])["product"])
        return str(product["metadata"].get("key"))

    def _interval_of(self, item: Obj) -> str:
        return str(self.desk.get(item["price"])["recurring"]["interval"])
