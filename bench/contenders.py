"""The programs that are compared: the tap, Stripe's own library in a loop, the bare floor."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import measure

API_KEY = "sk_live_bench"
NO_LIMIT = 1_000_000
"""Requests per second that nothing reaches."""


@dataclass(frozen=True)
class Workshop:
    """Where the files of the runs lie."""

    folder: Path
    catalog: Mapping[str, Any]
    """What the tap has discovered."""

    def tap(
        self,
        url: str,
        tables: Collection[str],
        state: Mapping[str, Any] | None = None,
        **settings: Any,
    ) -> list[str]:
        """The tap's command line for some tables, as Meltano would write it.

        Args:
            url: Where the server answers.
            tables: What is selected.
            state: Where the tap goes on; None: a first load.
            settings: Settings beyond the key and the address.
        """
        config = {"api_key": API_KEY, "api_url": url, **settings}
        files: dict[str, Any] = {"config": config, "catalog": self._selection(tables)}
        if state is not None:
            files["state"] = state
        command = [sys.executable, "-m", "tap_stripe"]
        for name, content in files.items():
            path = self.folder / f"{name}.json"
            path.write_text(json.dumps(content), encoding="utf-8")
            command += [f"--{name}", str(path)]
        return command

    def _selection(self, tables: Collection[str]) -> dict[str, Any]:
        catalog: dict[str, Any] = json.loads(json.dumps(self.catalog))
        for entry in catalog["streams"]:
            for metadata in entry["metadata"]:
                if not metadata["breadcrumb"]:
                    metadata["metadata"]["selected"] = entry["stream"] in tables
        return catalog


def workshop(folder: Path) -> Workshop:
    """Prepare an empty folder for runs of the tap.

    Raises:
        BenchError: The tap can't discover its tables.
    """
    catalog = folder / "discovered.json"
    measure([sys.executable, "-m", "tap_stripe", "--discover"], folder, output=catalog)
    return Workshop(folder, json.loads(catalog.read_bytes()))


def library(url: str, tables: Collection[str]) -> list[str]:
    """Stripe's own library, one list after the other."""
    return [sys.executable, "-m", "bench.peers.library", url, *tables]


def floor(url: str, tables: Collection[str]) -> list[str]:
    """The least that any tap does, one list after the other."""
    return [sys.executable, "-m", "bench.peers.floor", url, *tables]
