"""Changes within a period: seats, plans, intervals and add-ons, settled by prorations."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from standin.demo.collection import Collection
from standin.demo.dates import utc
from standin.demo.deeds.contracts import ItemChanged, ItemRemoved
from standin.demo.desk import Desk, Obj
from standin.demo.discounts import Discounts
from standin.demo.invoice_items import InvoiceItems
from standin.demo.invoice_lines import LineDraft, period_lines
from standin.demo.invoices import Invoices
from standin.demo.pricing import in_currency, prorated, rounded, total
from standin.demo.subscriptions import Subscriptions


@dataclass(eq=False)
class PlanChanges:
    """Changes running subscriptions and charges or credits the rest of the period."""

    desk: Desk
    items: InvoiceItems
    discounts: Discounts
    invoices: Invoices
    collection: Collection
    subscriptions: Subscriptions

    def change_seats(self, item_id: str, seats: int, *, bill_now: bool) -> None:
        """Another number of seats from now on."""
        item = self.desk.get(item_id)
        self._change_item(item, item["price"], seats)
        if bill_now:
            self._bill(item["subscription"])

    def switch_plan(self, item_id: str, price: Obj, *, bill_now: bool) -> None:
        """Another plan of the same interval from now on."""
        item = self.desk.get(item_id)
        self._change_item(item, price["id"], item["quantity"])
        if bill_now:
            self._bill(item["subscription"])

    def switch_interval(self, item_id: str, price: Obj) -> None:
        """From monthly to yearly or back: a new period starts and is billed at once."""
        desk, item = self.desk, self.desk.get(item_id)
        subscription_id = item["subscription"]
        self._prorate(item, item["price"], item["quantity"], sign=-1)
        with desk.changing(subscription_id):
            desk.change(item_id, price=price["id"], plan=price["id"])
            desk.note(ItemChanged(item_id, price["id"], item["quantity"]))
            start, end = self.subscriptions.restart_period(
                subscription_id, price["recurring"]["interval"]
            )
        currency = desk.get(subscription_id)["currency"]
        lines = period_lines(desk, desk.get(item_id), currency, start, end)
        self._bill(subscription_id, lines)

    def add(self, subscription_id: str, price: Obj, quantity: int | None) -> Obj:
        """An add-on from now on; its part of this period goes on the next invoice."""
        item = self.subscriptions.new_item(subscription_id, price, quantity)
        if quantity is not None:
            self._prorate(item, item["price"], quantity, sign=1)
        return item

    def remove(self, item_id: str) -> None:
        """An item ends now; what was paid for the rest of the period is credited."""
        item = self.desk.get(item_id)
        if item["quantity"] is not None:
            self._prorate(item, item["price"], item["quantity"], sign=-1)
        self.desk.remove_child(item_id)
        self.desk.note(ItemRemoved(item_id))

    def _change_item(self, item: Obj, price: str, quantity: int) -> None:
        self._prorate(item, item["price"], item["quantity"], sign=-1)
        self.desk.change(item["id"], price=price, plan=price, quantity=quantity)
        self.desk.note(ItemChanged(item["id"], price, quantity))
        self._prorate(item, price, quantity, sign=1)

    def _prorate(self, item: Obj, price_id: str, quantity: int, *, sign: int) -> None:
        """Charge (+1) or credit (-1) a quantity for the rest of the period."""
        desk, now = self.desk, self.desk.now
        subscription = desk.get(item["subscription"])
        currency, price = subscription["currency"], desk.get(price_id)
        product = desk.get(price["product"])
        start, end = item["current_period_start"], item["current_period_end"]
        full = rounded(total(price, quantity, currency) * self._share_paid(subscription))
        kind = "Remaining" if sign > 0 else "Unused"
        draft = LineDraft(
            amount=sign * prorated(full, end - now, end - start),
            description=f"{kind} time on {quantity} x {product['name']} after {utc(now):%d %b %Y}",
            quantity=quantity,
            start=now,
            end=end,
            unit_amount_decimal=in_currency(price, currency)["unit_amount_decimal"],
            price=price_id,
            product=product["id"],
            subscription=subscription["id"],
            subscription_item=item["id"],
            proration=True,
            discountable=False,
            credited=self.invoices.credit_for(item["id"]) if sign < 0 else None,
        )
        self.items.add(draft, subscription["customer"], currency)

    def _share_paid(self, subscription: Obj) -> Decimal:
        """The share of the list price that is left after lasting percent discounts."""
        share = Decimal(1)
        for discount in self.discounts.lasting(subscription["discounts"]):
            percent_off = self.discounts.coupon_of(discount)["percent_off"]
            share *= 1 - Decimal(str(percent_off or 0)) / 100
        return share

    def _bill(self, subscription_id: str, lines: list[LineDraft] | None = None) -> None:
        start, _ = self.subscriptions.period_of(subscription_id)
        invoice = self.subscriptions.bill(
            subscription_id, lines or [], "subscription_update", start
        )
        self.collection.collect(invoice["id"])
