"""Writes docs/reliability.md from what the tests say that they prove."""

from __future__ import annotations

import importlib
import inspect
import textwrap
from collections.abc import Iterator
from types import ModuleType

from tap_stripe.streams import STREAMS
from tests.project import ROOT
from tests.proof.at_work import WIDE
from tests.proof.bugs import MUTANTS
from tests.proof.tables import TABLES

PAGE = ROOT / "docs" / "reliability.md"
SUITES = {
    "tests.proof.test_histories": "Histories",
    "tests.proof.test_loaded_histories": "Histories in warehouses",
    "tests.proof.test_crashes": "Crashes",
    "tests.tap.test_dying": "Killed and stopped processes",
    "tests.proof.test_faults": "Answers that fail",
    "tests.proof.test_dead_ends": "Targets that fail",
    "tests.proof.test_hostile": "Data that nobody expects",
    "tests.proof.test_security": "The key",
    "tests.proof.test_soak": "Duration",
}
"""The modules whose tests make promises, and their headings."""
INTRODUCTION = """\
# Reliability

<!-- Made by `make docs` from the tests. -->

Whatever happens to the account, to Stripe, to the network, to the process or to the target: after
the next undisturbed run the warehouse holds what the account holds. What changes unseen by any API
of Stripe's is the exception, told table by table in [streams.md](streams.md). This page says what
is tried to break the promise, what the tap does then, and which test shows it. None of them needs a
key of Stripe's: a strict [stand-in](../standin/README.md) plays the account.

| | |
| --- | --- |
| `make test` | everything below, with 25 histories and a minute of soaking |
| `make proof` | 1,000 histories; `HISTORIES=…` for another number |
| `make soak` | ten minutes of business and faulty runs; `MINUTES=…` for longer |
| `make mutants` | puts each of the deliberate bugs at the end of this page into a copy of the tap |
| `make coverage` | which branches of the tap the tests take |

A **history** is thought up by [hypothesis](https://hypothesis.readthedocs.io): customers sign up
and go, subscriptions gain and lose items, invoices are drafted and deleted, coupons come back under
their old ids, prices and test clocks are deleted, discounts begin and end, cards come and go,
checkouts and payment records change without an event, many things happen within a second or nothing
for months, and in the middle of a run. In between the tap runs: to its end, killed at any record,
with any fault, with a key that lacks a permission, or only after Stripe has forgotten the events.
Events and transactions show late, pages hold as little as one object. What the messages make of a
warehouse is compared with the account itself and with a fresh read. A failure is shrunk and told in
sentences. What has happened in the histories is counted: each kind of thing must have happened in a
tenth of them at least (`ARGS=--hypothesis-show-statistics` tells the shares).

The **warehouses** of the histories are filled by the project's own loaders,
[plugins/loaders](../plugins/loaders). They use target-duckdb's and target-postgres' code for
tables, types and merging, and let the database read the records. The histories run neither target
as it is published, nor any other loader. `make test` loads one history, `make proof` one in a
hundred. What a warehouse then holds is compared with what the tap wrote, in every column of every
row: a null, a value of another type or another moment is a difference.
"""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION, _coverage()]
    for name, heading in SUITES.items():
        module = importlib.import_module(name)
        path = f"{name.replace('.', '/')}.py"
        rows = [
            f"| {_cell(fault)} | {_cell(outcome)} | `{test}` |"
            for test, fault, outcome in promises(module)
        ]
        head = f"## {heading}\n\nIn [{path}](../{path}).\n"
        table = "| What goes wrong | What becomes of it | Test |\n| --- | --- | --- |\n"
        parts.append(f"{head}\n{table}" + "\n".join(rows) + "\n")
    bugs = "\n".join(
        f"| {_cell(mutant.bug)} | `{mutant.file}` | {', '.join(map(_link, mutant.tests))} |"
        for mutant in MUTANTS
    )
    parts.append(f"## Deliberate bugs\n\n| Bug | In | Caught by |\n| --- | --- | --- |\n{bugs}\n")
    return "\n".join(parts)


def _coverage() -> str:
    """Which tables the histories keep in step, and where all are."""
    test = "tests/tap/test_every_stream.py"
    text = (
        f"Histories keep {len(TABLES)} of the {len(STREAMS)} tables in step, some of each kind: "
        f"{', '.join(f'`{table}`' for table in sorted(TABLES))}. "
        f"Left out are {len(WIDE)} columns of theirs that have many fields inside. "
        f"All {len(STREAMS)} are kept in step in [{test}](../{test}), without faults: "
        "three seeds of random changes in every collection, a first load and three runs after it, "
        "then a comparison with a fresh read."
    )
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False) + "\n"


def promises(module: ModuleType) -> Iterator[tuple[str, str, str]]:
    """Every promise of a module's tests: the test's name, the fault, the outcome."""
    for name, test in inspect.getmembers(module, inspect.isfunction):
        if not name.startswith("test_") or test.__module__ != module.__name__:
            continue
        for mark in getattr(test, "pytestmark", ()):
            if mark.name == "promise":
                for fault, outcome in mark.args[0]:
                    yield name, fault, outcome


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _link(path: str) -> str:
    return f"[{path.rpartition('/')[2]}](../{path})"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
