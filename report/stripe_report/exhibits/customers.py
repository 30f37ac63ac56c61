"""The largest customers by what they have paid."""

from __future__ import annotations

from dataclasses import dataclass

from stripe_report.books import Book
from stripe_report.columns import money
from stripe_report.draw.ranks import ranks_chart
from stripe_report.exhibits.base import Section, Shown
from stripe_report.tables import table_of
from stripe_report.warehouse import Row

DRAWN = 10
LISTED = 15
LAST_YEAR = money("last_12m_net_minor", "Last 12 months")


def _name(row: Row) -> str:
    """A customer as people know it."""
    known = row["customer_name"] or row["customer_email"]
    return str(known or row["customer_id"].replace("guest:unknown", "Guests without e-mail"))


@dataclass(frozen=True)
class Largest:
    """The customers who paid most in the last twelve months."""

    name: str = "top-customers"
    title: str = "Largest customers"
    unit: str = "{currency} paid in the last twelve months, less refunds"
    mart: str = "top_customers"
    definition: str = (
        "Succeeded charges less refunds, customer by customer, in the last twelve months; the "
        f"table below has the {LISTED} largest of all time. Guests go by their e-mail. A customer "
        "who was deleted in Stripe keeps its history."
    )
    empty: str = "Nobody has paid in this currency."

    def show(self, book: Book) -> Shown | None:
        """Draw it; None if nobody has paid."""
        rows = sorted(book.rows["top_customers"], key=lambda row: row["rank_12m"])
        paid = [row for row in rows if row["last_12m_net_minor"] > 0][:DRAWN]
        if not paid:
            return None
        bars = [
            (
                f"{place}. {_name(row)}",
                float(book.currency.amount(row["last_12m_net_minor"])),
                LAST_YEAR.text(row, book.currency),
            )
            for place, row in enumerate(paid, 1)
        ]
        lifetime = sorted(rows, key=lambda row: row["rank_lifetime"])[:LISTED]
        return Shown(
            ranks_chart(bars, "blue"),
            [],
            table_of(
                lifetime,
                [("", lambda row: f"{row['rank_lifetime']}."), ("Customer", _name)],
                [
                    money("lifetime_paid_minor", "Paid"),
                    money("lifetime_refunded_minor", "Refunded"),
                    money("lifetime_net_minor", "Net, all time"),
                    LAST_YEAR,
                ],
                book.currency,
            ),
            open_table=True,
        )


SECTION = Section("Customers", "Who are our largest customers by paid amount?", [Largest()])
