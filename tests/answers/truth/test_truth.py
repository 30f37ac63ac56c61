"""Every mart says what follows from the business's own ledger, to the minor unit."""

from __future__ import annotations

from itertools import islice

import pytest

from tests.answers.truth.comparison import KEYS, differences, unchecked
from tests.answers.truth.looks import Look

_SHOWN = 12
"""Differences that a failure shows; one mistake makes many."""
_NOT_IN_THE_LEDGER = {
    "data_freshness": {"newest_loaded", "last_run_at", "last_run_outcome", "synced_until"},
}
"""Columns that tell of the loading, which the business knows nothing of."""


@pytest.mark.parametrize("mart", KEYS)
def test_a_mart_equals_what_the_ledger_says(look: Look, mart: str) -> None:
    rows, truth = look.marts[mart], look.truth[mart]
    if mart == "data_freshness":
        rows = [row for row in rows if (row["table_name"],) in truth]
    found = list(differences(mart, rows, truth, look.as_of))
    assert not found, "\n".join([f"{len(found)} differences", *islice(found, _SHOWN)])


@pytest.mark.parametrize("mart", KEYS)
def test_every_column_of_a_mart_is_worked_out(look: Look, mart: str) -> None:
    left = unchecked(mart, look.marts[mart], look.truth[mart])
    assert left == _NOT_IN_THE_LEDGER.get(mart, set())


def test_the_accounts_have_what_the_marts_tell_of(look: Look) -> None:
    """A mart that has nothing to tell would equal the truth whatever it computes."""
    for mart, rows in look.truth.items():
        assert rows, mart
    currencies = {currency for _, currency, _ in look.truth["mrr_monthly"]}
    assert currencies == {"eur", "gbp", "jpy", "usd"}
    movements = {movement for *_, movement in look.truth["mrr_movements"]}
    assert movements == {"new", "reactivated", "expansion", "contraction", "churned"}
    sources = {row["mrr_source"] for row in look.truth["mrr_monthly"].values()}
    assert sources == {"invoice_lines", "events", "subscriptions"}
    for column in ("trial_mrr_minor", "past_due_mrr_minor", "scheduled_churn_mrr_minor"):
        assert any(row[column] for row in look.truth["mrr_monthly"].values()), column
