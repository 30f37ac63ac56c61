"""What the command line can do besides syncing: `--check` and `--permissions`."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import click
from singer_sdk.exceptions import ConfigValidationError

from tap_stripe.api import StripeError
from tap_stripe.check import PATIENCE, Findings, as_json, as_text, check
from tap_stripe.failure import SyncFailedError
from tap_stripe.needs import Needs
from tap_stripe.session import Session
from tap_stripe.streams import StripeStream

if TYPE_CHECKING:
    from singer_sdk import Tap


class NothingSelectedError(Exception):
    """No table is selected, so there is nothing to tell."""


def with_options(command: click.Command) -> click.Command:
    """The SDK's command with the tap's own options."""
    for option in command.params:
        if option.name == "about_format" and isinstance(option, click.Option):
            option.help = "Style of what --about prints; json goes with the tap's own options too."
        if option.name == "test" and isinstance(option, click.Option):
            option.expose_value = True
            option.help = "The same as --check; --test=schema prints the schemas."
    command.params += [
        click.Option(
            ["--check"],
            is_flag=True,
            help="Ask Stripe whether the key may read what is selected; nothing is synced.",
        ),
        click.Option(
            ["--permissions"],
            is_flag=True,
            help="Print what a restricted key needs for what is selected; nothing is asked.",
        ),
    ]
    return command


def is_json(form: str | None) -> bool:
    """Whether `--format` asks for JSON rather than text.

    Raises:
        click.UsageError: It asks for what only `--about` has.
    """
    if form == "markdown":
        raise click.UsageError("--format=markdown goes with --about only")
    return form == "json"


def run_check(make: Callable[[], Tap], form: str | None = None) -> int:
    """Print what a check finds.

    Args:
        make: Makes the tap from the command line's options.
        form: The option `--format`.

    Returns:
        The exit code: 0 if everything that is selected can be read.
    """
    render = as_json if is_json(form) else as_text
    try:
        findings = checked(make())
    except ConfigValidationError as error:
        findings = Findings(problems=error.errors)
    except SyncFailedError as error:  # the state is another program's
        findings = Findings(problems=[str(error)])
    click.echo(render(findings), nl=False)
    return 0 if findings.ok else 1


def checked(tap: Tap) -> Findings:
    """What a check finds with a tap's settings, selection and state."""
    try:
        selected = _selected(tap)
        session = Session(tap.config, threading.Event(), retry=PATIENCE)
    except (NothingSelectedError, StripeError) as error:  # or no safe connection can be made
        return Findings(problems=[str(error)])
    return check(session, selected, tap.config, tap.state)


def print_permissions(tap: Tap, form: str | None = None) -> int:
    """Print what a restricted key needs for the selected tables.

    Args:
        tap: The tap; its settings need not be right.
        form: The option `--format`.

    Returns:
        The exit code: 1 if there is nothing to need a permission.
    """
    wants_json = is_json(form)
    try:
        needs = Needs.of(_selected(tap), tap.config)
    except NothingSelectedError as error:
        click.echo(json.dumps({"problems": [str(error)]}, indent=2) if wants_json else str(error))
        return 1
    click.echo(needs.as_json() if wants_json else needs.as_text())
    return 0


def _selected(tap: Tap) -> list[type[StripeStream]]:
    """The selected tables of Stripe's objects.

    Raises:
        NothingSelectedError: There are none.
    """
    found = [
        type(stream)
        for stream in tap.streams.values()
        if isinstance(stream, StripeStream) and stream.selected
    ]
    if not found:
        raise NothingSelectedError(
            "No table of Stripe's is selected. Select some with meltano select, or in the catalog"
        )
    return found
