"""What a check found, and what Stripe's refusals mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from tap_stripe.advice import for_table
from tap_stripe.api import (
    AccessDeniedError,
    ProductInactiveError,
    SecretKeyOnlyError,
    StripeError,
    UnavailableError,
)
from tap_stripe.guard import Identity

# `Enabling Prices Read ('plan_read') permissions on this key would …`, quoted or not; and before
# 2026 `Having the 'rak_plan_read' permission would …`.
_NAME = re.compile(r"Enabling \"?(.+?)\"? \('")
_PERMISSION = re.compile(r"'(?:rak_)?(\w+_(?:read|write))'")
_LINK = re.compile(r"https://dashboard\.stripe\.com/[^\s'\"]*[^\s'\".,;)]")


class Status(Enum):
    """How it stands with a table, a feed or a connected account, the best first."""

    OK = "ok"
    UNTRIED = "not tried"
    """It is listed for one object of another table at a time, and none was found to ask for."""
    OFF = "not switched on"
    """The account has not switched the product on."""
    NO_PERMISSION = "no permission"
    NO_RESTRICTED_KEY = "no restricted key"
    """No restricted key can read it, whatever its permissions."""
    NO_ACCESS = "no access"
    """The key can't reach the connected account."""
    NO_ANSWER = "no answer"
    """Stripe could not be reached, or answered with errors of its own."""
    REFUSED = "refused"

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against syncing it."""
        return self in (Status.OK, Status.UNTRIED)


@dataclass(frozen=True)
class Finding:
    """What was found about one table, one change feed, or one connected account."""

    status: Status
    message: str = ""
    """Stripe's words."""
    request_id: str | None = None
    permissions: tuple[str, ...] = ()
    """What the key lacks, without the `rak_` that Stripe sometimes writes before."""
    permission_name: str = ""
    """What the dashboard calls it, where Stripe says that."""
    where: str = ""
    """The page on which it can be changed, if Stripe names one."""
    advice: str = ""
    """What else can be done."""

    @classmethod
    def of(cls, error: StripeError | None, documented: Sequence[str] = ()) -> Finding:
        """What an answer means.

        Args:
            error: The refusal; None where there was none.
            documented: The permissions that Stripe documents, for refusals that name none.
        """
        if error is None:
            return cls(Status.OK)
        link = _LINK.search(error.message)
        where = link.group() if link else ""
        if isinstance(error, SecretKeyOnlyError):
            advice = for_table(error, documented)
            status = Status.NO_RESTRICTED_KEY
            return cls(status, error.message, error.request_id, where=where, advice=advice)
        if not (isinstance(error, AccessDeniedError) and error.lacks_permission):
            return cls(_status(error), error.message, error.request_id, where=where)
        name = _NAME.search(error.message)
        named = tuple(_PERMISSION.findall(error.message)) or tuple(documented)
        return cls(
            Status.NO_PERMISSION,
            error.message,
            error.request_id,
            named,
            name.group(1) if name else "",
            where,
        )


@dataclass(frozen=True)
class Findings:
    """All that a check found."""

    identity: Identity | None = None
    """Whose key it is; None where that was not reached."""
    problems: Sequence[str] = ()
    """What stands against any sync at all, a line each."""
    feeds: Mapping[str, Finding] = field(default_factory=dict)
    """The change feeds that the tables need, by the names of their streams."""
    tables: Mapping[str, Finding] = field(default_factory=dict)
    accounts: Mapping[str, Finding] = field(default_factory=dict)
    """The connected accounts that were tried, by their ids."""
    accounts_not_tried: int = 0
    """Connected accounts beyond those."""
    requests: int = 0
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether a sync will read everything that is selected."""
        found = (*self.feeds.values(), *self.tables.values(), *self.accounts.values())
        return not self.problems and all(finding.status.is_good for finding in found)


def worst(findings: Sequence[Finding]) -> Finding:
    """The finding that decides about a table with several sources."""
    order = list(Status)
    return max(findings, key=lambda finding: order.index(finding.status))


def _status(error: StripeError) -> Status:
    if isinstance(error, ProductInactiveError):
        return Status.OFF
    if isinstance(error, UnavailableError) or error.status is None:
        return Status.NO_ANSWER
    return Status.REFUSED
