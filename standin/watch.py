"""Watches what a client under test must never do, in every process that serves the stand-in."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from standin.api import Question

FILE = "STANDIN_WATCH"
"""The environment's name for the file that gets a line for each unsafe request."""
CLIENT = "STANDIN_CLIENT"
"""The environment's name for how the client under test calls itself (its ``User-Agent``)."""


def watch(question: Question, secrets: Iterable[str]) -> None:
    """Write a line if the client under test sent anything but a GET, or a key outside its header.

    Does nothing unless the environment names a file and a client.
    """
    file, client = os.environ.get(FILE), os.environ.get(CLIENT)
    if file is None or question.headers.get("user-agent") != client:
        return
    wrong = [] if question.method == "GET" else ["not a GET"]
    others = [value for name, value in question.headers.items() if name != "authorization"]
    if any(secret in text for secret in secrets for text in _texts(question, others)):
        wrong.append("a key outside the Authorization header")
    if int(question.headers.get("content-length", 0)):
        wrong.append("a body")
    if wrong:
        with Path(file).open("a", encoding="utf-8") as lines:
            lines.write(f"{question.method} {question.path}: {', '.join(wrong)}\n")


def _texts(question: Question, headers: Iterable[str]) -> list[str]:
    return [question.path, f"{question.params}", *headers]
