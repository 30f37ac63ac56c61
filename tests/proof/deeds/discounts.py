"""Discounts on customers, subscriptions and invoices."""

from __future__ import annotations

from typing import Any

from tests.proof.things import LASTING, Object, Things


class Discounts(Things):
    """Discounts on customers, subscriptions and invoices."""

    def discount_customer(self) -> str:
        undiscounted = self._any("customer", lambda customer: customer["discount"] is None)
        customer: str = undiscounted["id"] if undiscounted else self._customer(new=True)
        discount = self._new_discount(customer=customer)
        self._change(customer, silent=True, discount=discount)
        return f"customer {customer} gets discount {discount}"

    def discount_subscription(self) -> str:
        subscription = self._subscription(lambda s: s["status"] == "active")
        id_, customer = subscription["id"], subscription["customer"]
        discount = self._new_discount(customer=customer, subscription=id_)
        self._change(id_, discounts=[*subscription["discounts"], discount])
        return f"subscription {id_} gets discount {discount}"

    def discount_invoice(self) -> str:
        invoice = self._any("invoice") or self._new_invoice(3)
        id_, customer = invoice["id"], invoice["customer"]
        discount = self._new_discount(customer=customer, invoice=id_, silent=True)
        self._change(id_, discounts=[*invoice["discounts"], discount])
        return f"invoice {id_} gets discount {discount}"

    def end_discount(self) -> str:
        discount = self._any("discount", self._can_end)
        if discount is None:
            return self.discount_customer()
        # As when it runs out: what it was on tells nothing.
        id_ = discount["subscription"] or discount["customer"]
        if discount["subscription"]:
            others = [
                other for other in self.account.get(id_)["discounts"] if other != discount["id"]
            ]
            self._change(id_, silent=True, discounts=others)
        else:
            self._change(id_, silent=True, discount=None)
        self.account.delete(discount["id"])
        return f"discount {discount['id']} on {id_} ends"

    def _can_end(self, discount: Object) -> bool:
        """Those on invoices stay, and so do those of customers that are gone."""
        gone = self._any("customer", lambda c: c["id"] == discount["customer"]) is None
        return not discount["invoice"] and (bool(discount["subscription"]) or not gone)

    def _new_discount(self, *, silent: bool = False, **where: Any) -> str:
        source = {"type": "coupon", "coupon": LASTING}
        id_: str = self.account.create("discount", silent=silent, source=source, **where)["id"]
        return id_
