"""The tap's command line, in this process."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from tap_stripe.tap import TapStripe
from tests.tap.harness import captured_log


def invoke(
    *arguments: str,
    settings: dict[str, Any] | None = None,
    catalog: dict[str, Any] | None = None,
    state: dict[str, Any] | None = None,
) -> tuple[int, str, str]:
    """Exit code, output and log of the command."""
    with tempfile.TemporaryDirectory() as folder, captured_log() as log:
        for name, content in (("config", settings), ("catalog", catalog), ("state", state)):
            if content is not None:
                path = Path(folder) / f"{name}.json"
                path.write_text(json.dumps(content))
                arguments = (*arguments, f"--{name}", str(path))
        result = CliRunner().invoke(TapStripe.cli, arguments)
    return result.exit_code, result.output, log.getvalue()
