"""Deliberate bugs that a developer might make: each says in one place what the tap must not do."""

from __future__ import annotations

from dataclasses import dataclass

HISTORIES = "tests/proof/test_histories.py"
CRASHES = "tests/proof/test_crashes.py"
FAULTS = "tests/proof/test_faults.py"
SOAK = "tests/proof/test_soak.py"
HOSTILE = "tests/proof/test_hostile.py"
SECURITY = "tests/proof/test_security.py"


@dataclass(frozen=True)
class Mutant:
    """A bug: in one file, one piece of code is replaced by another."""

    bug: str
    file: str
    """Below `tap_stripe`."""
    code: str
    instead: str
    tests: tuple[str, ...]
    """Files of which one test at least has to fail."""

    def put_into(self, source: str) -> str:
        """The source of the file with the bug in it.

        Raises:
            ValueError: The code that the bug replaces is not there, once.
        """
        if source.count(self.code) != 1:
            raise ValueError(f"{self.file} does not have {self.code!r} once")
        return source.replace(self.code, self.instead)


MUTANTS = (
    Mutant(
        "off by one at a window's edge",
        "sync/windows.py",
        "Span(low, high - 1)",
        "Span(low, high - 2)",
        ("tests/sync/test_windows.py", "tests/sync/test_ordered.py"),
    ),
    Mutant(
        "an event's snapshot taken for the present",
        "sync/refetch.py",
        "None if change.surely_deleted else source.completer.retrieve(id_)",
        "None if change.surely_deleted else _last_seen(source, change)",
        (HISTORIES,),
    ),
    Mutant(
        "canceled subscriptions not asked for",
        "streams/subscriptions.py",
        '(("status", "all"),)',
        "()",
        (HISTORIES,),
    ),
    Mutant(
        "nested lists cut after ten",
        "sync/complete.py",
        'if entries and entries.get("has_more"):',
        "if False:",
        (HISTORIES,),
    ),
    Mutant(
        "bookmark moved before the pages are written",
        "sync/new.py",
        "batch.created_up_to = min(page.newest, settled)",
        "batch.created_up_to = settled",
        (CRASHES,),
    ),
    Mutant(
        "changes counted as sent before they are",
        "sync/changed.py",
        "batch.changed_up_to = min(change.first, settled)",
        "batch.changed_up_to = settled",
        (CRASHES,),
    ),
    Mutant(
        "state written before its records",
        "sync/run.py",
        "            self._writer.write(lines)\n            self._checkpoints.count(",
        "            for table in source.tables if batch.created_up_to else ():\n"
        "                table.begin()\n"
        "                table.bookmark.created_up_to(batch.created_up_to)\n"
        "            self._checkpoints.write()\n"
        "            self._writer.write(lines)\n            self._checkpoints.count(",
        (CRASHES,),
    ),
    Mutant(
        "a page of events lost",
        "sync/new.py",
        "        if observe is not None:\n            for",
        "        if observe is not None and prepared.page.rest is None:\n            for",
        (HISTORIES,),
    ),
    Mutant("gt for gte", "api/lists.py", '"created[gte]"', '"created[gt]"', (HISTORIES,)),
    Mutant("lt for lte", "api/lists.py", '"created[lte]"', '"created[lt]"', (HISTORIES, CRASHES)),
    Mutant(
        "the machine's clock",
        "api/client.py",
        'return int(parsedate_to_datetime(headers.get("Date", "")).timestamp())',
        'return int(__import__("time").time())',
        (FAULTS,),
    ),
    Mutant(
        "no lookback",
        "sync/context.py",
        "self.now - self.lookback",
        "self.now",
        ("tests/tap/test_in_step.py",),
    ),
    Mutant(
        "a gap in the feed not seen",
        "sync/plan.py",
        "moment.now - FEED_DAYS * DAY",
        "moment.now - 3 * FEED_DAYS * DAY",
        (HISTORIES,),
    ),
    Mutant(
        "the feed trusted to its last second",
        "sync/plan.py",
        "FEED_DAYS * DAY + READING",
        "FEED_DAYS * DAY",
        (FAULTS,),
    ),
    Mutant(
        "a failed reading calls off rows",
        "sync/run.py",
        "            self._fail(account, source, result)\n",
        "            self._fail(account, source, result)\n            self._complete(source)\n",
        ("tests/tap/test_kinds_of_lists.py",),
    ),
    Mutant(
        "rows that are gone not called off",
        "sync/run.py",
        "            self._writer.write_message(message)\n",
        "",
        (HISTORIES,),
    ),
    Mutant(
        "rows of a run whose state is lost not called off",
        "singer/bookmark.py",
        '        self._state["activate"] = True\n',
        '        if self.existed:\n            self._state["activate"] = True\n',
        (CRASHES,),
    ),
    Mutant(
        "deleted rows not flagged",
        "sync/refetch.py",
        "        if table.flags:\n",
        "        if False:\n",
        (HISTORIES,),
    ),
    Mutant(
        "entries that left their parent not flagged",
        "sync/refetch.py",
        "if key not in present]",
        "if False]",
        (HISTORIES,),
    ),
    Mutant(
        "what is pending not met again",
        "streams/silent.py",
        'min(created, note["since"])',
        "created",
        (HISTORIES,),
    ),
    Mutant(
        "an id used again counts as deleted",
        "sync/changes.py",
        "self.deleted > self.touched",
        "self.deleted >= 0",
        (HISTORIES,),
    ),
    Mutant(
        "a cursor that is gone ends the list",
        "api/lists.py",
        "        except CursorGoneError:\n",
        "        except CursorGoneError:\n            return Page([], None, None, None)\n",
        (FAULTS,),
    ),
    Mutant(
        "refusals for a moment not tried again",
        "api/client.py",
        '(isinstance(error, UnavailableError) and advice != "false")',
        "False",
        (FAULTS,),
    ),
    Mutant(
        "certificates not checked",
        "api/transport.py",
        "self.cert_verify(pool, url, verify, cert)",
        "self.cert_verify(pool, url, False, cert)",
        (SECURITY,),
    ),
    Mutant(
        "redirects followed",
        "api/transport.py",
        "retries=False,\n                redirect=False,",
        "retries=3,",
        (FAULTS,),
    ),
    Mutant(
        "everything written stays in memory",
        "singer/messages.py",
        "        sys.stdout.buffer.write(lines)\n",
        "        sys.stdout.buffer.write(lines)\n"
        '        self.__dict__.setdefault("kept", []).append(lines)\n',
        (SOAK,),
    ),
    Mutant(
        "NUL let through",
        "singer/messages.py",
        "has_nul = _ESCAPE in line and _NUL in line",
        "has_nul = False",
        (HOSTILE,),
    ),
    Mutant(
        "the key in the address",
        "api/client.py",
        "self._transport.get(path, params)",
        'self._transport.get(path, [*params, ("key", self._key)])',
        ("tests/tap/test_refusals.py",),
    ),
)
