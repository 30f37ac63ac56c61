"""Measure, print a table, write the figures: `python -m bench --help`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bench.contenders import workshop
from bench.figures import Figures
from bench.findings import Bench, Result
from bench.measure import BenchError
from bench.report import FIGURES, PAGE, markdown, table
from bench.scenarios import (
    cpu,
    incremental,
    limits,
    models,
    pipeline,
    server,
    size,
    small,
    stages,
    startup,
)
from bench.service import PROJECT

SCENARIOS: dict[str, Callable[[Bench], Result]] = {
    "server": server.run,
    "cpu": cpu.run,
    "stages": stages.run,
    "startup": startup.run,
    "live": limits.live,
    "sandbox": limits.sandbox,
    "small": small.run,
    "incremental": incremental.run,
    "size": size.run,
    "pipeline": pipeline.run,
    "models": models.run,
}


def main() -> None:
    """Run what the command line asks for."""
    options = _parser().parse_args()
    if options.document:
        figures = Figures.read(options.json)
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(FIGURES.fill(page, markdown(figures)), encoding="utf-8")
        return
    console = Console(width=110, highlight=False)
    with tempfile.TemporaryDirectory() as folder:
        try:
            bench = Bench(workshop(Path(folder)), options.runs, options.full)
            figures = Figures.of_here(bench)
            for name in options.only:
                console.print(f"{name} …")
                figures.results.append(SCENARIOS[name](bench))
        except BenchError as error:
            sys.exit(str(error))
    console.print(table(figures.results))
    figures.write(options.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    add = parser.add_argument
    add("--only", type=_names, default=list(SCENARIOS), help=", ".join(SCENARIOS))
    add("--runs", type=int, default=3, help="how often to repeat what is short")
    add("--full", action="store_true", help="also what takes many minutes")
    add("--json", type=Path, default=PROJECT / "output" / "bench.json", help="file of the figures")
    add("--document", action="store_true", help="measure nothing, put that file into docs/")
    return parser


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - SCENARIOS.keys():
        raise argparse.ArgumentTypeError(f"no scenario {', '.join(sorted(unknown))}")
    return names


if __name__ == "__main__":
    main()
