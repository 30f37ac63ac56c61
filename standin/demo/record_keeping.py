"""Record keeping: edits, things thrown away, and a catalogue that changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from standin.demo.catalog import create_coupon
from standin.demo.catalog_data import CouponSpec
from standin.demo.contracts import ENDED, Contracts
from standin.demo.customers import VERIFIABLE, Customers
from standin.demo.dates import DAY
from standin.demo.deeds.offers import CouponRetired, CustomerForgotten, PriceListed, Terms
from standin.demo.desk import Desk, Obj
from standin.demo.dice import token
from standin.demo.invoice_items import InvoiceItems
from standin.demo.invoice_lines import LineDraft
from standin.demo.invoice_shape import Bill
from standin.demo.invoices import Invoices

_FLASH = "FLASH-"
_LABS = "labs"
_ANNOTATED = (
    "customer",
    "subscription",
    "invoice",
    "charge",
    "refund",
    "dispute",
    "credit_note",
    "payout",
    "transfer",
    "subscription_schedule",
    "promotion_code",
    "product",
    "price",
)
"""Kinds whose metadata the business edits now and then."""


@dataclass(eq=False)
class RecordKeeping:
    """Keeps the account's records, in rounds."""

    desk: Desk
    customers: Customers
    contracts: Contracts
    items: InvoiceItems
    invoices: Invoices

    def round(self) -> list[Callable[[], None]]:
        """The tasks of one round; what is deleted was written in the round before."""
        return [
            self._throw_draft_away,
            self._drop_invoice_item,
            self._retire_coupon,
            self._issue_coupon,
            self._drop_tax_id,
            self._add_tax_id,
            self._check_tax_id,
            self._forget_lapsed_customer,
            self._forget_active_customer,
            self._drop_product_idea,
            self._launch_labs,
            self._describe_tax_rate,
            self._write_draft,
            self._note_invoice_item,
            *[partial(self._annotate, kind) for kind in _ANNOTATED],
        ]

    def withdraw(self, key: str) -> None:
        """Take a product and its prices from sale."""
        for product in self.desk.all("product"):
            if product["active"] and product["metadata"].get("key") == key:
                for price in self.desk.all("price"):
                    if price["product"] == product["id"] and price["active"]:
                        self.desk.change(price["id"], active=False)
                self.desk.change(product["id"], active=False)

    def _throw_draft_away(self) -> None:
        drafts = [
            invoice
            for invoice in self.desk.all("invoice")
            if invoice["status"] == "draft" and invoice["billing_reason"] == "manual"
            and not invoice["auto_advance"]
        ]  # fmt: skip
        if drafts:
            self.invoices.discard(drafts[0]["id"])

    def _write_draft(self) -> None:
        """A one-off invoice that someone begins and leaves."""
        customers = self.desk.all("customer")
        if not customers:
            return
        customer = self.desk.rng.choice(customers)
        fee = LineDraft(
            amount=12000,
            description="Data migration (estimate)",
            quantity=1,
            start=self.desk.now,
            end=self.desk.now,
        )
        self.items.add(fee, customer["id"], customer["currency"])
        self.invoices.draft(
            Bill(
                customer=customer["id"],
                currency=customer["currency"],
                lines=[],
                reason="manual",
                tax_rate=self.customers.tax_rate_of(customer),
                auto_advance=False,
            )
        )

    def _drop_invoice_item(self) -> None:
        for item in self.desk.all("invoiceitem"):
            if item["invoice"] is None and not item["proration"]:
                self.items.drop(item)
                return

    def _note_invoice_item(self) -> None:
        """A fee for the next invoice of some subscription."""
        running = [
            subscription
            for subscription in self.desk.all("subscription")
            if subscription["status"] == "active"
        ]
        if running:
            subscription = self.desk.rng.choice(running)
            draft = LineDraft(
                amount=7500,
                description="Extra training",
                quantity=1,
                start=self.desk.now,
                end=self.desk.now,
                subscription=subscription["id"],
            )
            self.items.add(draft, subscription["customer"], subscription["currency"])

    def _retire_coupon(self) -> None:
        for coupon in self.desk.all("coupon"):
            if coupon["id"].startswith(_FLASH) and not coupon["times_redeemed"]:
                for code in self.desk.all("promotion_code"):
                    if code["promotion"]["coupon"] == coupon["id"]:
                        self.desk.change(code["id"], active=False)
                self.desk.delete(coupon["id"])
                self.desk.note(CouponRetired(coupon["id"]))
                return

    def _issue_coupon(self) -> None:
        name = token(self.desk.rng, _FLASH, 6).upper()
        percent_off = self.desk.rng.choice((10, 12.5, 25))
        spec = CouponSpec(name, "Flash sale", "once", percent_off, code=name)
        create_coupon(self.desk, spec, {})

    def _drop_tax_id(self) -> None:
        tax_ids = self.desk.all("tax_id")
        if tax_ids:
            self.desk.delete(self.desk.rng.choice(tax_ids)["id"])

    def _add_tax_id(self) -> None:
        having = {tax_id["customer"] for tax_id in self.desk.all("tax_id")}
        lacking = [c for c in self.desk.all("customer") if c["id"] not in having]
        if lacking:
            self.customers.add_tax_id(self.desk.rng.choice(lacking)["id"])

    def _check_tax_id(self) -> None:
        tax_ids = [t for t in self.desk.all("tax_id") if t["type"] in VERIFIABLE]
        if tax_ids:
            self.customers.check_tax_id_again(self.desk.rng.choice(tax_ids)["id"])

    def _forget_lapsed_customer(self) -> None:
        """Delete a customer without a running subscription."""
        subscribed = {
            subscription["customer"]
            for subscription in self.desk.all("subscription")
            if subscription["status"] not in ENDED
        }
        lapsed = [c for c in self.desk.all("customer") if c["id"] not in subscribed]
        if lapsed:
            self._forget(self.desk.rng.choice(lapsed))

    def _forget_active_customer(self) -> None:
        """Delete a customer who still has a subscription: the newest one, a test account, say."""
        for subscription in reversed(self.desk.all("subscription")):
            if subscription["status"] == "active":
                self._forget(self.desk.get(subscription["customer"]))
                return

    def _forget(self, customer: Obj) -> None:
        """Delete a customer: what is still open ends first, as Stripe does it."""
        for item_id in self.items.waiting(customer["id"]):
            self.items.drop(self.desk.get(item_id))
        for subscription in self.contracts.of_customer(customer["id"]):
            for item_id in self.items.waiting(subscription["id"]):
                self.items.drop(self.desk.get(item_id))
            self.contracts.end(subscription["id"], "cancellation_requested")
        for invoice in self.desk.all("invoice"):
            if invoice["customer"] == customer["id"]:
                if invoice["status"] == "draft":
                    self.invoices.discard(invoice["id"])
                elif invoice["status"] == "open":
                    self.invoices.void(invoice["id"])
        self.desk.delete(customer["id"])
        self.desk.note(CustomerForgotten(customer["id"]))

    def _drop_product_idea(self) -> None:
        """A product that never got a price is deleted again."""
        for product in self.desk.all("product"):
            if product["metadata"].get("key") == "idea":
                self.desk.delete(product["id"])
                return

    def _launch_labs(self) -> None:
        """A new experiment is put on sale, the one before it is withdrawn."""
        desk, number = self.desk, token(self.desk.rng, "", 4).upper()
        self.withdraw(_LABS)
        self._create_product(f"Idea {number}", "idea")
        labs = self._create_product(f"Labs {number}", _LABS)
        price = desk.create(
            "price",
            product=labs["id"],
            active=True,
            billing_scheme="per_unit",
            currency="usd",
            nickname=f"Labs {number}",
            recurring={"interval": "month", "interval_count": 1, "usage_type": "licensed"},
            tax_behavior="exclusive",
            type="recurring",
            unit_amount=900,
            unit_amount_decimal="900",
        )
        desk.note(
            PriceListed(
                price["id"],
                product=_LABS,
                interval="month",
                metered=False,
                tiers_mode=None,
                terms={"usd": Terms("900", ())},
            )
        )

    def _create_product(self, name: str, key: str) -> Obj:
        return self.desk.create(
            "product",
            name=name,
            active=True,
            type="service",
            updated=self.desk.now,
            metadata={"key": key},
        )

    def _describe_tax_rate(self) -> None:
        rate = self.desk.rng.choice(self.desk.all("tax_rate"))
        self.desk.change(rate["id"], metadata={"checked": str(self.desk.now)})

    def _annotate(self, kind: str) -> None:
        """Edit the metadata of a rather recent object, of last week's if there are none older."""
        latest = self.desk.all(kind)[-60:]
        older = [obj for obj in latest if obj["created"] < self.desk.now - 8 * DAY]
        if latest:
            found = self.desk.rng.choice(older or latest)
            metadata = {**(found["metadata"] or {}), "reviewed": str(self.desk.now)}
            self.desk.change(found["id"], metadata=metadata)
