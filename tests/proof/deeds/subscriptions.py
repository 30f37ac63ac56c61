"""Subscriptions and their items."""

from __future__ import annotations

from tests.proof.things import Things


class Subscriptions(Things):
    """Subscriptions and their items."""

    def subscribe(self) -> str:
        made = self._new_subscription()
        return f"subscription {made['id']} with {len(self._items(made))} items begins"

    def add_item(self) -> str:
        subscription = self._subscription(lambda s: len(self._items(s)) < 10)
        item = self._item(self._prices[0])
        made = self.account.create("subscription_item", parent=subscription["id"], **item)
        return f"subscription {subscription['id']} gets item {made['id']}"

    def remove_item(self) -> str:
        subscription = self._subscription(lambda s: bool(self._items(s)))
        item = self._rng.choice(self._items(subscription))["id"]
        self.account.remove_child(item)
        return f"item {item} leaves subscription {subscription['id']}"

    def change_quantity(self) -> str:
        subscription = self._subscription(lambda s: bool(self._items(s)))
        item = self._rng.choice(self._items(subscription))
        self._change(item["id"], quantity=item["quantity"] + 1)
        return f"item {item['id']} is ordered {item['quantity'] + 1} times"

    def cancel_later(self) -> str:
        subscription = self._subscription(lambda s: not s["cancel_at_period_end"])
        self._change(subscription["id"], cancel_at_period_end=True)
        return f"subscription {subscription['id']} is to end with its period"

    def cancel(self) -> str:
        subscription = self._subscription(lambda s: s["status"] == "active")
        event = "customer.subscription.deleted"
        self._change(subscription["id"], event=event, status="canceled")
        return f"subscription {subscription['id']} is canceled"
