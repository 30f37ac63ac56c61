"""A server with a certificate, which writes down what reaches it."""

from __future__ import annotations

import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import trustme
from typing_extensions import Self


class TlsServer:
    """Answers every request with an empty object; use it as a context manager.

    `heard` has the Authorization header of each request that came through.
    """

    def __init__(self, authority: trustme.CA, host: str = "localhost", *, cut: int = 0) -> None:
        """Take a certificate for a host's name from an authority.

        Args:
            authority: Issues the certificate.
            host: The name in it.
            cut: So many connections end in the middle of the handshake first.
        """
        self.heard: list[str | None] = []
        heard = self.heard
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(context)
        to_cut = iter(range(cut))

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                heard.append(self.headers["Authorization"])
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: object) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            def get_request(self) -> tuple[socket.socket, Any]:
                connection, address = self.socket.accept()
                if next(to_cut, None) is not None:
                    connection.recv(65536)
                    connection.close()
                    raise OSError("cut")  # the server takes it for a client that turned away
                return context.wrap_socket(connection, server_side=True), address

            def handle_error(self, *_: object) -> None:
                """A client that turns away is no news here."""

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self.url = f"https://localhost:{self._server.server_port}"

    def __enter__(self) -> Self:
        """Listen."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        self._server.shutdown()
        self._server.server_close()
