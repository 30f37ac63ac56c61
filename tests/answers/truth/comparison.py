"""Holds the rows of a mart against those worked out from the ledger, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from tests.answers.truth.months import month_of
from tests.answers.truth.rows import Rows

Row = Mapping[str, Any]

_MONTHLY = ("livemode", "currency", "month")
KEYS: Mapping[str, tuple[str, ...]] = {
    "mrr_customer_monthly": (*_MONTHLY, "customer_id"),
    "mrr_monthly": _MONTHLY,
    "arr_monthly": _MONTHLY,
    "mrr_movements": (*_MONTHLY, "customer_id", "movement"),
    "mrr_ledger": ("livemode", "currency", "customer_id", "sequence"),
    "retention_monthly": _MONTHLY,
    "subscription_churn_monthly": _MONTHLY,
    "collected_revenue_monthly": _MONTHLY,
    "net_revenue_monthly": _MONTHLY,
    "balance_categories_monthly": (*_MONTHLY, "category"),
    "disputes_monthly": _MONTHLY,
    "failed_charges_monthly": (*_MONTHLY, "failure_code", "is_blocked"),
    "charge_outcomes_monthly": _MONTHLY,
    "payment_recovery_monthly": _MONTHLY,
    "past_due": ("livemode", "currency", "invoice_id"),
    "top_customers": ("livemode", "currency", "customer_id"),
    "customers_360": ("livemode", "customer_id"),
    "customers_360_money": ("livemode", "customer_id", "currency"),
    "data_freshness": ("table_name",),
}
"""The columns that name a row of each mart."""

EXPONENTS = {"eur": 2, "gbp": 2, "jpy": 0, "usd": 2}


def differences(mart: str, rows: Sequence[Row], truth: Rows, as_of: int) -> Iterator[str]:
    """What a mart says otherwise than the ledger, a line for each figure."""
    keys = KEYS[mart]
    found = {tuple(row[key] for key in keys): row for row in rows}
    if len(found) < len(rows):
        yield f"{mart}: {len(rows) - len(found)} rows repeat the key of another"
    for key in sorted(truth.keys() - found.keys(), key=str):
        yield f"{mart} {_named(key)}: missing, should be {truth[key]}"
    for key in sorted(found.keys() - truth.keys(), key=str):
        yield f"{mart} {_named(key)}: should not be there: {dict(found[key])}"
    for key in sorted(truth.keys() & found.keys(), key=str):
        row = found[key]
        expected = {**truth[key], **_generic(row, as_of)}
        for column, value in expected.items():
            if column not in row:
                yield f"{mart} {_named(key)}: there is no column {column}"
            elif row[column] != value:
                yield f"{mart} {_named(key)}: {column} is {row[column]}, by the ledger {value}"


def unchecked(mart: str, rows: Sequence[Row], truth: Rows) -> set[str]:
    """The columns of a mart that no figure of the ledger stands against."""
    columns = set(rows[0])
    worked_out = set(next(iter(truth.values())))
    return columns - set(KEYS[mart]) - worked_out - set(_generic(rows[0], 0))


def _generic(row: Row, as_of: int) -> dict[str, Any]:
    """What every mart has beside its own columns: decimals of minor units, the running month."""
    known: dict[str, Any] = {}
    for column, value in row.items():
        twin = column.removesuffix("_minor")
        if twin != column:
            scale = Decimal(10) ** EXPONENTS[row["currency"]]
            known[twin] = None if value is None else Decimal(value) / scale
    if "is_running_month" in row:
        known["is_running_month"] = row["month"] == month_of(as_of)
    return known


def _named(key: tuple[Any, ...]) -> str:
    return " ".join(str(part) for part in key if not isinstance(part, bool))
