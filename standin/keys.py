"""API keys: the full secret key, and restricted keys with their permissions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class ApiKey:
    """A registered key. ``permissions`` is None for a key that may read everything.

    ``connect`` says whether it may act for connected accounts. A ``barred`` one has a list of
    addresses that it may be used from, and ours isn't among them.
    """

    secret: str
    permissions: frozenset[str] | None = None
    connect: bool = True
    expired: bool = False
    barred: bool = False

    def allows(self, permission: str | None) -> bool:
        """Whether the key holds this permission (None: none is needed)."""
        return self.permissions is None or permission is None or permission in self.permissions


@dataclass
class Keyring:
    """The keys of an account."""

    keys: dict[str, ApiKey] = field(default_factory=dict)

    def add(
        self,
        secret: str,
        permissions: Iterable[str] | None,
        known: Iterable[str],
        *,
        connect: bool = True,
    ) -> None:
        """Register a key. Raises ValueError for a permission that no endpoint asks for."""
        granted = None if permissions is None else frozenset(permissions)
        unknown = (granted or frozenset()) - frozenset(known)
        if unknown:
            raise ValueError(f"no such permission: {', '.join(sorted(unknown))}")
        self.keys[secret] = ApiKey(secret, granted, connect)

    def expire(self, secret: str) -> None:
        """The key stays known, but is refused from now on."""
        self.keys[secret].expired = True

    def bar(self, secret: str) -> None:
        """The key is refused from now on for where the request comes from."""
        self.keys[secret].barred = True
