"""Past due: what customers owe, and since when."""

from __future__ import annotations

from dataclasses import dataclass

from stripe_report.books import Book
from stripe_report.columns import NOTHING, money, number
from stripe_report.draw.ranks import ranks_chart
from stripe_report.exhibits.base import Section, Shown
from stripe_report.money import count
from stripe_report.tables import table_of
from stripe_report.warehouse import Row

CLASSES = ("0-30", "31-60", "61-90", "90+")
LISTED = 15
"""Invoices in the table, the largest ones."""
COLLECTION = {"charge_automatically": "automatic", "send_invoice": "sent"}


@dataclass(frozen=True)
class Ageing:
    """Past-due invoices in classes of days."""

    name: str = "past-due"
    title: str = "Past-due invoices"
    unit: str = "{currency} still owed, by days past due"
    mart: str = "past_due"
    definition: str = (
        "Open invoices with something left to pay: those that were sent, from the day they were "
        "due; those that are charged automatically, from the first charge that failed. "
        f"The table has the {LISTED} largest."
    )
    empty: str = "Nothing is past due in this currency."

    def show(self, book: Book) -> Shown | None:
        """Draw it; None if nobody owes anything."""
        rows = sorted(book.rows["past_due"], key=lambda row: -row["amount_remaining_minor"])
        if not rows:
            return None
        return Shown(
            ranks_chart([self._bar(book, name) for name in CLASSES], "sand"),
            [],
            table_of(
                rows[:LISTED],
                [
                    ("Customer", lambda row: row["customer_name"] or row["customer_id"]),
                    ("Invoice", lambda row: row["invoice_number"] or row["invoice_id"]),
                    ("Collection", lambda row: COLLECTION[row["collection_method"]]),
                    ("Next attempt", _next_attempt),
                ],
                [number("days_past_due", "Days"), money("amount_remaining_minor", "Owed")],
                book.currency,
            ),
            open_table=True,
        )

    @staticmethod
    def _bar(book: Book, name: str) -> tuple[str, float, str]:
        owed = [
            row["amount_remaining_minor"] for row in book.rows["past_due"] if row["ageing"] == name
        ]
        total = sum(owed)
        invoices = f"{count(len(owed))} invoice{'' if len(owed) == 1 else 's'}"
        return (
            f"{name.replace('-', NOTHING)} days",
            float(book.currency.amount(total)),
            f"{book.currency.text(total)} · {invoices}",
        )


def _next_attempt(row: Row) -> str:
    moment = row["next_payment_attempt"]
    return f"{moment.day} {moment:%b %Y}" if moment else "none planned"


SECTION = Section("Past due", "Who owes us, and for how long?", [Ageing()])
