"""The exhibits, in the order in which the report shows them."""

from __future__ import annotations

from collections.abc import Sequence

from stripe_report.exhibits import cash, customers, failures, owed, recurring, retention
from stripe_report.exhibits.base import Section

SECTIONS: Sequence[Section] = (
    recurring.SECTION,
    cash.SECTION,
    retention.SECTION,
    failures.SECTION,
    owed.SECTION,
    customers.SECTION,
)
