"""What a run works with, made from the settings: the client, the threads, the time."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from tap_stripe.api import AccessDeniedError, Client, RateLimiter, RetryPolicy, StripeError
from tap_stripe.api.account import livemode_of, owner_of_key
from tap_stripe.api.limits import (
    ENDPOINT_REQUESTS_PER_SECOND,
    LIVE_REQUESTS_PER_SECOND,
    TEST_REQUESTS_PER_SECOND,
)
from tap_stripe.api.transport import OpenTransport
from tap_stripe.guard import Identity
from tap_stripe.settings import ALL_ACCOUNTS, listed_accounts
from tap_stripe.streams.accounts import Accounts
from tap_stripe.sync.context import Moment
from tap_stripe.sync.shapes import Shapes
from tap_stripe.sync.workers import Workers
from tap_stripe.times import to_epoch

if TYPE_CHECKING:
    import threading
    from collections.abc import Mapping


class Session:
    """One run's access to Stripe."""

    def __init__(
        self,
        config: Mapping[str, Any],
        stop: threading.Event,
        *,
        retry: RetryPolicy | None = None,
        transport: OpenTransport | None = None,
    ) -> None:
        """Prepare everything; nothing is sent yet.

        Args:
            config: The tap's settings, found right.
            stop: Set when the process is to end; whatever waits wakes up then.
            retry: How to repeat what failed; default: as is good for Stripe.
            transport: How requests travel; default: over the network.
        """
        key, connections = str(config["api_key"]), int(config["concurrency"])
        self._livemode = livemode_of(key)
        by_mode = LIVE_REQUESTS_PER_SECOND if self._livemode else TEST_REQUESTS_PER_SECOND
        self._per_second = int(config.get("requests_per_second") or by_mode)
        self._stop = stop
        self.client = Client(
            key,
            self._limiter(),
            api_url=str(config["api_url"]),
            connections=connections,
            retry=retry,
            transport=transport,
        )
        self.workers = Workers(connections)
        self.shapes = Shapes()
        self.feed_refused: AccessDeniedError | None = None
        """Why changes can't be followed, if they can't; known once `moment` is."""
        self._config = config

    @functools.cached_property
    def identity(self) -> Identity:
        """Whose data the key reads.

        Raises:
            StripeError: The key is refused, or no answer came.
        """
        owner = owner_of_key(self.client)
        return Identity(owner.account, self._livemode, owner.name)

    @functools.cached_property
    def moment(self) -> Moment:
        """The run's time.

        One event is asked for: the answer shows Stripe's clock, even one that refuses it.

        Raises:
            StripeError: The key is refused, or no answer came.
        """
        try:
            self.client.get("/v1/events", [("limit", "1")])
        except AccessDeniedError as error:
            self.feed_refused = error
        if not self.client.server_time:
            raise StripeError(
                "The answers do not tell Stripe's time: something on the way takes out their Date "
                "header. Without it, new rows could be missed"
            )
        start_date = self._config.get("start_date")
        return Moment(
            now=self.client.server_time,
            lookback=int(self._config["lookback_seconds"]),
            start=None if start_date is None else to_epoch(start_date),
        )

    @property
    def account(self) -> str | None:
        """The id of the key's own account; as the settings say it, where the key may not tell.

        Raises:
            StripeError: The key is refused, or no answer came.
        """
        expected: str | None = self._config.get("account_id")
        return self.identity.account or expected

    @property
    def connected_accounts(self) -> list[str]:
        """The ids of the connected accounts that the settings ask for.

        Raises:
            StripeError: The platform's list of them could not be read, or the key's own account,
                which must be told apart from them, is not known.
        """
        asked = self._config.get("connected_accounts")
        if not asked:
            return []
        if self.account is None:
            msg = "The key may not tell its account: set account_id to tell it from connected ones"
            raise StripeError(msg)
        ids = self._listed() if asked == ALL_ACCOUNTS else listed_accounts(asked)
        return [id_ for id_ in ids if id_ != self.account]

    def client_for(self, account: str | None) -> Client:
        """The client for an account's requests, with limits of its own.

        Args:
            account: The id of a connected account; None for the key's own.
        """
        return self.client if account is None else self.client.acting_for(account, self._limiter())

    def _listed(self) -> list[str]:
        try:
            return [account["id"] for account in Accounts.listing().everything(self.client)]
        except AccessDeniedError as error:
            msg = f"connected_accounts is {ALL_ACCOUNTS}, but they can't be listed: {error}"
            raise StripeError(msg) from error

    def _limiter(self) -> RateLimiter:
        """Stripe limits the requests to each account."""
        per_endpoint = max(ENDPOINT_REQUESTS_PER_SECOND, self._per_second // 4)
        return RateLimiter(self._per_second, per_endpoint, sleep=self._stop.wait)
