"""Reaching the database at the start of a command, and letting go of it at the end."""

from django.db import connections

from prongsai.errors import ProngsaiError

PATIENCE_S = 5


class DatabaseUnusable(ProngsaiError):
    """The database does not answer, or refuses."""

    def __init__(self, reason: str) -> None:
        told = " ".join(reason.split())
        super().__init__(
            f"the database cannot be used: {told}",
            message_th=f"ใช้ฐานข้อมูลไม่ได้: {told[:200]}",
            mend_th="ตรวจค่า PRONGSAI_DATABASE หรือโฟลเดอร์ PRONGSAI_DATA แล้วเริ่มใหม่",
        )


def reach() -> None:
    """See that PostgreSQL answers, before the pool tries for half a minute. Raises DatabaseUnusable."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return
    import psycopg  # noqa: PLC0415  # reason: only there with the postgres extra

    given = connection.settings_dict
    address = {"dbname": given["NAME"], "user": given["USER"], "password": given["PASSWORD"]}
    place = {"host": given["HOST"], "port": given["PORT"], "connect_timeout": PATIENCE_S}
    try:
        psycopg.connect(**{name: value for name, value in (address | place).items() if value}).close()
    except psycopg.Error as mistake:
        raise DatabaseUnusable(str(mistake)) from mistake


def hang_up() -> None:
    """Close every connection, the pool's too, whose threads would otherwise outlive the work."""
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]
