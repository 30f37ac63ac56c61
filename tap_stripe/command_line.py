"""The tap as a command: its options, and one line and a non-zero exit for whatever goes wrong."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from typing import IO, TYPE_CHECKING, Any, NoReturn

import click
from singer_sdk import Tap
from singer_sdk.configuration._dict_config import parse_environment_config
from singer_sdk.exceptions import ConfigValidationError, MappingError
from singer_sdk.helpers._classproperty import classproperty
from singer_sdk.tap_base import CliTestOptionValue

from tap_stripe import commands, process
from tap_stripe.failure import SyncFailedError
from tap_stripe.settings import from_texts

if TYPE_CHECKING:
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
                cls._run(options)
        except (ConfigValidationError, MappingError) as error:
            # Not by the SDK's hand, whose last line would be the schema: Meltano shows the last.
            cls._tell_problems(_wrong_settings(error))
            sys.exit(1)
        except SyncFailedError as error:
            cls._tell_problems([str(error)])
            sys.exit(1)
        except BrokenPipeError:
            line = "The target closed the pipe before the sync was done"
            cls._give_up(line)
        except OSError as error:
            line = f"The output can't be written: {error}"
            cls._give_up(line)

    @classmethod
    def cb_test(cls, ctx: Any, param: Any, value: str) -> str:  # type: ignore[override]
        """Run `--test=schema`; plain `--test` is left to `invoke`, once all options are known."""
        if value != CliTestOptionValue.All.value:
            try:
                super().cb_test(ctx, param, value)
            except (ConfigValidationError, MappingError) as error:
                cls._tell_problems(_wrong_settings(error))
                ctx.exit(1)
        return value

    @classmethod
    def cb_config(cls, ctx: Any, param: Any, value: tuple[str, ...]) -> Any:
        """Read the settings of `--config`.

        Raises:
            click.BadParameter: A file is not there, or not what it should be.
        """
        try:
            return super().cb_config(ctx, param, value)
        except (OSError, ValueError, TypeError) as error:
            message = "each must be ENV, or a file with a JSON object"
            raise click.BadParameter(message, ctx, param) from error

    @classproperty
    def _env_var_config(cls) -> dict[str, Any]:  # noqa: N805
        """The settings in the environment; what is not of its type stays a text, for a line to say.

        The SDK would end with a traceback there.
        """
        schema = cls.config_jsonschema
        cls.append_builtin_config(schema)
        names = {name: {"type": "string"} for name in schema["properties"]}
        texts = parse_environment_config({"properties": names}, cls._env_var_prefix)
        return from_texts(texts, schema)

    @classmethod
    def _run(cls, options: Mapping[str, Any]) -> None:
        if options["about"]:
            super().invoke(about=True, about_format=options["about_format"])
        process.tune()
        cls.print_version(print_fn=cls.logger.info)
        cls._made(options).sync_all()

    @classmethod
    def _give_up(cls, line: str) -> NoReturn:
        """End with a line; what is still to be written to the output goes nowhere."""
        cls._tell_problems([line])
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)

    @classmethod
    def _tell_problems(cls, problems: Iterable[str]) -> None:
        for problem in problems:
            cls.logger.error("%s", problem)

    @classmethod
    def _made(cls, options: Mapping[str, Any], *, validate_config: bool = True) -> Self:
        """The tap as the options of the command line describe it."""
        config = options["config"]
        return cls(
            config=config.config,
            catalog=_document("--catalog", options.get("catalog")),
            state=_document("--state", options.get("state")),
            parse_env_config=config.parse_env,
            validate_config=validate_config,
        )


def _wrong_settings(error: ConfigValidationError | MappingError) -> list[str]:
    """What is wrong with the settings, a line each; the stream maps only the SDK can judge."""
    if isinstance(error, ConfigValidationError):
        return error.errors
    line = f"Setting stream_maps: {error}"
    return [line]


def _document(option: str, file: IO[str] | None) -> dict[str, Any] | None:
    """What stands in the file of an option.

    Raises:
        click.BadParameter: It is no JSON object.
    """
    if file is None:
        return None
    try:
        document = json.load(file)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        message = "the file must hold a JSON object"
        raise click.BadParameter(message, param_hint=option)
    return document
