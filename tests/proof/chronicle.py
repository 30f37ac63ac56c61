"""Performs a history, keeps a warehouse in step on the way, and tells the story in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from standin import Account, Clock, Server
from standin.desk import Request
from tap_stripe.times import to_iso
from tests.proof.at_work import tap_of
from tests.proof.business import DEEDS, Business
from tests.proof.census import Census
from tests.proof.history import Burst, Deed, History, Key, Kill, Run, Step, Wait
from tests.proof.tables import TABLES
from tests.proof.things import DAY
from tests.tap.conftest import NOW
from tests.tap.harness import Message

RESTRICTED = "rk_test_restricted"


class Target(Protocol):
    """What takes a run's messages."""

    def load(self, messages: Iterable[Message]) -> object:
        """Apply messages in order."""


@dataclass
class Chronicle:
    """A history that is being performed."""

    history: History
    target: Target
    tables: tuple[str, ...] = TABLES
    told: list[str] = field(default_factory=list)
    """The story so far, a sentence each."""
    state: dict[str, Any] = field(default_factory=dict)
    census: Census = field(default_factory=Census)
    """What has happened, the past left out."""

    def __post_init__(self) -> None:
        """Make the account."""
        self.account = Account(
            clock=Clock(NOW - 100 * DAY),
            id="acct_test",
            event_delay=self.history.events_late,
            balance_transaction_delay=self.history.transactions_late,
            longest_page=self.history.longest_page,
        )
        self.business = Business(self.account)
        self.tap = tap_of(*self.tables)
        self._lacking: frozenset[str] = frozenset()
        self._last_run = 0
        self._api_key = self.account.secret_key
        if self.history.has_keys:
            self._api_key = RESTRICTED
            self.account.add_key(RESTRICTED, self.account.permissions)

    @property
    def story(self) -> str:
        """What has happened."""
        about = (
            f"Events can be seen after {self.history.events_late} s, balance transactions after "
            f"{self.history.transactions_late} s, pages show {self.history.longest_page} objects."
        )
        return "\n".join([about, *self.told])

    def perform(self, server: Server) -> None:
        """All steps; then time to settle, and an undisturbed run."""
        for round_ in range(self.history.past):
            for deed in DEEDS:
                self._step(server, Deed(deed, round_))
            self._step(server, Wait(DAY))
        self.census = Census()
        for step in self.history.steps:
            self._step(server, step)
        self._step(server, Wait(600))
        self._step(server, Key(()))
        self._run(server, Run())

    def _step(self, server: Server, step: Step) -> None:
        if isinstance(step, Deed):
            self._do(step)
        elif isinstance(step, Wait):
            self._wait(step.seconds)
        elif isinstance(step, Key):
            self._change_key(step)
        else:
            self._run(server, step)

    def _do(self, deed: Deed) -> None:
        for n in range(deed.times):
            self._tell(self.business.do(deed.name, deed.choice + n))
            self.census.deed(deed.name, self.account.clock.now())

    def _wait(self, seconds: int) -> None:
        self.business.wait(seconds)

    def _change_key(self, key: Key) -> None:
        lacking = frozenset(key.lacks)
        if lacking == self._lacking:
            return
        self._tell(f"the key lacks {', '.join(sorted(lacking)) or 'nothing any more'}")
        self.census.key(lacks_more=bool(lacking - self._lacking))
        self._lacking = lacking
        self.account.add_key(RESTRICTED, self.account.permissions.keys() - lacking)

    def _tell(self, sentence: str) -> None:
        self.told.append(f"{to_iso(self.account.clock.now())} {sentence}")

    def _run(self, server: Server, run: Run) -> None:
        if self._last_run == self.account.clock.now():
            self._wait(1)  # no two runs begin within one second
        self._last_run = self.account.clock.now()
        self._tell("The tap runs" + (f" with {run.concurrency} at once" if run != Run() else ""))
        undisturbed = run == Run() and not self._lacking
        faults = [trouble.fault() for trouble in run.troubles]
        for trouble, fault in zip(run.troubles, faults, strict=True):
            self._tell(f"  {trouble}")
            server.faults.add(fault)
        bursts = _Bursts(run.bursts, self, server)
        server.on_request(bursts)
        server.clear()
        self.census.run_begins(self.account.clock.now(), self.history.events_late)
        sync = self.tap.run(server, self.state, concurrency=run.concurrency, api_key=self._api_key)
        server.forget(bursts)
        server.faults.clear()
        assert "Traceback" not in sync.log, sync.log
        if undisturbed:
            assert sync.failure is None, sync.failure
        elif sync.failure:
            self._tell(f"  it fails: {sync.failure}")
        rows, state = sync.messages, sync.messages
        if run.kill:
            rows, state = cut_off(sync.messages, run.kill)
            self._tell(f"  it is killed after {len(rows)} of {len(sync.messages)} messages")
        self.census.run_ends(
            killed=run.kill is not None,
            failed=sync.failure is not None,
            disturbed=any(
                fault.times != trouble.times
                for trouble, fault in zip(run.troubles, faults, strict=True)
            ),
            refused=any(request.status == 403 for request in server.requests),
        )
        self.target.load(rows)
        states = [message["value"] for message in state if message["type"] == "STATE"]
        if states:
            self.state = json.loads(json.dumps(states[-1]))


@dataclass
class _Bursts:
    """Business in the middle of a run."""

    bursts: tuple[Burst, ...]
    chronicle: Chronicle
    server: Server
    asked: dict[str, int] = field(default_factory=dict)

    def __call__(self, request: Request) -> None:
        """Before a request is answered."""
        path = request.path
        self.asked[path] = self.asked.get(path, 0) + 1
        for burst in self.bursts:
            if burst.path == path and burst.request == self.asked[path]:
                self.chronicle._tell(f"  as it asks {path} for time {burst.request}:")  # noqa: SLF001
                for deed in burst.deeds:
                    self.chronicle._step(self.server, deed)  # noqa: SLF001
                self.chronicle._wait(burst.seconds)  # noqa: SLF001


def cut_off(messages: list[Message], kill: Kill) -> tuple[list[Message], list[Message]]:
    """What of a run's messages was applied before it was killed, and what of it is known.

    A stream that wrote fewer records than that is no reason to die: then the run dies at its end.
    """
    of_stream = [
        n
        for n, message in enumerate(messages)
        if message["type"] == "RECORD" and message["stream"] == kill.stream
    ]
    reached = len(of_stream) >= kill.record
    rows = messages[: of_stream[kill.record - 1] + 1] if reached else messages[:-1]
    states = [n for n, message in enumerate(rows) if message["type"] == "STATE"]
    lost = states[len(states) - kill.states_lost :] if kill.states_lost else []
    return rows, rows[: lost[0]] if lost else rows
