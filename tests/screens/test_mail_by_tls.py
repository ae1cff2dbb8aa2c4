"""Letters over TLS with a login, to a real server with a certificate of its own: what it refuses is told, and nothing is lost."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from sqlalchemy import Engine

from tests.screens.console.given import House, furnished, small_room
from tests.screens.test_mailing import Postman, addressed, free_port, held, mailing, states
from wallboard.records.mail import queue_minutes
from wallboard.screens.mailing import Mailing
from wallboard.settings import Mail

USER, PASSWORD = b"room", b"behind seven hills"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate that this machine signs for itself, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.company.example")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    built = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    dated = built.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    signed = dated.add_extension(here, critical=False).sign(key, hashes.SHA256())
    folder = tmp_path_factory.mktemp("mail")
    (folder / "server.pem").write_bytes(signed.public_bytes(Encoding.PEM))
    (folder / "server.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return folder / "server.pem", folder / "server.key"


def let_in(_s: SMTP, _n: Session, _e: Envelope, _m: str, given: object) -> AuthResult:
    right = isinstance(given, LoginPassword) and (given.login, given.password) == (USER, PASSWORD)
    return AuthResult(success=right, handled=False)


@contextmanager
def serving(security: str, files: tuple[Path, Path]) -> Iterator[tuple[Postman, Mail]]:
    """A server that takes letters over TLS from whoever signs in."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    secret: dict[str, Any] = (
        {"tls_context": context, "require_starttls": True} if security == "starttls" else {"ssl_context": context}
    )
    signs_in: dict[str, Any] = {"authenticator": let_in, "auth_required": True, "auth_require_tls": security == "starttls"}
    postman = Postman()
    controller = Controller(postman, hostname="127.0.0.1", port=free_port(), **secret, **signs_in)
    controller.start()
    declared = {"host": "127.0.0.1", "port": controller.port, "security": security, "user": USER.decode()}
    try:
        yield postman, Mail.model_validate(declared | {"sender": "room@company.example", "ca_file": files[0]})
    finally:
        controller.stop()


@pytest.mark.filterwarnings("ignore:Requiring AUTH:UserWarning")  # the whole connection is TLS then
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_letter_goes_over_tls_with_a_login_and_waits_while_the_server_cannot_be_used(
    house: House, certificate: tuple[Path, Path], security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[int] = []
    monkeypatch.setattr(Mailing, "_later", lambda _: later.append(1))
    addressed(house, lena="lena@company.example", sam="sam@company.example")
    number = held(house)
    with house.living.by("fay") as act:
        assert queue_minutes(act, number) == 2

    def fails(mail: Mail, sentence: str) -> None:
        mailing(house, mail).send()
        [(state, failure), other] = states(house, number).values()
        assert state == "queued" and failure is not None and sentence in failure, failure
        assert other == ("queued", None), "nobody else is tried while the server cannot be used"

    with serving(security, certificate) as (postman, mail):
        monkeypatch.setenv(mail.password_env, "a guess")
        fails(mail, "does not take the user and the password of room.toml's [mail]")
        fails(mail.model_copy(update={"ca_file": None}), "certificate is not trusted (self-signed certificate)")
        wrong = {"starttls": "tls", "tls": "starttls"}[security]
        monkeypatch.setattr("wallboard.screens.mailing.PATIENCE", 1.0)
        fails(mail.model_copy(update={"security": wrong}), "mail server")
        assert postman.got == [] and len(later) == 3
        monkeypatch.setenv(mail.password_env, PASSWORD.decode())
        mailing(house, mail).send()
    assert states(house, number) == {"Lena": ("sent", None), "Sam": ("sent", None)}
    assert [message["To"].addresses[0].username for message in postman.got] == ["lena", "sam"]


def test_a_letter_that_the_server_never_takes_is_given_up_and_lets_others_pass(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Mailing, "_later", lambda _: None)
    monkeypatch.setattr("wallboard.screens.mailing.TRIES", 2)
    addressed(house, lena="lena@company.example")
    number = held(house)
    with house.living.by("fay") as act:
        queue_minutes(act, number)
    nowhere = mailing(house, Mail(host="127.0.0.1", port=1, security="none", sender="room@company.example"))
    nowhere.send()
    assert states(house, number)["Lena"][0] == "queued"
    nowhere.send()
    assert states(house, number)["Lena"][0] == "failed"


@pytest.fixture
def house(tmp_path: Path, sqlite_store: Engine) -> House:
    return House(small_room(tmp_path / "room"), furnished(sqlite_store))
