"""An account in which one thing happens after the other, as a history or chance has it."""

from __future__ import annotations

import random
from collections.abc import Callable

from standin import Account
from tests.proof.deeds.catalogue import Catalogue
from tests.proof.deeds.customers import Customers
from tests.proof.deeds.discounts import Discounts
from tests.proof.deeds.invoices import Invoices
from tests.proof.deeds.payments import Payments
from tests.proof.deeds.platform import Platform
from tests.proof.deeds.subscriptions import Subscriptions


class Business(Customers, Subscriptions, Invoices, Payments, Catalogue, Discounts, Platform):
    """An account in which one thing happens after the other."""

    def do(self, deed: str, choice: int) -> str:
        """Do something; `choice` decides to which object. Where there is none it is made first.

        Returns:
            What was done, as a sentence.
        """
        self._rng = random.Random(choice)
        method: Callable[[], str] = getattr(self, deed)
        with self.account.lock:
            return method()

    def wait(self, seconds: int) -> None:
        """Time passes, and what is due settles without an event."""
        self.account.clock.advance(seconds)
        now = self.account.clock.now()
        for transaction in self.account.all("balance_transaction"):
            if transaction["available_on"] <= now and transaction["status"] == "pending":
                self.account.update(transaction["id"], silent=True, status="available")


DEEDS = tuple(
    name for part in Business.__bases__ for name in vars(part) if not name.startswith("_")
)
"""The names of everything that can happen."""


class Chance(Business):
    """Business as chance has it, for tests that need some and no certain one."""

    def __init__(self, account: Account, rng: random.Random) -> None:
        """Take the chance from here."""
        super().__init__(account)
        self._chance = rng

    def go_on(self, seconds: int) -> None:
        """One deed, then time passes."""
        self.do(self._chance.choice(DEEDS), self._chance.randint(0, 10**6))
        self.wait(seconds)
