"""Load the demo account, let business go on, load what changed, and show what it comes to."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import time
from pathlib import Path

from rich.console import Console

from demo.account import running_account
from demo.pipeline import PROJECT, Pipeline, PipelineError, PipelineRun
from demo.report import report
from demo.warehouse import count_rows

SEED = 7
DAYS = 5
"""How long business goes on between the runs."""


def main() -> None:
    """Run the demo. Exits with 1, after the pipeline's log, when a run fails."""
    # An exit ends the demo account on its way out, a signal would not.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    try:
        show(Console(width=110, highlight=False), PROJECT / "output" / "demo")
    except PipelineError as error:
        sys.exit(f"{error}\nThe pipeline failed; its log is above.")


def show(console: Console, directory: Path) -> None:
    """Run the demo in `directory`, which is emptied first."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    started = time.monotonic()
    console.print("Starting the demo account, a subscription business of two years …")
    with running_account(SEED, directory) as account:
        at_start = account.stats()
        console.print(f"  account {at_start['account']} answers at {account.url}")
        pipeline = Pipeline(account.url, at_start["api_key"], directory)
        console.print("First load: meltano run tap-stripe target-duckdb …")
        first = pipeline.load()
        console.print(f"  {outcome(first)}")
        console.print(f"Business goes on for {DAYS} days …")
        account.let_business_go_on(DAYS)
        console.print("Second run, which brings only what has changed …")
        second = pipeline.load()
        console.print(f"  {outcome(second)}")
    console.print("Answers: meltano run dbt-duckdb:build stripe-report:html …")
    console.print(f"  marts and report in {pipeline.build_report():.1f} s")
    console.print(report(count_rows(pipeline.warehouse), first, second))
    warehouse, page = os.path.relpath(pipeline.warehouse), os.path.relpath(pipeline.report)
    console.print(f"The warehouse is {warehouse}: tables in schema stripe, marts in stripe_marts.")
    console.print(f"The report is {page}; open it in a browser.")
    console.print(f"Done in {time.monotonic() - started:.0f} s.")


def outcome(run: PipelineRun) -> str:
    """One run in a line."""
    did = run.summary
    return (
        f"{did['rows']:,} records with {did['requests']:,} requests in {run.seconds:.1f} s, "
        f"{did['seconds']:.1f} s of it for reading"
    )


if __name__ == "__main__":
    main()
