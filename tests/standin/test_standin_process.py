"""``python -m standin``: a process with a port file, options and its own endpoints."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

ROOT = Path(__file__).parents[2]
KEY = {"Authorization": "Bearer sk_test_mine"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port_file = tmp_path_factory.mktemp("standin") / "port"
    command = [sys.executable, "-m", "standin", "--port-file", str(port_file), "--api-key",
               "sk_test_mine", "--now", "2026-11-01", "--rate-limit", "1000"]  # fmt: skip
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            deadline = time.monotonic() + 10
            while not port_file.exists() and time.monotonic() < deadline:
                time.sleep(0.02)
            yield f"http://127.0.0.1:{int(port_file.read_text())}"
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=5) == 0


def test_serves_and_counts(url: str) -> None:
    requests.post(f"{url}/_standin/clear", timeout=5)
    answer = requests.get(f"{url}/v1/charges", headers=KEY, timeout=5)
    assert answer.json()["data"] == []
    assert answer.headers["Date"].startswith("Sun, 01 Nov 2026")
    stats = requests.get(f"{url}/_standin/stats", timeout=5).json()
    assert stats["requests"] == 1
    assert (stats["by_operation"], stats["by_status"]) == ({"/v1/charges": 1}, {"200": 1})
    assert stats["api_key"].startswith("sk_test_")
    assert stats["account"].startswith("acct_")


def test_time_moves_on_request(url: str) -> None:
    now = requests.get(f"{url}/_standin/stats", timeout=5).json()["now"]
    answer = requests.post(f"{url}/_standin/advance", json={"seconds": 86400}, timeout=5)
    assert answer.json()["now"] == now + 86400


def test_unknown_orders(url: str) -> None:
    assert requests.post(f"{url}/_standin/dance", timeout=5).status_code == 404
    assert requests.get(f"{url}/_standin/advance", timeout=5).status_code == 404
