"""What messages happen in: an account, its server, and the ways to use the tap on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from standin import Account, Fault, Server
from tap_stripe.api import Client, RateLimiter, RetryPolicy, StripeError
from tests.tap.command_line import invoke
from tests.tap.conftest import DAY
from tests.tap.harness import config, sync

RESTRICTED = "rk_test_restricted"


@dataclass
class World:
    """What the messages happen in. Each method returns all that people get to see."""

    account: Account
    server: Server
    folder: Path

    def syncing(
        self, *streams: str, state: Mapping[str, Any] | None = None, **settings: Any
    ) -> str:
        run = sync(self.server, *(streams or ("customers",)), state=state, **settings)
        return f"{run.failure}\n{run.log}"

    def invoking(
        self, *arguments: str, catalog: dict[str, Any] | None = None, **settings: Any
    ) -> str:
        asked = config(self.server, **settings)
        code, output, log = invoke(*arguments, settings=asked, catalog=catalog)
        assert code != 0
        return output + log

    def asking(self, path: str = "/v1/customers", fault: Fault | None = None, **client: Any) -> str:
        if fault is not None:
            self.server.faults.add(fault)
        settings = {"api_url": self.server.url, "retry": RetryPolicy(tries=1), **client}
        with pytest.raises(StripeError) as refused:
            Client(self.account.secret_key, RateLimiter(1000), **settings).get(path)
        return str(refused.value)

    def restricted(self, *permissions: str) -> str:
        self.account.add_key(RESTRICTED, permissions)
        return RESTRICTED

    def later(self, days: int, *streams: str, **settings: Any) -> str:
        first = sync(self.server, *streams, **settings)
        self.account.clock.advance(days * DAY)
        return self.syncing(*streams, state=first.state)
