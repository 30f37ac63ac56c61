"""What the command line can do besides syncing: `--check` and `--permissions`."""

from __future__ import annotations

import json
import textwrap
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from singer_sdk.exceptions import ConfigValidationError

from tap_stripe.api import StripeError
from tap_stripe.api.account import livemode_of
from tap_stripe.check import PATIENCE, Findings, as_json, as_text, check
from tap_stripe.guard import MODES
from tap_stripe.permissions import by_permission, is_documented, prefilled_form
from tap_stripe.session import Session
from tap_stripe.streams import StripeStream

if TYPE_CHECKING:
    from singer_sdk import Tap


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
    click.echo(render(findings), nl=False)
    return 0 if findings.ok else 1


def checked(tap: Tap) -> Findings:
    """What a check finds with a tap's settings, selection and state."""
    try:
        session = Session(tap.config, threading.Event(), retry=PATIENCE)
    except StripeError as error:  # no safe connection can be made
        return Findings(problems=[str(error)])
    return check(session, _selected(tap), tap.config, tap.state)


def print_permissions(tap: Tap, form: str | None = None) -> None:
    """Print what a restricted key needs for the selected tables.

    Args:
        tap: The tap; its settings need not be right.
        form: The option `--format`.
    """
    selected = _selected(tap)
    needed = by_permission(selected)
    undocumented = [stream.table() for stream in selected if not is_documented(stream)]
    form_address = prefilled_form(needed, livemode=_livemode(tap.config))
    if is_json(form):
        told = {"permissions": needed, "undocumented": undocumented, "form": form_address}
        click.echo(json.dumps(told, indent=2))
    else:
        click.echo("\n".join(_lines(len(selected), needed, undocumented, form_address)))


def _lines(
    tables: int, needed: Mapping[str, Sequence[str]], undocumented: Sequence[str], address: str
) -> Iterator[str]:
    yield f"For the {tables} selected tables a restricted key needs Read for:"
    width = max(map(len, needed), default=0)
    for name, used_by in needed.items():
        yield f"  {name:{width}}  {', '.join(used_by)}"
    yield "Make it in the dashboard's form, where they are switched on already:"
    yield f"  {address}"
    if undocumented:
        yield "Stripe does not document all that these need; --check tells it in Stripe's words:"
        yield textwrap.fill(
            ", ".join(undocumented), 100, initial_indent="  ", subsequent_indent="  "
        )


def _livemode(config: Mapping[str, Any]) -> bool | None:
    """The mode of the key to be made, as far as the settings tell."""
    mode = MODES.get(str(config.get("livemode")))
    return livemode_of(str(config.get("api_key", ""))) if mode is None else mode


def _selected(tap: Tap) -> list[type[StripeStream]]:
    return [
        type(stream)
        for stream in tap.streams.values()
        if isinstance(stream, StripeStream) and stream.selected
    ]
