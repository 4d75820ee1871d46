"""Mail: kept, sent, tried again; against a real SMTP server on this machine."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from prongsai.web.agencies.models import AuditEntry
from prongsai.web.agencies.roles import Role
from prongsai.web.notify import services
from prongsai.web.notify.models import MOST_TRIES, Mail
from tests.web.agencies.pages import inline_parts

WAIT_S = 60  # for what hangs; a busy machine answers long before
TO, SUBJECT = "malee@example.org", "คำเชิญเปิดบัญชีผู้ใช้ เทศบาลตำบลบ้านสวนพลู เรื่องที่ยาวเกินหนึ่งบรรทัดของหัวจดหมายแน่นอน"
TEXT = "เรียน นางมาลี ตั้งใจ\n\nน้ำ ทำ ก็ได้ ๑๒๓ “ ”\n.บรรทัดที่ขึ้นต้นด้วยจุด\n" + "ยาว" * 400 + "\n"


class Box:
    """A mail server's box: keeps what it takes, refuses who it was told to refuse."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], object]] = []
        self.refused: set[str] = set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


class Server(Controller):
    """A server on a port that the system chose and nobody can take in between."""

    def __init__(self, box: Box, **options) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        super().__init__(box, *self._listening.getsockname(), ready_timeout=WAIT_S, **options)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self._listening, ssl=self.ssl_context)


def point_at(settings, port: int, **more) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, WAIT_S
    for name, value in more.items():
        setattr(settings, name, value)


@pytest.fixture
def start(settings):
    """Start a server: ``box = start(smtp options)``."""
    running = []

    def make(settings_too: dict[str, object] | None = None, **options) -> Box:
        box = Box()
        controller = Server(box, **options)
        controller.start()
        running.append(controller)
        point_at(settings, controller.port, **(settings_too or {}))
        return box

    yield make
    for controller in running:
        controller.stop()


@pytest.fixture
def down():
    """A port at which nobody answers, and nobody else can while the test runs."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # it does not listen
        yield held.getsockname()[1]


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that nobody but its own file vouches for."""
    from ipaddress import ip_address

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example.org")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path, secret = tmp_path / "mail.pem", tmp_path / "mail.key"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path, secret)
    return path, context


def send(agency, **more) -> Mail:
    return services.send(agency, **({"to": TO, "subject": SUBJECT, "text": TEXT} | more))


@pytest.fixture
def sending(django_capture_on_commit_callbacks):
    """Let what waits for the end of the transaction happen."""

    def run(agency, **more) -> Mail:
        with django_capture_on_commit_callbacks(execute=True):
            mail = send(agency, **more)
        mail.refresh_from_db()
        return mail

    return run


@pytest.mark.django_db
def test_thai_mail_arrives_whole_and_its_text_is_forgotten_here(agency, start, sending):
    box = start()
    mail = sending(agency)
    ((receivers, letter),) = box.letters
    assert receivers == [TO] and letter["To"] == TO and letter["Subject"].strip() == SUBJECT
    assert letter.get_content().replace("\r\n", "\n") == TEXT
    assert (mail.text, mail.error, mail.tries) == ("", "", 1) and mail.sent_at is not None


@pytest.mark.django_db(transaction=True)
def test_mail_leaves_only_once_the_transaction_is_through(agency, start):
    box = start()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(agency)
        assert box.letters == []
        raise ZeroDivisionError
    assert box.letters == [] and Mail.objects.count() == 0
    with transaction.atomic():
        send(agency)
        assert box.letters == []
    assert len(box.letters) == 1


@pytest.mark.django_db
def test_server_that_is_down_is_told_and_the_mail_goes_when_it_is_up(agency, settings, start, sending, capsys, down):
    point_at(settings, down)
    mail = sending(agency)
    assert mail.sent_at is None and mail.text == TEXT
    assert mail.error.startswith("ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้")
    box = start()
    call_command("send_mail")
    assert box.letters == [], "not yet due"
    Mail.objects.update(due_at=timezone.now())
    call_command("send_mail")
    mail.refresh_from_db()
    assert len(box.letters) == 1 and mail.sent_at is not None and (mail.text, mail.error, mail.tries) == ("", "", 2)
    call_command("send_mail")
    assert len(box.letters) == 1
    assert "ส่งแล้ว 1 ฉบับ ยังส่งไม่ได้ 0 ฉบับ" in capsys.readouterr().out


@pytest.mark.django_db
def test_receiver_that_is_refused_is_told_in_plain_words(agency, start, sending):
    start().refused = {TO}
    mail = sending(agency)
    assert mail.error == "เซิร์ฟเวอร์อีเมลไม่รับที่อยู่ผู้รับ ตรวจตัวสะกดของอีเมล (550 5.1.1 no such mailbox)"


@pytest.mark.django_db
def test_mail_is_tried_ten_times_at_growing_distances_and_no_more(agency, settings, sending, down):
    point_at(settings, down)
    mail = sending(agency)
    waits = []
    now = timezone.now()
    for _ in range(MOST_TRIES + 3):
        mail.refresh_from_db()
        if mail.due_at > now:
            waits.append(mail.due_at - now)
            assert services.send_due(mail.due_at - timedelta(seconds=1)) == (0, 0)
        now = max(now, mail.due_at)
        services.send_due(now)
    mail.refresh_from_db()
    assert mail.tries == MOST_TRIES == 10
    assert waits == sorted(waits) and waits[-1] > timedelta(hours=8)


@pytest.mark.django_db
def test_of_two_who_try_the_same_mail_at_once_one_does(agency, start, sending, settings, down):
    point_at(settings, down)
    mail = sending(agency)
    box = start()
    same = Mail.objects.get(pk=mail.pk)
    assert services.deliver(mail) is True
    assert services.deliver(same) is False
    assert len(box.letters) == 1


# --- TLS and passwords ----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_mail_goes_by_starttls_to_a_server_that_proves_its_name(agency, start, sending, certificate, monkeypatch):
    path, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    box = start({"EMAIL_USE_TLS": True}, tls_context=context, require_starttls=True)
    assert sending(agency).error == ""
    assert len(box.letters) == 1


@pytest.mark.django_db
def test_mail_does_not_go_to_a_server_that_cannot_prove_its_name(agency, start, sending, certificate):
    _path, context = certificate
    box = start({"EMAIL_USE_TLS": True}, tls_context=context)
    mail = sending(agency)
    assert mail.error.startswith("ต่อเซิร์ฟเวอร์อีเมลแบบเข้ารหัสไม่ได้") and box.letters == []


@pytest.mark.django_db
def test_mail_does_not_go_in_clear_when_tls_is_asked_and_not_offered(agency, start, sending):
    box = start({"EMAIL_USE_TLS": True})
    mail = sending(agency)
    assert mail.error.startswith("เซิร์ฟเวอร์อีเมลไม่รองรับการเข้ารหัส") and box.letters == []


@pytest.mark.django_db
def test_wrong_password_of_the_mail_server_is_told(agency, start, sending):
    def refuse(server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=False, handled=False)

    box = start({"EMAIL_HOST_USER": "office", "EMAIL_HOST_PASSWORD": "wrong"}, authenticator=refuse, auth_required=True,
                auth_require_tls=False)  # fmt: skip
    mail = sending(agency)
    assert mail.error.startswith("เซิร์ฟเวอร์อีเมลไม่รับชื่อหรือรหัสผ่านที่ตั้งไว้") and box.letters == []


# --- what is refused ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": "เรื่อง\nBcc: everybody@example.org"},
        {"subject": "เรื่อง\r\nBcc: everybody@example.org"},
        {"subject": "เรื่อง\u2028Bcc: x@example.org"},
        {"to": "malee@example.org\nBcc: everybody@example.org"},
        {"to": "malee@example.org, everybody@example.org"},
        {"to": "ไม่ใช่อีเมล"},
        {"subject": ""},
    ],
)
def test_further_heads_and_receivers_cannot_be_smuggled_in(agency, start, wrong):
    box = start()
    with pytest.raises(ValidationError):
        send(agency, **wrong)
    assert Mail.objects.count() == 0 and box.letters == []


# --- pages ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_page_lists_unsent_mail_with_the_reason_and_never_its_text(
    agency, other_agency, settings, sending, sign_in, down
):
    point_at(settings, down)
    sending(agency, text="http://testserver/invitation/secret/")
    sending(other_agency, to="stranger@example.org")
    page = sign_in(Role.ADMIN).get(f"/{agency.code}/mail/")
    html = page.content.decode()
    assert [mail.to for mail in page.context["page"].object_list] == [TO]
    assert "ติดต่อเซิร์ฟเวอร์อีเมลไม่ได้" in html and "secret" not in html and inline_parts(html) == []


@pytest.mark.django_db
def test_retry_button_sends_at_once_and_says_how_it_went(agency, settings, start, sending, sign_in, down):
    point_at(settings, down)
    mail = sending(agency)
    admin = sign_in(Role.ADMIN)
    again = admin.post(f"/{agency.code}/mail/{mail.pk}/retry/", follow=True)
    assert "ไม่ได้ ดูเหตุผลในตาราง" in again.content.decode()
    Mail.objects.update(tries=MOST_TRIES)
    box = start()
    done = admin.post(f"/{agency.code}/mail/{mail.pk}/retry/", follow=True)
    assert f"ส่งจดหมายถึง {TO} แล้ว" in done.content.decode() and len(box.letters) == 1
    assert AuditEntry.objects.filter(action="mail.retry").count() == 2
    assert admin.post(f"/{agency.code}/mail/{mail.pk}/retry/").status_code == 404, "it has left"


@pytest.mark.django_db
def test_retry_is_for_who_keeps_accounts_of_that_agency_by_post(agency, other_agency, settings, sending, sign_in, down):
    point_at(settings, down)
    mail = sending(agency)
    path = f"/{agency.code}/mail/{mail.pk}/retry/"
    assert sign_in(Role.SECRETARY).post(path).status_code == 404
    assert sign_in(Role.ADMIN, of=other_agency).post(path).status_code == 404
    assert sign_in(Role.ADMIN, of=other_agency).post(path.replace(agency.code, other_agency.code)).status_code == 404
    assert sign_in(Role.ADMIN).get(path).status_code == 405
    assert Mail.objects.get().tries == 1


@pytest.mark.django_db
def test_without_a_mail_server_mail_waits_and_the_page_and_command_say_so(agency, settings, sending, sign_in, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    mail = sending(agency)
    assert (mail.tries, mail.sent_at) == (0, None)
    html = sign_in(Role.ADMIN).get(f"/{agency.code}/mail/").content.decode()
    assert "ยังไม่ได้ตั้งเซิร์ฟเวอร์อีเมล" in html and "ลองส่งอีกครั้ง" not in html
    call_command("send_mail")
    assert "PRONGSAI_SMTP_HOST" in capsys.readouterr().err


@pytest.mark.django_db
def test_page_asks_the_same_number_of_questions_however_long_it_is(agency, sign_in, django_assert_num_queries):
    admin = sign_in(Role.ADMIN)
    for count in (1, 120):
        Mail.objects.bulk_create(Mail(agency=agency, to=TO, subject=str(n), text="x") for n in range(count))
        with django_assert_num_queries(8):
            page = admin.get(f"/{agency.code}/mail/")
    assert len(page.context["page"].object_list) == 50


@pytest.mark.django_db
def test_mail_that_waits_is_read_some_at_a_time_and_each_is_tried_once(agency, start, monkeypatch):
    monkeypatch.setattr(services, "_AT_ONCE", 2)
    box = start()
    box.refused = {"3@example.org"}
    Mail.objects.bulk_create(Mail(agency=agency, to=f"{n}@example.org", subject=str(n), text="x") for n in range(5))
    assert services.send_due() == (4, 1)
    assert [to for to, _letter in box.letters] == [[f"{n}@example.org"] for n in (0, 1, 2, 4)]
    assert set(Mail.objects.values_list("tries", flat=True)) == {1}
    assert services.send_due() == (0, 0)
