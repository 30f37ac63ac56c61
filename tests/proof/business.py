"""What can happen to a small account: each deed is told in a sentence."""

from __future__ import annotations

import random
from collections.abc import Callable

from standin import Account
from tests.proof.things import DAY, PAYMENT, Things

TABLES = (
    "balance_transaction_fee_details",
    "balance_transactions",
    "charges",
    "coupons",
    "customer_tax_ids",
    "customers",
    "disputes",
    "events",
    "invoice_items",
    "invoice_line_items",
    "invoices",
    "prices",
    "products",
    "radar_value_lists",
    "refunds",
    "subscription_items",
    "subscriptions",
    "v2_money_management_outbound_payments",
)
"""Tables of every kind: with events, with parents, read again while open or pending, read whole, of
both APIs."""
BOOKS = tuple(
    table
    for table in TABLES
    if table not in ("events", "radar_value_lists", "v2_money_management_outbound_payments")
)
"""Those of API v1 that stay for ever."""


class Business(Things):
    """An account in which one thing happens after the other."""

    def do(self, deed: str, choice: int) -> str:
        """Do something; `choice` decides to which object. Where there is none it is made first.

        Returns:
            What was done, as a sentence.
        """
        self._rng = random.Random(choice)
        method: Callable[[], str] = getattr(self, deed)
        with self.account.lock:
            return method()

    def wait(self, seconds: int) -> None:
        """Time passes, and what is due settles without an event."""
        self.account.clock.advance(seconds)
        now = self.account.clock.now()
        for transaction in self.account.all("balance_transaction"):
            if transaction["available_on"] <= now and transaction["status"] == "pending":
                self.account.update(transaction["id"], silent=True, status="available")

    # The deeds

    def sign_up(self) -> str:
        return f"customer {self._customer(new=True)} signs up"

    def rename_customer(self) -> str:
        customer = self._customer()
        self._change(customer, name=self._words())
        return f"customer {customer} is renamed"

    def delete_customer(self) -> str:
        customer = self._customer()
        self.account.delete(customer)
        return f"customer {customer} is deleted"

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

    def bill(self) -> str:
        # What chance picks first are invoices whose lines Stripe cuts off after ten.
        made = self._new_invoice(self._rng.choice([1, 11, 9, 25, 10, 3]))
        return f"invoice {made['id']} with {len(self._lines(made))} lines is drafted"

    def describe_invoice(self) -> str:
        invoice = self._any("invoice") or self._new_invoice(3)
        self._change(invoice["id"], description=self._words())
        return f"invoice {invoice['id']} is described anew"

    def delete_draft(self) -> str:
        # Of a longer one the events don't show all lines: those keep their rows, as documented.
        invoice = self._any("invoice", lambda i: len(self._lines(i)) <= 10) or self._new_invoice(3)
        self.account.delete(invoice["id"])
        return f"draft {invoice['id']} is deleted"

    def change_lines(self) -> str:
        invoice = self._any("invoice") or self._new_invoice(3)
        lines = self._lines(invoice)
        with self.account.changing(invoice["id"]):
            if 0 < len(lines) <= 10 and self._rng.random() < 0.5:
                self.account.remove_child(self._rng.choice(lines)["id"])
                what = "loses a line"
            else:
                self.account.create("line_item", parent=invoice["id"], amount=7, currency="eur")
                what = "gets a line"
            self._change(invoice["id"], description=self._words())
        return f"invoice {invoice['id']} {what}"

    def charge_later(self) -> str:
        return f"invoice item {self._new_invoice_item()['id']} waits for an invoice"

    def put_on_invoice(self) -> str:
        item = self._any("invoiceitem", lambda i: i["invoice"] is None) or self._new_invoice_item()
        invoice = self._any("invoice") or self._new_invoice(3)
        self._change(item["id"], silent=True, invoice=invoice["id"])
        return f"invoice item {item['id']} is put on an invoice, without an event"

    def add_tax_id(self) -> str:
        made = self._new_tax_id()
        return f"customer {made['customer']} gets tax id {made['id']}"

    def delete_tax_id(self) -> str:
        tax_id = self._any("tax_id") or self._new_tax_id()
        self.account.delete(tax_id["id"])
        return f"tax id {tax_id['id']} is deleted"

    def move_money(self) -> str:
        days = self.account.clock.now() // DAY + self._rng.randint(1, 6)
        made = self.account.create(
            "balance_transaction",
            status="pending",
            currency="eur",
            available_on=days * DAY,
            fee_details=[{"amount": 1, "currency": "eur", "type": "stripe_fee"}],
        )
        return f"transaction {made['id']} is pending"

    def pay(self) -> str:
        charge = self._new_charge()
        return f"charge {charge['id']} has {charge['status']}"

    def refund(self) -> str:
        charge = self._any("charge") or self._new_charge()
        self.account.create("refund", charge=charge["id"], amount=1, currency="eur")
        refunded = charge["amount_refunded"] + 1
        self._change(charge["id"], silent=True, amount_refunded=refunded)
        return f"charge {charge['id']} is refunded"

    def dispute(self) -> str:
        charge = self._any("charge", lambda c: not c["disputed"]) or self._new_charge()
        self._change(charge["id"], silent=True, disputed=True)
        self.account.create("dispute", charge=charge["id"], amount=1, currency="eur")
        return f"charge {charge['id']} is disputed"

    def rename_price(self) -> str:
        price = self._rng.choice(self._prices)
        self._change(price, nickname=self._words())
        return f"price {price} is renamed"

    def switch_price(self) -> str:
        price = self._rng.choice(self._prices)
        active = not self.account.get(price, "price")["active"]
        self._change(price, active=active)
        return f"price {price} is {'active' if active else 'retired'} now"

    def rename_product(self) -> str:
        self._change(self._product, name=self._words())
        return f"product {self._product} is renamed"

    def reuse_coupon(self) -> str:
        before = self._any("coupon")
        if before is not None:
            self.account.delete("WELCOME")
        if before is None or self._rng.random() < 0.7:
            self.account.create("coupon", id="WELCOME", name=self._words(), percent_off=5.0)
            return "coupon WELCOME is made" + (" anew" if before else "")
        return "coupon WELCOME is deleted"

    def list_values(self) -> str:
        return f"value list {self._new_values()['id']} is made, without an event"

    def rename_or_delete_values(self) -> str:
        values = self._any("radar.value_list") or self._new_values()
        if self._rng.random() < 0.5:
            self.account.delete(values["id"])
            return f"value list {values['id']} is deleted, without an event"
        self._change(values["id"], name=self._words())
        return f"value list {values['id']} is renamed, without an event"

    def pay_out(self) -> str:
        return f"payment {self._new_payment()['id']} goes out"

    def settle_payment(self) -> str:
        payments = self.account.v2.all(PAYMENT)
        open_payments = [payment for payment in payments if payment["status"] == "processing"]
        payment = self._rng.choice(open_payments or [self._new_payment()])["id"]
        status = self._rng.choice(["posted", "failed"])
        self.account.v2.update(payment, status=status)
        return f"payment {payment} is {status}"


DEEDS = tuple(
    name for name in vars(Business) if not name.startswith("_") and name not in ("do", "wait")
)
"""The names of everything that can happen."""


class Chance(Business):
    """Business as chance has it, for tests that need some and no certain one."""

    def __init__(self, account: Account, rng: random.Random) -> None:
        """Take the chance from here."""
        super().__init__(account)
        self._chance = rng

    def go_on(self, seconds: int) -> None:
        """One deed, then time passes."""
        self.do(self._chance.choice(DEEDS), self._chance.randint(0, 10**6))
        self.wait(seconds)
