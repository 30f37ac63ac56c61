"""What time it is: as far as the data goes, or the tap has looked, and never before that."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.answers.alone import Alone
from tests.answers.cases.books import ACCOUNT, Books
from tests.answers.cases.story import Item, Story
from tests.answers.dbt import DbtError

LAST_RUN = "2026-11-22T12:00:00Z"


@pytest.fixture
def story() -> Story:
    """Nothing has happened since September, and the tap looked for it in vain."""
    told = Story(Books(), "cus_quiet", "usd")
    told.charge("2026-09-03", 1000)
    told.subscription(Item(told.price(900), trial_until="2026-10-10"), since="2026-09-01")
    told.invoice(
        "2026-09-15",
        status="open",
        collection_method="send_invoice",
        due_date="2026-10-23T00:00:00Z",
        amount_remaining=50,
    )
    told.books.ran("charges", "2026-11-21T12:00:00Z", ACCOUNT)
    told.books.ran("charges", LAST_RUN, ACCOUNT)
    told.books.ran("products", "2026-12-01T00:00:00Z", ACCOUNT)
    return told


def test_time_passes_in_a_quiet_account(alone: Alone, story: Story) -> None:
    """The months end, debts fall due, trials are over, and the tables are seen to be old."""
    alone.load(story.books)
    alone.build()
    answers = alone.answers(story)
    assert answers.row("collected_revenue_monthly", "2026-11")["is_running_month"]
    assert answers.mrr("2026-09", "2026-10", "2026-11") == [0, 900, 900]
    (debt,) = answers.rows("past_due")
    assert debt["days_past_due"] == 30
    (charges,) = answers.rows("data_freshness", table_name="charges")
    now = datetime.fromisoformat(LAST_RUN.replace("Z", ""))
    assert (charges["as_of"], charges["synced_until"], charges["last_run_at"]) == (now, now, now)
    assert charges["hours_behind"] == 80 * 24 + 12


def test_now_can_not_be_before_the_data(alone: Alone, story: Story) -> None:
    """The tables know nothing of how the account stood at an earlier time."""
    alone.load(story.books)
    until = ("--select", "+int_clock", "--indirect-selection", "cautious")
    alone.build(*until, as_of="2026-11-22 12:00:00")
    with pytest.raises(DbtError, match="as_of_must_not_be_before"):
        alone.build(*until, as_of="2026-11-22 11:59:59")
