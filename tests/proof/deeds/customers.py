"""Customers, what they owe and what they pay with."""

from __future__ import annotations

from tests.proof.things import Object, Things


class Customers(Things):
    """Customers, what they owe and what they pay with."""

    def sign_up(self) -> str:
        return f"customer {self._customer(new=True)} signs up"

    def rename_customer(self) -> str:
        customer = self._customer()
        self._change(customer, name=self._words())
        return f"customer {customer} is renamed"

    def delete_customer(self) -> str:
        customer = self._customer()
        self.account.delete(customer)
        return f"customer {customer} is deleted"

    def add_tax_id(self) -> str:
        made = self._new_tax_id()
        return f"customer {made['customer']} gets tax id {made['id']}"

    def delete_tax_id(self) -> str:
        tax_id = self._any("tax_id") or self._new_tax_id()
        self.account.delete(tax_id["id"])
        return f"tax id {tax_id['id']} is deleted"

    def credit_customer(self) -> str:
        customer = self._customer()
        balance = (self.account.get(customer)["balance"] or 0) - 5
        self.account.create(
            "customer_balance_transaction",
            parent=customer,
            amount=-5,
            currency="eur",
            ending_balance=balance,
            type="adjustment",
        )
        self._change(customer, balance=balance)
        return f"customer {customer} has {-balance} to their credit"

    def attach_card(self) -> str:
        card = self._new_card()
        return f"customer {card['customer']} gets card {card['id']}"

    def change_card(self) -> str:
        card = self._card()["id"]
        self._change(card, metadata={"note": self._words()})
        return f"card {card} is changed"

    def detach_card(self) -> str:
        card = self._card()
        self._change(card["id"], customer=None)
        return f"customer {card['customer']} loses card {card['id']}"

    def _card(self) -> Object:
        return self._any("payment_method", lambda card: bool(card["customer"])) or self._new_card()

    def _new_card(self) -> Object:
        return self.account.create("payment_method", customer=self._customer(), type="card")
