"""The tap as a command: its options, and one line and a non-zero exit for whatever goes wrong."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from singer_sdk import Tap
from singer_sdk.exceptions import ConfigValidationError
from singer_sdk.tap_base import CliTestOptionValue

from tap_stripe import commands, process
from tap_stripe.failure import SyncFailedError

if TYPE_CHECKING:
    import click
    from typing_extensions import Self


class CommandLineTap(Tap):
    """The SDK's tap with a command line that also checks and advises."""

    @classmethod
    def get_singer_command(cls) -> click.Command:
        """The command line, with the tap's own options."""
        return commands.with_options(super().get_singer_command())

    @classmethod
    def invoke(
        cls, *, check: bool = False, permissions: bool = False, test: str = "", **options: Any
    ) -> None:
        """Run the command line; what goes wrong is one line and a non-zero exit.

        Args:
            check: Look whether a sync could read everything, instead of syncing.
            permissions: Print what a restricted key needs, instead.
            test: The SDK's option, another name for `check`.
            options: See the SDK's class.
        """
        form = options["about_format"]
        try:
            if permissions:
                tap = cls._made(options, validate_config=False)
                sys.exit(commands.print_permissions(tap, form))
            elif check or test == CliTestOptionValue.All.value:
                sys.exit(commands.run_check(lambda: cls._made(options), form))
            else:
                process.tune()
                super().invoke(**options)
        except ConfigValidationError as error:
            # Not by the SDK's hand, whose last line would be the schema: Meltano shows the last.
            cls._tell_problems(error)
            sys.exit(1)
        except SyncFailedError as error:
            cls.logger.error("%s", error)  # noqa: TRY400
            sys.exit(1)
        except BrokenPipeError:
            cls.logger.error("The target closed the pipe before the sync was done")  # noqa: TRY400
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)

    @classmethod
    def cb_test(cls, ctx: Any, param: Any, value: str) -> str:  # type: ignore[override]
        """Run `--test=schema`; plain `--test` is left to `invoke`, once all options are known."""
        if value != CliTestOptionValue.All.value:
            try:
                super().cb_test(ctx, param, value)
            except ConfigValidationError as error:
                cls._tell_problems(error)
                ctx.exit(1)
        return value

    @classmethod
    def _tell_problems(cls, error: ConfigValidationError) -> None:
        for problem in error.errors:
            cls.logger.error("%s", problem)

    @classmethod
    def _made(cls, options: Mapping[str, Any], *, validate_config: bool = True) -> Self:
        """The tap as the options of the command line describe it."""
        config = options["config"]
        catalog, state = (options.get(name) for name in ("catalog", "state"))
        return cls(
            config=config.config,
            catalog=None if catalog is None else json.load(catalog),
            state=None if state is None else json.load(state),
            parse_env_config=config.parse_env,
            validate_config=validate_config,
        )
