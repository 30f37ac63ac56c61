"""Marts of an account that nobody has: what the demo account lacks is in them.

Live and test mode, currencies with no and with three decimals, a currency in which nothing but
one-off sales happens, customers who have chosen dangerous names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

AS_OF = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - the marts' moments are UTC without a zone
SCRIPT = "</script><script>document.title='caught'</script>"
FORMULA = '=HYPERLINK("http://example.com","Fjord")'
NAMES = (
    "Nimbus Energy",
    "Aspen Sports",
    "Hazel Freight",
    "Meridian Legal",
    "Quarry & Sons",
    SCRIPT,
)
CODES = (
    "insufficient_funds",
    "card_declined",
    "expired_card",
    "processing_error",
    "incorrect_cvc",
    "lost_card",
    "stolen_card",
)

Execute = Callable[[str, list[Any]], Any]
"""A statement with `?` for each value."""


def fill(execute: Execute) -> None:
    """Create the schema of the marts and fill it."""
    for statement in (Path(__file__).with_name("marts.sql")).read_text("utf-8").split(";"):
        if statement.strip():
            execute(statement, [])
    for currency, exponent in (("jpy", 0), ("kwd", 3)):
        put(execute, "currencies", currency=currency, exponent=exponent)
    for table, rows in (
        ("charges", 4_321),
        ("customers", 120),
        ("invoices", 2_100),
        ("payouts", 0),
    ):
        put(
            execute,
            "data_freshness",
            table_name=table,
            rows=rows,
            deleted_rows=3 if table == "customers" else 0,
            newest_created=AS_OF if rows else None,
            hours_behind=Decimal(0) if rows else None,
            as_of=AS_OF,
        )
    subscriptions(execute, livemode=True, currency="usd", size=41_250_00, months=30, history=True)
    subscriptions(execute, livemode=True, currency="jpy", size=980_000, months=5, history=False)
    sales(execute, livemode=True, currency="kwd", size=1_234_560, months=3, charges=40)
    subscriptions(execute, livemode=False, currency="usd", size=900_00, months=2, history=False)
    put(execute, "customers_360", livemode=True, customer_id="cus_1", name=FORMULA)


def put(execute: Execute, table: str, **values: Any) -> None:
    """Insert a row."""
    marks = ", ".join("?" for _ in values)
    execute(
        f"INSERT INTO stripe_marts.{table} ({', '.join(values)}) VALUES ({marks})",  # noqa: S608
        list(values.values()),
    )


def last_months(number: int) -> Iterator[dict[str, Any]]:
    """The months up to the running one."""
    for back in range(number - 1, -1, -1):
        year, month = divmod(AS_OF.year * 12 + AS_OF.month - 1 - back, 12)
        yield {"month": date(year, month + 1, 1), "is_running_month": back == 0}


def rate(part: int, whole: int) -> Decimal | None:
    """A rate as the marts have it."""
    return round(Decimal(part) / whole, 6) if whole else None


def sales(
    execute: Execute, *, livemode: bool, currency: str, size: int, months: int, charges: int
) -> None:
    """Charges without subscriptions, none of which fails or is refunded."""
    book = {"livemode": livemode, "currency": currency}
    for place, month in enumerate(last_months(months)):
        gross = size + size // 10 * place
        put(
            execute,
            "collected_revenue_monthly",
            **book,
            **month,
            charges_gross_minor=gross,
            charges_count=charges,
            refunds_minor=0,
            net_collected_minor=gross,
            invoices_paid_minor=0,
            paid_off_stripe_minor=0,
            non_invoice_charges_minor=gross,
            timing_minor=0,
            reconciliation_difference_minor=0,
        )
        put(
            execute,
            "charge_outcomes_monthly",
            **book,
            **month,
            attempts=charges,
            failed_count=0,
            failed_payments=0,
            failed_minor=0,
            failure_rate=Decimal(0),
        )
        zeros = dict.fromkeys(("arr_minor",), 0)
        put(execute, "arr_monthly", **book, **month, **zeros)
    put(
        execute,
        "top_customers",
        **book,
        customer_id="guest:unknown",
        lifetime_paid_minor=3 * size,
        lifetime_refunded_minor=0,
        lifetime_net_minor=3 * size,
        last_12m_net_minor=3 * size,
        rank_lifetime=1,
        rank_12m=1,
    )


def subscriptions(
    execute: Execute, *, livemode: bool, currency: str, size: int, months: int, history: bool
) -> None:
    """A subscription business that grows; with history it also loses, fails and is owed."""
    dice = Random(size)
    book = {"livemode": livemode, "currency": currency}
    mrr, customers = 0, 0
    for place, month in enumerate(last_months(months)):
        share = dice.random() if history else 0
        new = size // 6 + int(size / 12 * dice.random())
        moved = {
            "new_minor": new,
            "reactivated_minor": int(new * share / 9),
            "expansion_minor": int(mrr * share / 30),
            "contraction_minor": -int(mrr * share / 60),
            "churned_minor": -int(mrr * share / 12),
        }
        lost, start, starting = int(customers * share / 12), mrr, customers
        mrr += sum(moved.values())
        customers += 4 - lost
        put(
            execute,
            "mrr_monthly",
            **book,
            **month,
            mrr_minor=mrr,
            gross_mrr_minor=mrr + mrr // 20,
            trial_mrr_minor=None if place < months - 2 else size // 9,
            past_due_mrr_minor=None if place < months - 2 else mrr // 40,
            scheduled_churn_mrr_minor=None if place < months - 2 else mrr // 60,
            active_customers=customers,
            active_subscriptions=customers + customers // 8,
            arpu_minor=mrr // customers,
            mrr_source="invoice_lines" if place < months - 2 else "subscriptions",
        )
        put(execute, "arr_monthly", **book, **month, arr_minor=12 * mrr)
        put(
            execute,
            "retention_monthly",
            **book,
            **month,
            **moved,
            starting_mrr_minor=start,
            ending_mrr_minor=mrr,
            starting_customers=starting,
            churned_customers=lost,
            logo_churn_rate=rate(lost, starting),
            gross_mrr_churn_rate=rate(-moved["churned_minor"] - moved["contraction_minor"], start),
            net_mrr_churn_rate=rate(-moved["churned_minor"] - moved["expansion_minor"], start),
            nrr_12m=Decimal("0.93") + round(Decimal(share / 5), 6) if place > 11 else None,
            grr_12m=Decimal("0.84") + round(Decimal(share / 9), 6) if place > 11 else None,
        )
        put(
            execute,
            "subscription_churn_monthly",
            **book,
            **month,
            paying_subscriptions_at_start=starting,
            canceled_subscriptions=lost,
            voluntary=lost - lost // 2,
            involuntary=lost // 2,
            other=0,
            cancel_rate=rate(lost, starting),
        )
        payments(execute, book, month, mrr, share)
    names = NAMES if history else NAMES[:2]
    for place, name in enumerate(names, 1):
        put(
            execute,
            "top_customers",
            **book,
            customer_id=f"cus_{place}",
            customer_name=name,
            lifetime_paid_minor=size // place,
            lifetime_refunded_minor=size // place // 50,
            lifetime_net_minor=size // place - size // place // 50,
            last_12m_net_minor=size // place // 2,
            rank_lifetime=place,
            rank_12m=place,
        )
    for place, days in enumerate((3, 12, 45, 140) if history else ()):
        put(
            execute,
            "past_due",
            **book,
            invoice_id=f"in_{place}",
            customer_id=f"cus_{place}",
            customer_name=NAMES[place] if place else None,
            invoice_number=f"INV-{place:04}",
            amount_remaining_minor=size // 40 * (place + 1),
            days_past_due=days,
            ageing="0-30" if days < 31 else "31-60" if days < 61 else "90+",
            collection_method="send_invoice" if place % 2 else "charge_automatically",
            next_payment_attempt=AS_OF if place == 0 else None,
        )


def payments(
    execute: Execute, book: dict[str, Any], month: dict[str, Any], mrr: int, share: float
) -> None:
    """What is charged for the subscriptions in a month."""
    charges, failed, refunds = 40, int(20 * share), int(mrr * share / 20)
    put(
        execute,
        "collected_revenue_monthly",
        **book,
        **month,
        charges_gross_minor=mrr,
        charges_count=charges,
        refunds_minor=refunds,
        net_collected_minor=mrr - refunds,
        invoices_paid_minor=mrr,
        paid_off_stripe_minor=0,
        non_invoice_charges_minor=0,
        timing_minor=0,
        reconciliation_difference_minor=0,
    )
    fees = -(mrr // 34)
    put(
        execute,
        "net_revenue_monthly",
        **book,
        **month,
        gross_minor=mrr,
        refunds_minor=-refunds,
        disputes_minor=-int(mrr * share / 90),
        fees_minor=fees,
        net_minor=mrr - refunds - int(mrr * share / 90) + fees,
        other_minor=0,
        payouts_minor=-mrr // 2,
        balance_change_minor=0,
    )
    put(
        execute,
        "charge_outcomes_monthly",
        **book,
        **month,
        attempts=charges + failed,
        failed_count=failed,
        failed_payments=failed,
        failed_minor=failed * 49_00,
        failure_rate=rate(failed, charges + failed),
    )
    for place in range(failed):
        put(
            execute,
            "failed_charges_monthly",
            **book,
            month=month["month"],
            failure_code=CODES[place % len(CODES)],
            is_blocked=place % 9 == 8,
            failed_count=1,
            failed_minor=49_00,
            failed_payments=1,
        )
    worth = failed * 49_00
    put(
        execute,
        "payment_recovery_monthly",
        **book,
        **month,
        failed_invoices=failed,
        failed_minor=worth,
        recovered_7d_minor=worth // 3,
        recovered_30d_minor=worth // 2,
        recovered_60d_minor=worth // 2,
        recovered_minor=worth // 2,
        retrying_minor=worth // 4 if month["is_running_month"] else 0,
        waiting_minor=0,
        lost_minor=worth // 4,
        recovery_rate=rate(failed // 2, failed),
        recovery_rate_by_value=rate(worth // 2, worth),
    )
