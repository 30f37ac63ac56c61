"""What a record costs, when nothing else takes time."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass

from bench.contenders import NO_LIMIT, floor, library
from bench.findings import MIX, Bench, Finding, Result, median
from bench.measure import BenchError, Usage, measure
from bench.service import serving

TAP, LIBRARY, FLOOR = "tap", "stripe library", "bare floor"
_SHARE = {TAP: 1, LIBRARY: 5, FLOOR: 1}
"""The library reads a fifth of the account: its pace is the same, and everybody waits less."""
Command = Callable[[str, Collection[str]], list[str]]


@dataclass(frozen=True)
class _Turn:
    """One run of a program."""

    rate: float
    """Records per second, from its first request to its end."""
    usage: Usage


def run(bench: Bench) -> Result:
    """No latency, no limit, five tables; the programs take turns.

    Each program also reads an empty account: the CPU seconds of that are its start, and left out.
    """

    def tap(url: str, tables: Collection[str]) -> list[str]:
        return bench.workshop.tap(url, tables, requests_per_second=NO_LIMIT)

    commands: dict[str, Command] = {TAP: tap, LIBRARY: library, FLOOR: floor}
    turns: dict[str, list[_Turn]] = {name: [] for name in commands}
    starts: dict[str, list[_Turn]] = {name: [] for name in commands}
    for _ in range(bench.runs):
        for name, command in commands.items():
            starts[name].append(_run(bench, command, dict.fromkeys(MIX, 0)))
            turns[name].append(_run(bench, command, _sizes(name)))
    what = f"{sum(MIX.values()):,} objects of five tables, no latency, no limit"
    result = Result("cpu", what)
    costs = {name: _cost(name, turns[name], starts[name]) for name in commands}
    for name, cost in costs.items():
        rate = median(turn.rate for turn in turns[name])
        result.findings.append(Finding(name, rate, "records/s"))
        result.findings.append(Finding(f"{name}, CPU", cost, "µs/record"))
    to_library, to_floor = (
        median(
            ours.rate / theirs.rate for ours, theirs in zip(turns[TAP], turns[other], strict=True)
        )
        for other in (LIBRARY, FLOOR)
    )
    result.findings += [
        Finding("tap to library", to_library, "times", at_least=15),
        Finding("tap to floor", 100 * to_floor, "%", at_least=50),
        Finding("tap to library, CPU", costs[LIBRARY] / costs[TAP], "times"),
        Finding("tap to floor, CPU", 100 * costs[FLOOR] / costs[TAP], "%"),
    ]
    result.details = {
        name: {"full": list(map(asdict, turns[name])), "empty": list(map(asdict, starts[name]))}
        for name in commands
    }
    return result


def _sizes(name: str) -> dict[str, int]:
    """What a program has to read."""
    return {table: count // _SHARE[name] for table, count in MIX.items()}


def _cost(name: str, turns: list[_Turn], starts: list[_Turn]) -> float:
    """Microseconds of CPU for a record, without the program's start."""
    cpu = median(turn.usage.cpu for turn in turns) - median(turn.usage.cpu for turn in starts)
    return 1e6 * cpu / sum(_sizes(name).values())


def _run(bench: Bench, command: Command, sizes: dict[str, int]) -> _Turn:
    """Read an account of these sizes.

    Raises:
        BenchError: It was not read whole.
    """
    output = bench.folder / "output"
    with serving(table=sizes) as service:
        usage = measure(command(service.url, list(sizes)), bench.folder, output=output)
        first = service.stats()["first"]
    with output.open("rb") as lines:
        records = sum(1 for line in lines if not line.startswith((b'{"type":"S', b'{"type":"A')))
    output.unlink()
    if records != sum(sizes.values()):
        raise BenchError(f"{records} records were written, not {sum(sizes.values())}")
    return _Turn(records / (usage.ended - first), usage)
