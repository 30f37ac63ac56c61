"""Invoices, their lines and what waits for one."""

from __future__ import annotations

from tests.proof.things import Things


class Invoices(Things):
    """Invoices, their lines and what waits for one."""

    def bill(self) -> str:
        # What chance picks first are invoices whose lines Stripe cuts off after ten.
        made = self._new_invoice(self._rng.choice([1, 11, 9, 25, 10, 3]))
        return f"invoice {made['id']} with {len(self._lines(made))} lines is drafted"

    def describe_invoice(self) -> str:
        invoice = self._any("invoice") or self._new_invoice(3)
        self._change(invoice["id"], description=self._words())
        return f"invoice {invoice['id']} is described anew"

    def delete_draft(self) -> str:
        # Of a longer one the events don't show all lines: those keep their rows, as documented.
        invoice = self._any("invoice", lambda i: len(self._lines(i)) <= 10) or self._new_invoice(3)
        self.account.delete(invoice["id"])
        return f"draft {invoice['id']} is deleted"

    def change_lines(self) -> str:
        invoice = self._any("invoice") or self._new_invoice(3)
        lines = self._lines(invoice)
        with self.account.changing(invoice["id"]):
            if 0 < len(lines) <= 10 and self._rng.random() < 0.5:
                self.account.remove_child(self._rng.choice(lines)["id"])
                what = "loses a line"
            else:
                self.account.create("line_item", parent=invoice["id"], amount=7, currency="eur")
                what = "gets a line"
            self._change(invoice["id"], description=self._words())
        return f"invoice {invoice['id']} {what}"

    def charge_later(self) -> str:
        return f"invoice item {self._new_invoice_item()['id']} waits for an invoice"

    def put_on_invoice(self) -> str:
        item = self._any("invoiceitem", lambda i: i["invoice"] is None) or self._new_invoice_item()
        invoice = self._any("invoice") or self._new_invoice(3)
        self._change(item["id"], silent=True, invoice=invoice["id"])
        return f"invoice item {item['id']} is put on an invoice, without an event"
