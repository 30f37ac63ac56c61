"""Random business in a small account: what can happen to objects, in any order."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from standin import Account

DAY = 86_400
Object = dict[str, Any]


class Business:
    """Does one thing after another to an account, as chance has it."""

    def __init__(self, account: Account, rng: random.Random) -> None:
        self.account = account
        self.rng = rng
        product = account.create("product", name="Seats")
        recurring = {"interval": "month", "interval_count": 1, "usage_type": "licensed"}
        self.prices = [
            account.create(
                "price",
                product=product["id"],
                currency="eur",
                unit_amount=amount,
                recurring=recurring,
            )["id"]
            for amount in (100, 200, 300)
        ]
        self.deeds: list[Callable[[], object]] = [
            self.sign_up,
            self.change_customer,
            self.delete_customer,
            self.subscribe,
            self.add_item,
            self.remove_item,
            self.cancel,
            self.bill,
            self.change_invoice,
            self.delete_draft,
            self.add_or_remove_line,
            self.charge_later,
            self.put_on_invoice,
            self.add_tax_id,
            self.delete_tax_id,
            self.move_money,
            self.pay,
            self.refund,
            self.dispute,
            self.rename_price,
            self.reuse_coupon,
        ]

    def go_on(self, seconds: int) -> None:
        """One deed, then time passes, and what is due settles silently."""
        self.rng.choice(self.deeds)()
        self.account.clock.advance(seconds)
        for transaction in self.account.all("balance_transaction"):
            due = transaction["available_on"] <= self.account.clock.now()
            if due and transaction["status"] == "pending":
                self.account.update(transaction["id"], silent=True, status="available")

    def one(self, name: str, wanted: Callable[[Object], bool] = lambda _: True) -> Object | None:
        """Any object of a kind."""
        found = [stripe_object for stripe_object in self.account.all(name) if wanted(stripe_object)]
        return self.rng.choice(found) if found else None

    def customer(self) -> Object:
        return self.one("customer") or self.sign_up()

    def words(self) -> str:
        return f"{self.rng.random()}"

    def sign_up(self) -> Object:
        return self.account.create("customer", name=self.words())

    def change_customer(self) -> None:
        self.account.update(self.customer()["id"], name=self.words())

    def delete_customer(self) -> None:
        self.account.delete(self.customer()["id"])

    def subscribe(self) -> None:
        prices = self.rng.choices(self.prices, k=self.rng.randint(1, 5))
        items = [self.item(price) for price in prices]
        self.account.create(
            "subscription", customer=self.customer()["id"], status="active", items=items
        )

    def item(self, price: str) -> Object:
        now = self.account.clock.now()
        period = {"current_period_start": now, "current_period_end": now + 30 * DAY}
        return {"price": price, "plan": price, "quantity": self.rng.randint(1, 9), **period}

    def add_item(self) -> None:
        subscription = self.one("subscription", lambda s: len(self.items(s)) < 10)
        if subscription:
            item = self.item(self.prices[0])
            self.account.create("subscription_item", parent=subscription["id"], **item)

    def items(self, subscription: Object) -> list[Object]:
        return self.account.children(subscription["id"], "items")

    def remove_item(self) -> None:
        subscription = self.one("subscription", lambda s: bool(self.items(s)))
        if subscription:
            self.account.remove_child(self.rng.choice(self.items(subscription))["id"])

    def cancel(self) -> None:
        subscription = self.one("subscription")
        if subscription:
            event = "customer.subscription.deleted"
            self.account.update(subscription["id"], status="canceled", event=event)

    def bill(self) -> None:
        lines = self.rng.choice([1, 3, 9, 10, 11, 25])
        self.account.create(
            "invoice",
            customer=self.customer()["id"],
            status="draft",
            lines=[{"amount": n, "currency": "eur"} for n in range(lines)],
        )

    def lines(self, invoice: Object) -> list[Object]:
        return self.account.children(invoice["id"], "lines")

    def change_invoice(self) -> None:
        invoice = self.one("invoice")
        if invoice:
            self.account.update(invoice["id"], description=self.words())

    def delete_draft(self) -> None:
        invoice = self.one("invoice", lambda i: len(self.lines(i)) <= 10)
        if invoice:
            self.account.delete(invoice["id"])

    def add_or_remove_line(self) -> None:
        invoice = self.one("invoice")
        if invoice:
            lines = self.lines(invoice)
            with self.account.changing(invoice["id"]):
                if 0 < len(lines) <= 10 and self.rng.random() < 0.5:
                    self.account.remove_child(self.rng.choice(lines)["id"])
                else:
                    self.account.create("line_item", parent=invoice["id"], amount=7, currency="eur")
                self.account.update(invoice["id"], description=self.words())

    def charge_later(self) -> None:
        self.account.create("invoiceitem", customer=self.customer()["id"], amount=5, currency="eur")

    def put_on_invoice(self) -> None:
        item = self.one("invoiceitem", lambda i: i["invoice"] is None)
        invoice = self.one("invoice")
        if item and invoice:
            self.account.update(item["id"], silent=True, invoice=invoice["id"])

    def add_tax_id(self) -> None:
        self.account.create(
            "tax_id", parent=self.customer()["id"], type="eu_vat", value=self.words()
        )

    def delete_tax_id(self) -> None:
        tax_id = self.one("tax_id")
        if tax_id:
            self.account.delete(tax_id["id"])

    def move_money(self) -> None:
        days = self.account.clock.now() // DAY + self.rng.randint(1, 6)
        self.account.create(
            "balance_transaction",
            status="pending",
            currency="eur",
            available_on=days * DAY,
            fee_details=[{"amount": 1, "currency": "eur", "type": "stripe_fee"}],
        )

    def pay(self) -> None:
        status = self.rng.choice(["succeeded", "failed"])
        self.account.create("charge", amount=5, currency="eur", status=status)

    def refund(self) -> None:
        charge = self.one("charge")
        if charge:
            self.account.create("refund", charge=charge["id"], amount=1, currency="eur")
            refunded = self.rng.randint(1, 99)
            self.account.update(charge["id"], silent=True, amount_refunded=refunded)

    def dispute(self) -> None:
        charge = self.one("charge")
        if charge:
            self.account.update(charge["id"], silent=True, disputed=True)
            self.account.create("dispute", charge=charge["id"], amount=1, currency="eur")

    def rename_price(self) -> None:
        self.account.update(self.rng.choice(self.prices), nickname=self.words())

    def reuse_coupon(self) -> None:
        if self.one("coupon"):
            self.account.delete("WELCOME")
        if self.rng.random() < 0.7:
            self.account.create("coupon", id="WELCOME", percent_off=float(self.rng.randint(1, 50)))
