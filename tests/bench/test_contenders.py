"""What is compared does the same work."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from bench.contenders import NO_LIMIT, floor, library, workshop
from bench.findings import MIX
from bench.measure import BenchError, measure
from bench.service import serving

SIZES = {table: 101 + at for at, table in enumerate(MIX)}


def test_all_read_the_same_objects(tmp_path: Path) -> None:
    prepared = workshop(tmp_path)

    def tap(url: str, tables: Collection[str]) -> list[str]:
        return prepared.tap(url, tables, requests_per_second=NO_LIMIT)

    commands: list[Callable[[str, Collection[str]], list[str]]] = [tap, library, floor]
    found = []
    with serving(table=SIZES) as service:
        for command in commands:
            output = tmp_path / "output"
            used = measure(command(service.url, list(SIZES)), tmp_path, output=output)
            assert used.seconds > 0
            assert used.cpu > 0
            lines = [json.loads(line) for line in output.read_text().splitlines()]
            records = [line.get("record", line) for line in lines]
            found.append(sorted(record["id"] for record in records if "id" in record))
    assert len(found[0]) == sum(SIZES.values())
    assert found[0] == found[1] == found[2]


def test_a_program_that_fails_is_not_measured(tmp_path: Path) -> None:
    with serving(objects=1) as service, pytest.raises(BenchError, match="no_such_table"):
        measure(library(service.url, ["no_such_table"]), tmp_path)
