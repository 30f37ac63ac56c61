"""Money that a customer pays, or does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.answers.cases.books import Row
from tests.answers.cases.catalogue import Catalogue
from tests.answers.cases.terms import moment


@dataclass(eq=False)
class Money(Catalogue):
    """Charges, refunds, disputes and the balance."""

    def charge(self, at: str, amount: int, status: str = "succeeded", **fields: Any) -> Row:
        """A charge; one that succeeded was captured, unless told otherwise."""
        succeeded = status == "succeeded"
        captured = fields.pop("captured", succeeded)
        return self.books.put(
            "charges",
            **{
                "id": self.books.id("ch"),
                "payment_intent": self.books.id("pi"),
                "customer": self.customer,
                "currency": self.currency,
                "livemode": self.livemode,
                "created": moment(at),
                "amount": amount,
                "amount_captured": amount if captured else 0,
                "captured": captured,
                "status": status,
                **fields,
            },
        )

    def settle(
        self, invoice: str, charge: Row, at: str | None = None, status: str = "paid"
    ) -> None:
        """The payment of an invoice by the payment intent of a charge."""
        paid = status == "paid"
        self.books.put(
            "invoice_payments",
            id=self.books.id("inpay"),
            invoice=invoice,
            currency=self.currency,
            livemode=self.livemode,
            created=charge["created"],
            status=status,
            amount_paid=charge["amount"] if paid else None,
            payment={"type": "payment_intent", "payment_intent": charge["payment_intent"]},
            status_transitions={"paid_at": moment(at or charge["created"]) if paid else None},
        )

    def refund(self, charge: Row | None, at: str, amount: int, status: str = "succeeded") -> None:
        """A refund of a charge, or of a part of it; None for a charge that the tables lack."""
        self.books.put(
            "refunds",
            id=self.books.id("re"),
            charge=charge["id"] if charge else self.books.id("ch"),
            currency=self.currency,
            livemode=self.livemode,
            amount=amount,
            status=status,
            created=moment(at),
        )

    def dispute(self, at: str, amount: int, status: str) -> None:
        """A dispute."""
        self.books.put(
            "disputes",
            id=self.books.id("dp"),
            currency=self.currency,
            livemode=self.livemode,
            amount=amount,
            status=status,
            created=moment(at),
        )

    def balance(
        self,
        at: str,
        kind: str,
        amount: int,
        fee: int = 0,
        category: str | None = None,
        available_on: str | None = None,
        *,
        livemode: bool | None = None,
    ) -> None:
        """A movement of the balance in the story's currency."""
        self.books.put(
            "balance_transactions",
            id=self.books.id("txn"),
            livemode=livemode,
            type=kind,
            reporting_category=category or kind,
            currency=self.currency,
            amount=amount,
            fee=fee,
            net=amount - fee,
            created=moment(at),
            available_on=moment(available_on or at),
        )
