"""How a GET request travels: one pool of connections, opened as the environment wants it.

`requests` works out proxies and certificates, once. Each request then goes through its urllib3
pool directly: the session's and the adapter's own work on a request takes as long as the transfer.
Redirects are not followed and cookies not kept.
"""

from __future__ import annotations

import copy
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.util.ssl_match_hostname import CertificateError

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0


class BrokenTransferError(Exception):
    """No whole answer came; another try may bring one. The text says why in a few words."""


class UnsafeConnectionError(Exception):
    """The server could not prove who it is. The text says why in a few words."""


@dataclass(frozen=True)
class Answer:
    """What came back, whatever it means."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    """Decompressed."""


class Getter(Protocol):
    """Whatever can send a GET request; see `Transport`."""

    def get(self, path: str, params: Sequence[tuple[str, str]] = ()) -> Answer:
        """See `Transport.get`."""

    def adding(self, headers: Mapping[str, str]) -> Getter:
        """See `Transport.adding`."""


OpenTransport = Callable[[str, "Mapping[str, str]", int], Getter]
"""Makes one from a server's URL, the headers of every request, and the number of connections."""


class Transport:
    """Sends GET requests to one server. Safe to use from many threads."""

    def __init__(
        self,
        url: str,
        headers: Mapping[str, str],
        connections: int,
        *,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        """Prepare the pool; nothing is sent yet.

        Args:
            url: Where the server answers; every path stands below it.
            headers: Headers of every request, the authorisation among them.
            connections: Most connections kept open at once.
            read_seconds: How long each piece of an answer may take, and a connection at most.

        Raises:
            UnsafeConnectionError: The environment names certificates that are not there.
        """
        connect_seconds = min(CONNECT_SECONDS, read_seconds)
        self._timeout = urllib3.Timeout(connect=connect_seconds, read=read_seconds)
        self._adapter = _Adapter(pool_connections=1, pool_maxsize=connections)
        try:
            self._pool, self._prefix, self._headers = self._adapter.way_to(url, headers)
        except OSError as error:  # from requests, about the certificates
            raise UnsafeConnectionError(reason(error)) from None

    def adding(self, headers: Mapping[str, str]) -> Transport:
        """The same connections, for requests with further headers."""
        other = copy.copy(self)
        vars(other).update(_headers={**self._headers, **headers})
        return other

    def get(self, path: str, params: Sequence[tuple[str, str]] = ()) -> Answer:
        """Send one request and read its answer.

        Args:
            path: Path below the server's URL, quoted; maybe with a query of its own.
            params: Query parameters in order; a name may repeat.

        Raises:
            BrokenTransferError: No whole answer came.
            UnsafeConnectionError: The server's certificate is not to be trusted.
        """
        query = f"?{urlencode(params)}" if params else ""
        try:
            response = self._pool.urlopen(
                "GET",
                f"{self._prefix}{path}{query}",
                headers=self._headers,
                retries=False,
                redirect=False,
                assert_same_host=False,  # a proxy is asked by whole addresses
                timeout=self._timeout,
            )
        except urllib3.exceptions.SSLError as error:
            kind = UnsafeConnectionError if _is_unsafe(error) else BrokenTransferError
            raise kind(reason(error)) from None
        except urllib3.exceptions.HTTPError as error:
            raise BrokenTransferError(reason(error)) from None
        return Answer(response.status, response.headers, response.data)


class _Adapter(HTTPAdapter):
    """Tells how requests would reach a server."""

    def way_to(self, url: str, headers: Mapping[str, str]) -> tuple[Any, str, dict[str, str]]:
        """The pool, what stands before each path, and all headers.

        Raises:
            OSError: The environment names certificates that are not there.
        """
        session = requests.Session()
        session.auth = _Given()
        request = session.prepare_request(requests.Request("GET", url, headers=dict(headers)))
        settings = session.merge_environment_settings(url, {}, None, None, None)
        proxies, verify, cert = settings["proxies"], settings["verify"], settings["cert"]
        pool = self.get_connection_with_tls_context(request, verify, proxies=proxies, cert=cert)
        self.cert_verify(pool, url, verify, cert)  # type: ignore[no-untyped-call]
        prefix = self.request_url(request, proxies).rstrip("/")
        return pool, prefix, {name: str(value) for name, value in request.headers.items()}


class _Given(AuthBase):
    """The authorisation is among the headers already: no .netrc entry may replace it."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


def _is_unsafe(error: urllib3.exceptions.SSLError) -> bool:
    """Whether the server has no good certificate or no TLS; anything else may pass."""
    cause = error.args[0] if error.args else error
    if isinstance(cause, (ssl.CertificateError, CertificateError)):
        return True
    return getattr(cause, "reason", None) == "WRONG_VERSION_NUMBER"


def reason(error: BaseException) -> str:
    """The innermost cause in a few words, without addresses of Python objects."""
    while error.args and isinstance(error.args[-1], BaseException):
        error = error.args[-1]
    cause = getattr(error, "reason", None)
    if isinstance(cause, BaseException):
        return reason(cause)
    return f"{type(error).__name__}: {str(error).split('>: ')[-1]}"
