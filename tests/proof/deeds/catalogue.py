"""What is sold, at which price, with which reductions."""

from __future__ import annotations

from tests.proof.things import Things


class Catalogue(Things):
    """What is sold, at which price, with which reductions."""

    def rename_price(self) -> str:
        price = self._rng.choice([*self._prices, *self._unsold])
        self._change(price, nickname=self._words())
        return f"price {price} is renamed"

    def switch_price(self) -> str:
        price = self._rng.choice([*self._prices, *self._unsold])
        active = not self.account.get(price, "price")["active"]
        self._change(price, active=active)
        return f"price {price} is {'active' if active else 'retired'} now"

    def rename_product(self) -> str:
        self._change(self._product, name=self._words())
        return f"product {self._product} is renamed"

    def reuse_coupon(self) -> str:
        before = self._any("coupon", lambda coupon: coupon["id"] == "WELCOME")
        if before is not None:
            self.account.delete("WELCOME")
        if before is None or self._rng.random() < 0.7:
            self.account.create("coupon", id="WELCOME", name=self._words(), percent_off=5.0)
            return "coupon WELCOME is made" + (" anew" if before else "")
        return "coupon WELCOME is deleted"

    def add_price(self) -> str:
        return f"price {self._new_unsold()} is made"

    def delete_price(self) -> str:
        price = self._rng.choice(self._unsold or [self._new_unsold()])
        self._unsold.remove(price)
        self.account.delete(price)
        return f"price {price} is deleted"

    def _new_unsold(self) -> str:
        price = self._new_price(400)
        self._unsold.append(price)
        return price
