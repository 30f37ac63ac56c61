"""Writes docs/reliability.md from what the tests say that they prove."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from types import ModuleType

from tests.project import ROOT
from tests.proof.bugs import MUTANTS

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
| `make test` | everything below, with 25 histories and some seconds of soaking |
| `make proof` | 1,000 histories; `HISTORIES=…` for another number |
| `make soak` | ten minutes of business and faulty runs; `MINUTES=…` for longer |
| `make mutants` | puts each of the deliberate bugs at the end of this page into a copy of the tap |
| `make coverage` | which branches of the tap the tests take |

A **history** is thought up by [hypothesis](https://hypothesis.readthedocs.io): customers sign up
and go, subscriptions gain and lose items, invoices are drafted and deleted, coupons come back under
their old ids, many things happen within a second or nothing for months, and in the middle of a run.
In between the tap runs: to its end, killed at any record, with any fault, with a key that lacks a
permission, or only after Stripe has forgotten the events. Events and transactions show late, pages
hold as little as one object. What the messages make of a warehouse is compared with the account
itself and with a fresh read. A failure is shrunk and told in sentences. What has happened in the
histories is counted: each kind of thing must have happened in a tenth of them at least
(`ARGS=--hypothesis-show-statistics` tells the shares).
"""


def page() -> str:
    """The whole page."""
    parts = [INTRODUCTION]
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
