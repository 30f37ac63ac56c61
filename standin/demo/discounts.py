"""Discounts: coupons granted to customers, subscriptions and items, and what they take off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from standin.demo.dates import add_months
from standin.demo.deeds.contracts import DiscountEnded, DiscountGranted, DiscountTaken
from standin.demo.desk import Desk, Obj
from standin.demo.invoice_lines import Line
from standin.demo.pricing import allocated, rounded


@dataclass(eq=False)
class Discounts:
    """Grants coupons and ends discounts that have run out."""

    desk: Desk

    def grant(
        self,
        coupon_id: str,
        *,
        customer: str,
        subscription: str | None = None,
        subscription_item: str | None = None,
        promotion_code: str | None = None,
    ) -> str:
        """Redeem a coupon; returns the id of the discount, to be put where it applies."""
        discount = self._redeem(
            coupon_id,
            customer=customer,
            subscription=subscription,
            subscription_item=subscription_item,
            promotion_code=promotion_code,
        )
        self.desk.note(
            DiscountGranted(
                discount["id"],
                coupon_id,
                customer,
                subscription,
                subscription_item,
                discount["end"],
            )
        )
        self.desk.announce("customer.discount.created", discount)
        if promotion_code:
            times = self.desk.get(promotion_code)["times_redeemed"] + 1
            self.desk.change(promotion_code, times_redeemed=times)
        return str(discount["id"])

    def grant_for_invoice(self, coupon_id: str, customer: str) -> str:
        """Redeem a coupon for one invoice that is about to be written."""
        discount = self._redeem(coupon_id, customer=customer)
        self.desk.note(DiscountTaken(discount["id"], coupon_id))
        return str(discount["id"])

    def attach(self, discount_id: str, invoice_id: str) -> None:
        """Note the invoice that a discount was granted for, now that it has an id."""
        self.desk.change(discount_id, silent=True, invoice=invoice_id)

    def _redeem(self, coupon_id: str, **where: str | None) -> Obj:
        desk, coupon = self.desk, self.desk.get(coupon_id)
        months = coupon["duration_in_months"]
        discount = desk.create(
            "discount",
            silent=True,
            start=desk.now,
            end=add_months(desk.now, months) if months else None,
            source={"type": "coupon", "coupon": coupon_id},
            **where,
        )
        times, limit = coupon["times_redeemed"] + 1, coupon["max_redemptions"]
        valid = coupon["valid"] and times != limit
        desk.change(coupon_id, times_redeemed=times, valid=valid)
        return discount

    def code_of(self, coupon_id: str) -> str | None:
        """The active promotion code of a coupon, if it has one."""
        for code in self.desk.all("promotion_code"):
            if code["promotion"]["coupon"] == coupon_id and code["active"]:
                return str(code["id"])
        return None

    def running(self, discount_ids: Sequence[str]) -> list[str]:
        """Those of the discounts that have not ended."""
        found = []
        for discount_id in discount_ids:
            end = self.desk.get(discount_id)["end"]
            if end is None or end > self.desk.now:
                found.append(discount_id)
        return found

    def lasting(self, discount_ids: Sequence[str]) -> list[str]:
        """Those that go on after an invoice has used them: all but the ``once`` ones."""
        return [
            discount_id
            for discount_id in self.running(discount_ids)
            if self.coupon_of(discount_id)["duration"] != "once"
        ]

    def drop_spent(self, owner_id: str) -> None:
        """Take discounts off a subscription or item once they are used up or have ended."""
        held = self.desk.get(owner_id)["discounts"]
        kept = self.lasting(held)
        if kept != held:
            self.desk.change(owner_id, discounts=kept)
            for discount_id in held:
                if discount_id not in kept:
                    self.desk.note(DiscountEnded(discount_id))
                    self.desk.announce("customer.discount.deleted", self.desk.get(discount_id))

    def of_customer(self, customer: Obj) -> list[str]:
        """The discount that a customer's subscriptions inherit, if it has not ended."""
        return self.running([customer["discount"]]) if customer["discount"] else []

    def end_for_customer(self, customer: Obj) -> None:
        """Take a customer's discount away."""
        discount = self.desk.get(customer["discount"])
        self.desk.change(customer["id"], discount=None)
        self.desk.note(DiscountEnded(discount["id"]))
        self.desk.announce("customer.discount.deleted", discount)

    def coupon_of(self, discount_id: str) -> Obj:
        """The coupon behind a discount."""
        coupon_id = self.desk.get(discount_id)["source"]["coupon"]
        return self.desk.get(coupon_id)

    def take_off(self, discount_id: str, lines: Sequence[Line], currency: str) -> None:
        """Spread a discount over the lines that it applies to, none of them below zero."""
        coupon = self.coupon_of(discount_id)
        only = coupon["applies_to"]["products"] if coupon.get("applies_to") else None
        lines = [
            line
            for line in lines
            if line.draft.discountable
            and line.net > 0
            and (only is None or line.draft.product in only)
        ]
        nets = [line.net for line in lines]
        shares = allocated(_off(coupon, sum(nets), currency), nets)
        for line, share in zip(lines, shares, strict=True):
            line.off[discount_id] = share


def _off(coupon: Obj, base: int, currency: str) -> int:
    """What a coupon takes off a base amount; nothing when it has no amount in the currency."""
    if coupon["percent_off"] is not None:
        return rounded(Decimal(base) * Decimal(str(coupon["percent_off"])) / 100)
    options = coupon.get("currency_options") or {}
    return min(base, options[currency]["amount_off"]) if currency in options else 0
