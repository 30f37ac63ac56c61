"""Amounts and dates by hand: tiers, rounding, shares, month ends, working days."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from standin.demo.dates import DAY, add_months, epoch, next_boundary, working_days_later
from standin.demo.pricing import allocated, pieces, prorated, rounded, total

TIERS: list[dict[str, Any]] = [
    {"up_to": 10, "unit_amount_decimal": "500", "flat_amount_decimal": None},
    {"up_to": 50, "unit_amount_decimal": "300", "flat_amount_decimal": "1000"},
    {"up_to": None, "unit_amount_decimal": "0.5", "flat_amount_decimal": "2000"},
]


def _price(mode: str) -> dict[str, Any]:
    return {"currency": "usd", "billing_scheme": "tiered", "tiers_mode": mode, "tiers": TIERS}


@pytest.mark.parametrize(
    ("quantity", "amount"),
    [
        (0, 0),
        (1, 500),
        (10, 5000),
        (11, 5000 + 300 + 1000),
        (50, 5000 + 12000 + 1000),
        (53, 5000 + 12000 + 1000 + 2 + 2000),
    ],
)
def test_graduated_tiers_price_each_part_in_its_tier(quantity: int, amount: int) -> None:
    assert total(_price("graduated"), quantity, "usd") == amount


@pytest.mark.parametrize(
    ("quantity", "amount"), [(1, 500), (10, 5000), (11, 3300 + 1000), (60, 30 + 2000)]
)
def test_volume_tiers_price_all_in_one_tier(quantity: int, amount: int) -> None:
    assert total(_price("volume"), quantity, "usd") == amount


def test_a_graduated_amount_is_shown_tier_by_tier() -> None:
    shown = [(piece.quantity, piece.label) for piece in pieces(_price("graduated"), 12, "usd")]
    assert shown == [(10, "Tier 1"), (2, "Tier 2"), (1, "Tier 2 flat fee")]


def test_another_currency_has_its_own_amounts() -> None:
    price = {
        "currency": "usd",
        "billing_scheme": "per_unit",
        "unit_amount_decimal": "500",
        "currency_options": {"jpy": {"unit_amount_decimal": "750"}},
    }
    assert total(price, 3, "usd") == 1500
    assert total(price, 3, "jpy") == 2250


def test_halves_are_rounded_away_from_zero() -> None:
    assert [rounded(Decimal(x)) for x in ("0.5", "1.5", "-0.5", "2.4")] == [1, 2, -1, 2]
    assert prorated(999, 1, 2) == 500


def test_shares_sum_to_the_whole() -> None:
    assert allocated(100, [1, 1, 1]) == [33, 34, 33]
    assert allocated(7, [0, 5, 0, 5]) == [0, 4, 0, 3]
    assert allocated(5, [0, 0]) == [0, 0]


def test_a_month_later_is_the_last_day_when_the_month_is_shorter() -> None:
    assert add_months(epoch(2025, 1, 31, 8), 1) == epoch(2025, 2, 28, 8)
    assert add_months(epoch(2025, 3, 31), -1) == epoch(2025, 2, 28)
    assert add_months(epoch(2024, 2, 29), 12) == epoch(2025, 2, 28)


def test_billing_returns_to_the_anchor_day_after_a_short_month() -> None:
    anchor = epoch(2025, 1, 31, 8)
    february = next_boundary(anchor, anchor, "month")
    march = next_boundary(anchor, february, "month")
    assert (february, march) == (epoch(2025, 2, 28, 8), epoch(2025, 3, 31, 8))
    assert next_boundary(anchor, march, "year") == epoch(2026, 1, 31, 8)


def test_working_days_skip_the_weekend() -> None:
    friday = epoch(2026, 10, 30, 15)
    assert working_days_later(friday, 1) == epoch(2026, 11, 2)
    assert working_days_later(friday - DAY, 3) == epoch(2026, 11, 3)
