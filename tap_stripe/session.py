"""What a run works with, made from the settings: the client, the threads, the time."""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING, Any

from tap_stripe.api import AccessDeniedError, Client, RateLimiter, StripeError
from tap_stripe.api.account import account_of_key
from tap_stripe.api.limits import (
    ENDPOINT_REQUESTS_PER_SECOND,
    LIVE_REQUESTS_PER_SECOND,
    TEST_REQUESTS_PER_SECOND,
)
from tap_stripe.sync.context import Moment
from tap_stripe.sync.workers import Workers
from tap_stripe.times import to_epoch

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping

logger = logging.getLogger("tap-stripe")


class Session:
    """One run's access to Stripe."""

    def __init__(self, config: Mapping[str, Any], stop: threading.Event) -> None:
        """Prepare everything; nothing is sent yet.

        Args:
            config: The tap's settings, found right.
            stop: Set when the process is to end; whatever waits wakes up then.
        """
        key, connections = str(config["api_key"]), int(config["concurrency"])
        by_mode = LIVE_REQUESTS_PER_SECOND if "_live_" in key else TEST_REQUESTS_PER_SECOND
        per_second = int(config.get("requests_per_second") or by_mode)
        per_endpoint = max(ENDPOINT_REQUESTS_PER_SECOND, per_second // 4)
        self.client = Client(
            key,
            RateLimiter(per_second, per_endpoint, sleep=stop.wait),
            api_url=str(config["api_url"]),
            connections=connections,
        )
        self.workers = Workers(connections)
        self.account: str | None = None
        """The key's account, where it was asked for."""
        self._config = config

    @functools.cached_property
    def moment(self) -> Moment:
        """The run's time, once the key was found good.

        One event is asked for: it shows Stripe's clock, and whether changes can be followed.

        Raises:
            StripeError: The key is refused, or belongs to another account.
        """
        self._check_account()
        try:
            self.client.get("/v1/events", [("limit", "1")])
        except AccessDeniedError as error:
            logger.warning(
                "The key may not read events, so changes and deletions can't be followed: %s",
                error,
            )
        start_date = self._config.get("start_date")
        return Moment(
            now=self.client.server_time,
            lookback=int(self._config["lookback_seconds"]),
            start=None if start_date is None else to_epoch(start_date),
        )

    def _check_account(self) -> None:
        expected = self._config.get("account_id")
        if expected is None:
            return
        self.account = account_of_key(self.client)
        if self.account is None:
            logger.warning("The key may not tell its account, so account_id is not checked")
        elif self.account != expected:
            raise StripeError(f"The key belongs to {self.account}, but account_id is {expected}")
