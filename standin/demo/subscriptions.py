"""Subscriptions: started (on trial or not), renewed, and ended with their period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from standin.demo.collection import Collection
from standin.demo.contracts import ENDED, Contracts
from standin.demo.customers import Customers
from standin.demo.dates import DAY, next_boundary
from standin.demo.deeds.contracts import ItemAdded, StatusChanged, SubscriptionStarted
from standin.demo.desk import Desk, Obj
from standin.demo.discounts import Discounts
from standin.demo.invoice_lines import LineDraft, period_lines, trial_line
from standin.demo.invoice_shape import Bill, included_tax
from standin.demo.invoices import Invoices
from standin.demo.schedules import Schedules


@dataclass(frozen=True)
class Order:
    """What a customer subscribes to: prices with their quantity (None for metered ones)."""

    prices: Sequence[tuple[Obj, int | None]]
    coupon: str | None = None
    with_code: bool = False
    trial_days: int = 0
    pays_by_transfer: bool = False
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(eq=False)
class Subscriptions:
    """Starts subscriptions and bills them period after period."""

    desk: Desk
    customers: Customers
    contracts: Contracts
    discounts: Discounts
    invoices: Invoices
    collection: Collection
    schedules: Schedules

    def resume(self) -> None:
        """Take up the running subscriptions where their periods end."""
        for subscription in self.desk.all("subscription"):
            if subscription["status"] not in ENDED:
                self._await_end_of_period(subscription["id"])
            if subscription["status"] == "trialing":
                self._await_end_of_trial(subscription)

    def items(self, subscription_id: str) -> list[Obj]:
        """The items of a subscription, newest first."""
        return self.desk.children(subscription_id, "items")

    def start(self, customer: Obj, order: Order) -> Obj:
        """Start a subscription and bill its first period (a free line while on trial)."""
        desk, now = self.desk, self.desk.now
        interval = order.prices[0][0]["recurring"]["interval"]
        trial_end = now + order.trial_days * DAY if order.trial_days else None
        period_end = trial_end or next_boundary(now, now, interval)
        rate = self.customers.tax_rate_of(customer)
        subscription = desk.create(
            "subscription",
            silent=True,
            automatic_tax={"enabled": False},
            billing_cycle_anchor=trial_end or now,
            billing_mode={"type": "classic"},
            cancel_at_period_end=False,
            cancellation_details={},
            collection_method=_method(order),
            currency=customer["currency"],
            customer=customer["id"],
            days_until_due=30 if order.pays_by_transfer else None,
            default_tax_rates=[rate] if rate else [],
            discounts=[],
            invoice_settings={"issuer": {"type": "self"}},
            items=[_item(price, quantity, now, period_end) for price, quantity in order.prices],
            metadata=dict(order.metadata),
            payment_settings={"save_default_payment_method": "off"},
            start_date=now,
            status="trialing" if trial_end else "active",
            trial_settings={"end_behavior": {"missing_payment_method": "pause"}},
            trial_start=now if trial_end else None,
            trial_end=trial_end,
        )
        self._note_start(subscription, order)
        self._apply_coupon(subscription, order)
        desk.announce("customer.subscription.created", subscription)
        if trial_end:
            self._await_end_of_trial(subscription)
        self._await_end_of_period(subscription["id"])
        self._bill_first_period(subscription["id"])
        return desk.get(subscription["id"])

    def bill(
        self, subscription_id: str, lines: Sequence[LineDraft], reason: str, start: int
    ) -> Obj:
        """Draft an invoice of a subscription; ``start`` is where its period for items begins."""
        desk, subscription = self.desk, self.desk.get(subscription_id)
        customer = desk.get(subscription["customer"])
        rates = subscription["default_tax_rates"]
        own = self.discounts.running(subscription["discounts"])
        inherited = [] if own else self.discounts.of_customer(customer)
        invoice = self.invoices.draft(
            Bill(
                customer=customer["id"],
                currency=subscription["currency"],
                lines=lines,
                reason=reason,
                subscription=subscription,
                method=subscription["collection_method"],
                days_until_due=subscription["days_until_due"],
                period_start=start,
                tax_rate=rates[0] if rates else None,
                discounts=own or inherited,
                proration_date=desk.now if reason == "subscription_update" else None,
            )
        )
        desk.change(subscription_id, latest_invoice=invoice["id"])
        if inherited and not self.discounts.lasting(inherited):
            self.discounts.end_for_customer(customer)
        self.discounts.drop_spent(subscription_id)
        for item in self.items(subscription_id):
            self.discounts.drop_spent(item["id"])
        return invoice

    def period_of(self, subscription_id: str) -> tuple[int, int]:
        """Start and end of the current period, which all items share."""
        item = self.items(subscription_id)[0]
        return item["current_period_start"], item["current_period_end"]

    def restart_period(self, subscription_id: str, interval: str) -> tuple[int, int]:
        """Begin a new billing cycle now; returns the new period."""
        desk, now = self.desk, self.desk.now
        end = next_boundary(now, now, interval)
        with desk.changing(subscription_id):
            desk.change(subscription_id, billing_cycle_anchor=now)
            self._move_period(subscription_id, now, end)
        self._await_end_of_period(subscription_id)
        return now, end

    def new_item(self, subscription_id: str, price: Obj, quantity: int | None) -> Obj:
        """Add an item for the rest of the current period."""
        start, end = self.period_of(subscription_id)
        fields = _item(price, quantity, start, end)
        item = self.desk.create("subscription_item", subscription=subscription_id, **fields)
        self.desk.note(ItemAdded(item["id"], subscription_id, price["id"], quantity))
        return item

    def end_trial(self, subscription_id: str) -> None:
        """Trial over: active with a card on file, paused without one."""
        subscription = self.desk.get(subscription_id)
        customer = self.desk.get(subscription["customer"])
        if customer["invoice_settings"]["default_payment_method"]:
            self._renew_active(subscription_id)
        else:
            self.desk.change(
                subscription_id,
                "customer.subscription.paused",
                "customer.subscription.updated",
                status="paused",
            )
            self.desk.note(StatusChanged(subscription_id, "paused"))

    def resume_paused(self, subscription_id: str) -> None:
        """A subscription that paused at the end of its trial starts after all."""
        interval = self.desk.get(self.items(subscription_id)[0]["price"])["recurring"]["interval"]
        start, end = self.restart_period(subscription_id, interval)
        self.desk.change(
            subscription_id,
            "customer.subscription.resumed",
            "customer.subscription.updated",
            status="active",
        )
        self.desk.note(StatusChanged(subscription_id, "active"))
        lines = self._lines(subscription_id, start, end, billed_usage=False)
        invoice = self.bill(subscription_id, lines, "subscription_update", start)
        self.collection.collect(invoice["id"])

    def _bill_first_period(self, subscription_id: str) -> None:
        start, end = self.period_of(subscription_id)
        if self.desk.get(subscription_id)["status"] == "trialing":
            lines = [trial_line(self.desk, i, start, end) for i in self.items(subscription_id)]
        else:
            lines = self._lines(subscription_id, start, end, billed_usage=False)
        invoice = self.bill(subscription_id, lines, "subscription_create", start)
        if invoice["collection_method"] == "charge_automatically":
            self.collection.collect(invoice["id"])
        else:
            self.collection.finalize_later(invoice)

    def _await_end_of_period(self, subscription_id: str) -> None:
        _, end = self.period_of(subscription_id)
        self.desk.at(end, self._end_period, subscription_id, end)

    def _end_period(self, subscription_id: str, end: int) -> None:
        subscription = self.desk.get(subscription_id)
        if subscription["status"] in (*ENDED, "paused", "incomplete"):
            return
        if self.period_of(subscription_id)[1] != end:
            return
        if subscription["cancel_at_period_end"]:
            self.contracts.end(subscription_id, "cancellation_requested")
        elif subscription["status"] == "trialing":
            self.end_trial(subscription_id)
        else:
            self._renew_active(subscription_id)

    def _renew_active(self, subscription_id: str) -> None:
        desk = self.desk
        old_start, start = self.period_of(subscription_id)
        subscription = desk.get(subscription_id)
        interval = desk.get(self.items(subscription_id)[0]["price"])["recurring"]["interval"]
        end = next_boundary(subscription["billing_cycle_anchor"], start, interval)
        with desk.changing(subscription_id):
            self.schedules.enter_phase(subscription_id, start)
            self._move_period(subscription_id, start, end)
            if subscription["status"] == "trialing":
                desk.change(subscription_id, status="active")
                desk.note(StatusChanged(subscription_id, "active"))
        lines = self._lines(subscription_id, start, end, billed_usage=True)
        invoice = self.bill(subscription_id, lines, "subscription_cycle", old_start)
        self.collection.finalize_later(invoice)
        self._await_end_of_period(subscription_id)

    def _lines(
        self, subscription_id: str, start: int, end: int, *, billed_usage: bool
    ) -> list[LineDraft]:
        """Licensed items for the coming period, metered ones for the period that is over."""
        desk, lines = self.desk, []
        currency = desk.get(subscription_id)["currency"]
        for item in reversed(self.items(subscription_id)):
            if item["quantity"] is not None:
                lines += period_lines(desk, item, currency, start, end)
            elif billed_usage:
                since = max(item["created"], start - 31 * DAY)
                usage = int(desk.rng.lognormvariate(8.6, 1.1))
                lines += period_lines(desk, item, currency, since, start, usage)
        return lines

    def _move_period(self, subscription_id: str, start: int, end: int) -> None:
        for item in self.items(subscription_id):
            self.desk.change(item["id"], current_period_start=start, current_period_end=end)

    def _note_start(self, subscription: Obj, order: Order) -> None:
        started, rates = subscription["id"], subscription["default_tax_rates"]
        self.desk.note(
            SubscriptionStarted(
                started,
                subscription["customer"],
                subscription["currency"],
                subscription["status"],
                included_tax(self.desk, rates[0] if rates else None),
            )
        )
        created = reversed(self.items(started))
        for item, (price, quantity) in zip(created, order.prices, strict=True):
            self.desk.note(ItemAdded(item["id"], started, price["id"], quantity))

    def _apply_coupon(self, subscription: Obj, order: Order) -> None:
        if order.coupon is None:
            return
        code = self.discounts.code_of(order.coupon) if order.with_code else None
        discount = self.discounts.grant(
            order.coupon,
            customer=subscription["customer"],
            subscription=subscription["id"],
            promotion_code=code,
        )
        self.desk.change(subscription["id"], silent=True, discounts=[discount])

    def _await_end_of_trial(self, subscription: Obj) -> None:
        """Stripe warns three days before a trial ends."""
        warning = subscription["trial_end"] - 3 * DAY
        if warning > self.desk.now:
            self.desk.at(warning, self._warn_of_trial_end, subscription["id"])

    def _warn_of_trial_end(self, subscription_id: str) -> None:
        subscription = self.desk.get(subscription_id)
        if subscription["status"] == "trialing":
            self.desk.announce("customer.subscription.trial_will_end", subscription)


def _method(order: Order) -> str:
    return "send_invoice" if order.pays_by_transfer else "charge_automatically"


def _item(price: Obj, quantity: int | None, start: int, end: int) -> dict[str, Any]:
    return {
        "price": price["id"],
        "plan": price["id"],
        "quantity": quantity,
        "current_period_start": start,
        "current_period_end": end,
        "discounts": [],
        "metadata": {},
        "tax_rates": [],
    }
