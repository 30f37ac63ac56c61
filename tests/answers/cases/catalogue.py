"""A customer, and what can be sold to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.answers.cases.books import Books, Row
from tests.answers.cases.terms import moment


@dataclass(eq=False)
class Catalogue:
    """Prices, coupons and taxes in one currency."""

    books: Books
    customer: str
    currency: str
    livemode: bool = False

    def known_as(self, **fields: Any) -> None:
        """The customer's own row."""
        self.books.put(
            "customers",
            **{
                "id": self.customer,
                "livemode": self.livemode,
                "created": moment("2024-01-01"),
                "name": self.customer,
                "email": f"{self.customer}@example.com",
                "metadata": {},
                "tax_exempt": "none",
                **fields,
            },
        )

    def price(
        self, unit: int | str | None, every: str = "month", count: int = 1, **fields: Any
    ) -> Row:
        """A price of so many minor units; `usage_type`, `tiers_mode` … as the API names them."""
        usage = fields.pop("usage_type", "licensed")
        price = {
            "id": self.books.id("price"),
            "object": "price",
            "currency": self.currency,
            "livemode": self.livemode,
            "created": moment("2024-01-01"),
            "billing_scheme": "per_unit",
            "unit_amount_decimal": None if unit is None else str(unit),
            "recurring": {"interval": every, "interval_count": count, "usage_type": usage},
            "product": self.books.id("prod"),
            **fields,
        }
        self.books.put("prices", **price)
        return price

    def tiered(self, mode: str, *tiers: tuple[int | None, str, int], **fields: Any) -> Row:
        """A price by tiers: up to (None for the last), unit amount, flat amount."""
        price = self.price(None, billing_scheme="tiered", tiers_mode=mode, **fields)
        for position, (up_to, unit, flat) in enumerate(tiers):
            self.books.put(
                "price_tiers",
                price=price["id"],
                position=position,
                up_to=up_to,
                unit_amount_decimal=unit,
                flat_amount_decimal=str(flat) if flat else None,
            )
        return price

    def coupon(self, duration: str = "forever", **fields: Any) -> str:
        """A coupon: `percent_off`, or `amount_off` in the story's currency; `products` limit it."""
        coupon_id = self.books.id("coupon")
        for product in fields.pop("products", ()):
            self.books.put("coupon_products", coupon=coupon_id, product=product)
        fields.setdefault("currency", self.currency if "amount_off" in fields else None)
        self.books.put("coupons", id=coupon_id, duration=duration, **fields)
        return coupon_id

    def discount(
        self,
        coupon: str,
        start: str = "2024-01-01",
        end: str | None = None,
        on: str = "subscription",
    ) -> str:
        """A coupon given to a subscription, an item or the customer; returns the discount's id."""
        discount_id = self.books.id("di")
        self.books.put(
            "discounts",
            id=discount_id,
            parent_type=on,
            parent_id=self.customer if on == "customer" else self.books.id("holder"),
            coupon=coupon,
            start=moment(start),
            end=moment(end) if end else None,
        )
        return discount_id

    def tax_rate(self, percentage: float, *, inclusive: bool) -> str:
        """A tax rate; returns its id."""
        rate_id = self.books.id("txr")
        self.books.put("tax_rates", id=rate_id, percentage=percentage, inclusive=inclusive)
        return rate_id
