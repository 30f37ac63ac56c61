"""Refunds of charges, in full or in part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from standin.demo.dates import DAY
from standin.demo.deeds.money import RefundArrived, RefundBounced, Refunded
from standin.demo.desk import Desk, Obj
from standin.demo.pricing import rounded
from standin.demo.treasury import Treasury


@dataclass(eq=False)
class Refunds:
    """Gives money back."""

    desk: Desk
    treasury: Treasury

    def resume(self) -> None:
        """Take up the refunds that are still on their way."""
        for refund in self.desk.all("refund"):
            if refund["status"] == "pending":
                self.desk.at(self.desk.now + DAY, self._arrive, refund["id"])

    def refund(self, charge_id: str, amount: int, reason: str) -> Obj:
        """Refund an amount, at most what is left of the charge; raises ValueError above that."""
        desk, charge = self.desk, self.desk.get(charge_id)
        if amount > charge["amount"] - charge["amount_refunded"]:
            raise ValueError(f"{charge_id} has less than {amount} left to refund")
        by_card = charge["payment_method_details"]["type"] == "card"
        refund = desk.create(
            "refund",
            silent=True,
            amount=amount,
            charge=charge_id,
            currency=charge["currency"],
            customer=charge["customer"],
            destination_details=_CARD if by_card else _BANK,
            payment_intent=charge["payment_intent"],
            payment_method=charge["payment_method"],
            reason=reason,
            status="succeeded" if by_card else "pending",
        )
        desk.note(Refunded(refund["id"], charge_id, amount, by_card))
        paid = desk.get(charge["balance_transaction"])
        transaction = self.treasury.book(
            "refund" if by_card else "payment_refund",
            refund["id"],
            self.treasury.settle(-amount, charge["currency"], paid["exchange_rate"]),
            f"REFUND FOR CHARGE ({charge['description']})",
        )
        refund = desk.change(refund["id"], silent=True, balance_transaction=transaction["id"])
        given = charge["amount_refunded"] + amount
        desk.change(
            charge_id,
            "charge.refunded",
            amount_refunded=given,
            refunded=given == charge["amount"],
        )
        desk.announce("refund.created", refund)
        if not by_card:
            desk.at(desk.now + 3 * DAY, self._arrive, refund["id"])
        elif desk.rng.random() < 0.02:
            desk.at(desk.now + 5 * DAY, self._bounce, refund["id"])
        return refund

    def _arrive(self, refund_id: str) -> None:
        self.desk.change(refund_id, status="succeeded")
        self.desk.note(RefundArrived(refund_id))

    def _bounce(self, refund_id: str) -> None:
        """The customer's bank can't take the refund: the money comes back to the balance."""
        desk, refund = self.desk, self.desk.get(refund_id)
        taken = desk.get(refund["balance_transaction"])
        back = self.treasury.book(
            "refund_failure",
            refund_id,
            self.treasury.settle(refund["amount"], refund["currency"], taken["exchange_rate"]),
            "REFUND FAILURE",
        )
        charge = desk.get(refund["charge"])
        desk.change(
            refund_id,
            "refund.failed",
            "refund.updated",
            status="failed",
            failure_reason="lost_or_stolen_card",
            failure_balance_transaction=back["id"],
        )
        desk.note(RefundBounced(refund_id))
        desk.change(
            charge["id"],
            amount_refunded=charge["amount_refunded"] - refund["amount"],
            refunded=False,
        )


def part_of(amount: int, share: float) -> int:
    """A share of an amount, at least one minor unit."""
    return max(1, rounded(Decimal(amount) * Decimal(str(share))))


_CARD = {
    "type": "card",
    "card": {
        "reference": None,
        "reference_status": "pending",
        "reference_type": "acquirer_reference_number",
        "type": "refund",
    },
}
_BANK = {
    "type": "eu_bank_transfer",
    "eu_bank_transfer": {"reference": None, "reference_status": None},
}
