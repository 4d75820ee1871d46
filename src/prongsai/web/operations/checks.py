"""What must be right before the platform serves an office. ``prongsai serve`` runs them; each says how to mend it."""

import re
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import connections
from django.db.utils import DatabaseError

from prongsai.web import environment
from prongsai.web.agencies.models import Agency
from prongsai.web.directory.models import Operator
from prongsai.web.operations import keys

TAG = "prongsai"
Apps = Sequence[AppConfig] | None
SECRET_LENGTH = 32
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.*-]+(?::[0-9]+)?")
_NOT_UTF8 = frozenset({"C", "POSIX"})


def _is_reached() -> bool:
    """Whether others than this machine reach the platform: at its own address, or through a web server in front."""
    return environment.listens_publicly() or settings.ALLAUTH_TRUSTED_PROXY_COUNT > 0


@register(TAG, deploy=True)
def debug_is_off(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E001: no debug pages for strangers."""
    if not settings.DEBUG or not _is_reached():
        return []
    return [
        Error(
            "เปิดโหมดดีบักไว้ขณะที่เครื่องอื่นเข้าถึงได้",
            hint="ลบค่า PRONGSAI_DEBUG แล้วเริ่มใหม่",
            id="prongsai.E001",
        )
    ]


@register(TAG, deploy=True)
def hosts_are_named(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E002: a public address needs the names under which it is called."""
    own = environment.LOOPBACK | {"[::1]"}
    if not environment.listens_publicly() or set(settings.ALLOWED_HOSTS) - own:
        return []
    return [
        Error(
            "ยังไม่ได้บอกชื่อที่ผู้ใช้จะพิมพ์เพื่อเข้าระบบจากเครื่องอื่น",
            hint="ตั้ง PRONGSAI_HOSTS เป็นชื่อเครื่องหรือเลข IP เช่น PRONGSAI_HOSTS=192.168.1.10,localhost",
            id="prongsai.E002",
        )
    ]


@register(TAG, deploy=True)
def data_folder_is_writable(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E003: everything an office owns is written there."""
    folder = Path(settings.DATA_FOLDER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            return []
    except OSError as mistake:
        return [
            Error(
                f"เขียนในโฟลเดอร์ข้อมูล {folder} ไม่ได้ ({mistake.strerror})",
                hint="แก้สิทธิ์ของโฟลเดอร์ หรือตั้ง PRONGSAI_DATA เป็นโฟลเดอร์อื่น",
                id="prongsai.E003",
            )
        ]


@register(TAG, "database", deploy=True)
def database_knows_thai(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E004: PostgreSQL with the character class C cannot tell Thai letters; searches would find nothing."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
            " WHERE datname = current_database()"
        )
        encoding, _, ctype = cursor.fetchone()
    if encoding == "UTF8" and ctype not in _NOT_UTF8:
        return []
    return [
        Error(
            f"ฐานข้อมูล PostgreSQL นี้ใช้รหัสอักขระ {encoding} / {ctype} ซึ่งค้นภาษาไทยไม่ได้",
            hint="สร้างฐานข้อมูลใหม่ด้วย createdb -T template0 -E UTF8 --lc-ctype=C.UTF-8 --lc-collate=C.UTF-8 ชื่อ",
            id="prongsai.E004",
        )
    ]


@register(TAG, "database", deploy=True)
def database_is_no_demo(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E005: the passwords of a demonstration are printed on a screen."""
    if not Agency.objects.filter(is_demo=True).exists():
        return []
    return [
        Error(
            "ฐานข้อมูลนี้เป็นชุดสาธิต รหัสผ่านถูกแสดงบนจอ จึงใช้งานจริงไม่ได้",
            hint="ตั้ง PRONGSAI_DATA (และ PRONGSAI_DATABASE) เป็นที่ใหม่สำหรับงานจริง หรือใช้คำสั่ง prongsai demo",
            id="prongsai.E005",
        )
    ]


@register(TAG, deploy=True)
def passwords_travel_sealed(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """W001: over a network without HTTPS everybody on it can read along."""
    if settings.IS_HTTPS or not _is_reached():
        return []
    return [
        Warning(
            "เปิดให้เครื่องอื่นเข้าโดยไม่มี HTTPS รหัสผ่านจะส่งผ่านเครือข่ายโดยไม่เข้ารหัส",
            hint="วางไว้หลังเว็บเซิร์ฟเวอร์ที่มี HTTPS แล้วตั้ง PRONGSAI_HTTPS=1 และ PRONGSAI_BEHIND_PROXY=1",
            id="prongsai.W001",
        )
    ]


@register(TAG, "database", deploy=True)
def backups_have_a_key(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """W002: an office whose first run was not ended cannot be backed up."""
    try:
        missing = keys.kept_public(Path(settings.DATA_FOLDER)) is None and Agency.objects.exists()
    except (keys.KeyUnusable, DatabaseError) as mistake:
        return [Warning(str(mistake), hint="ลบไฟล์กุญแจ แล้วสร้างใหม่ที่หน้า /first-run/", id="prongsai.W002")]
    if not missing:
        return []
    return [
        Warning(
            "ยังไม่มีกุญแจสำรองข้อมูล จึงสำรองข้อมูลไม่ได้",
            hint="ให้ผู้ดูแลระบบเข้าสู่ระบบ แล้วเปิดหน้า /first-run/ เพื่อสร้างและพิมพ์กุญแจ",
            id="prongsai.W002",
        )
    ]


@register(TAG, "database", deploy=True)
def somebody_runs_it(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """W006: an installation from before there were operators has none, and nobody can enter ``/installation/``."""
    try:
        is_run = Operator.objects.filter(is_open=True, user__is_active=True).exists()
        if is_run or not Agency.objects.filter(is_demo=False).exists():
            return []
    except DatabaseError:
        return []  # what is wrong with the database is told by others
    return [
        Warning(
            "ยังไม่มีผู้ดูแลเครื่องแม่ข่าย จึงไม่มีใครเปิดหน้า /installation/ ได้",
            hint='รัน prongsai agencies operator "ชื่อ-สกุล" แล้วเปิดลิงก์ที่พิมพ์ ด้วยบัญชีใหม่หรือบัญชีที่เข้าระบบอยู่',
            id="prongsai.W006",
        )
    ]


@register(TAG, deploy=True)
def every_name_is_allowed_by_name(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E006: whoever may choose the name chooses where the links in mails and invitations lead."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "PRONGSAI_HOSTS เป็น * ทุกชื่อจึงใช้ได้ ผู้อื่นปลอมลิงก์ในอีเมลและคำเชิญให้ไปเว็บของตนได้",
            hint="ใส่เฉพาะชื่อของหน่วยงาน เช่น PRONGSAI_HOSTS=ita.example.go.th,localhost",
            id="prongsai.E006",
        )
    ]


@register(TAG, deploy=True)
def origins_fit_https(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E007: with HTTPS the platform must know its own address, and the other way round."""
    origins = settings.CSRF_TRUSTED_ORIGINS
    odd = [one for one in origins if not _ORIGIN.fullmatch(one)]
    if odd:
        told = f"PRONGSAI_ORIGINS มี {' '.join(odd)} ซึ่งไม่ใช่ที่อยู่เต็ม"
    elif settings.IS_HTTPS and not any(one.startswith("https://") for one in origins):
        told = "ตั้ง PRONGSAI_HTTPS ไว้ แต่ PRONGSAI_ORIGINS ไม่มีที่อยู่ https ของหน่วยงาน"
    else:
        return []
    return [Error(told, hint="ตั้ง PRONGSAI_ORIGINS=https://ชื่อเว็บ (ไม่มีสิ่งใดต่อท้ายชื่อ คั่นหลายชื่อด้วยจุลภาค)", id="prongsai.E007")]


@register(TAG, deploy=True)
def https_has_a_proxy(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E008: the platform itself speaks plain HTTP; with HTTPS alone it would send everybody round in a ring."""
    if not settings.IS_HTTPS or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    return [
        Error(
            "ตั้ง PRONGSAI_HTTPS ไว้ แต่ไม่มีเว็บเซิร์ฟเวอร์ข้างหน้าที่รับ HTTPS ให้ ทุกหน้าจะวนกลับมาที่เดิม",
            hint="วางไว้หลังเว็บเซิร์ฟเวอร์ที่มี HTTPS แล้วตั้ง PRONGSAI_BEHIND_PROXY=1 หรือลบ PRONGSAI_HTTPS",
            id="prongsai.E008",
        )
    ]


@register(TAG, deploy=True)
def mail_is_encrypted_one_way(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E009: STARTTLS and TLS from the first byte exclude each other."""
    if not (settings.EMAIL_USE_TLS and settings.EMAIL_USE_SSL):
        return []
    return [
        Error(
            "ตั้งทั้ง PRONGSAI_SMTP_TLS และ PRONGSAI_SMTP_SSL ใช้พร้อมกันไม่ได้ อีเมลจะไม่ออก",
            hint="พอร์ต 587 ใช้ PRONGSAI_SMTP_TLS=1 อย่างเดียว พอร์ต 465 ใช้ PRONGSAI_SMTP_SSL=1 อย่างเดียว",
            id="prongsai.E009",
        )
    ]


@register(TAG, deploy=True)
def mail_settings_belong_together(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """W003: a name or a password without a server, or a password that travels in clear."""
    if not settings.EMAIL_HOST and (settings.EMAIL_HOST_USER or settings.EMAIL_HOST_PASSWORD):
        told, mend = "ตั้งชื่อหรือรหัสผ่านอีเมลไว้ แต่ไม่มี PRONGSAI_SMTP_HOST จึงไม่มีอีเมลออกไป", "ตั้ง PRONGSAI_SMTP_HOST"
    elif settings.EMAIL_HOST_PASSWORD and not _mail_is_sealed():
        told = "รหัสผ่านอีเมลจะส่งโดยไม่เข้ารหัส"
        mend = "ตั้ง PRONGSAI_SMTP_TLS=1 (พอร์ต 587) หรือ PRONGSAI_SMTP_SSL=1 (พอร์ต 465)"
    else:
        return []
    return [Warning(told, hint=mend, id="prongsai.W003")]


def _mail_is_sealed() -> bool:
    """Whether nobody on the way to the mail server reads along."""
    return settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or settings.EMAIL_HOST in environment.LOOPBACK


@register(TAG, deploy=True)
def settings_are_known(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """W004: a setting that nobody reads is a slip of the pen, and the platform does something else than was meant."""
    return [
        Warning(
            f"ไม่รู้จักค่า {name}" + (f" (ใกล้เคียงคือ {near})" if near else ""),
            hint="แก้ชื่อหรือลบค่านี้ ดูรายชื่อทั้งหมดที่ docs/reference/settings.md",
            id="prongsai.W004",
        )
        for name, near in environment.unknown()
    ]


@register(TAG, deploy=True)
def secret_is_long(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """W005: a short secret can be guessed, and with it every sign-in."""
    if len(settings.SECRET_KEY) >= SECRET_LENGTH:
        return []
    return [
        Warning(
            f"PRONGSAI_SECRET_KEY สั้นกว่า {SECRET_LENGTH} ตัวอักษร ผู้อื่นอาจเดาได้แล้วปลอมการเข้าสู่ระบบ",
            hint="ลบค่านี้เพื่อให้ระบบสร้างเอง หรือใช้ค่าที่สุ่มยาวกว่านี้",
            id="prongsai.W005",
        )
    ]
