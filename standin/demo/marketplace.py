"""The template marketplace: one-off sales to guests, shared with the templates' authors."""

from __future__ import annotations

from random import Random

from standin.demo.cards import new_payment_method
from standin.demo.catalog import Catalog
from standin.demo.desk import Desk, Obj
from standin.demo.dice import token, weighted
from standin.demo.payments import Payments
from standin.demo.refunds import Refunds, part_of
from standin.demo.treasury import Treasury

_AUTHORS = 6
_SHARE = 0.8
_CURRENCIES = {"usd": 3.0, "eur": 2.0, "gbp": 1.0}


class Marketplace:
    """Sells templates and passes the authors' share on to their connected accounts."""

    def __init__(
        self,
        desk: Desk,
        catalog: Catalog,
        payments: Payments,
        treasury: Treasury,
        refunds: Refunds,
    ) -> None:
        self.desk = desk
        self.catalog = catalog
        self.payments = payments
        self.treasury = treasury
        self.refunds = refunds
        # The connected accounts are not objects of this account; they follow from its id.
        known = Random(desk.account.id)  # noqa: S311 - repeatable on purpose
        self._authors = [token(known, "acct_1", 15) for _ in range(_AUTHORS)]

    def sell(self) -> None:
        """A guest buys a template; the author gets a share of a payment that succeeds."""
        rng = self.desk.rng
        currency = weighted(rng, _CURRENCIES)
        price = self.catalog.price("template_once", currency)
        group = token(rng, "order_", 8)
        intent = self.payments.open_intent(
            price["unit_amount"],
            currency,
            "Dashboard template",
            customer=None,
            transfer_group=group,
        )
        card = new_payment_method(rng, self.desk.now)
        charge = self.payments.try_card(intent["id"], card, first=True)
        if charge["status"] == "succeeded":
            self._transfer(charge, group)

    def take_back(self, transfer_id: str, share: float) -> None:
        """Refund a share of a sale and take the same share of the transfer back."""
        desk, transfer = self.desk, self.desk.get(transfer_id)
        charge = desk.get(transfer["source_transaction"])
        amount = part_of(transfer["amount"], share)
        refund = self.refunds.refund(
            charge["id"], part_of(charge["amount"], share), "requested_by_customer"
        )
        desk.change(
            transfer_id, silent=True, amount_reversed=amount, reversed=amount == transfer["amount"]
        )
        reversal = desk.create(
            "transfer_reversal",
            silent=True,
            amount=amount,
            currency=transfer["currency"],
            destination_payment_refund=token(desk.rng, "pyr_1"),
            source_refund=refund["id"],
            transfer=transfer_id,
        )
        transaction = self.treasury.book(
            "transfer_refund",
            reversal["id"],
            self.treasury.settle(amount, transfer["currency"]),
            "Transfer reversal",
        )
        desk.change(reversal["id"], "transfer.reversed", balance_transaction=transaction["id"])

    def _transfer(self, charge: Obj, group: str) -> None:
        desk = self.desk
        amount = part_of(charge["amount"], _SHARE)
        transfer = desk.create(
            "transfer",
            silent=True,
            amount=amount,
            amount_reversed=0,
            currency=charge["currency"],
            description="Share of a template sale",
            destination=desk.rng.choice(self._authors),
            destination_payment=token(desk.rng, "py_1"),
            reversed=False,
            source_transaction=charge["id"],
            source_type="card",
            transfer_group=group,
        )
        transaction = self.treasury.book(
            "transfer",
            transfer["id"],
            self.treasury.settle(-amount, charge["currency"]),
            "Share of a template sale",
        )
        transfer = desk.change(transfer["id"], silent=True, balance_transaction=transaction["id"])
        desk.announce("transfer.created", transfer)
