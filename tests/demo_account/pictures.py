"""Pictures of a demo account: all its objects at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from standin import Account

Obj = dict[str, Any]

KINDS = (
    "customer",
    "product",
    "price",
    "plan",
    "coupon",
    "promotion_code",
    "subscription",
    "subscription_item",
    "subscription_schedule",
    "invoice",
    "line_item",
    "invoiceitem",
    "invoice_payment",
    "credit_note",
    "credit_note_line_item",
    "charge",
    "payment_intent",
    "refund",
    "dispute",
    "balance_transaction",
    "payout",
    "transfer",
    "transfer_reversal",
    "tax_rate",
    "tax_id",
    "discount",
    "event",
)


@dataclass(frozen=True)
class Picture:
    """All objects of an account at one moment, by kind and id."""

    account: Account
    now: int
    tables: dict[str, dict[str, Obj]]

    def all(self, kind: str) -> list[Obj]:
        return list(self.tables[kind].values())

    def get(self, kind: str, object_id: str) -> Obj:
        return self.tables[kind][object_id]

    def by(self, kind: str, field: str) -> dict[str, list[Obj]]:
        """The objects of a kind, grouped by a field."""
        groups: dict[str, list[Obj]] = {}
        for obj in self.all(kind):
            groups.setdefault(obj[field], []).append(obj)
        return groups


def picture_of(account: Account) -> Picture:
    """The account as it is now; what is stored is replaced on change, so references suffice."""
    tables = {kind: {obj["id"]: obj for obj in account.all(kind)} for kind in KINDS}
    return Picture(account, account.clock.now(), tables)
