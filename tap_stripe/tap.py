"""The Singer tap: settings, discovery, and the sync of all selected streams."""

from __future__ import annotations

import functools
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from singer_sdk import Stream
from singer_sdk.exceptions import ConfigValidationError
from singer_sdk.helpers.capabilities import PluginCapabilities, TapCapabilities
from singer_sdk.singerlib.encoding.simple import StateMessage

from tap_stripe import commands, guard
from tap_stripe.advice import explained
from tap_stripe.api import StripeError
from tap_stripe.command_line import CommandLineTap
from tap_stripe.failure import SyncFailedError
from tap_stripe.moving_in import ForeignStateError, own_state
from tap_stripe.problems import problems
from tap_stripe.session import Session
from tap_stripe.settings import SETTINGS
from tap_stripe.singer.catalog import as_text, without_deselected
from tap_stripe.singer.messages import PageWriter
from tap_stripe.singer.states import States
from tap_stripe.streams import STREAMS, StripeStream
from tap_stripe.streams.base import EVENTS
from tap_stripe.sync import summary
from tap_stripe.sync.absent import warn_of_absent
from tap_stripe.sync.account import AccountSync, account_sync
from tap_stripe.sync.checkpoints import STATE_AFTER_ROWS
from tap_stripe.sync.context import RunContext
from tap_stripe.sync.failures import Failures
from tap_stripe.sync.feed import told_by_events
from tap_stripe.sync.log import SyncLog
from tap_stripe.sync.new import sample
from tap_stripe.sync.parents import Parents
from tap_stripe.sync.plan import plan
from tap_stripe.sync.report import FAILED, OK, STOPPED, Report
from tap_stripe.sync.run import Run, Stopped

if TYPE_CHECKING:
    from types import FrameType


GRACE_SECONDS = 1.5
"""How long a stopped process may take to write its last state."""


class TapStripe(CommandLineTap):
    """Brings a Stripe account into a warehouse and keeps it in step."""

    name = "tap-stripe"
    config_jsonschema = SETTINGS
    message_writer_class = PageWriter
    state_after_rows = STATE_AFTER_ROWS
    capabilities = [  # noqa: RUF012
        TapCapabilities.CATALOG,
        TapCapabilities.STATE,
        TapCapabilities.DISCOVER,
        TapCapabilities.ACTIVATE_VERSION,
        PluginCapabilities.ABOUT,
        PluginCapabilities.STREAM_MAPS,
        PluginCapabilities.FLATTENING,
        PluginCapabilities.STRUCTURED_LOGGING,
    ]

    def __init__(self, *, catalog: Any = None, **kwargs: Any) -> None:
        """Prepare the tap; see the SDK's class for the arguments."""
        self._stop = threading.Event()
        self._stop_signal = 0
        if isinstance(catalog, dict) and "streams" in catalog:
            catalog = without_deselected(catalog)
        super().__init__(catalog=catalog, **kwargs)

    def discover_streams(self) -> list[Stream]:
        """All tables; which of them a key may read shows only in a run."""
        return [*(stream(self) for stream in STREAMS), SyncLog(self)]

    def setup_mapper(self) -> None:
        """Prepare the stream maps, which take the keys from the catalog: with those that we use."""
        for stream in self.streams.values():
            entry = self.catalog.get_stream(stream.name)
            if entry is not None:
                entry.key_properties = stream.primary_keys
        super().setup_mapper()

    @property
    def catalog_json_text(self) -> str:
        """What `--discover` writes."""
        return as_text(self.catalog_dict)

    def load_state(self, state: dict[str, Any]) -> None:
        """Begin with a state of this tap, or of the one that was used before.

        Raises:
            SyncFailedError: It is another's.
        """
        try:
            super().load_state(own_state(state))
        except ForeignStateError as error:
            raise SyncFailedError(str(error)) from error

    def sync_all(self) -> None:  # type: ignore[misc]
        """Sync all selected streams together.

        The SDK's own loop reads one stream after the other, which can't reach Stripe's rate: it
        takes four endpoints at once. It is final for type checkers only; see ARCHITECTURE.md.

        Raises:
            SyncFailedError: Something could not be read that should have been.
        """
        report = Report(self._session.client.total)
        self._save_summary(report)
        try:
            failures = self._sync(report)
        except Stopped as stopped:
            report.end(STOPPED, str(stopped))
            self.logger.warning("%s", stopped)
            sys.exit(128 + self._stop_signal)
        except StripeError as error:
            line = explained(error, str(self.config["api_key"]))
            report.end(FAILED, line)
            raise SyncFailedError(line) from error
        except BaseException as error:
            report.end(FAILED, str(error) or type(error).__name__)
            raise
        else:
            report.end(FAILED, str(failures)) if failures else report.end(OK)
        finally:
            self._save_summary(report)
        if failures:
            raise SyncFailedError(str(failures))

    def run_connection_test(self) -> bool:  # type: ignore[misc]
        """Check what is selected; the SDK's own test would also try what was not chosen."""
        return commands.checked(self).ok

    def look_at(self, stream: StripeStream) -> Iterator[dict[str, Any]]:
        """The newest records of one stream, for the SDK's dry run.

        Raises:
            StripeError: Stripe's refusal.
        """
        self._admit()
        for source in plan([stream], {}, self._context()):
            for table, records in sample(source):
                yield from ({**table.shared, **record} for record in records)

    def _sync(self, report: Report) -> Failures:
        """Bring the selected tables up to date; what went wrong."""
        self._admit()
        session = self._session
        report.started, report.account = session.moment.now, session.account
        report.livemode = session.identity.livemode
        connected = session.connected_accounts
        guard.remember(session.identity, cast("dict[str, Any]", self.state))
        states = States(cast("dict[str, Any]", self.state))
        warn_of_absent(states, connected)
        versions = {name: states.newest_version(name) for name in self.streams}
        writer = self._page_writer()
        # The state as it was goes first: some targets take the first one that they see for true
        # as soon as any stream is written.
        writer.write_message(StateMessage(value=states.value()))
        for stream in self.streams.values():
            if stream.selected:
                stream._write_schema_message()  # noqa: SLF001  (the SDK's own way)
        log = self.streams.get(SyncLog.name)

        def last_words() -> bytes:
            if not isinstance(log, SyncLog) or not log.selected:
                return b""
            return log.lines(report)

        accounts = self._accounts(states, versions, connected)
        run = Run(
            accounts,
            states,
            writer,
            report,
            self._stop,
            last_words=last_words,
            state_after_rows=self.state_after_rows,
        )
        try:
            return run.execute()
        finally:
            session.workers.stop()
            report.summarize()

    def _save_summary(self, report: Report) -> None:
        """Write the summary, if it is asked for.

        Raises:
            SyncFailedError: The file can't be written.
        """
        path = self.config.get("summary_path")
        try:
            if path:
                summary.save(Path(path), report)
        except OSError as error:
            msg = f"summary_path can't be written: {error}"
            raise SyncFailedError(msg) from error

    @property
    def _stripe_streams(self) -> dict[str, StripeStream]:
        """The tables of Stripe's objects."""
        return {n: s for n, s in self.streams.items() if isinstance(s, StripeStream)}

    def _accounts(
        self, states: States, versions: Mapping[str, int], connected: Iterable[str]
    ) -> Iterator[AccountSync]:
        """What the run reads of the key's own account, then of each connected one."""
        own = account_sync(self._context(versions), states.own)
        self._warn_without_feed(own)
        yield own
        for id_ in connected:
            yield account_sync(self._context(versions, id_), states.take(id_), id_)

    def _admit(self) -> None:
        """Stop here if the key is not the one that is meant.

        Raises:
            StripeError: It isn't, or it is refused.
        """
        guard.admit(self._session.identity, self.config, self.state)

    def _warn_without_feed(self, account: AccountSync) -> None:
        error = self._session.feed_refused
        following = (s for s in account.sources if told_by_events(type(s.root), s.streams))
        if error is not None and any(source.root.feed == EVENTS for source in following):
            self.logger.warning(
                "The key may not read events, so changes and deletions can't be followed: %s",
                error,
            )

    def _context(
        self, versions: Mapping[str, int] | None = None, connected: str | None = None
    ) -> RunContext:
        """What the sources of an account share.

        Args:
            versions: The newest version of each table's rows before the run.
            connected: The id of a connected account; None for the key's own.
        """
        session, streams = self._session, self._stripe_streams
        client = session.client_for(connected)
        return RunContext(
            client=client,
            workers=session.workers,
            moment=session.moment,
            streams=streams,
            parents=Parents(streams, client, session.workers),
            shapes=session.shapes,
            account=connected or session.account,
            livemode=session.identity.livemode,
            versions=versions or {},
        )

    @functools.cached_property
    def _session(self) -> Session:
        return Session(self.config, self._stop)

    def _page_writer(self) -> PageWriter:
        writer = self.message_writer
        if not isinstance(writer, PageWriter):
            raise TypeError("tap-stripe writes its messages itself")
        return writer

    def _validate_config(self, *, raise_errors: bool = True) -> list[str]:
        """Check the settings in words of our own: the SDK's would show a wrong key."""
        for name, setting in self.config_jsonschema["properties"].items():
            if "default" in setting:
                self._config.setdefault(name, setting["default"])
        found = problems(self._config)
        if found and raise_errors:
            summary = "Config validation failed"
            raise ConfigValidationError(summary, errors=found, schema=self.config_jsonschema)
        return found

    def _handle_termination(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Ask the run to end; end the process hard if the output takes no more."""
        self._stop_signal = signum
        self._stop.set()
        hard_stop = threading.Timer(GRACE_SECONDS, os._exit, (128 + signum,))
        hard_stop.daemon = True
        hard_stop.start()
