"""A platform's warehouse with a connected account, whose ids are those of the platform."""

from __future__ import annotations

import pytest

from tests.answers.alone import Alone
from tests.answers.cases.books import Books
from tests.answers.cases.story import Item, Story
from tests.answers.dbt import DbtError

PLATFORM, MERCHANT = "acct_platform", "acct_merchant"
RAN = "2026-11-22T13:00:00Z"


@pytest.fixture
def story() -> Story:
    """The same customer pays for the same price in both accounts; the merchant takes twice that.

    One of the platform's charges is from the time when the key did not tell its account.
    """
    books = Books(PLATFORM)
    told = Story(books, "cus_both", "usd")
    for account, quantity in ((PLATFORM, 1), (MERCHANT, 2)):
        books.account = account
        told.known_as()
        told.subscription(Item(told.price(1000, id="price_both"), quantity))
        told.charge("2026-11-03", 1000 * quantity)
    told.charge("2026-11-04", 70, account_id=None)
    books.ran("charges", RAN, PLATFORM)
    return told


@pytest.fixture
def of_two_accounts(alone: Alone, story: Story) -> Alone:
    alone.load(story.books)
    return alone


def test_accounts_are_not_added_up(of_two_accounts: Alone) -> None:
    """Dbt asks for the variable, and builds nothing before it is set."""
    with pytest.raises(DbtError, match="account_id_must_be_set") as failed:
        of_two_accounts.build()
    assert str(failed.value).count("Failure in") == 1
    tables = "select table_name from information_schema.tables where table_schema = %s"
    built = {row["table_name"] for row in of_two_accounts.query(tables, ["stripe_marts"])}
    assert built == {"currencies"}


def test_each_account_has_marts_of_its_own(of_two_accounts: Alone, story: Story) -> None:
    of_two_accounts.build(account_id=PLATFORM)
    of_two_accounts.build(account_id=MERCHANT, output_schema="merchant")
    for schema, mrr, collected in (("stripe_marts", 1000, 1070), ("merchant_marts", 2000, 2000)):
        answers = of_two_accounts.answers(story, schema)
        assert answers.mrr_now == mrr
        row = answers.row("collected_revenue_monthly", "2026-11")
        assert row["charges_gross_minor"] == collected
        (freshness,) = answers.rows("data_freshness", table_name="prices")
        assert freshness["rows"] == 1
