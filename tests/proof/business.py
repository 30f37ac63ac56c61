"""What can happen to a small account: each deed is told in a sentence."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from standin import Account

DAY = 86_400
Object = dict[str, Any]
NOTHING = "there is nothing that this could happen to"
_PAYMENT = "v2.money_management.outbound_payment"

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


class Business:
    """An account in which one thing happens after the other."""

    def __init__(self, account: Account) -> None:
        """Begin with a product and three prices."""
        self.account = account
        self._rng = random.Random(0)
        product = account.create("product", name="Seats")["id"]
        recurring = {"interval": "month", "interval_count": 1, "usage_type": "licensed"}
        self._prices = [
            account.create(
                "price", product=product, currency="eur", unit_amount=amount, recurring=recurring
            )["id"]
            for amount in (100, 200, 300)
        ]

    def do(self, deed: str, choice: int) -> str:
        """Do something; `choice` decides to which object.

        Returns:
            What was done, as a sentence.
        """
        self._rng = random.Random(choice)
        method: Callable[[], str | None] = getattr(self, deed)
        with self.account.lock:
            return method() or f"{deed}: {NOTHING}"

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
        self.account.update(customer, name=self._words())
        return f"customer {customer} is renamed"

    def delete_customer(self) -> str:
        customer = self._customer()
        self.account.delete(customer)
        return f"customer {customer} is deleted"

    def subscribe(self) -> str:
        count = self._rng.randint(1, 5)
        items = [self._item(self._rng.choice(self._prices)) for _ in range(count)]
        made = self.account.create(
            "subscription", customer=self._customer(), status="active", items=items
        )
        return f"subscription {made['id']} with {count} items begins"

    def add_item(self) -> str | None:
        subscription = self._any("subscription", lambda s: len(self._items(s)) < 10)
        if subscription is None:
            return None
        item = self._item(self._prices[0])
        made = self.account.create("subscription_item", parent=subscription["id"], **item)
        return f"subscription {subscription['id']} gets item {made['id']}"

    def remove_item(self) -> str | None:
        subscription = self._any("subscription", lambda s: bool(self._items(s)))
        if subscription is None:
            return None
        item = self._rng.choice(self._items(subscription))["id"]
        self.account.remove_child(item)
        return f"item {item} leaves subscription {subscription['id']}"

    def cancel(self) -> str | None:
        subscription = self._any("subscription")
        if subscription is None:
            return None
        event = "customer.subscription.deleted"
        self.account.update(subscription["id"], status="canceled", event=event)
        return f"subscription {subscription['id']} is canceled"

    def bill(self) -> str:
        count = self._rng.choice([1, 3, 9, 10, 11, 25])
        lines = [{"amount": n, "currency": "eur"} for n in range(count)]
        made = self.account.create(
            "invoice", customer=self._customer(), status="draft", lines=lines
        )
        return f"invoice {made['id']} with {count} lines is drafted"

    def describe_invoice(self) -> str | None:
        invoice = self._any("invoice")
        if invoice is None:
            return None
        self.account.update(invoice["id"], description=self._words())
        return f"invoice {invoice['id']} is described anew"

    def delete_draft(self) -> str | None:
        # Of a longer one the events don't show all lines: those keep their rows, as documented.
        invoice = self._any("invoice", lambda i: len(self._lines(i)) <= 10)
        if invoice is None:
            return None
        self.account.delete(invoice["id"])
        return f"draft {invoice['id']} is deleted"

    def change_lines(self) -> str | None:
        invoice = self._any("invoice")
        if invoice is None:
            return None
        lines = self._lines(invoice)
        with self.account.changing(invoice["id"]):
            if 0 < len(lines) <= 10 and self._rng.random() < 0.5:
                self.account.remove_child(self._rng.choice(lines)["id"])
                what = "loses a line"
            else:
                self.account.create("line_item", parent=invoice["id"], amount=7, currency="eur")
                what = "gets a line"
            self.account.update(invoice["id"], description=self._words())
        return f"invoice {invoice['id']} {what}"

    def charge_later(self) -> str:
        customer = self._customer()
        made = self.account.create("invoiceitem", customer=customer, amount=5, currency="eur")
        return f"invoice item {made['id']} waits for an invoice"

    def put_on_invoice(self) -> str | None:
        item = self._any("invoiceitem", lambda i: i["invoice"] is None)
        invoice = self._any("invoice")
        if item is None or invoice is None:
            return None
        self.account.update(item["id"], silent=True, invoice=invoice["id"])
        return f"invoice item {item['id']} is put on an invoice, without an event"

    def add_tax_id(self) -> str:
        customer = self._customer()
        made = self.account.create("tax_id", parent=customer, type="eu_vat", value=self._words())
        return f"customer {customer} gets tax id {made['id']}"

    def delete_tax_id(self) -> str | None:
        tax_id = self._any("tax_id")
        if tax_id is None:
            return None
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
        status = self._rng.choice(["succeeded", "failed"])
        made = self.account.create("charge", amount=5, currency="eur", status=status)
        return f"charge {made['id']} has {status}"

    def refund(self) -> str | None:
        charge = self._any("charge")
        if charge is None:
            return None
        self.account.create("refund", charge=charge["id"], amount=1, currency="eur")
        refunded = self._rng.randint(1, 99)
        self.account.update(charge["id"], silent=True, amount_refunded=refunded)
        return f"charge {charge['id']} is refunded"

    def dispute(self) -> str | None:
        charge = self._any("charge")
        if charge is None:
            return None
        self.account.update(charge["id"], silent=True, disputed=True)
        self.account.create("dispute", charge=charge["id"], amount=1, currency="eur")
        return f"charge {charge['id']} is disputed"

    def rename_price(self) -> str:
        price = self._rng.choice(self._prices)
        self.account.update(price, nickname=self._words())
        return f"price {price} is renamed"

    def switch_price(self) -> str:
        price = self._rng.choice(self._prices)
        active = not self.account.get(price, "price")["active"]
        self.account.update(price, active=active)
        return f"price {price} is {'active' if active else 'retired'} now"

    def rename_product(self) -> str | None:
        product = self._any("product")
        if product is None:
            return None
        self.account.update(product["id"], name=self._words())
        return f"product {product['id']} is renamed"

    def reuse_coupon(self) -> str:
        before = self._any("coupon")
        if before is not None:
            self.account.delete("WELCOME")
        if before is None or self._rng.random() < 0.7:
            percent = float(self._rng.randint(1, 50))
            self.account.create("coupon", id="WELCOME", percent_off=percent)
            return "coupon WELCOME is made" + (" anew" if before else "")
        return "coupon WELCOME is deleted"

    def list_values(self) -> str:
        number = len(self.account.all("radar.value_list"))
        made = self.account.create("radar.value_list", alias=f"list_{number}", name=self._words())
        return f"value list {made['id']} is made, without an event"

    def rename_or_delete_values(self) -> str | None:
        values = self._any("radar.value_list")
        if values is None:
            return None
        if self._rng.random() < 0.5:
            self.account.delete(values["id"])
            return f"value list {values['id']} is deleted, without an event"
        self.account.update(values["id"], name=self._words())
        return f"value list {values['id']} is renamed, without an event"

    def pay_out(self) -> str:
        made = self.account.v2.create(_PAYMENT, description=self._words(), status="processing")
        return f"payment {made['id']} goes out"

    def settle_payment(self) -> str | None:
        payments = self.account.v2.all(_PAYMENT)
        open_payments = [payment for payment in payments if payment["status"] == "processing"]
        if not open_payments:
            return None
        payment = self._rng.choice(open_payments)["id"]
        status = self._rng.choice(["posted", "failed"])
        self.account.v2.update(payment, status=status)
        return f"payment {payment} is {status}"

    # What they need

    def _any(self, name: str, wanted: Callable[[Object], bool] = lambda _: True) -> Object | None:
        found = [stripe_object for stripe_object in self.account.all(name) if wanted(stripe_object)]
        return self._rng.choice(found) if found else None

    def _customer(self, *, new: bool = False) -> str:
        known = None if new else self._any("customer")
        id_: str = (known or self.account.create("customer", name=self._words()))["id"]
        return id_

    def _words(self) -> str:
        return f"{self._rng.random()}"

    def _item(self, price: str) -> Object:
        now = self.account.clock.now()
        period = {"current_period_start": now, "current_period_end": now + 30 * DAY}
        return {"price": price, "plan": price, "quantity": self._rng.randint(1, 9), **period}

    def _items(self, subscription: Object) -> list[Object]:
        return self.account.children(subscription["id"], "items")

    def _lines(self, invoice: Object) -> list[Object]:
        return self.account.children(invoice["id"], "lines")


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
