"""What a run never does with the key, and to whom it never speaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from standin import Account, Clock, Fault, Server, watch
from standin.api import Question
from standin.direct import Direct
from tests.proof.at_work import tap_of
from tests.proof.promise import promise
from tests.proof.tls import TlsServer
from tests.tap.conftest import NOW


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(Account(clock=Clock(NOW), id="acct_test", seed=1)) as server:
        yield server


def trust(authority: trustme.CA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the run trust this authority, and no other."""
    bundle = folder / "authorities.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))


def reached(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, *, cut: int = 0
) -> TlsServer:
    """A server with a good certificate, after a run that has got through to it."""
    authority = trustme.CA()
    trust(authority, folder, monkeypatch)
    with TlsServer(authority, cut=cut) as stripe:
        run = tap_of("customers").run(server, direct=False, api_url=stripe.url)
    assert run.failure is not None
    assert "did not answer with" in run.failure
    return stripe


@promise(
    "A certificate of another host, or of an authority that nobody trusts",
    "No connection, and no key sent",
)
@pytest.mark.parametrize(("trusted", "host"), [(True, "elsewhere.test"), (False, "localhost")])
def test_the_certificate_is_checked(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, trusted: bool, host: str
) -> None:
    authority = trustme.CA()
    trust(authority if trusted else trustme.CA(), tmp_path, monkeypatch)
    with TlsServer(authority, host) as imposter:
        run = tap_of("customers").run(server, direct=False, api_url=imposter.url)
    assert run.failure is not None
    assert run.failure.startswith("No safe connection")
    assert imposter.heard == []


@promise("A certificate that is good", "The key goes into the Authorization header")
def test_a_good_certificate_is_trusted(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stripe = reached(server, tmp_path, monkeypatch)
    assert set(stripe.heard) == {f"Bearer {server.account.secret_key}"}


@promise("A connection that ends in the middle of the TLS handshake", "Tried again")
def test_a_handshake_that_is_cut(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reached(server, tmp_path, monkeypatch, cut=2).heard


@promise("A page that names another host for the next one", "Only the path counts")
def test_a_next_page_elsewhere(server: Server) -> None:
    page = {"data": [], "next_page_url": "https://elsewhere.invalid/v2/core/events?page=x"}
    path = "/v2/money_management/outbound_payments"
    server.faults.add(Fault(path, "error", 200, body=page))
    run = tap_of("v2_money_management_outbound_payments").run(server, direct=False)
    assert run.failure is not None
    assert server.requests[-1].path == "/v2/core/events"


@promise("An answer that repeats the key", "Logs, errors and states do not show it")
def test_the_key_is_never_shown(server: Server) -> None:
    key = server.account.secret_key
    body = {"error": {"message": f"Bad header: Bearer {key}", "code": key, "param": key}}
    server.faults.add(Fault("/v1/customers", "error", 400, body=body, times=None))
    run = tap_of("customers", "products").run(server)
    assert run.failure is not None
    assert f"Bad header: Bearer sk_test_...{key[-4:]}" in run.failure
    assert key not in run.failure + run.log + f"{run.messages}"


@promise(
    "Any request of any test",
    "Is a GET without a body, and has the key in the Authorization header alone",
)
@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        (Question("POST", "/v1/customers"), "not a GET"),
        (Question("GET", "/v1/customers/sk_test_1"), "a key outside"),
        (Question("GET", "/v1/customers", params={"created": {"gte": "sk_test_1"}}), "a key"),
        (Question("GET", "/v1/customers", {"cookie": "k=sk_test_1"}), "a key"),
        (Question("GET", "/v1/customers", {"content-length": "2"}), "a body"),
        (Question("GET", "/v1/customers", {"authorization": "Bearer sk_test_1"}), None),
    ],
)
def test_the_watch_sees_what_is_unsafe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, question: Question, wrong: str | None
) -> None:
    """`tests/conftest.py` has it watch every request that any test makes the tap send."""
    file = tmp_path / "unsafe.txt"
    monkeypatch.setenv(watch.FILE, str(file))
    monkeypatch.setenv(watch.CLIENT, "tap-stripe")
    headers = {"user-agent": "tap-stripe", **question.headers}
    watch.watch(Question(question.method, question.path, headers, question.params), ["sk_test_1"])
    assert file.exists() is (wrong is not None)
    assert wrong is None or wrong in file.read_text()


def test_the_watch_is_on(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(watch.FILE, str(tmp_path / "unsafe.txt"))
    monkeypatch.setenv(watch.CLIENT, "tap-stripe")
    Direct(server.desk, {"User-Agent": "tap-stripe"}).get(f"/{server.account.secret_key}")
    assert "a key" in (tmp_path / "unsafe.txt").read_text()
