"""What a business deals with: found in its account, or made where there is none yet."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

from standin import Account

DAY = 86_400
PAYMENT = "v2.money_management.outbound_payment"
LASTING = "LASTING"
"""The coupon that all discounts are of."""
Object = dict[str, Any]


class Things:
    """The objects of an account, of which chance picks one."""

    def __init__(self, account: Account) -> None:
        """Begin with a product, three prices that are sold, and a coupon that stays."""
        self.account = account
        self._rng = random.Random(0)
        self._numbers = itertools.count(1)
        self._product = account.create("product", name="Seats")["id"]
        self._prices = [self._new_price(amount) for amount in (100, 200, 300)]
        self._unsold: list[str] = []
        """Prices that nothing is sold at: only those are ever deleted."""
        account.create("coupon", id=LASTING, percent_off=5.0, duration="forever")

    def _any(self, name: str, wanted: Callable[[Object], bool] = lambda _: True) -> Object | None:
        found = [stripe_object for stripe_object in self.account.all(name) if wanted(stripe_object)]
        return self._rng.choice(found) if found else None

    def _customer(self, *, new: bool = False) -> str:
        known = None if new else self._any("customer")
        id_: str = (known or self.account.create("customer", name=self._words()))["id"]
        return id_

    def _new_price(self, amount: int) -> str:
        id_: str = self.account.create(
            "price",
            product=self._product,
            currency="eur",
            unit_amount=amount,
            recurring={"interval": "month", "interval_count": 1, "usage_type": "licensed"},
        )["id"]
        return id_

    def _subscription(self, wanted: Callable[[Object], bool]) -> Object:
        return self._any("subscription", wanted) or self._new_subscription()

    def _new_subscription(self) -> Object:
        prices = [self._rng.choice(self._prices) for _ in range(self._rng.randint(1, 5))]
        items = [self._item(price) for price in prices]
        customer = self._customer()
        return self.account.create("subscription", customer=customer, status="active", items=items)

    def _new_invoice(self, count: int) -> Object:
        lines = [{"amount": n, "currency": "eur"} for n in range(count)]
        customer = self._customer()
        return self.account.create("invoice", customer=customer, status="draft", lines=lines)

    def _new_invoice_item(self) -> Object:
        customer = self._customer()
        return self.account.create("invoiceitem", customer=customer, amount=5, currency="eur")

    def _new_tax_id(self) -> Object:
        customer = self._customer()
        return self.account.create("tax_id", parent=customer, type="eu_vat", value=self._words())

    def _new_charge(self) -> Object:
        status = self._rng.choice(["succeeded", "failed"])
        return self.account.create("charge", amount=5, currency="eur", status=status)

    def _new_values(self) -> Object:
        return self.account.create("radar.value_list", alias=self._words(), name=self._words())

    def _new_payment(self) -> Object:
        return self.account.v2.create(PAYMENT, description=self._words(), status="processing")

    def _words(self) -> str:
        """A text that has not been used before, so that no change is none."""
        return f"text {next(self._numbers)}"

    def _change(
        self, id_: str, *, silent: bool = False, event: str | None = None, **to: Any
    ) -> None:
        before = self.account.get(id_)
        after = self.account.update(id_, silent=silent, event=event, **to)
        assert any(after[name] != before[name] for name in to), f"{id_} stays as it was: {to}"

    def _item(self, price: str) -> Object:
        now = self.account.clock.now()
        period = {"current_period_start": now, "current_period_end": now + 30 * DAY}
        return {"price": price, "plan": price, "quantity": self._rng.randint(1, 9), **period}

    def _items(self, subscription: Object) -> list[Object]:
        return self.account.children(subscription["id"], "items")

    def _lines(self, invoice: Object) -> list[Object]:
        return self.account.children(invoice["id"], "lines")
