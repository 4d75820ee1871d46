"""Coming in: the real flows of allauth and axes through the pages, as a browser would go."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse

from prongsai.web.agencies import adapter, journal
from prongsai.web.agencies.models import AuditEntry, Membership, User
from prongsai.web.agencies.roles import Role
from tests.web import office
from tests.web.agencies.pages import inline_parts

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"
NEW = "ทุ่งนาเขียวขจี-๒๕๗๐"


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def name(agency) -> str:
    return office.user(agency, Role.CLERK).username


def enter(client: Client, name: str, password: str = office.PASSWORD, address: str = HERE, **more):
    return client.post(reverse("account_login"), {"login": name, "password": password, **more}, REMOTE_ADDR=address)


def actions() -> list[str]:
    return [entry.action for entry in AuditEntry.objects.order_by("number")]


def code_of(secret: str) -> str:
    """Give the newest code that is taken now, of a telephone that is ahead: it is taken for a minute yet."""
    return format_hotp_value(hotp_value(secret, max(yield_hotp_counters_from_time())))


def confirm(client: Client) -> None:
    answer = client.post(reverse("account_reauthenticate"), {"password": office.PASSWORD})
    assert answer.status_code == 302


def two_step(client: Client) -> tuple[str, list[str]]:
    """Turn two-step sign-in on; give the secret and the recovery codes."""
    confirm(client)
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(answer["Location"]).context["unused_codes"]
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    cache.clear()  # a code works once; the next sign-in of the test comes in the same half minute
    return secret, codes


def test_sign_in_and_out_with_name_and_password(client, name):
    page = client.get(reverse("account_login"))
    assert "<h1>เข้าสู่ระบบ</h1>" in page.content.decode()
    assert enter(client, name).headers["Location"] == "/"
    assert client.get(reverse("account")).status_code == 200
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")
    assert client.get(reverse("account")).status_code == 302
    assert actions() == ["sign_in", "sign_out"]
    first = AuditEntry.objects.get(number=1)
    assert (first.actor, first.changes) == ("นายจันทร์ เรียบร้อย", {"address": [None, HERE]})


def test_sign_in_with_a_wrong_password_or_an_unknown_name_says_the_same(client, name):
    wrong, unknown = enter(client, name, "ผิด"), enter(client, "ไม่มีคนนี้", "ผิด")
    said = [page.context["form"].non_field_errors() for page in (wrong, unknown)]
    assert said[0] == said[1] == ["ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ตรวจภาษาของแป้นพิมพ์และปุ่ม Caps Lock แล้วลองใหม่"]
    assert "_auth_user_id" not in client.session


def test_sign_in_needs_the_csrf_token(name):
    assert enter(Client(enforce_csrf_checks=True), name).status_code == 403


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "https:evil.example", "javascript:alert(1)", "/\\evil.example",
                "http://localhost/", "http://testserver@evil.example/"],
)  # fmt: skip
def test_sign_in_and_out_never_lead_to_another_place(client, name, address):
    assert enter(client, name, next=address)["Location"] == "/"
    out = client.post(reverse("account_logout"), {"next": address})
    assert out["Location"] == reverse("account_login")


def test_sign_in_goes_on_to_the_page_that_was_asked(client, name, agency):
    assert enter(client, name, next=f"/{agency.code}/agency/")["Location"] == f"/{agency.code}/agency/"


def test_language_switch_never_leads_to_another_place(client):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_session_gets_a_new_key_at_sign_in_and_out(client, name):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = client.cookies["sessionid"].value if "sessionid" in client.cookies else session.session_key
    client.cookies["sessionid"] = session.session_key
    enter(client, name)
    inside = client.cookies["sessionid"].value
    assert inside != planted and not Session.objects.filter(session_key=planted).exists()
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=inside).exists()


def test_cookies_are_closed_to_scripts_and_other_sites_and_secure_under_https(name, settings):
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = Client()
    client.get(reverse("account_login"), secure=True)
    client.post(reverse("account_login"), {"login": name, "password": office.PASSWORD}, secure=True)
    for cookie in (client.cookies["sessionid"], client.cookies["csrftoken"]):
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax")


def test_pages_carry_the_headers_that_bind_a_browser(client):
    headers = client.get(reverse("account_login")).headers
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'" and policy["object-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]


# --- lock-out -------------------------------------------------------------------------------------------------------
def test_eight_wrong_passwords_shut_out_that_address_for_that_name_and_nobody_else(client, name, agency):
    for _ in range(7):
        assert enter(client, name, "ผิด").status_code == 200
    locked = enter(client, name, "ผิด")
    assert locked.status_code == 429
    text = locked.content.decode()
    assert "ใส่รหัสผ่านผิด ๘ ครั้งจากเครื่องนี้" in text and "รอ ๑๕ นาที" in text
    assert enter(client, name).status_code == 429, "not even with the right password, from there"
    assert enter(Client(), name, address=ELSEWHERE).status_code == 302, "the owner elsewhere comes in"
    other = office.user(agency, Role.HEAD).username
    assert enter(Client(), other).status_code == 302, "a colleague at the same address comes in"


def test_lock_out_is_written_down_once_and_not_for_every_attempt(client, name):
    for _ in range(12):
        enter(client, name, "ผิด")
    assert actions() == ["sign_in.locked"]
    assert (AuditEntry.objects.get().actor, AuditEntry.objects.get().changes) == ("ระบบ", {"address": [None, HERE]})


def test_lock_out_ends_by_itself_though_attempts_went_on(client, name):
    from axes.models import AccessAttempt
    from django.utils import timezone

    for _ in range(10):
        enter(client, name, "ผิด")
    assert AccessAttempt.objects.get().failures_since_start == 8, "attempts during the lock do not lengthen it"
    AccessAttempt.objects.update(attempt_time=timezone.now() - timezone.timedelta(minutes=16))
    assert enter(client, name).status_code == 302


def test_lock_out_is_not_escaped_by_writing_the_name_otherwise(client, name):
    for written in (name, name.upper(), f" {name}", name.title()) * 2:
        last = enter(client, written, "ผิด")
    assert last.status_code == 429


def test_lock_out_is_not_escaped_by_a_forged_header(client, name):
    for guess in range(8):
        last = client.post(
            reverse("account_login"), {"login": name, "password": "ผิด"}, REMOTE_ADDR=HERE,
            headers={"X-Forwarded-For": f"10.0.0.{guess}"},
        )  # fmt: skip
    assert last.status_code == 429


@pytest.mark.parametrize(
    ("proxies", "sent", "counted"),
    [
        (0, "10.1.1.1", HERE),
        (1, "10.1.1.1, 192.0.2.5", "192.0.2.5"),  # what the client sent stands before what our proxy saw
        (2, "10.1.1.1, 192.0.2.5, 192.0.2.80", "192.0.2.5"),
        (1, "2001:db8:5:6:7:8:9:a", "2001:db8:5:6::"),  # a house owns the whole /64
    ],
)
def test_address_of_a_client_is_the_one_that_the_last_trusted_proxy_saw(settings, proxies, sent, counted):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=HERE, headers={"X-Forwarded-For": sent})
    assert adapter.client_address(request) == counted


# --- who may not ----------------------------------------------------------------------------------------------------
def test_closed_accounts_and_people_who_left_cannot_sign_in(client, agency, name):
    member = Membership.objects.get(user__username=name)
    member.is_open = False
    member.save()
    assert enter(client, name)["Location"] == reverse("account_inactive")
    assert "บัญชีนี้ปิดแล้ว" in client.get(reverse("account_inactive")).content.decode()
    left = office.user(agency, Role.HEAD).memberships.get().person
    left.left_on = "2026-01-31"
    left.save()
    assert enter(client, office.user(agency, Role.HEAD).username)["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session
    assert User.objects.filter(is_active=False).count() == 0, "turning away changes nothing"


def test_nobody_signs_up_unasked(client):
    page = client.post(reverse("account_signup"), {"username": "x", "password1": NEW, "password2": NEW})
    assert "เปิดบัญชีด้วยคำเชิญเท่านั้น" in page.content.decode()
    assert not User.objects.filter(username="x").exists()


# --- passwords ------------------------------------------------------------------------------------------------------
def test_password_change_keeps_this_session_and_ends_the_others(client, name):
    other = Client()
    enter(client, name)
    enter(other, name)
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": office.PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert answer.status_code == 302
    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302
    assert actions()[-1] == "password.change"
    assert "รหัส" not in str(AuditEntry.objects.get(number=3).changes)


@pytest.mark.parametrize(
    ("password", "fault"),
    [("สั้นไป", "รหัสผ่านสั้นเกินไป"), ("123456789012345", "ตัวเลขล้วน"), ("password1234", "คนใช้กันทั่วไป")],
)
def test_weak_passwords_are_refused_in_thai(client, name, password, fault):
    enter(client, name)
    page = client.post(
        reverse("account_change_password"),
        {"oldpassword": office.PASSWORD, "password1": password, "password2": password},
    )
    assert fault in str(page.context["form"].errors)


def test_forgotten_password_is_set_anew_by_mail_once(client, name, django_capture_on_commit_callbacks):
    User.objects.filter(username=name).update(email="chan@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("account_reset_password"), {"email": "chan@example.org"})
    (letter,) = mail.outbox
    assert letter.subject == "[โปร่งใส] ตั้งรหัสผ่านใหม่" and letter.to == ["chan@example.org"]
    path = re.search(r"http://testserver(\S+)", letter.body)[1]
    form = client.get(path)["Location"]
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert enter(Client(), name, NEW).status_code == 302
    again = client.get(path, follow=True)
    assert "ลิงก์นี้ใช้ไม่ได้แล้ว" in again.content.decode()
    assert "password.change" in actions()


def test_asking_for_an_unknown_address_answers_the_same_and_sends_nothing(
    client, name, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert mail.outbox == []


def test_forgotten_password_page_says_so_when_no_mail_is_set(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "ยังไม่ได้ตั้งเซิร์ฟเวอร์อีเมล" in page and '<input type="email"' not in page


# --- two steps ------------------------------------------------------------------------------------------------------
def test_two_step_sign_in_with_a_code_of_the_app(client, name, django_capture_on_commit_callbacks):
    enter(client, name)
    with django_capture_on_commit_callbacks(execute=True):
        secret, codes = two_step(client)
    assert len(set(codes)) == 10
    client.post(reverse("account_logout"))
    first = enter(client, name)
    assert first["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("account")).status_code == 302, "not in yet"
    refused = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "รหัสไม่ถูกต้อง" in str(refused.context["form"].errors)
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})["Location"] == "/"
    assert client.get(reverse("account")).status_code == 200
    assert actions() == ["sign_in", "two_step.on", "sign_out", "two_step.refused", "sign_in"]


def test_recovery_codes_are_shown_once_and_let_in_once_each(client, name):
    enter(client, name)
    _secret, codes = two_step(client)
    again = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in again for code in codes)
    client.post(reverse("account_logout"))
    enter(client, name)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]})["Location"] == "/"
    assert actions()[-2:] == ["two_step.code_used", "sign_in"]
    client.post(reverse("account_logout"))
    enter(client, name)
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200, "used up"


def test_codes_of_the_second_step_cannot_be_guessed_through(client, name):
    enter(client, name)
    secret, _codes = two_step(client)
    client.post(reverse("account_logout"))
    enter(client, name)
    for _ in range(10):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    stopped = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert "ใส่รหัสผิดหลายครั้งเกินไป" in str(stopped.context["form"].errors)


def test_two_step_is_turned_on_and_off_only_by_who_gave_the_password_just_now(client, name):
    enter(client, name)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))
    two_step(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - 3600
    session.save()
    assert client.get(reverse("mfa_deactivate_totp"))["Location"].startswith("/account/")
    for record in session["account_authentication_methods"]:
        record["at"] = time.time()
    session.save()
    assert client.post(reverse("mfa_deactivate_totp")).status_code == 302
    assert not Authenticator.objects.exists()
    assert actions()[-1] == "two_step.off"


# --- sessions, own page ---------------------------------------------------------------------------------------------
def test_sessions_are_listed_and_the_others_ended(client, name):
    other = Client()
    enter(client, name)
    enter(other, name, address=ELSEWHERE)
    page = client.get(reverse("usersessions_list"))
    assert sorted(session.ip for session in page.context["sessions"]) == [HERE, ELSEWHERE]
    client.post(reverse("usersessions_list"))
    assert other.get(reverse("account")).status_code == 302
    assert client.get(reverse("account")).status_code == 200


def test_own_page_shows_posts_and_agencies_and_no_others(sign_in, agency, other_agency):
    page = sign_in(Role.HEAD).get(reverse("account"))
    (place,) = page.context["places"]
    assert place.agency == agency and [str(one.post) for one in place.person.held] == ["ผู้อำนวยการกองคลัง"]
    assert "ท่าหว้า" not in page.content.decode()


def test_every_page_of_the_account_is_in_thai_in_our_look_and_without_inline_code(client, name):
    enter(client, name)
    two_step(client)
    inside = ["account", "account_change_password", "account_email", "account_logout", "mfa_index", "mfa_deactivate_totp",
              "mfa_generate_recovery_codes", "mfa_view_recovery_codes", "usersessions_list", "account_reauthenticate",
              "mfa_reauthenticate", "account_email_verification_sent"]  # fmt: skip
    outside = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done",
               "account_reset_password_from_key_done", "account_inactive"]  # fmt: skip
    visitor = Client()
    pages = [(client, one) for one in inside] + [(visitor, one) for one in outside]
    for asker, one in pages:
        page = asker.get(reverse(one))
        assert page.status_code == 200, one
        html = page.content.decode()
        assert inline_parts(html) == [], one
        assert html.count("<h1>") == 1 and 'class="top"' in html, one
        words = re.sub(r"<(script|style|head).*?</\1>|<[^>]+>|&\w+;", " ", html, flags=re.S)
        words = words.replace(name, "")
        english = set(re.findall(r"[A-Za-z]{3,}", words)) - {"English", "ITA", "Ctrl", "Caps", "Lock", "Mozilla"}
        assert english == set(), one


def test_activation_page_has_a_picture_to_scan_and_no_inline_code(client, name):
    enter(client, name)
    confirm(client)
    html = client.get(reverse("mfa_activate_totp")).content.decode()
    assert 'src="data:image/svg+xml;base64,' in html and inline_parts(html) == []


def test_the_chain_of_the_journal_holds_over_all_this(client, name, agency):
    enter(client, name)
    two_step(client)
    client.post(reverse("account_logout"))
    assert list(journal.broken(agency)) == []
