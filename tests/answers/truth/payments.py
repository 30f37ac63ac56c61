"""Which charges were made for which invoice."""

from __future__ import annotations

from collections import defaultdict

from tests.answers.truth.history import History
from tests.answers.truth.records import Charge, Invoice


class Payments:
    """Finds the charges of an invoice, the first one first, and the invoice of a charge."""

    def __init__(self, history: History) -> None:
        self._invoice_of = {
            intent: invoice for invoice in history.invoices.values() for intent in invoice.intents
        }
        self._charges: dict[str, list[Charge]] = defaultdict(list)
        for charge in sorted(history.charges.values(), key=lambda c: (c.at, c.tried.charge)):
            invoice = self.invoice_of(charge)
            if invoice:
                self._charges[invoice.id].append(charge)

    def invoice_of(self, charge: Charge) -> Invoice | None:
        """The invoice that a charge is for; None for a sale without one."""
        return self._invoice_of.get(charge.tried.intent)

    def charges_of(self, invoice: Invoice) -> list[Charge]:
        """All attempts to collect an invoice."""
        return self._charges[invoice.id]
