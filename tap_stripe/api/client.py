"""One HTTP client for all of a run: authorisation, version pin, retries, Stripe's errors.

Only GET is ever sent, and the key travels only in the Authorization header.
"""

from __future__ import annotations

import copy
import json
import logging
import random
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import backoff
import orjson

from tap_stripe.api.errors import StripeError, UnavailableError, error_from, request_id
from tap_stripe.api.meter import Meter
from tap_stripe.api.transport import (
    READ_SECONDS,
    BrokenTransferError,
    OpenTransport,
    Transport,
    UnsafeConnectionError,
)
from tap_stripe.masking import without

if TYPE_CHECKING:
    from tap_stripe.api.limits import RateLimiter

API_VERSION = "2026-10-28.endive"
DEFAULT_API_URL = "https://api.stripe.com"
_OK, _CLIENT_ERROR, _TOO_MANY_REQUESTS = 200, 400, 429
logger = logging.getLogger("tap-stripe")
Params = Sequence["tuple[str, str]"]


@dataclass(frozen=True)
class RetryPolicy:
    """How long an answer is waited for, and how often and how patiently a request is repeated.

    The pause before try n is random between 0 and `first_pause * 2**n` seconds, at most
    `longest_pause`, and never shorter than Stripe's `Retry-After`, up to `longest_obeyed`.
    """

    tries: int = 9
    first_pause: float = 0.5
    longest_pause: float = 30.0
    longest_obeyed: float = 120.0
    read_seconds: float = READ_SECONDS
    """How long a server may be silent."""


@dataclass(frozen=True)
class Reply:
    """A good answer of Stripe's."""

    body: Any
    """The decoded JSON."""


class _RetriableError(Exception):
    """A try that failed and may be repeated. Never leaves this module."""

    def __init__(self, error: StripeError, retry_after: float = 0.0) -> None:
        super().__init__(str(error))
        self.error = error
        self.retry_after = retry_after


class Client:
    """Reads Stripe's API. Safe to use from many threads."""

    def __init__(
        self,
        api_key: str,
        limiter: RateLimiter,
        *,
        api_url: str = DEFAULT_API_URL,
        connections: int = 32,
        retry: RetryPolicy | None = None,
        transport: OpenTransport | None = None,
    ) -> None:
        """Prepare a pool of connections; nothing is sent yet.

        Args:
            api_key: Secret or restricted key.
            limiter: The limiter that all requests share.
            api_url: Where Stripe's API answers.
            connections: Most connections kept open at once.
            retry: How to repeat what failed.
            transport: How requests travel; default: over the network.
        """
        self.total = Meter()
        self.server_time = 0
        """Stripe's clock when it last answered (the `Date` header), in seconds since the epoch; 0
        as long as no answer has told it."""
        self._limiter = limiter
        self._url = api_url.rstrip("/")
        self._policy = retry or RetryPolicy()
        self._key = api_key
        headers = {
            "Authorization": f"Bearer {api_key}",
            "Stripe-Version": API_VERSION,
            "User-Agent": "tap-stripe",
            "Accept": "application/json",
        }
        try:
            self._transport = (transport or self._by_network)(self._url, headers, connections)
        except UnsafeConnectionError as error:
            raise self._unsafe(error) from None

    def _by_network(self, url: str, headers: Mapping[str, str], connections: int) -> Transport:
        return Transport(url, headers, connections, read_seconds=self._policy.read_seconds)

    def acting_for(self, account: str, limiter: RateLimiter) -> Client:
        """A client that asks for a connected account, over the same connections.

        Args:
            account: The account's id, sent as `Stripe-Account`.
            limiter: The account's own limits.
        """
        transport = self._transport.adding({"Stripe-Account": account})
        other = copy.copy(self)
        vars(other).update(total=Meter(parent=self.total), _limiter=limiter, _transport=transport)
        return other

    def get(
        self, path: str, params: Params = (), *, endpoint: str = "", meter: Meter | None = None
    ) -> Reply:
        """Get one path, repeating what may be repeated.

        Args:
            path: Path below the API's URL, e.g. `/v1/customers`.
            params: Query parameters in order; a name may repeat.
            endpoint: Name under which the rate limit counts this request; default the path.
            meter: Who pays for the request in the run's summary.

        Raises:
            StripeError: Stripe's refusal, by kind; `UnavailableError` once all tries are used up.
        """
        tries = 0

        @backoff.on_exception(
            self._pauses,
            _RetriableError,
            max_tries=self._policy.tries,
            jitter=None,
            logger=None,
            on_backoff=_log_retry,
        )
        def attempt() -> Reply:
            nonlocal tries
            waited = self._limiter.wait(endpoint or path)
            (meter or self.total).count(retry=tries > 0, waited=waited)
            tries += 1
            return self._get_once(path, params, endpoint or path)

        try:
            return attempt()
        except _RetriableError as failure:
            error = failure.error
            message = f"{error.message} (gave up after {tries} tries)"
            raise UnavailableError(
                message, status=error.status, code=error.code, request_id=error.request_id
            ) from None

    def _pauses(self) -> Generator[float, Any, None]:
        """Seconds to wait after each failure, which `backoff` sends in."""
        ceiling = self._policy.first_pause
        failure = yield 0.0  # backoff primes the generator once
        while True:
            pause = random.uniform(0, ceiling)  # noqa: S311  (jitter, not a secret)
            ceiling = min(ceiling * 2, self._policy.longest_pause)
            asked = min(getattr(failure, "retry_after", 0.0), self._policy.longest_obeyed)
            failure = yield max(pause, asked)

    def _get_once(self, path: str, params: Params, endpoint: str) -> Reply:
        try:
            answer = self._transport.get(path, params)
        except UnsafeConnectionError as error:
            raise self._unsafe(error) from None
        except BrokenTransferError as error:
            msg = without(self._key, f"The transfer of {path} broke: {error}")
            raise _RetriableError(StripeError(msg)) from None
        status, headers = answer.status, answer.headers
        body = _decode(answer.body)
        self.server_time = max(self.server_time, _server_time(headers))
        if status >= _CLIENT_ERROR:
            self._refuse(status, body, headers, endpoint)
        if status != _OK:
            msg = f"{path} answered with an unexpected redirect or status"
            raise StripeError(msg, status=status, request_id=request_id(headers, self._key))
        if not isinstance(body, dict):
            broken = StripeError(
                f"The body of {path} is not a JSON object",
                status=status,
                request_id=request_id(headers, self._key),
            )
            raise _RetriableError(broken)
        self._limiter.accepted(endpoint)
        return Reply(body)

    def _unsafe(self, error: UnsafeConnectionError) -> StripeError:
        return StripeError(without(self._key, f"No safe connection to {self._url}: {error}"))

    def _refuse(self, status: int, body: object, headers: Mapping[str, str], endpoint: str) -> None:
        """Raise what an answer of 400 or above means."""
        error = error_from(status, body, headers, key=self._key)
        if status == _TOO_MANY_REQUESTS:
            self._limiter.refused(endpoint, headers.get("Stripe-Rate-Limited-Reason"))
        advice = headers.get("Stripe-Should-Retry", "").lower()
        if advice == "true" or (isinstance(error, UnavailableError) and advice != "false"):
            raise _RetriableError(error, _seconds(headers.get("Retry-After")))
        raise error


def _decode(content: bytes) -> Any:
    """Decode a JSON body; None where it is not JSON.

    orjson refuses what Stripe may carry on behalf of its users (lone surrogates), the standard
    library does not.
    """
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            return None


def _server_time(headers: Mapping[str, str]) -> int:
    """Stripe's clock; 0 where the header is missing or broken. This machine's may be wrong."""
    try:
        return int(parsedate_to_datetime(headers.get("Date", "")).timestamp())
    except ValueError:
        return 0


def _seconds(retry_after: str | None) -> float:
    try:
        return max(0.0, float(retry_after or 0))
    except ValueError:  # an HTTP date: Stripe sends none, so the usual pause does
        return 0.0


def _log_retry(details: Any) -> None:
    # As text: a log that keeps its records would keep the exception, and with it the page read.
    reason = str(details.get("exception", "no answer"))
    logger.info("Trying again in %.1f s: %s", details["wait"], reason)
