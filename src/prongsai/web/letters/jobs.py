"""What is done in the background for letters."""

from datetime import time

from django.conf import settings

from prongsai.web.work.plan import Daily, Planned, add, command


def _remind() -> object:
    known = settings.CSRF_TRUSTED_ORIGINS
    return command("remind_circulars")(address=str(known[0]) if known else "")


# One mail a person and day, however often it runs.
add(Planned("remind_circulars", "เตือนผู้ที่ยังไม่รับทราบหนังสือเวียน", _remind, Daily(time(7, 30))))
