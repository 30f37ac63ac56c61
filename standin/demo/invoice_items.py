"""Invoice items: what waits to be put on the next invoice."""

from __future__ import annotations

from typing import Any

from standin.demo.desk import Desk, Obj
from standin.demo.invoice_lines import LineDraft


class InvoiceItems:
    """Keeps a queue of waiting items per subscription, or per customer for the others."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._queues: dict[str, list[str]] = {}

    def resume(self) -> None:
        """Find the items that wait for an invoice."""
        for item in self.desk.all("invoiceitem"):
            if item["invoice"] is None:
                self._queues.setdefault(_queue_of(item), []).append(item["id"])

    def add(self, draft: LineDraft, customer: str, currency: str) -> Obj:
        """Note something to put on the next invoice of a subscription, or of the customer."""
        parent = None
        if draft.subscription:
            parent = {
                "type": "subscription_details",
                "subscription_details": {
                    "subscription": draft.subscription,
                    "subscription_item": draft.subscription_item,
                },
            }
        item = self.desk.create(
            "invoiceitem",
            amount=draft.amount,
            net_amount=None if draft.discountable else draft.amount,
            currency=currency,
            customer=customer,
            date=self.desk.now,
            description=draft.description,
            discountable=draft.discountable,
            discounts=[],
            period={"start": draft.start, "end": draft.end},
            parent=parent,
            pricing=draft.pricing,
            proration=draft.proration,
            proration_details=_credited(draft),
            quantity=draft.quantity,
            quantity_decimal=str(draft.quantity),
            tax_rates=[],
        )
        self._queues.setdefault(_queue_of(item), []).append(item["id"])
        return item

    def waiting(self, queue: str) -> list[str]:
        """Ids of the invoice items that wait for an invoice of a subscription or customer."""
        return list(self._queues.get(queue, []))

    def drop(self, item: Obj) -> None:
        """Delete an invoice item that was not invoiced yet."""
        self._queues[_queue_of(item)].remove(item["id"])
        self.desk.delete(item["id"])

    def drop_of(self, invoice_id: str) -> None:
        """Delete the invoice items of a draft."""
        for item in self.desk.all("invoiceitem"):
            if item["invoice"] == invoice_id:
                self.desk.delete(item["id"])

    def take(self, queue: str) -> list[Obj]:
        """The waiting items of a subscription or customer, which leave the queue."""
        return [self.desk.get(item_id) for item_id in self._queues.pop(queue, [])]


def _queue_of(item: Obj) -> str:
    details = (item["parent"] or {}).get("subscription_details")
    return str(details["subscription"] if details else item["customer"])


def _credited(draft: LineDraft) -> dict[str, Any] | None:
    if draft.credited is None:
        return None
    invoice, line = draft.credited
    return {
        "credited_items": {
            "type": "invoice_line_items",
            "invoice_item": None,
            "invoice_line_item_details": {"invoice": invoice, "invoice_line_items": [line]},
        },
        "discount_amounts": [],
    }
