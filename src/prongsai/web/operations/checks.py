"""What must be right before the platform serves an office. ``prongsai serve`` runs them; each says how to mend it."""

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
from prongsai.web.operations import keys

TAG = "prongsai"
Apps = Sequence[AppConfig] | None
_NOT_UTF8 = frozenset({"C", "POSIX"})


@register(TAG, deploy=True)
def debug_is_off(app_configs: Apps, **kwargs: object) -> list[CheckMessage]:
    """E001: no debug pages for strangers."""
    if not settings.DEBUG or not environment.listens_publicly():
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
    if settings.IS_HTTPS or not environment.listens_publicly():
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
