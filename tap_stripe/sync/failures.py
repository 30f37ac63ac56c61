"""What goes wrong in a run, and whether the run has failed by it.

A table that the key may not read, or whose product is off, is skipped: that is no failure, unless
it was synced before, or nothing at all can be read.
"""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tap_stripe.advice import for_table
from tap_stripe.api import AccessDeniedError, ProductInactiveError, StripeError
from tap_stripe.sync.report import FAILED, SKIPPED
from tap_stripe.wording import counted

if TYPE_CHECKING:
    from tap_stripe.sync.account import AccountSync
    from tap_stripe.sync.source import Source

logger = logging.getLogger("tap-stripe")
MOST_TOLD = 20
"""Failures that the last line names; all of them are in the log."""


@dataclass
class Failures:
    """What went wrong in a run, a line each."""

    tables: list[str] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    """Of connected accounts that could not be reached."""
    is_useless: bool = False
    """Whether the key may read none of the selected tables, as it shows when all were tried."""
    _any_read: bool = False
    _any_denied: bool = False
    _skipped: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.tables or self.accounts or self.is_useless)

    def __str__(self) -> str:
        """All in one line, and of very many the first ones."""
        told = []
        if self.is_useless:
            told.append(
                "The key may read none of the selected tables: tap-stripe --check tells what it "
                "lacks"
            )
        for what, lines in (("tables", self.tables), ("accounts", self.accounts)):
            if lines:
                verb = "is" if len(lines) == 1 else "are"
                told.append(
                    f"{len(lines)} of the {what} {verb} not up to date: "
                    + "; ".join(first_of(lines))
                )
        return ". ".join(told)

    def read(self, source: Source) -> None:
        """A source has been read to its end."""
        self._any_read = self._any_read or bool(source.tables)

    def lose(self, account: AccountSync, error: StripeError) -> str:
        """A connected account can't be reached; what is said of it."""
        line = f"{account.connected}: {error}"
        logger.error("The account is not up to date: %s", line)
        self.accounts.append(line)
        return line

    def give_up(self, account: AccountSync, source: Source, error: Exception) -> str:
        """A source could not be read to its end.

        Returns:
            What is to be reported of its tables: `skipped` or `failed`.
        """
        tables = ", ".join(table.name for table in source.tables) or source.name
        names = account.named(tables)
        if not isinstance(error, (AccessDeniedError, ProductInactiveError)):
            unexpected = None if isinstance(error, StripeError) else error
            line = f"{names} failed: {error}"
            self._fail(line, unexpected)
            return FAILED
        advice = for_table(error, source.permissions)
        line = f"{names} skipped: {error}" + (f"; {advice}" if advice else "")
        if any(table.bookmark.existed for table in source.tables):
            self._fail(line)
            return SKIPPED
        denied = isinstance(error, AccessDeniedError) and bool(source.tables)
        self._any_denied = self._any_denied or denied
        if account.connected is not None:  # once for all accounts, which mostly lack the same
            self._skipped[tables] += 1
        if self._skipped[tables] <= 1:
            logger.warning(line)
        return SKIPPED

    def conclude(self) -> None:
        """All accounts have come to their ends."""
        self.is_useless = self._any_denied and not self._any_read and not self.tables
        for tables, times in self._skipped.items():
            if times > 1:
                logger.warning("%s skipped in %s", tables, counted(times - 1, "more account"))

    def _fail(self, line: str, unexpected: Exception | None = None) -> None:
        logger.error(line, exc_info=unexpected)
        self.tables.append(line)


def first_of(lines: list[str]) -> list[str]:
    """The first lines of very many, and how many more there are."""
    more = len(lines) - MOST_TOLD
    return [*lines[:MOST_TOLD], *([f"and {more} more"] if more > 0 else [])]
