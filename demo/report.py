"""The demo's report, as text."""

from __future__ import annotations

from collections.abc import Mapping

from rich import box
from rich.table import Table

from demo.pipeline import PipelineRun
from demo.warehouse import TableCount

KINDS = ("new", "changed", "deleted")


def report(counts: Mapping[str, TableCount], first: PipelineRun, second: PipelineRun) -> Table:
    """A line for each table with rows: how many, and what each of the two runs sent."""
    # What no run tells of is no table of Stripe's: the log of the runs themselves.
    counts = {name: count for name, count in counts.items() if name in first.summary["tables"]}
    filled = {name: count for name, count in counts.items() if count.live or count.deleted}
    caption = (
        f"{len(counts) - len(filled)} more tables are empty: the demo account has none of that"
    )
    lines = Table(box=box.SIMPLE_HEAD, show_footer=True, pad_edge=False, caption=caption)
    lines.add_column("\ntable", "all tables", no_wrap=True)
    columns = {
        "\nrows": {name: count.live for name, count in counts.items()},
        "flagged\ndeleted": {name: count.deleted for name, count in counts.items()},
        "first run\nsent": {name: sum(first.sent(name, kind) for kind in KINDS) for name in counts},
    }
    for kind in KINDS:
        columns[f"second run\n{kind}"] = {name: second.sent(name, kind) for name in counts}
    for heading, numbers in columns.items():
        lines.add_column(heading, _text(sum(numbers.values())), justify="right")
    for name in filled:
        lines.add_row(name, *(_text(numbers[name]) for numbers in columns.values()))
    return lines


def _text(number: int) -> str:
    return f"{number:,}" if number else "·"
