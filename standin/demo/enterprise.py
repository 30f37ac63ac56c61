"""Large customers: yearly contracts by bank transfer, with a line per cost centre."""

from __future__ import annotations

from dataclasses import dataclass

from standin.demo.catalog import Catalog
from standin.demo.catalog_data import FX
from standin.demo.collection import Collection
from standin.demo.contracts import ENDED
from standin.demo.customers import Customers
from standin.demo.dates import DAY
from standin.demo.desk import Desk, Obj
from standin.demo.invoice_items import InvoiceItems
from standin.demo.invoice_lines import LineDraft
from standin.demo.invoice_shape import Bill
from standin.demo.invoices import Invoices
from standin.demo.pricing import pieces
from standin.demo.subscriptions import Order, Subscriptions

_COST_CENTERS = "cost_centers"
"""Metadata key of a contract: how many cost centres its yearly invoice lists."""

_WITH_COUPON = 0.4
"""Share of the service invoices that carry a coupon of their own."""


@dataclass(eq=False)
class Enterprise:
    """Signs large customers and prepares their invoices."""

    desk: Desk
    catalog: Catalog
    customers: Customers
    items: InvoiceItems
    invoices: Invoices
    collection: Collection
    subscriptions: Subscriptions

    def resume(self) -> None:
        """Take up the contracts whose next invoice needs its cost centres."""
        for contract in self.contracts():
            if _COST_CENTERS in contract["metadata"]:
                self._prepare_renewal(contract["id"])

    def contracts(self) -> list[Obj]:
        """The running contracts that are paid by bank transfer."""
        return [
            subscription
            for subscription in self.desk.all("subscription")
            if subscription["collection_method"] == "send_invoice"
            and subscription["status"] not in ENDED
        ]

    def sign(self, seats: int, cost_centers: int = 0, currency: str | None = None) -> None:
        """Sign a yearly contract; its invoices list that many cost centres besides the plan."""
        customer = self.customers.sign_up(pays_by_card=False, currency=currency)
        self._list_cost_centers(customer, cost_centers, "Setup")
        price = self.catalog.price("business_year", customer["currency"])
        support = self.catalog.price("support_year", customer["currency"])
        metadata = {_COST_CENTERS: str(cost_centers)} if cost_centers else {}
        order = Order(
            prices=[(price, seats), (support, 1)], pays_by_transfer=True, metadata=metadata
        )
        contract = self.subscriptions.start(customer, order)
        if cost_centers:
            self._prepare_renewal(contract["id"])

    def bill_services(self, contract: Obj, lines: int) -> None:
        """Invoice services by cost centre, outside of the contract's cycle."""
        customer = self.desk.get(contract["customer"])
        self._list_cost_centers(customer, lines, "Workshop")
        self.items.add(
            self._onboarding_day(contract["currency"]), customer["id"], contract["currency"]
        )
        rates = contract["default_tax_rates"]
        invoice = self.invoices.draft(
            Bill(
                customer=customer["id"],
                currency=contract["currency"],
                lines=[],
                reason="manual",
                method="send_invoice",
                days_until_due=14,
                tax_rate=rates[0] if rates else None,
                coupon="PARTNER15" if self.desk.rng.random() < _WITH_COUPON else None,
                description="Services",
            )
        )
        self.collection.finalize_later(invoice)

    def _onboarding_day(self, currency: str) -> LineDraft:
        price = self.catalog.price("onboarding_day", currency)
        days = self.desk.rng.randint(1, 3)
        piece = pieces(price, days, currency)[0]
        return LineDraft(
            amount=piece.amount,
            description="Onboarding workshop",
            quantity=days,
            start=self.desk.now,
            end=self.desk.now,
            unit_amount_decimal=piece.unit_amount_decimal,
            price=price["id"],
            product=price["product"],
        )

    def _list_cost_centers(self, customer: Obj, count: int, what: str) -> None:
        rng, now, currency = self.desk.rng, self.desk.now, customer["currency"]
        for number in range(1, count + 1):
            hours = rng.randint(1, 9)
            draft = LineDraft(
                amount=round(4000 * FX[currency]) * hours,
                description=f"{what}, cost centre {number:03d} ({hours} h)",
                quantity=1,
                start=now,
                end=now,
            )
            self.items.add(draft, customer["id"], currency)

    def _prepare_renewal(self, contract_id: str) -> None:
        _, end = self.subscriptions.period_of(contract_id)
        self.desk.at(max(end - DAY, self.desk.now), self._before_renewal, contract_id)

    def _before_renewal(self, contract_id: str) -> None:
        contract = self.desk.get(contract_id)
        if contract["status"] in ENDED or contract["cancel_at_period_end"]:
            return
        customer = self.desk.get(contract["customer"])
        self._list_cost_centers(customer, int(contract["metadata"][_COST_CENTERS]), "Support")
        _, end = self.subscriptions.period_of(contract_id)
        self.desk.at(end + DAY, self._prepare_renewal, contract_id)
