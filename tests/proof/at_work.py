"""A tap that is built once and runs many times.

What the SDK does to build a tap costs ten times as much as a run of a small account, so a thousand
histories would take hours. Everything that a run itself does is as in the real tap.
"""

from __future__ import annotations

import contextlib
import functools
import io
import json
import math
import threading
from collections.abc import Mapping, Sequence
from typing import Any, cast
from unittest import mock

from requests.structures import CaseInsensitiveDict

from standin import Server
from standin.direct import Direct, LineError
from tap_stripe.api.client import RetryPolicy
from tap_stripe.api.transport import Answer, BrokenTransferError, OpenTransport
from tap_stripe.failure import SyncFailedError
from tap_stripe.session import Session
from tap_stripe.sync import checkpoints
from tap_stripe.tap import TapStripe
from tests.tap.harness import Sync, captured_log, config, parse, selection

WIDE = (
    ("charges", "payment_method_details"),
    ("charges", "source"),
    ("checkout_sessions", "payment_method_options"),
    ("customer_payment_methods", "card"),
    ("disputes", "evidence"),
    ("invoices", "last_finalization_error"),
    ("invoices", "payment_settings"),
    ("payment_attempt_records", "payment_method_details"),
    ("payment_intents", "last_payment_error"),
    ("payment_intents", "next_action"),
    ("payment_intents", "payment_method_options"),
    ("payment_methods", "card"),
    ("payment_records", "payment_method_details"),
    ("refunds", "destination_details"),
    ("subscriptions", "payment_settings"),
    ("subscriptions", "pending_update"),
    ("v2_core_accounts", "configuration"),
    ("v2_core_accounts", "identity"),
)
"""Columns with hundreds of fields, none of which matters here; to compile them takes long."""
AT_ONCE = RetryPolicy(first_pause=0, longest_pause=0)
"""Try again without a pause."""

_STATE_AFTER_EACH_BATCH = mock.patch.multiple(
    checkpoints, STATE_AFTER_SECONDS=0, STATE_BYTES_PER_SECOND=math.inf
)
"""Otherwise that of many tables is written only after as many bytes of records."""


class Shortcut:
    """Requests that reach the stand-in without a network."""

    def __init__(self, server: Server, headers: Mapping[str, str]) -> None:
        """Send these headers with every request."""
        self._server, self._headers = server, headers
        self._direct = Direct(server.desk, headers)

    def adding(self, headers: Mapping[str, str]) -> Shortcut:
        """See `tap_stripe.api.transport.Transport.adding`."""
        return Shortcut(self._server, {**self._headers, **headers})

    def get(self, path: str, params: Sequence[tuple[str, str]] = ()) -> Answer:
        """See `tap_stripe.api.transport.Transport.get`."""
        try:
            answer = self._direct.get(path, params)
        except LineError as error:
            raise BrokenTransferError(str(error)) from None
        return Answer(answer.status, CaseInsensitiveDict(answer.headers), answer.body)


class TapAtWork(TapStripe):
    """Writes its state after each batch, so that a small account has many points to go on from."""

    def run(
        self,
        server: Server,
        state: Mapping[str, Any] | None = None,
        *,
        output: io.BytesIO | None = None,
        retry: RetryPolicy = AT_ONCE,
        direct: bool = True,
        **settings: Any,
    ) -> Sync:
        """Sync once, from a state.

        Args:
            server: The stand-in.
            state: What the run before has written; it stays as it is.
            output: Where to write, for a test that looks on meanwhile.
            retry: How patient the run is.
            direct: Whether requests reach the stand-in without a network, three times as fast.
            settings: Over those of `tests.tap.harness.config`.
        """
        output = io.BytesIO() if output is None else output
        everything = {"lookback_seconds": 300, "concurrency": 4} | config(server, **settings)
        shortcut = (lambda _, headers, __: Shortcut(server, headers)) if direct else None
        failure, log = self.sync(everything, state, output=output, retry=retry, transport=shortcut)
        return Sync(parse(output.getvalue()), failure, log)

    def sync(
        self,
        settings: Mapping[str, Any],
        state: Mapping[str, Any] | None,
        *,
        output: io.BytesIO,
        retry: RetryPolicy,
        transport: OpenTransport | None = None,
    ) -> tuple[str | None, str]:
        """Sync once, with all settings told.

        Returns:
            Why it failed, if it did, and its log.
        """
        self._session = Session(settings, threading.Event(), retry=retry, transport=transport)
        cast("dict[str, Any]", self.state).clear()
        self.state.update(json.loads(json.dumps(state or {})))
        text, failure = io.TextIOWrapper(output, encoding="utf-8"), None
        with contextlib.redirect_stdout(text), captured_log() as log, _STATE_AFTER_EACH_BATCH:
            try:
                self.sync_all()
            except SyncFailedError as error:
                failure = str(error)
        text.detach()
        return failure, log.getvalue()


@functools.cache
def tap_of(*tables: str, off: tuple[tuple[str, str], ...] = WIDE) -> TapAtWork:
    """The tap with these tables selected, without some columns."""
    nowhere = {"api_key": "sk_test_nobody"}
    return TapAtWork(config=nowhere, catalog=selection(tables, off))
